"""Step 2, continued: the images that texts show, looked at, and their sizes given to the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape

from maille.content.documents import Document, SourceFile
from maille.content.image_encoding import ImageError, examine, read
from maille.content.images import Album, Image, name_at, name_of
from maille.problems import Problem
from maille.text.typography import typeset_html

_IMAGE = re.compile(r"<img ([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')

# What an image takes of the window: the measure of the text, or nearly all of a telephone.
_SIZES = "(min-width: 43rem) 39rem, 92vw"


def illustrate(
    documents: Iterable[Document], sources: Iterable[SourceFile]
) -> tuple[tuple[Document, ...], Album, tuple[Problem, ...]]:
    """Return the documents with their images as `<picture>`, the images, and what is wrong in them.

    An image that no text shows is not decoded: its first bytes are looked at, and no more.
    """
    every, files = tuple(documents), tuple(sources)
    shown_by = _shown_by(every, files)
    images: dict[str, Image] = {}
    problems = [*_same_names(files)]
    for source in files:
        try:
            if shown_by[name := name_at(source.path)]:
                images[name] = read(source)
            else:
                examine(source)
        except ImageError as error:
            problems.append(Problem(source.path, 0, 0, "", error.message, error.hint))
    illustrated = tuple(_illustrated(document, images) for document in every)
    return illustrated, Album(images, shown_by), tuple(problems)


def _shown_by(
    documents: Iterable[Document], sources: Iterable[SourceFile]
) -> Mapping[str, frozenset[str]]:
    """Return, for each file by name, the paths of the documents that show it."""
    found: dict[str, set[str]] = {name_at(source.path): set() for source in sources}
    for document in documents:
        for shown in document.body.images:
            found.get(name_of(shown.target), set()).add(document.path)
    return {name: frozenset(paths) for name, paths in found.items()}


def _same_names(sources: Iterable[SourceFile]) -> Iterator[Problem]:
    """Yield the files whose names are one and the same for a Mac or for Windows."""
    first: dict[str, SourceFile] = {}
    for source in sources:
        other = first.setdefault(source.path.casefold(), source)
        if other is not source:
            message = f"cette image porte le même nom que {other.path}"
            if other.path != source.path:
                message += ", aux majuscules près"
            yield Problem(source.path, 0, 0, "", message, "renommez l'un des deux fichiers")


def _illustrated(document: Document, images: Mapping[str, Image]) -> Document:
    """Return a document whose images are those that are published."""
    if not document.body.images:
        return document
    pieces = _IMAGE.split(document.body.html)  # text, attributes of an image, text, …
    first = True
    for number in range(1, len(pieces), 2):
        attributes = dict(_ATTRIBUTE.findall(pieces[number]))
        image = images.get(name_of(unescape(attributes.pop("src", ""))))
        pieces[number] = (
            _picture(image, attributes, first=first) if image else f"<img {pieces[number]}>"
        )
        first = False
    return replace(document, body=replace(document.body, html="".join(pieces)))


def _picture(image: Image, attributes: Mapping[str, str], *, first: bool) -> str:
    """Return the HTML of an image; all but the first of a text wait until they are near."""
    *webps, jpeg = image.variants()
    largest = webps[-1].width
    words = "".join(f' {name}="{typeset_html(words)}"' for name, words in attributes.items())
    lazy = "" if first else ' loading="lazy"'
    candidates = ", ".join(f"{webp.address} {webp.width}w" for webp in webps)
    return (
        f'<picture><source srcset="{candidates}" sizes="{_SIZES}" type="image/webp">'
        f'<img src="{jpeg.address}"{words} width="{largest}" height="{image.height_at(largest)}"'
        f'{lazy} decoding="async"></picture>'
    )
