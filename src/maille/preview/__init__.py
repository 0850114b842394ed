"""The site in memory, drawn on request and shown again at each save."""
