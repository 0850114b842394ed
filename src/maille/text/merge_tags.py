"""The tags that mailing programs replace with data about each reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maille.text.patterns import compile_late

# Names of merge fields. In single brackets or braces, most other words are plain text.
_FIELD = (
    r"(?:e-?mail|mail|courriel|civilit[eé]|(?:pr[eé])?nom(?:[ _-]?(?:de[ _-])?famille|[ _-]nom)?"
    r"|soci[eé]t[eé]|entreprise|[fl]name|(?:first|last)[ _-]?name|full[ _-]?name|company|unsub\w*"
    r"|d[eé]s(?:abonne\w*|inscri\w*)|lien[ _-]\w+|view[ _-]?online|version[ _-]en[ _-]ligne)"
)

# One row per way to write tags, with an example of each. Each pattern begins with the first
# character of the tag, since `re` finds a literal quickly; a lookbehind comes after it.
_WAYS = (
    r"\{\{\{?(?![<%])[^{}\n]{1,80}\}\}\}?",  # {{ contact.PRENOM }}
    r"\{(?<!\{\{)%[^{}\n]{1,120}%\}",  # {% if prenom %}
    r"%%[\w.:=-]+%%",  # %%prenom%%
    r"%(?<![\w%]%)(?:[A-Za-z]\w*(?:\.\w+)+|[A-Z][A-Z_]{2,})%",  # %recipient.name%
    r"\*\|[^|\n]{1,60}\|\*",  # *|FNAME|*
    rf"\[(?<!\[\[)(?:(?i:{_FIELD})|[A-Z]+_[A-Z_]+)\](?![(\[:\]])",  # [PRENOM]
    # [subscriber:firstname]
    r"\[(?<!\[\[)(?:subscriber|user|link|date|data|var|newsletter):[^\]\n]{1,60}\]",
    r"<<(?=\S)[^<>\n]{0,40}[^<>\nA-Za-z0-9-][^<>\n]{0,40}(?<=\S)>>",  # <<Prénom>> (<<Nom>> is HTML)
    r"\$\{[\w. -]{1,40}\}",  # ${prenom}
    r"\#\{[\w. -]{1,40}\}",  # #{prenom}
    # {unsubscribe_url}, {$name}, {contactfield=firstname}
    rf"\{{(?<![{{$#]\{{)(?:\$\w+|\w+=[^{{}}\n]+|(?i:{_FIELD})|\w{{1,40}}_\w{{1,40}})\}}(?!\}})",
    r"\#(?<=[^#\w\n]\#)\#[A-Za-z]\w*##(?!#)",  # ##PRENOM##
    r"@@[A-Za-z]\w*@@",  # @@PRENOM@@
)
_TAG = compile_late("|".join(_WAYS))
# A tag, or the characters that open one: some programs refuse to send a tag that is not closed.
_OPENING = compile_late(rf"{_TAG.pattern}|\{{\{{+|\{{[%#]|%%|\*\||\[\[|<<|\$\{{|\#\{{")
_SIGNS = compile_late(r"[{}%*|\[\]<>$#@]")


def find_merge_tags(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each merge tag in a text."""
    for found in _TAG.finditer(text):
        message = f"« {found[0]} » est une balise d'un autre logiciel : elle resterait telle quelle"
        yield found.start(), message, f"effacez « {found[0]} »"


def escape_html(html: str) -> str:
    """Return HTML in which no mailing program finds a tag; readers see the same text.

    The special characters of each tag, closed or not, become character references. `<style>`
    elements stay unchanged.
    """
    parts = re.split(r"(<style.*?</style>)", html, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<style") else _OPENING.sub(_refer_to_signs, part) for part in parts
    )


def _refer_to_signs(found: re.Match[str]) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", found[0])


def escape_text(text: str) -> str:
    """Return plain text in which no mailing program finds a tag; readers see the same text.

    A word joiner, which is invisible, follows each special character of a tag, closed or not.
    """
    return _OPENING.sub(lambda found: _SIGNS.sub("\\g<0>\u2060", found[0]), text)
