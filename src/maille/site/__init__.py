"""Entries → one linked site: places, threads, backlinks, and what is wrong between entries."""
