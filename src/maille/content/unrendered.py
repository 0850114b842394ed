"""Find markup and addresses that Python-Markdown does not render, and would show as typed.

Markdown has no errors: what it does not understand is plain text, and the mistake is only visible
on the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

MAX_UNRENDERED = 20  # reported per body

# A text without any of these is skipped; markup that was rendered is no longer in the texts.
_SIGN = re.compile(r"\][ \t]*[\[(]|\[[\[^ xX]|\*\*|__|://|www\.|@|\|")

# At each place, the first alternative that matches is reported; `_SENTENCES` has a message for the
# name of its last group.
_INERT = re.compile(
    r"""
      !\[\[(?P<photo>[^\[\]\n]+)\]\]
    | \[\[(?P<wiki>[^\[\]\n]+)\]\]
    | (?P<note>\[\^[^\[\]\s]+\])
    | (?P<words>!?\[[^\[\]\n]+\])[ \t]+
      (?P<apart>\((?:https?://|mailto:|tel:|www\.|/|\#)[^()\s]*\))
    | \[[^\[\]\n]+\][ ]?\[(?P<named>[^\[\]\n]*)\]
    | (?P<strong>(?<![\d€$£%°])\*\*|(?<![\w_])__(?![_\s]))
    | (?<![\w/.@])(?P<web>(?:https?://|www\.)[^\s<>«»"|]+)
    | (?<![\w.+-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | ^(?P<box>\[[ xX]\])[ ]
    | ^[ \t]*(?P<row>\|.*(?:\n[ \t]*\|.*)*)
    """,
    re.MULTILINE | re.VERBOSE,
)
_DASHES = re.compile(r"^[ \t]*\|[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_AFTER = ".,;:!?)'’"  # punctuation after an address

_SENTENCES = {
    "photo": ("« {} » ne montre aucune image", "écrivez ![Ce que montre l'image](/images/{})"),
    "wiki": ("« [[{}]] » n'est pas un lien", "écrivez [{}](/adresse-de-la-page/)"),
    "note": ("« {} » ne fait pas de note", "dites-le dans la phrase, ou entre parenthèses"),
    "apart": ("une espace sépare le lien de son adresse", "écrivez {}, sans espace"),
    "named": ("aucune adresse ne porte le nom « {} »", "écrivez [texte du lien](adresse)"),
    "strong": ("« {} » est ouvert et jamais refermé", "écrivez **gras**, ou effacez ce signe"),
    "web": ("{} n'est pas un lien", "écrivez [nom de la page]({}), ou <{}> pour montrer l'adresse"),
    "mail": ("{} n'est pas un lien", "écrivez <{}>"),
    "box": ("« {} » ne fait pas de case à cocher", "effacez ce signe"),
    "row": ("ces barres ne font pas de tableau", "sous la ligne des titres, ajoutez {}"),
}


def find_unrendered(
    texts: Iterable[tuple[str, bool]], typed: str
) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for unrendered markup, `MAX_UNRENDERED` pieces at most.

    `texts` are pairs: a text that the page would show, outside code and links, and whether
    it starts a `p` or `li`. Offsets are those in the Markdown `typed`, or 0 if not found.
    """
    searched: dict[str, int] = {}
    count = itertools.count(1)
    for text, first in texts:
        if not _SIGN.search(text):
            continue
        piece = text if first else f"\0{text}"  # so that `^` does not match here
        for found in _INERT.finditer(piece):
            cause, hint = _describe_match(found, piece)
            start = found.start(found.lastgroup or 0) if found.lastgroup == "box" else found.start()
            yield _find_offset(typed, piece, start, searched), cause, hint
            if next(count) == MAX_UNRENDERED:
                return


def _describe_match(found: re.Match[str], piece: str) -> tuple[str, str]:
    name = found.lastgroup or ""
    value = found[name].rstrip(_AFTER) if name in {"web", "mail"} else found[name]
    cause, hint = _SENTENCES[name]
    if name == "apart":
        value = found["words"] + value
    if name == "row":
        value = "| --- " * (found[0].split("\n")[0].strip().count("|") - 1) + "|"
        if _DASHES.search(found[0]) and piece[: found.start()].strip("\0"):
            hint = "laissez une ligne vide au-dessus du tableau"
    whole = f"https://{value}" if value.startswith("www.") else value
    return cause.format(value), hint.format(*[whole] * hint.count("{}"))


def _find_offset(typed: str, piece: str, start: int, searched: dict[str, int]) -> int:
    """Return the offset in `typed` of the text at `start` in `piece`, or 0 if it is not found.

    The text is first searched for together with what precedes it on its line (40 characters at
    most), as a longer text seldom occurs twice, then alone. `searched` remembers, for each text,
    where the next search starts.
    """
    begins = max(piece.rfind("\n", 0, start) + 1, piece.rfind("\0", 0, start) + 1, start - 40)
    for first in (begins, start):
        line, before = piece[first : start + 40].split("\n", maxsplit=1)[0], start - first
        # After « ( » or « < », the text would be the target of a link.
        if at := re.compile(rf"(?<![(<]){re.escape(line)}").search(typed, searched.get(line, 0)):
            searched[line] = at.start() + before + 1
            return at.start() + before
    return 0
