"""Twice as much of any sign is at most about twice the work, and a megabyte of it ends soon.

The signs are those that the engine looks for in a body, in front matter and in a letter: alone on
a line, repeated on one line, in paragraphs, nested, and never closed.
"""

from __future__ import annotations

import os
import resource
import time
import traceback
from collections.abc import Callable, Iterator, Mapping

import pytest

from maille.content.documents import SourceFile
from maille.content.foreign_forms import FORMS, RENDERED
from maille.content.foreign_lines import BULLETS
from maille.content.markdown import Converter
from maille.content.markdown_limits import BLOCK_LIMIT, TEXT_LIMIT
from maille.content.parse import parse_one
from maille.formats.plain_text import Links, convert_to_text
from tests.doses import BODY_STEP, HEADER_STEP, LONG

CONVERTER = Converter()
HEADER = "---\nnom: x\n---\n"
MEGABYTE = 990_000
SECONDS = 10
# A doubling of the work is told from the noise above this, and may cost this much.
NOTICED, GROWTH = 0.2, 2.6

MARKDOWN = """
*a |**a |_a |__a |*a* |**a*b |`a |``a |[a |[a]( |![a]( |[a][ |[a]: x |[a]: /x "b |<a |<a@b |</a>
<a> |<https://a |<!-- a |<!-- a --> |--> x |<! |<? |<![CDATA[ |\\ |\\* |> |# a |- a |* a |1. a
* * * |- - - |___ |--- |=== || a | ||a|b ||-| |: a |&amp; |&a; |&# |    a |a\\ |'a |"a |( |) |[
] |{ |} |] ( |](
"""
FOREIGN = """
– |— |a) x |1) x |1° x |1/ x |(1) x |o x |👍 x |→ x |\u00a0 |\u00a0- |\u202f |https://a.fr |www.a.fr
a@b |@ |lundi 14 novembre 2026 |31 novembre |30/02/2026 |18 h 30 |Ã© |\u200b |\u00ad |{{a |{% a |%%a
${a |*|A|
http://127.0.0.1/ |https://a.fr/?email=a@b.fr |https://a.fr/?url=http |«a |‘a |a- |0 |é |A
\u0301 |\x01 |\u2028 |<<<<<<< a |>>>>>>> a |======= |{a}
"""
YAML = """
x: a |x: 'a |x: "a |x: [a |x: {a: |- a |? a |&a |*a |!a |x: # a |x : a |x:a |%a |--- |... |x: a: b
[ |{ |[a, |{a, |'a' |"a" |é: a | x: a |\u00a0x: a |x: 'a' b |x: «a |x: | |x: > |# |, |: |]
"""


def split(signs: str) -> list[str]:
    return [sign.strip("\n") for sign in signs.strip("\n").replace("\n", " |").split(" |") if sign]


