"""What a content type is made of: fields, entries, blank forms, and the French of their errors."""
