"""Maille turns a folder of Markdown into the public website of a network of local actors."""

__version__ = "0.2.0"
