"""Checks of this repository's own content, run by `make demonstrations`.

The engine's tests run on invented sites, so that a change of content changes no result of theirs.
These run on the content itself: for a closing note, and at night. They never stop a pull request of
content; a failure tells the maintainers that the content no longer matches a claim about it.
"""
