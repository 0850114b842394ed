"""The targets of links: which are accepted, and what to type instead of a refused one."""

from __future__ import annotations

import re

from maille.content.downloads import ADDRESS, suggest_name
from maille.content.downloads import FOLDER as DOWNLOADS
from maille.text.file_endings import PAGE, is_file_name
from maille.text.names import make_slug
from maille.text.patterns import compile_late
from maille.text.typed_addresses import repair_email, repair_web_address

# Accepted link targets: the web, an e-mail address, a telephone number, an address of the site,
# a heading of the page.
ADMITTED = compile_late(
    r"(?:https?://[^/?#@]+(?:[/?#].*)?|mailto:[^@]+@[^@]+|tel:\+?[0-9.()-]+|/(?!/).*|/|\#.+)",
    re.IGNORECASE,
)
_NEVER_IN_TARGET = compile_late(
    r"[\s\x00-\x1f\x7f-\x9f\\<>\"\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
)
# An address, then the rest of its sentence; a space inside an address does not match.
_PASSED = compile_late(
    r"((?:https?://\S*[\w/]|/(?:[\w-]+/)+)(?:#[\w-]+)?)((?:[.,;:]|(?<=/))\s(?!\S*\.\w)[^/?&=]*)"
)


def is_admitted(target: str) -> bool:
    """Return whether an address is accepted. HTML entities in `target` must be decoded already."""
    return bool(ADMITTED.fullmatch(target)) and not _NEVER_IN_TARGET.search(target)


def shorten_target(target: str) -> str:
    """Return an address; if it contains a whole file (`data:`), only its beginning."""
    return f"{target[:40]}…" if target.startswith("data:") and len(target) > 60 else target


def suggest_target(target: str, words: str) -> str:
    """Return the hint for an address that is not accepted in a link with these words.

    `words` is "" if the link is not typed as « [words](target) ».
    """
    if late := _PASSED.fullmatch(target):  # the parenthesis is closed too late
        return f"remplacez {target} par {late[1]}){late[2]}"
    if right := repair_target(target):
        if "%20" in right and "%20" not in target:
            return f"une adresse n'a pas d'espace : écrivez {right}"
        if re.match(r"[a-z]+://", target) and not repair_web_address(target):
            return f"écrivez {right}, si cette adresse s'ouvre ; sinon, retirez ce lien"
        return f"écrivez {right}"
    return _suggest_words(target, words)


def _suggest_words(target: str, words: str) -> str:
    """Return the hint when no accepted address can be guessed; `words` is the text of the link."""
    if not words:
        return "écrivez l'adresse de la page, comme https://exemple.fr/ ou /projets/"
    if re.match(r"(?i)[a-z][a-z0-9+.-]*:", target):
        if shorten_target(target) != target:
            return "effacez ce lien, et gardez ses mots"
        return f"remplacez [{words}]({target}) par {words}"
    if is_file_name(path := re.split(r"[?#]", target)[0]) and not PAGE.search(path):
        if path.lower().endswith(".pdf"):
            name = suggest_name(path)
            return f"mettez ce PDF dans {DOWNLOADS}/ sous le nom {name}, et écrivez {ADDRESS}{name}"
        return f"publiez ce fichier ailleurs, et écrivez [{words}](…), avec son adresse"
    return f"écrivez [{words}](…), avec l'adresse de la page entre les parenthèses"


def repair_target(target: str) -> str:
    """Return the accepted address that `target` probably means, or "" if none can be guessed."""
    target = re.sub(r"(?i)^(https?://|mailto:|tel:)\s+", r"\1", target)
    target = re.sub(r"^(?:\{\{[^{}]*\}\}|\{%[^%]*%\})(?=/)", "", target)  # a template tag
    name = re.sub(r"(?i)^mailto\s*:[/\s]*", "", target)
    if ("@" in target or name != target) and (mail := repair_email(name)):
        return f"mailto:{mail}"
    if re.fullmatch(r"(?i)(?:tel\s*:[/\s]*)?\+?\d[\d .()\u00a0\u202f-]{7,}", target):
        return f"tel:{re.sub(r'[^+0-9]', '', target)}"
    bare = target.strip(" \"'«»“”‘’<>")
    if re.fullmatch(r"\([^()]+\)", bare):
        bare = bare[1:-1]
    for right in (bare, re.sub(r"\s", "%20", target)):
        if is_admitted(right):
            return right
    if re.match(r"\w/\w", bare):  # « p/rojets/ » for « /projets/ »
        bare = f"{bare[0]}{bare[2:]}"
    web = repair_web_address(re.sub(r"^[:/\\]+", "", bare))
    # « index.php?id=3 » and « index.php/page » begin with a file name, not with a host.
    if web and is_admitted(web) and not is_file_name(re.split(r"[/?#]", bare)[0]):
        return web
    if re.match(r"[a-z]+://", bare) and (web := repair_web_address(bare.partition("://")[2])):
        return web
    path, sign, anchor = bare.replace("\\", "/").partition("#")
    path = re.sub(r"^(?:\.?/)+|(?:/?index)?\.html?$", "", path)
    if re.fullmatch(r"[\w'’-]+(?:/[\w'’-]+)*/?", path):
        steps = [make_slug(step) for step in path.strip("/").split("/")]
        return f"/{'/'.join(steps)}/{sign}{anchor}"
    return ""
