"""A letter as a PDF to print or to attach: tagged for screen readers (PDF/UA-1), in its language.

WeasyPrint draws it, an extra that a site may do without. Nothing is fetched: fonts and images are
passed in, and the same letter gives the same bytes.
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
FONTS = "polices:///"  # under which the template asks for the fonts of the site, by file name


class UnavailableError(Exception):
    """WeasyPrint is not there, or not whole; the text is one French sentence for the user."""


def draw_pdf(
    site: Site, issue: LetterContents, draw: Callable[[PagePlan], str], fonts: Mapping[str, bytes]
) -> bytes:
    """Return the PDF of a letter; `draw` gives the HTML of a page from its template.

    `fonts` are files by name. Raise UnavailableError without WeasyPrint.
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

    def fetch(url: str) -> Any:  # nothing but what is known: neither files nor network
        return weasyprint.urls.URLFetcherResponse(url, known[url])

    made = weasyprint.HTML(string=html, url_fetcher=fetch).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(html.encode()).digest()[:16]
    )
    assert isinstance(made, bytes)
    return made


def _import_weasyprint() -> Any:
    """Return the library, imported late: it takes a third of a second."""
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
    refuse_truncated()  # WeasyPrint has Pillow take them, in the whole process
    return weasyprint


def _gather_pictures(site: Site, issue: LetterContents) -> dict[str, bytes]:
    """Return the images that the letter shows, by their whole addresses."""
    html = "".join(part.html for part in issue.parts)
    return {
        make_absolute(variant.address, site.published_at): encode_image(image, variant)
        for image in site.album.images.values()
        for variant in image.list_variants()
        if variant.form == "jpg" and variant.address in html
    }
