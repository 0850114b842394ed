"""What a content type is made of: fields, entries, blank forms, the French of their errors."""
