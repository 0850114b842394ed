"""Plans → files, rendered through the templates, then swapped in as a whole."""
