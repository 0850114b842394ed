"""Black out a person's name in every file, at that person's request."""
