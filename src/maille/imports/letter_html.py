"""Turn the HTML of a letter, as a mailing service made it, into Markdown.

BeautifulSoup reads the HTML and markdownify writes the Markdown. In between, this module removes
layout tables, tracking pixels, hidden texts, links of the service, and tracking from addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from markdownify import MarkdownConverter

from maille.text.names import fold_name
from maille.text.tracked_addresses import strip_tracking

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "div", "td", "li", "ul", "ol", "table", "blockquote", *_HEADINGS)
_LAYOUT = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "center", "font")
_NESTS = ("li", "blockquote")
_INLINE_BOLD = ("strong", "b")
# Characters: a paragraph of at most this length, all bold or in large letters, is a heading.
HEADING_LENGTH = 100
LARGE = 18  # pixels
# Characters: a block of at most this length is removed with the service's link that it contains.
SERVICE_LENGTH = 250
_SIZE = re.compile(r"font-size:\s*([0-9.]+)\s*(px|pt|em|rem)", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}
_HIDDEN = re.compile(
    r"display:\s*none|mso-hide:\s*all|max-height:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE
)
_BARE = re.compile(r"https?://[^\s<>()«»\"]*[\w/]|(?<![\w@.+/-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_SERVICE_ADDRESS = re.compile(
    r"unsub|desabonn|desinscri|list-manage\d*\.com/(?:vcard|profile)|campaign-archive|mailchi\.mp/"
    r"[^/]*/?\?e=|/mirror|update.?profile|forward-to-friend|^\*\||^\{\{?|^\[(?:unsub|mirror|desab)",
    re.IGNORECASE,
)
_SERVICE_WORDS = re.compile(
    r"se desinscrire|desinscription|se desabonner|desabonnement|unsubscribe|"
    r"(?:voir|afficher|lire|consulter|ouvrir)\b.*\b(?:navigateur|en ligne)|version en ligne|"
    r"view (?:this|it) (?:e-?mail )?in (?:your )?browser|transferer a un ami|"
    r"mettre a jour (?:vos|mes) preferences|update (?:your )?preferences"
)


@dataclass
class Cleaned:
    """What is read from a letter: its title, its text as Markdown, and what was changed.

    - `images` has a pair for each image: its alternative text, its address.
    - `removed` are the texts that only served the mailing service.
    - `unlinked` are the links turned into plain text, « text (address) », because their address is
      not a complete one.
    - `pixels` is the number of invisible images that were removed.
    - `cleaned` is the number of links from which tracking was removed.
    """

    title: str = ""
    markdown: str = ""
    images: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    pixels: int = 0
    cleaned: int = 0


def convert_letter(page: str) -> Cleaned:
    """Return the text of a letter as Markdown. Raises RecursionError if tags are nested too deep.

    Headings have levels from 1 to 6; each image is a mark with its number, on a line of its own.
    """
    soup = BeautifulSoup(page, "html.parser")
    found = Cleaned(_read_title(soup))
    _remove_unseen(soup, found)
    _remove_service(soup, found)
    _link_frames(soup, found)
    _link_addresses(soup)
    _clean_links(soup, found)
    _replace_images(soup, found)
    _flatten_links(soup)
    _unfold_tables(soup)
    _mark_headings(soup)
    found.markdown = _write_markdown(soup)
    return found


def _read_title(soup: BeautifulSoup) -> str:
    return keep_title(" ".join(soup.title.get_text(" ").split())) if soup.title else ""


def keep_title(title: str) -> str:
    """Return a title, or "" if it has no word, or contains a placeholder of the mailing service."""
    return "" if re.search(r"\*\||\{\{|^\W*$", title) else title


def _remove_unseen(soup: BeautifulSoup, found: Cleaned) -> None:
    """Remove what readers do not see, such as comments, scripts, hidden texts and tracking pixels.

    Forms are removed too. A bullet made by Word becomes « • ».
    """
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()  # and Outlook's conditional comments
    for bullet in soup.find_all(style=re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)):
        if not re.search(r"\w", bullet.get_text()):
            bullet.string = "• "
    for tag in soup.find_all(["head", "script", "style", "title", "noscript", "svg", "form"]):
        tag.decompose()
    for tag in soup.find_all(style=_HIDDEN):
        if not tag.decomposed:
            _note_removed(tag, found)
            tag.decompose()
    for image in soup.find_all("img"):
        if _is_pixel(image):
            found.pixels += 1
            image.decompose()


def _note_removed(tag: Tag, found: Cleaned) -> None:
    words = " ".join(tag.get_text(" ").replace("\u200c", "").replace("\u00ad", "").split())
    if words.strip("\u034f \u00a0"):
        found.removed.append(words)


def _is_pixel(image: Tag) -> bool:
    sizes = [str(image.get(side, "")).removesuffix("px") for side in ("width", "height")]
    tiny = any(size in {"0", "1", "2"} for size in sizes)
    address = str(image.get("src", ""))
    return tiny or not address or bool(re.search(r"/track/open|/tr/op/|/open\.php|spacer", address))


def _remove_service(soup: BeautifulSoup, found: Cleaned) -> None:
    """Remove the links of the mailing service, each with the block around it if that is short.

    Such links lead, for example, to unsubscription or to the letter online. A block with a heading
    loses only the link.
    """
    for link in soup.find_all("a"):
        if link.decomposed:
            continue
        words = fold_name(link.get_text(" "))
        address = str(link.get("href", ""))
        if not (_SERVICE_ADDRESS.search(address) or _SERVICE_WORDS.search(words)):
            continue
        block = link.find_parent(_BLOCKS)
        short = block and len(block.get_text(" ")) <= SERVICE_LENGTH and not block.find(_HEADINGS)
        gone = block if block and short else link
        _note_removed(gone, found)
        gone.decompose()


def _link_frames(soup: BeautifulSoup, found: Cleaned) -> None:
    """Replace each embedded video or page with a link to it; remove the invisible ones."""
    for frame in soup.find_all(("iframe", "embed")):
        address = re.sub(r"^//", "https://", str(frame.get("src", "")).strip())
        if _is_pixel(frame):
            found.pixels += 1
            frame.decompose()
            continue
        link = soup.new_tag("a", href=address)
        link.string = " ".join(str(frame.get("title", "")).split()) or address
        frame.replace_with(link)
        link.wrap(soup.new_tag("p"))


def _link_addresses(soup: BeautifulSoup) -> None:
    """Turn each web or mail address in the text into a link, as our Markdown requires.

    Addresses in links, headings and code stay as they are.
    """
    for text in soup.find_all(string=_BARE):
        if text.find_parent(("a", "code", "pre", *_HEADINGS)):
            continue
        end = 0
        for one in _BARE.finditer(text):
            address = one[0] if one[0].startswith("http") else f"mailto:{one[0]}"
            link = soup.new_tag("a", href=address)
            link.string = one[0]
            text.insert_before(NavigableString(text[end : one.start()]), link)
            end = one.end()
        text.replace_with(NavigableString(text[end:]))


def _clean_links(soup: BeautifulSoup, found: Cleaned) -> None:
    """Remove tracking from addresses; a link without a complete address becomes plain text."""
    for link in soup.find_all("a"):
        address = str(link.get("href", "")).strip()
        if not re.match(r"(?:https?://|mailto:|tel:)\S", address):
            words = " ".join(link.get_text(" ").split())
            if address.strip("#") and words:
                found.unlinked.append(f"{words} ({address})")
            link.unwrap()
            continue
        clean = strip_tracking(address)
        found.cleaned += clean != address
        link["href"] = clean.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        link.attrs.pop("title", None)


def _replace_images(soup: BeautifulSoup, found: Cleaned) -> None:
    """Replace each image by a mark, placed after the block that contains the image.

    If a link or a heading contains nothing else, the alternative text of the image stays in it.
    """
    for image in soup.find_all("img"):
        words = " ".join(str(image.get("alt", "")).split())
        number = len(found.images)
        found.images.append((words, str(image.get("src", ""))))
        block = image.find_parent(("p", "div", "ul", "ol", "td", *_HEADINGS)) or image
        link = image.find_parent("a")
        block.insert_after(_make_mark(soup, number))
        own = link or image.find_parent(_HEADINGS)
        if own is not None and not own.get_text(strip=True):
            image.insert_before(NavigableString(words or "image sans titre"))
        image.decompose()


def _flatten_links(soup: BeautifulSoup) -> None:
    """Write each link on one line; a link around a heading becomes a link below it."""
    for link in soup.find_all("a"):
        if not link.find((*_BLOCKS, "br")):
            continue
        heading = link.find(_HEADINGS)
        if isinstance(heading, Tag):
            after = soup.new_tag("a", href=str(link["href"]))
            after.string = " ".join(heading.get_text(" ").split())
            link.insert_after(after)
            after.wrap(soup.new_tag("p"))
            link.unwrap()
            continue
        for mark in reversed(link.find_all("p", string=re.compile("\x02"))):
            link.insert_after(mark.extract())
        link.string = " ".join(link.get_text(" ").split())


def _make_mark(soup: BeautifulSoup, number: int) -> Tag:
    mark = soup.new_tag("p")
    mark.string = f"\x02{number}\x03"
    return mark


def _unfold_tables(soup: BeautifulSoup) -> None:
    """Turn the tables used for layout into blocks; tables of data stay."""
    kept = [table for table in soup.find_all("table") if _has_data(table)]
    inside = {id(tag) for table in kept for tag in (table, *table.find_all(_LAYOUT))}
    for tag in soup.find_all(_LAYOUT):
        if id(tag) not in inside:
            tag.name = "div"


def _has_data(table: Tag) -> bool:
    """Return whether a table has data: a heading cell, and at least two rows and two columns.

    All the rows must have the same number of cells, and the table must contain no other table.
    """
    rows = [row.find_all(("td", "th")) for row in table.find_all("tr")]
    if table.find("table") or len(rows) < 2 or not table.find("th"):
        return False
    return len({len(row) for row in rows}) == 1 and len(rows[0]) > 1


def _mark_headings(soup: BeautifulSoup) -> None:
    """Turn each short paragraph that is all bold or large into a heading; simplify all headings.

    A paragraph is not turned into one if it ends with « . », « , » or « ; », is all a link, has a
    line break, or is in a list or a quote: there, headings become bold paragraphs.
    """
    for tag in soup.find_all(("p", "div")):
        words = tag.get_text(" ", strip=True)
        if not words or len(words) > HEADING_LENGTH or tag.find((*_BLOCKS, "br")):
            continue
        if tag.find_parent(("a", *_NESTS, *_HEADINGS)) or words[-1] in ".,;" or "\x02" in words:
            continue
        texts = [text for text in tag.find_all(string=True) if text.strip()]
        is_button = all(text.find_parent("a") for text in texts)
        if not is_button and all(_is_strong(text, tag) for text in texts):
            tag.name = "h6"
    for heading in soup.find_all(_HEADINGS):
        if heading.find_parent(_NESTS):  # our Markdown has no headings there
            _embolden(heading, soup)
        else:
            _unfold_heading(heading, soup)


def _is_strong(text: NavigableString, within: Tag) -> bool:
    """Return whether a text is bold or large, given the tags around it, up to `within`."""
    for tag in text.parents:
        style = str(tag.get("style", "")) if isinstance(tag, Tag) else ""
        if tag.name in _INLINE_BOLD or re.search(r"font-weight:\s*(?:bold|[6-9]00)", style):
            return True
        if size := _SIZE.search(style):
            return float(size[1]) * _PIXELS[size[2].lower()] >= LARGE
        if tag is within:
            return False
    return False


def _embolden(heading: Tag, soup: BeautifulSoup) -> None:
    words = " ".join(heading.get_text(" ").split())
    heading.clear()
    heading.name = "p"
    if words:
        bold = soup.new_tag("strong")
        bold.string = words
        heading.append(bold)


def _unfold_heading(heading: Tag, soup: BeautifulSoup) -> None:
    """Keep only the words of a heading, on one line; repeat its links in paragraphs below it.

    A colon at its end is removed. A heading without words is no longer a heading.
    """
    words = " ".join(heading.get_text(" ").split())
    if not words:
        heading.unwrap()
        return
    for link in reversed(heading.find_all("a")):
        paragraph = soup.new_tag("p")
        paragraph.append(link.extract())
        heading.insert_after(paragraph)
    heading.string = words.rstrip(" :")


# The forms of Markdown that our texts use.
_OPTIONS: dict[str, Any] = {
    "heading_style": "ATX",
    "bullets": "-",
    "autolinks": False,
    "escape_underscores": False,
}


def _write_markdown(soup: BeautifulSoup) -> str:
    text = str(MarkdownConverter(**_OPTIONS).convert_soup(soup))
    text = re.sub(r"[\u00a0\u200b\u200c\u00ad\ufeff\u034f]+", " ", text)
    lines = [*_clean_lines(text.split("\n"))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).lstrip("\n").rstrip() + "\n"


_TAG = re.compile(r"`[^`]*`|<")  # code, which stays as it is, or what would open a tag
_ITEM = re.compile(r"( *)(?:-|\d+\.) ")
# Texts that Markdown takes for a heading, « #mot », or for an item of a list, « 1986. Un mot ».
_NO_HEADING = re.compile(r"^((?:> |- )*)#(?=[^#\s])")
_NO_ITEM = re.compile(r"^((?:> |- )*\d{3,})\.(?= )")


def _clean_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines without spaces around them, except the indents of lists and of code.

    The content of a list is indented by four spaces per level, and a list has a blank line above
    it. Code between fences becomes indented code. The two spaces of a line break are kept. What
    Markdown would take for a tag, a heading or a numbered item is escaped. A line that has only
    signs, such as « *** », becomes a blank line, unless one of them is « | » or « _ ».
    """
    levels: list[int] = []  # the indents, in `lines`, of the items that are open
    before = ""
    is_code = False
    for line in lines:
        bare = line.strip()
        if bare.startswith("```"):
            is_code = not is_code
            yield ""
            continue
        if is_code:
            yield f"    {line}".rstrip()
            continue
        bare = _TAG.sub(lambda found: "&lt;" if found[0] == "<" else found[0], bare)
        bare = _NO_HEADING.sub(r"\1\\#", _NO_ITEM.sub(r"\1\\.", bare))
        if not re.search(r"\w|\x02|\|", bare):  # only marks of emphasis, or a rule
            before = ""
            yield ""
            continue
        indent = len(line) - len(line.lstrip(" "))
        item = _ITEM.match(line)
        while levels and (indent < levels[-1] or (not item and indent == levels[-1])):
            levels.pop()
        if item and (not levels or indent > levels[-1]):
            if before and not levels:
                yield ""
            levels.append(indent)
        depth = len(levels) - 1 if item else len(levels)
        before = bare
        yield f"{'    ' * depth}{bare}{'  ' if line.endswith('  ') else ''}"
