"""Keep what builds made, by digest of what it was made from (decision 0040)."""
