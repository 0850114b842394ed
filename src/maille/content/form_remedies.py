"""What to type instead of the syntax of other software, where a fixed sentence is not enough.

Each function takes the match of a form (`whole`) and its group `inside`, and returns the remedy in
French. The forms are in `foreign_forms`.
"""

from __future__ import annotations

import re
from html import unescape

from maille.text.names import make_slug
from maille.text.patterns import compile_late
from maille.text.suggestions import find_nearest

_DASHES = compile_late(r"^[ \t]*\|[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_EMOJIS = {"smile": "😄", "+1": "👍", "warning": "⚠️", "heart": "❤️", "tada": "🎉", "wave": "👋"}
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def write_lowered(_whole: str, inside: str) -> str:
    """Return what to type for digits between the markers of a subscript."""
    return f"écrivez « {inside.translate(LOWERED)} »"


def write_raised(_whole: str, inside: str) -> str:
    """Return what to type for digits between the markers of a superscript."""
    return f"écrivez « {inside.translate(RAISED)} »"


def write_formula(_whole: str, inside: str) -> str:
    """Return what to type for a formula: plain characters if they are enough, else words."""
    plain = inside.replace("\\times", "×").replace("\\cdot", "·")
    plain = re.sub(r"\^\{?([-+]?\d+|n)\}?", lambda found: found[1].translate(RAISED), plain)
    plain = re.sub(r"_\{?(\d+)\}?", lambda found: found[1].translate(LOWERED), plain)
    if re.search(r"[\\^_{}\n]", plain):
        return "écrivez-la avec des mots, sans les signes $"
    return f"écrivez « {plain} »"


def tighten(whole: str, inside: str) -> str:
    """Return what to type for emphasis with a space inside its markers: « la** ville** ».

    The space moves outside the markers. `inside` is the text between them; `whole` includes the
    words that touch them.
    """
    before, _, after = whole.partition(inside)
    bare = before.rstrip()
    sign = "__" if bare.endswith("__") else "**" if bare.endswith("**") else bare[-1:]
    words = (bare.removesuffix(sign), f"{sign}{inside}{sign}", after.lstrip("\u00a0\u202f *_"))
    return f"écrivez « {' '.join(filter(None, words))} »"


def widen_italics(whole: str, _inside: str) -> str:
    """Return what to type for `*mot*s`: the whole word in italics."""
    return f"écrivez « *{whole.replace('*', '')}* »"


def drop_stars(whole: str, _inside: str) -> str:
    """Return what to type for bold that contains only punctuation: « un mot**. **Puis »."""
    return f"écrivez « {whole.replace('*', '').strip()} »"


def join_link(whole: str, _inside: str) -> str:
    """Return what to type for a link with a space between its text and its address."""
    joined = re.sub(r"\][ \t]+", "]", whole)
    return f"écrivez {joined}, sans espace"


def drop_bracket(_whole: str, inside: str) -> str:
    """Return what to type for a link with one bracket too many after its text."""
    words, address = re.split(r"\]+\(", inside, maxsplit=1)
    return f"écrivez [{words}]({complete_address(address)})"


def drop_tag_end(whole: str, inside: str) -> str:
    """Return what to type for the rest of a start tag, and for the words `inside` after it.

    With an address and words, they become a link: `href="/page/"> La page` gives
    `[La page](/page/)`. Otherwise, the rest of the tag is to be erased.
    """
    tag, words = whole.removesuffix(inside), inside.strip(" .,;:")
    href = re.search(r"""\bhref=(?:"([^"]+)"|'([^']+)')""", tag)
    if not href or not words:
        return f"effacez « {tag} »"
    link = f"[{words}]({href[1] or href[2]})"
    return f"remplacez {whole[: whole.rindex(words) + len(words)]} par {link}"


def turn_link(whole: str, _inside: str) -> str:
    """Return what to type for a link with the wrong brackets, such as « (texte)[adresse] »."""
    words, address = re.split(
        r"[\])}][\[({](?=[^\[({]*$|https?:|mailto:|tel:|www\.|/|#)", whole, maxsplit=1
    )
    return f"écrivez [{words[1:]}]({complete_address(address[:-1])})"


def complete_address(address: str) -> str:
    """Return an address, with `https://` before it if it begins with « www. »."""
    return f"https://{address}" if address.startswith("www.") else address


def mend_link(whole: str, _inside: str) -> str:
    """Return what to type for a link with a bracket that is missing or misplaced.

    « [nom]/page/) », « [nom(]/page/) », « [no]m(/page/) » and « [nom]/(page/) » all become
    « [nom](/page/) ».
    """
    found = re.fullmatch(
        r"(!?)\[(.*?)(?:([\[\](){}]+)|\](\w+)\()"
        r"((?:https?:|mailto:|www\.|/)[^\[\](){}]*)[\[\](){}]+",
        whole.replace("]/(", "](/"),
    )
    if not found:
        return "écrivez [nom de la page](adresse)"
    image, words, signs, letters, address = found.groups("")
    if signs.startswith(")") and words.count("(") > words.count(")"):
        words += ")"
    return f"écrivez {image}[{words.strip()}{letters}]({complete_address(address)})"


def open_link(_whole: str, inside: str) -> str:
    """Return what to type for a link without its first bracket, « La page](/la-page/) ».

    The link covers the last words that resemble the end of the address, or all words if none do.
    """
    words, _, address = inside.partition("](")
    step = re.split(r"[?#]", address.rstrip(")"))[0].strip("/").rpartition("/")[2]
    ends = [words, *(words[at.end() :] for at in re.finditer(r"[ \u00a0'’]+", words))]
    near = find_nearest(step, {make_slug(end): end for end in ends if end}, most=1)
    name = next((end for end in ends if near and make_slug(end) == near[0]), words)
    return f"remplacez {name}]({address} par [{name}]({address}"


def write_emoji(whole: str, inside: str) -> str:
    """Return what to do with an emoji's name: type the emoji or, if it is unknown, erase it."""
    emoji = _EMOJIS.get(inside)
    return f"écrivez « {emoji} »" if emoji else f"effacez « {whole} »"


def write_note(_whole: str, inside: str) -> str:
    """Return what to type for a note; `inside` is empty if the note has no end."""
    if "\n" in inside:
        return "écrivez <!-- au début de la note et --> à la fin, chacun au bord de sa ligne"
    if inside:
        note = inside.strip().strip("()\"'")
        return f"écrivez <!-- {note} -->"
    return "écrivez « <!-- » à la place, et --> à la fin de la note"


def write_entity(whole: str, _inside: str) -> str:
    """Return what to type for an entity: its character; "" if it is not an entity.

    For a no-break space, a plain space is proposed.
    """
    decoded = unescape(whole.replace("&amp;", "&") if whole.startswith("&amp;") else whole)
    written = decoded.replace("\u00a0", " ")
    if decoded == whole:
        return ""
    return f"écrivez « {written} »" if written.strip() else "écrivez une espace à la place"


def write_link(whole: str, _inside: str) -> str:
    """Return what to type for `[words][name]`, `[[words]]` or `[[page|words]]`."""
    words = whole.strip("[]").partition("]")[0].rpartition("|")[2].strip()
    return f"écrivez [{words}](…), avec l'adresse de la page entre les parenthèses"


def write_web(_whole: str, inside: str) -> str:
    """Return what to type for a web address that is not a link."""
    whole = complete_address(inside)
    return f"écrivez <{whole}>, ou [nom de la page]({whole}) pour montrer un nom"


def write_table(whole: str, _inside: str) -> str:
    """Return what to type for lines that begin with `|` but do not make a table."""
    if _DASHES.search(whole):
        return "laissez une ligne vide au-dessus du tableau"
    bars = whole.split("\n", maxsplit=1)[0].strip().count("|") - 1
    return f"sous la ligne des titres, ajoutez {'| --- ' * bars}|"
