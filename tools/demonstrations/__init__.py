"""What is shown of this repository's own content, by `make demonstrations`.

The engine's tests run on invented sites, so that a change of content changes no result of theirs.
These run on the content itself: for a closing note, and at night. They never stop a pull request of
content; one that fails tells the maintainers that content and a claim about it have parted.
"""
