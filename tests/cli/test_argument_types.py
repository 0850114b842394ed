"""Values of arguments: what is understood, and in French what to type instead."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from maille.cli.argument_types import (
    make_integer_parser,
    parse_base_url,
    parse_date,
    parse_forge,
    parse_letter,
    parse_list,
)

parse_port = make_integer_parser("un port", 65535, "un nombre comme 8000")


def test_what_is_understood() -> None:
    assert parse_date("2026-11-21") == datetime.date(2026, 11, 21)
    assert parse_letter("2026-12") == parse_letter("newsletters/2026-12.md") == "2026-12"
    assert parse_letter("newsletters\\elus-2026-S03.md") == "elus-2026-S03"
    assert parse_forge("gitlab:rapport.json") == "gitlab:rapport.json"
    assert parse_base_url("/site/") == "/site/"
    assert parse_list(__file__) == Path(__file__)
    assert parse_port("8000") == 8000


@pytest.mark.parametrize(
    ("parse", "text", "hint"),
    [
        (parse_date, "21/11/2026", "2026-11-21"),
        (parse_letter, "2026-13", "2026-12"),
        (parse_forge, "forge", "github"),
        (parse_base_url, "site", "écrivez "),
        (parse_list, "nulle-part.txt", "adresses.txt du site en ligne"),
        (parse_port, "0", "8000"),
        (parse_port, "٣", "8000"),
    ],
)
def test_what_is_not_is_told_with_what_to_type(
    parse: Callable[[str], object], text: str, hint: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as refused:
        parse(text)
    assert f"« {text} »" in str(refused.value)
    assert hint in str(refused.value)
