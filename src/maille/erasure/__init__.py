"""A name blacked out of every file, at the request of the person."""
