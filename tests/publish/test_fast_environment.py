"""The environment of pages gives the same text as Jinja's own."""

from __future__ import annotations

import jinja2
import pytest
from markupsafe import Markup, escape

from maille.publish.fast_environment import FastEnvironment, escape_output

TEMPLATES = {
    "functions, in a loop and in a block": (
        "{% for one in (1, 2) %}{% set kept = one %}{{ double(kept) }}{% endfor %}"
        "{% block inside %}{% set kept = 3 %}{{ double(kept) }}{% endblock %}"
    ),
    "macros": (
        "{% macro named(one, two='<b>') %}{{ one }}{{ two }}{% endmacro %}"
        "{{ named('&') }}{{ named('&'|safe, two=1) }}{{ named('a')|length }}"
    ),
    "calls": (
        "{% macro named(one, two) %}{{ one }}{{ two }}{{ kwargs }}{{ varargs }}{% endmacro %}"
        "{{ named(1, *[2, 3]) }}{{ named(**{'one': 1}) }}{{ named(1, two=named('<', 2)) }}"
        "{{ named(1, class='a') }}{{ double(one=2) }}"
    ),
    "callers": (
        "{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}"
        "{% call around() %}{{ '<' }}{% endcall %}"
    ),
    "values": "{{ '<' }}{{ '<'|safe }}{{ 1 }}{{ none }}{{ ['\"'] }}{{ '<' ~ ('>'|safe) }}",
    "parts": "{% set part %}<i>{{ '&' }}</i>{% endset %}{{ part }}{{ part|upper }}",
}


@pytest.mark.parametrize("source", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_templates_give_the_same_text_as_by_jinja(source: str) -> None:
    texts = [
        make(autoescape=True).from_string(source).render(double=lambda one: one * 2)
        for make in (jinja2.Environment, FastEnvironment)
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("value", ["plain", "a & b", "'\"", "<", Markup("<b>"), 3, None, ("<",)])
def test_output_is_escaped_as_by_markupsafe(value: object) -> None:
    assert str(escape_output(value)) == str(escape(value))
