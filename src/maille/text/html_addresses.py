"""Change the addresses in the HTML of a body."""

from __future__ import annotations

import re
from collections.abc import Callable

from maille.text.patterns import compile_late

_TAG = compile_late(r"<[a-z][^>]*>")
_ATTRIBUTE = compile_late(r'(?<=\s)(href|src|srcset)="([^"]*)"')
_LINK = compile_late(r'(<a\b[^>]*\shref=")([^"]*)("[^>]*>)(.*?)</a>', re.DOTALL)
_CANDIDATE = compile_late(r"(^|,\s*)([^\s,]+)")  # one of the files of a `srcset`


def rewrite_addresses(html: str, rewrite: Callable[[str], str]) -> str:
    """Return `html` with each address replaced by the result of `rewrite`.

    Addresses are the values of `href` and `src`, and each file of a `srcset`. The HTML must come
    from `content.markdown`: values in double quotes, no comments, no scripts.
    """

    def rewrite_attribute(found: re.Match[str]) -> str:
        name, value = found.groups()
        if name == "srcset":
            value = _CANDIDATE.sub(lambda file: f"{file[1]}{rewrite(file[2])}", value)
        else:
            value = rewrite(value)
        return f'{name}="{value}"'

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(rewrite_attribute, tag[0]), html)


def unlink(html: str, rewrite: Callable[[str], str]) -> str:
    """Return `html` with the address of each link replaced by the result of `rewrite`.

    Where `rewrite` returns "", the link becomes its text. The HTML must come from
    `content.markdown`: values in double quotes, no link in a link.
    """

    def rewrite_link(found: re.Match[str]) -> str:
        start, address, end, text = found.groups()
        new = rewrite(address)
        return f"{start}{new}{end}{text}</a>" if new else text

    return _LINK.sub(rewrite_link, html)
