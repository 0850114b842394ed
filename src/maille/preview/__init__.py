"""The site in memory, rendered on request and shown again after each save."""
