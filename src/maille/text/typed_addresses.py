"""Check web and e-mail addresses as people type them, and repair those whose meaning is clear."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from maille.text.names import strip_invisible
from maille.text.patterns import compile_late
from maille.text.suggestions import differ_by_a_slip

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_NAME = compile_late(rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,}}|xn--[\w-]+)\.?")
_IP = compile_late(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-fA-F:.]+\]")
_FORBIDDEN = compile_late(r"[\s<>\"\\^`{|}…]")
_MAILBOX = compile_late(r"[^\s@<>\"(),;:\\\[\]]+@([^\s@<>\"(),;:\\]+)")
# Characters that end a sentence, not an address. A dot may end an abbreviation: « /wiki/S.A.R.L. ».
_PUNCTUATION = ".,;:!»\"'"
_ABBREVIATION = compile_late(r"/[^/]*[._](?!(?:pdf|html?|php|docx?|jpe?g|png)\.)[^/]*(?<=\w)\.$")


def is_web_address(typed: str) -> bool:
    """Return whether `typed` is the whole address of a page of the web, and nothing more."""
    try:
        parts = urlsplit(typed)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    named = _NAME.fullmatch(host) and not host.endswith(".")
    right = named or _IP.fullmatch(host) or (":" in host and _IP.fullmatch(f"[{host}]"))
    return bool(whole and right and not _FORBIDDEN.search(typed)) and cut_end(typed) == typed


def repair_web_address(typed: str) -> str:
    """Return the right address that `typed` means, or "" if that is not clear.

    For example: « www.exemple.fr », « https:/exemple..fr/, », « <https://exemple.fr> »,
    « https:&#x2F;&#x2F;exemple.fr ».
    """
    text = unescape(strip_invisible(typed)).strip()
    if link := re.fullmatch(r"\[[^\]]*\]\((\S+)\)", text):
        text = link[1]
    text = cut_end(text.strip("<>«»\"' "))
    text = re.sub(r"(?i)^(?:https?[:;]*[/\\]+)+(?=https?[:;]*[/\\])", "", text)
    found = re.match(r"(?i)([a-z]{3,6})(?=[\s:;.,]*[/\\])[\s:;.,/\\]+", text)
    scheme = _read_scheme(found[1].lower()) if found else "https"
    found = found if scheme else None
    rest = text[found.end() :] if found else text
    if found and re.match(r"\w/\w[\w-]*\.", rest):  # « https:/s/ite.fr »: a slash one letter late
        rest = f"{rest[0]}{rest[2:]}"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    right = re.sub(r"[.,;]+", ".", host).strip(".")
    repaired = f"{scheme or 'https'}://{right}{rest[len(host) :]}"
    return repaired if is_web_address(repaired) else ""


def _read_scheme(word: str) -> str:
    """Return "https" or "http" if `word` is one of them, perhaps mistyped, else ""."""
    near = ("https", "http")
    if word in near:
        return word
    shorter = {"tps": "https", "tp": "http", "ttp": "http"}
    slip = (one for one in near if differ_by_a_slip(word, one))
    return shorter.get(word) or next(slip, "")


def suggest_end(target: str, after: str) -> str:
    """Return the hint for a link whose address ends with the punctuation of its sentence, or "".

    For example: « [le lieu](/carte/.) ». `target` is the address, `after` the rest of the line.
    """
    right = cut_end(target)
    if not right or right == target or not re.match(r"\)(?:\s|$)", after):
        return ""
    return f"remplacez {target}) par {right}){target[len(right) :]}"


def cut_end(text: str, more: str = "") -> str:
    """Return `text` without the punctuation at its end, which belongs to a sentence around it.

    A closing bracket that was not opened counts as punctuation, and so do the characters of `more`.
    The dot of an abbreviation is not removed.
    """
    while text:
        last = text[-1]
        if last == "." and _ABBREVIATION.search(text[text.find("//") + 2 :]):
            return text
        unopened = last in ")]" and text.count(last) > text.count("(" if last == ")" else "[")
        if last not in _PUNCTUATION + more and not unopened:
            return text
        text = text[:-1]
    return text


def is_email(typed: str) -> bool:
    """Return whether `typed` is one e-mail address, and nothing more."""
    found = _MAILBOX.fullmatch(typed)
    name = typed.partition("@")[0]
    dots = name.startswith(".") or name.endswith(".") or ".." in name
    return bool(found and _NAME.fullmatch(found[1]) and not found[1].endswith(".") and not dots)


def repair_email(typed: str) -> str:
    """Return the right e-mail address that `typed` means, or "" if that is not clear.

    Of several addresses, the first is returned. For example:
    « contact@exemple..fr », « mailto:contact@exemple.fr », « contact(at)exemple.fr ».
    """
    text = strip_invisible(typed).strip()
    if named := re.search(r"<([^<>]+@[^<>]+)>|\(mailto:([^()]+)\)", text):
        text = named[1] or named[2]
    text = re.sub(r"(?i)^mailto:", "", text.strip("<>[]«»\"' "))
    text = re.sub(r"(?i)\s*[(\[{]\s*(?:at|arobase|chez|a)\s*[)\]}]\s*|\s+@\s*|@\s+", "@", text)
    text = re.sub(r"(?i)\s*[(\[{]\s*(?:dot|point)\s*[)\]}]\s*", ".", text).rstrip(
        _PUNCTUATION + " "
    )
    text = re.split(r"\s*[,;]\s*(?=\S+@)|\s+(?=\S+@)|\s+ou\s+", text)[0]
    name, _, host = text.partition("@")
    right = f"{re.sub(r'[.]+', '.', name).strip('.')}@{re.sub(r'[.,;]+', '.', host).strip('.')}"
    return right if is_email(right) else ""
