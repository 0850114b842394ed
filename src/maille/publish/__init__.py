"""Plans become files: rendered through the templates, then swapped in as a whole."""
