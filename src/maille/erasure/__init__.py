"""Black a person's name out of every file, at that person's request."""
