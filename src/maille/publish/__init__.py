"""Render the plans as files, then replace the published site as a whole."""
