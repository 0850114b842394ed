"""The import of an editor's file."""
