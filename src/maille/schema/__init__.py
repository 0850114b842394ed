"""The parts of a content type: its fields, entries, blank form and French error messages."""