# Of each foreign form: its beginning, which opens it and never closes it, and the whole.
FORMS_OPEN = [
    part
    for form in (*FORMS, *RENDERED)
    for part in (form.example[: len(form.example) // 2 + 1], form.example)
]
BODY_SIGNS = list(dict.fromkeys([*split(MARKDOWN), *split(FOREIGN), *BULLETS[:5], *FORMS_OPEN]))
YAML_SIGNS = frozenset(split(YAML))
HEADER_SIGNS = list(dict.fromkeys([*split(YAML), *split(FOREIGN), *FORMS_OPEN]))

Layout = Callable[[str, int], str]


def on_lines(sign: str, size: int) -> str:
    return f"{sign}\n" * (size // (len(sign) + 1))


def apart(sign: str, size: int) -> str:
    return f"{sign}\n\n" * (size // (len(sign) + 2))


def on_one_line(sign: str, size: int) -> str:
    return f"{sign} " * (size // (len(sign) + 1))


def in_paragraphs(sign: str, size: int) -> str:
    paragraph = (f"{sign} " * BLOCK_LIMIT)[: BLOCK_LIMIT - 100]
    return f"{paragraph}\n\n" * max(1, size // len(paragraph))


def nested(sign: str, size: int) -> str:
    half = size // (2 * len(sign))
    return sign * half + "a" + sign[::-1] * half


BODIES: Mapping[str, Layout] = {
    "on lines": on_lines,
    "apart": apart,
    "on one line": on_one_line,
    "in paragraphs": in_paragraphs,
    "nested": nested,
}
HEADERS: Mapping[str, Layout] = {
    "lines": on_lines,
    "a value": lambda sign, size: f"nom: {on_one_line(sign, size)}\n",
    "a list": lambda sign, size: "sources:\n" + on_lines(f"  - {sign}", size),
}


def read_body(text: str) -> None:
    document, _ = parse_one(
        SourceFile("newsletters/2026-11.md", (HEADER + text).encode()), CONVERTER
    )
    if document and document.body.html:
        convert_to_text(document.body.html, Links(str))


def read_header(text: str) -> None:
    parse_one(SourceFile("content/pages/x.md", f"---\n{text}---\nTexte\n".encode()), CONVERTER)


CASES = [
    *(
        (f"{layout}: {sign!r}", read_body, BODIES[layout], sign)
        for sign in BODY_SIGNS
        for layout in BODIES
    ),
    *(
        (f"{layout}: {sign!r}", read_header, HEADERS[layout], sign)
        for sign in HEADER_SIGNS
        for layout in HEADERS
    ),
]


def run_in_child(work: Iterator[str]) -> None:
    """Do the work in a child process, and fail with the name of the piece at which it ended.

    Each name that `work` yields is that of the piece of work that follows it.
    """
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            for name in work:
                os.write(writing, f"\0{name}".encode())
                used = int(time.process_time()) + SECONDS + 1
                resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
            os.write(writing, b"\0")
        except BaseException:  # noqa: BLE001 - told by the parent
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        last = said.read().decode().rpartition("\0")[2]
    os.waitpid(child, 0)
    assert not last, last


def read_megabytes() -> Iterator[str]:
    """Read some signs in one of their layouts; `make test-long` reads each in all of them.

    The signs of bodies are read in front matter in `make test-long` alone.
    """
    in_headers = [case for case in CASES if case[1] is read_header and case[3] in YAML_SIGNS]
    in_bodies = [case for case in CASES if case[1] is read_body]
    few = (*in_bodies[::BODY_STEP], *in_headers[::HEADER_STEP])
    for name, read, layout, sign in CASES if LONG else few:
        yield name
        read(layout(sign, MEGABYTE))


def test_a_megabyte_of_any_sign_ends_soon() -> None:
    run_in_child(read_megabytes())


def read_doubled() -> Iterator[str]:
    """Read each sign at four sizes, each the double of the one before, up to the limit of texts."""
    for name, read, layout, sign in CASES:
        yield name
        before = 0.0
        for size in (
            TEXT_LIMIT // 16,
            TEXT_LIMIT // 8,
            TEXT_LIMIT // 4,
            TEXT_LIMIT // 2,
            TEXT_LIMIT - 9000,
        ):
            text = layout(sign, size)
            start = time.process_time()
            read(text)
            spent = time.process_time() - start
            assert before < NOTICED or spent <= GROWTH * before, (
                f"{name} of {size}: {spent:.2f} s after {before:.2f}"
            )
            before = spent


@pytest.mark.skipif(not LONG, reason="processor time is measured in `make test-long` alone")
def test_twice_as_much_of_any_sign_is_about_twice_the_work() -> None:
    run_in_child(read_doubled())


def test_a_hang_is_told_by_its_name() -> None:
    def hang() -> Iterator[str]:
        yield "a piece"
        raise ValueError

    with pytest.raises(AssertionError, match="a piece"):
        run_in_child(hang())
