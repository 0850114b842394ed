"""The schema of content types: fields, entries, blank forms, error messages in French."""
