"""How fast sites are built, by this engine and by its peers: see `docs/performances.md`."""
