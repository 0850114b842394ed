"""Step 2, continued: read the images that texts show, and insert `<picture>` in their HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape

from maille.content.documents import Document, SourceFile
from maille.content.image_encoding import check_image, read_image
from maille.content.images import Album, Image, decode_name, make_name
from maille.problems import ContentError, Problem
from maille.text.patterns import compile_late
from maille.text.typography import typeset_html

_IMAGE = compile_late(r"<img ([^>]*)>")
_ATTRIBUTE = compile_late(r'([a-z]+)="([^"]*)"')

# The width of an image: the text column, or nearly the full width of a narrow screen.
_SIZES = "(min-width: 43rem) 39rem, 92vw"


def illustrate(
    documents: Iterable[Document], sources: Iterable[SourceFile]
) -> tuple[tuple[Document, ...], Album, tuple[Problem, ...]]:
    """Return the documents with `<picture>` in their HTML, the album, and the problems of images.

    The pixels of an image that no text shows are not decoded.
    """
    every, files = tuple(documents), tuple(sources)
    shown_by = _index_by_image(every, files)
    images: dict[str, Image] = {}
    problems = [*_check_same_names(files)]
    for source in files:
        try:
            if shown_by[name := make_name(source.path)]:
                images[name] = read_image(source)
            else:
                check_image(source)
        except ContentError as error:
            problems.append(error.make_problem(source.path))
    illustrated = tuple(_illustrate_document(document, images) for document in every)
    return illustrated, Album(images, shown_by), tuple(problems)


def _index_by_image(
    documents: Iterable[Document], sources: Iterable[SourceFile]
) -> Mapping[str, frozenset[str]]:
    """Return the paths of the documents that show each image, by name of image."""
    found: dict[str, set[str]] = {make_name(source.path): set() for source in sources}
    for document in documents:
        for shown in document.body.images:
            found.get(decode_name(shown.target), set()).add(document.path)
    return {name: frozenset(paths) for name, paths in found.items()}


def _check_same_names(sources: Iterable[SourceFile]) -> Iterator[Problem]:
    """Yield a problem for each image with the same path as an earlier one, case ignored.

    macOS and Windows treat names that differ only by case as one.
    """
    first: dict[str, SourceFile] = {}
    for source in sources:
        other = first.setdefault(source.path.casefold(), source)
        if other is not source:
            message = f"cette image porte le même nom que {other.path}"
            if other.path != source.path:
                message += ", aux majuscules près"
            yield Problem(source.path, message, "renommez l'un des deux fichiers")


def _illustrate_document(document: Document, images: Mapping[str, Image]) -> Document:
    """Return a document with a `<picture>` for each `<img>` whose image is in `images`."""
    if not document.body.images:
        return document
    pieces = _IMAGE.split(document.body.html)  # text, attributes of an image, text, …
    first = True
    for number in range(1, len(pieces), 2):
        attributes = dict(_ATTRIBUTE.findall(pieces[number]))
        image = images.get(decode_name(unescape(attributes.pop("src", ""))))
        pieces[number] = (
            _format_picture(image, attributes, first=first) if image else f"<img {pieces[number]}>"
        )
        first = False
    return replace(document, body=replace(document.body, html="".join(pieces)))


def _format_picture(image: Image, attributes: Mapping[str, str], *, first: bool) -> str:
    """Return the HTML of an image, which loads lazily unless it is the `first` of its text.

    The title of the image (`![…](/images/a.jpg "Photo : …")`) is its credit, shown below it.
    """
    *webps, jpeg = image.list_variants()
    largest = webps[-1].width
    height = image.compute_height(largest)
    alternative = typeset_html(attributes.get("alt", ""))
    credit = attributes.get("title", "")
    below = f'<br><span class="credit">{credit}</span>' if credit else ""
    lazy = "" if first else ' loading="lazy"'
    candidates = ", ".join(f"{webp.address} {webp.width}w" for webp in webps)
    return (
        f'<picture><source srcset="{candidates}" sizes="{_SIZES}" type="image/webp">'
        f'<img src="{jpeg.address}" alt="{alternative}" width="{largest}" height="{height}"'
        f'{lazy} decoding="async"></picture>{below}'
    )
