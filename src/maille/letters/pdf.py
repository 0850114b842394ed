"""Render a letter as a PDF to print or attach, tagged for screen readers (PDF/UA-1).

WeasyPrint, an optional dependency, renders it. It gets fonts and images from this module, and
fetches nothing. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from maille.content.image_encoding import encode_image, refuse_truncated
from maille.site.model import Site
from maille.text.urls import make_absolute
from maille.views.letter_contents import LetterContents
from maille.views.plans import PagePlan

TEMPLATE = "imprime.html"
# the addresses of fonts in the template start with this, and end with a file name
FONTS = "polices:///"


class UnavailableError(Exception):
    """WeasyPrint, or a library it needs, is missing; the message, in French, is for the editor."""


def draw_pdf(
    site: Site, issue: LetterContents, draw: Callable[[PagePlan], str], fonts: Mapping[str, bytes]
) -> bytes:
    """Return the PDF of a letter.

    `draw` renders a page plan to HTML; `fonts` are the font files by name. Raises
    UnavailableError when WeasyPrint, or a library it needs, is missing.
    """
    weasyprint = _import_weasyprint()
    plan = PagePlan(
        issue.address,
        TEMPLATE,
        issue.subject,
        context={"issue": issue, "fonts": FONTS},
        source=issue.letter.path,
    )
    html = draw(plan)
    known = {f"{FONTS}{name}": data for name, data in fonts.items()} | _gather_pictures(site, issue)

    def fetch(url: str) -> Any:  # only from `known`: neither disk nor network
        return weasyprint.urls.URLFetcherResponse(url, known[url])

    pdf = weasyprint.HTML(string=html, url_fetcher=fetch).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(html.encode()).digest()[:16]
    )
    assert isinstance(pdf, bytes)
    return pdf


def _import_weasyprint() -> Any:
    """Return the module `weasyprint`, imported only when needed because this is slow.

    Raises UnavailableError.
    """
    try:
        import weasyprint
    except ImportError:
        raise UnavailableError(
            "Le PDF demande WeasyPrint : python -m pip install -r requirements-pdf.txt"
        ) from None
    except OSError:
        raise UnavailableError(
            "Le PDF demande aussi Pango, que WeasyPrint ne trouve pas ici : "
            "installez-le (sous Debian : apt install libpango-1.0-0 libpangoft2-1.0-0)."
        ) from None
    refuse_truncated()  # WeasyPrint makes Pillow accept truncated images everywhere
    return weasyprint


def _gather_pictures(site: Site, issue: LetterContents) -> dict[str, bytes]:
    """Return the JPEG files that the letter shows, by absolute URL."""
    html = "".join(part.html for part in issue.parts)
    return {
        make_absolute(variant.address, site.published_at): encode_image(image, variant)
        for image in site.album.images.values()
        for variant in image.list_variants()
        if variant.form == "jpg" and variant.address in html
    }
