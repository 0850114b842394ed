"""Scripts that a developer runs by hand: derived data, fonts, pictures."""
