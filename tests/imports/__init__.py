"""The import of a file of the office."""
