"""Turn plans into files, render them through the templates, then swap them in as a whole."""
