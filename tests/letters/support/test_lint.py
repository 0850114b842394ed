"""The lint of the letter's mail, with the real table of what clients support."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import pytest

from maille.letters.support.lint import (
    FAMILIES,
    REQUIRED,
    SYSTEMS,
    Finding,
    Table,
    check_mail,
    read_table,
)
from maille.problems import Level

# One column, layout tables, inline styles; <style> only adds dark colours and phones.
MAIL = """<!doctype html>
<html lang="fr" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Lettre d'essai</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 620px) {
  .corps { width: 100% !important; }
  .case { padding: 16px !important; }
}
@media (prefers-color-scheme: dark) {
  .fond, .corps td { background-color: #14181a !important; color: #f2efe8 !important; }
}
STYLE</style>
</head>
<body style="margin:0;padding:0;background-color:#f6f3ec">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">Ce mois-ci : un essai.</div>
<table role="presentation" class="fond" width="100%" cellpadding="0" cellspacing="0" border="0"
 lang="fr" dir="ltr" bgcolor="#f6f3ec" style="background-color:#f6f3ec"><tr><td align="center">
<table role="presentation" class="corps" width="600" cellpadding="0" cellspacing="0" border="0"
 style="max-width:600px;background-color:#ffffff"><tr><td class="case" style="padding:24px 32px;
 font-family:Georgia,serif;font-size:17px;line-height:1.5;color:#222222;text-align:left">
<h1 style="margin:0 0 16px;font-size:28px;font-weight:bold">Réseau d'essai</h1>
<p style="margin:0 0 16px"><a href="https://example.org/lettres/2026-12/"
 style="color:#0b4f6c;text-decoration:underline">Lire sur le site</a></p>
<ul style="margin:0;padding:0 0 0 20px"><li>Un <strong>essai</strong>, <em>deux</em></li></ul>
<img src="https://example.org/halle.jpg" alt="Une halle d'essai" width="536" height="300"
 style="display:block;max-width:100%;height:auto;border:0">
<table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="#0b4f6c"
 style="padding:12px 20px;border-radius:6px;background-color:#0b4f6c"><a
 href="https://example.org/agenda/" style="color:#ffffff;text-decoration:none">Agenda</a></td></tr>
</table>
<p style="margin:0"><a href="mailto:essai@example.org?subject=Essai">Répondre</a></p>
BODY</td></tr></table>
</td></tr></table>
</body>
</html>
"""


@cache
def table() -> Table:
    return read_table((files("maille") / "data" / "courriel.json").read_bytes())


def checked(body: str = "", style: str = "") -> tuple[Finding, ...]:
    return check_mail(MAIL.replace("BODY", body).replace("STYLE", style), table())


def families(finding: Finding) -> set[str]:
    return {client.partition(" (")[0] for client in finding.clients}


# --- The table ------------------------------------------------------------------------------------


def test_the_table_says_where_it_comes_from() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", table().date)
    assert "caniemail" in table().source
    assert (table().version, table().licence) == ("2.0.2", "MIT")


def test_the_table_has_every_family_and_a_name_for_each_platform() -> None:
    parts = [platform.split("/") for platform in table().platforms]
    assert {family for family, _ in parts} == set(FAMILIES)
    assert {system for _, system in parts} <= set(SYSTEMS)
    assert set(REQUIRED) < set(FAMILIES)


def test_each_construction_has_a_letter_for_each_platform_and_notes_where_in_part() -> None:
    assert len(table().features) > 300
    for support in table().features.values():
        assert re.fullmatch("[yanu]+", support.letters)
        assert len(support.letters) == len(table().platforms)
        assert all(
            support.letters[rank] == "a" for ranks in support.notes.values() for rank in ranks
        )


@pytest.mark.parametrize(
    ("feature", "platform", "letter"),
    [
        ("html-style", "sfr/web", "n"),  # what caniemail.com shows on its pages
        ("html-style", "laposte/web", "n"),
        ("html-style", "gmail/web", "a"),
        ("html-anchor-links", "orange/web", "n"),
        ("css-border-radius", "outlook/windows", "n"),
        ("image-png", "outlook/windows", "y"),
        ("html-cellpadding", "orange/web", "u"),  # tested, result unknown
        ("html-table", "free-fr/web", "u"),  # never tested
        ("css-padding", "outlook/windows", "a"),
    ],
)
def test_letters_are_those_of_the_source(feature: str, platform: str, letter: str) -> None:
    assert table().features[feature].letters[table().platforms.index(platform)] == letter


# --- The mail -------------------------------------------------------------------------------------


def test_a_mail_of_one_column_passes() -> None:
    findings = checked()
    assert [one.message for one in findings if one.level is Level.ERROR] == []
    assert [one.message for one in findings if one.feature] == []


def test_what_nobody_tested_is_one_warning_a_client() -> None:
    told = {one.clients[0].partition(" (")[0]: one for one in checked()}
    assert set(told) == {"Orange", "SFR", "La Poste", "Free", "Thunderbird"}
    assert all(one.level is Level.WARNING for one in told.values())
    assert told["Free"].message == (
        "Free : personne n'y a essayé 25 des 26 constructions dont ce courriel a besoin"
    )
    assert "3 des 26" in told["La Poste"].message
    assert "l'attribut « cellpadding »" in told["La Poste"].message


@pytest.mark.parametrize(
    "body",
    [
        '<a href="tel:+33100000000">01 00 00 00 00</a>',
        '<td style="white-space:nowrap">x</td>',
        '<p style="font:bold 16px/1.5 Arial,sans-serif;margin:0 auto" align="center">x</p>',
        '<span style="margin:0;padding:0;font-weight:700;text-transform:uppercase">x</span>',
        '<table role="presentation" width="600" style="width:100%;margin:0 auto" align="center">',
        '<td style="border-top:1px solid #ccc">x</td>',
        '<td style="overflow-wrap:anywhere;word-wrap:break-word;word-break:break-word">x</td>',
        '<td style="hyphens:auto;font-family:system-ui,sans-serif;background:#ffffff">x</td>',
        '<td style="letter-spacing:1px;list-style:disc">x</td><abbr title="y">x</abbr>',
        '<p style="display:none; opacity:0">x</p>',
        "<small>x</small><code>x</code><blockquote>x</blockquote><pre>x</pre>",
    ],
)
def test_what_the_mail_does_without_is_not_told(body: str) -> None:
    assert [one.message for one in checked(body) if one.feature] == []


PLANTED = [
    ('<p style="display:flex">x</p>', "css-display-flex", "Gmail Outlook Orange"),
    ('<p style="display: GRID">x</p>', "css-display-grid", "Gmail Outlook Orange"),
    ('<p style="display:inline-flex">x</p>', "css-display", "Gmail Outlook Orange Yahoo"),
    (
        '<p style="position:absolute">x</p>',
        "css-position",
        "Gmail Outlook Apple_Mail Orange SFR La_Poste Yahoo",
    ),
    (
        '<p style="background-image:url(https://example.org/a.png)">x</p>',
        "css-background-image",
        "Outlook Free Yahoo",
    ),
    (
        "<p style=\"background:url('https://example.org/a.png')\">x</p>",
        "css-background",
        "Outlook Orange Yahoo",
    ),
    ('<img src="https://example.org/a.svg?v=2" alt="a">', "image-svg", "Gmail"),
    ('<img src="https://example.org/a.webp" alt="a">', "image-webp", "Gmail Outlook"),
    ('<img src="https://example.org/A.AVIF" alt="a">', "image-avif", "Gmail Outlook Orange SFR"),
    ('<img src="data:image/png;base64,AA" alt="">', "image-base64", "Gmail Outlook SFR La_Poste"),
    (
        "<p style=\"background-image:url('a.avif')\">x</p>",
        "image-avif",
        "Gmail Outlook Orange SFR",
    ),
    ('<a href="#projet">x</a>', "html-anchor-links", "Gmail Orange SFR La_Poste Yahoo"),
    ('<a href="mailto:a@example.org?cc=b@example.org">x</a>', "html-mailto-links", "Orange Yahoo"),
    (
        "<video></video>",
        "html-video",
        "Gmail Outlook Apple_Mail Orange La_Poste Yahoo",
    ),
    ("<form></form>", "html-form", "Gmail Outlook Orange SFR La_Poste Yahoo"),
    (
        '<input type="text">',
        "html-input-text",
        "Outlook Orange SFR La_Poste Yahoo Thunderbird",
    ),
    ('<p style="--encre:#222">x</p>', "css-variables", "Gmail Outlook Orange Yahoo"),
    ('<p style="color:var(--encre)">x</p>', "css-variables", "Gmail Outlook Orange Yahoo"),
    ('<td style="padding:calc(1px + 2px)">x</td>', "css-unit-calc", "Gmail Outlook Orange Yahoo"),
    ('<p style="color:#222 !important">x</p>', "css-important", "Gmail Outlook Orange SFR Yahoo"),
    ('<p style="font-size:2rem">x</p>', "css-unit-rem", "Outlook Orange Yahoo"),
    ('<p style="font-size:2rem">x</p>', "css-font-size", "Outlook Yahoo"),
    ('<td style="padding:calc(1vw)">x</td>', "css-unit-vw", "Outlook Orange"),
    ('<td style="width:50vw">x</td>', "css-unit-vw", "Outlook Orange"),
    ('<p style="object-fit:cover">x</p>', "css-object-fit", "Gmail Outlook Orange Yahoo"),
    ('<p style="clip-path:circle()">x</p>', "css-clip-path", "Gmail Outlook Orange Yahoo"),
    ('<p style="margin:0 0 -8px">x</p>', "css-margin", "Gmail Outlook Yahoo"),
    ('<table style="margin-left:auto"></table>', "css-margin", "Gmail Outlook Yahoo"),
    ('<a style="padding:12px">x</a>', "css-padding", "Outlook"),
    ('<p style="padding-left:1px">x</p>', "css-padding", "Outlook"),
    ('<div style="width:50px">x</div>', "css-width", "Outlook La_Poste"),
    ('<img src="a.png" alt="" style="max-width:100%">', "css-max-width", "Outlook"),
    ('<table style="border-spacing:2px"></table>', "css-border-spacing", "Outlook"),
    ('<td style="border-left:12px solid">x</td>', "css-border", "Outlook"),
    ('<div style="display:block;max-height:9px">x</div>', "css-max-height", "Outlook"),
    ('<p style="color:rgba(0,0,0,.5)">x</p>', "css-rgba", "Gmail Outlook Orange Yahoo"),
    ('<td style="white-space:pre">x</td>', "css-white-space", "Gmail Outlook SFR Yahoo"),
    ('<td style="font-weight:500">x</td>', "css-font-weight", "Outlook Orange Yahoo"),
    ('<td style="text-align:start">x</td>', "css-text-align", "Gmail Outlook Orange Yahoo"),
    (
        '<a href="a" style="text-decoration:line-through">x</a>',
        "css-text-decoration",
        "Gmail Outlook Orange SFR",
    ),
    ('<td style="background-color:tomato">x</td>', "css-background-color", "Orange"),
    ('<ol reversed="reversed"></ol>', "html-lists", "Gmail Outlook Yahoo"),
    ('<img src="a.png" alt="" width="50%">', "html-width", "Outlook"),
    ('<table style="width:100%"></table>', "css-width", "Outlook La_Poste"),
    ('<div dir="rtl">x</div>', "html-dir", "Gmail Outlook Orange"),
    ('<table style="display:none"></table>', "css-display-none", "Gmail Outlook"),
    (
        '<p style="overflow:hidden">x</p>',
        "css-overflow",
        "Gmail Outlook Apple_Mail Orange Yahoo",
    ),
    ('<p style="opacity:0">x</p>', "css-opacity", "Gmail Outlook Orange"),
    ('<p style="height:9px">x</p>', "css-height", "Outlook Yahoo"),
    ('<table align="left"></table>', "html-align", "Outlook"),
    ('<img src="a.png" alt="" height="50%">', "html-height", "Outlook"),
    ('<td style="letter-spacing:-1px">x</td>', "css-letter-spacing", "Outlook"),
    ('<td style="line-height:normal">x</td>', "css-line-height", "Outlook Orange"),
    ('<td style="list-style:inside">x</td>', "css-list-style", "Gmail Outlook Yahoo"),
    ('<td style="text-transform:lowercase">x</td>', "css-text-transform", "Outlook"),
    ('<p style="float:left">x</p>', "css-float", "Gmail Outlook Yahoo"),
    ('<p style="color:red/* a */">x</p>', "css-comments", "Gmail Orange SFR La_Poste Yahoo"),
    ("<article>x</article>", "html-semantics", "Gmail Outlook Orange Yahoo"),
    ("<svg></svg>", "html-svg", "Gmail Outlook Apple_Mail Yahoo"),
    ("<picture></picture>", "html-picture", "Gmail Outlook Apple_Mail Orange Yahoo"),
    ('<img src="a.png" srcset="b.png 2x" alt="">', "html-srcset", "Gmail Outlook Orange Yahoo"),
    ('<img src="a.png" srcset="b.png, c.webp 2x" alt="">', "image-webp", "Gmail Outlook"),
    ('<td background="a.webp">x</td>', "image-webp", "Gmail Outlook"),
    ('<td background="a.png">x</td>', "html-background", "Gmail Outlook"),
    (
        '<link rel="stylesheet" href="a.css">',
        "html-link",
        "Gmail Outlook Orange SFR La_Poste Yahoo Thunderbird",
    ),
]
STYLED = [
    (
        "@font-face { font-family: x; src: url(x.woff2) }",
        "css-at-font-face",
        "Gmail Outlook Orange SFR La_Poste Yahoo",
    ),
    ("a:hover { color: #000 }", "css-pseudo-class-hover", "Gmail Outlook SFR La_Poste"),
    ("@media (max-width: 9px) { a:hover { color: red } }", "css-pseudo-class-hover", None),
    ("p > a { color: red }", "css-selector-child", "Gmail Outlook Orange SFR"),
    ("* { color: red }", "css-selector-universal", "Gmail Outlook SFR"),
    (".a.b { color: red }", "css-selector-chaining", None),
    ("a /* b */ { color: red }", "css-comments", "Gmail Orange SFR La_Poste Yahoo"),
    ("/* note */", "css-comments", "Gmail Orange SFR La_Poste Yahoo"),
    (".a { .b { color: red } }", "css-nesting", None),
    (".a { transform: scale(2) }", "css-transform", "Gmail Outlook Orange Yahoo"),
    ("@supports (color: red) { .a { gap: 1px } }", "css-gap", "Gmail Outlook Orange Yahoo"),
    ("a::before { color: red }", "css-pseudo-element-before", None),
    ("a:before { color: red }", "css-pseudo-element-before", None),
    ("a[href] { color: red }", "css-selector-attribute", None),
]


def told(findings: tuple[Finding, ...], feature: str, clients: str | None) -> None:
    found = {one.feature: one for one in findings if one.feature}
    assert feature in found, sorted(found)
    assert found[feature].level is Level.ERROR
    if clients is not None:
        assert families(found[feature]) == {name.replace("_", " ") for name in clients.split()}


@pytest.mark.parametrize(("body", "feature", "clients"), PLANTED)
def test_what_a_client_lacks_is_told(body: str, feature: str, clients: str) -> None:
    told(checked(body), feature, clients)


@pytest.mark.parametrize(("style", "feature", "clients"), STYLED)
def test_what_a_client_lacks_is_told_in_style(style: str, feature: str, clients: str) -> None:
    told(checked(style=style), feature, clients)
    if clients is None:
        lacking = {one.feature: one for one in checked(style=style)}[feature].clients
        assert lacking


UNHEARD_OF = [
    ('<p style="coin-rond:3px">x</p>', "css-coin-rond"),
    ('<p style="border-truc:3px">x</p>', "css-border-truc"),
    ('<p style="flex:1">x</p>', "css-flex"),
    ('<p style="width:3truc">x</p>', "css-unit-truc"),
    ('<p style="color:truc(3)">x</p>', "css-function-truc"),
    ('<p style="color:#11223344">x</p>', "css-hex-alpha"),
    ('<p style="color red">x</p>', "css-unreadable"),
    ('<p style="color:red);">x</p>', "css-unreadable"),
    ("<truc>x</truc>", "html-truc"),
    ("<align>x</align>", "html-element-align"),
    ('<p truc="1">x</p>', "html-attribute-truc"),
    ('<p style="truc:1" style="color:red">x</p>', "css-truc"),
    ('<p style="color:red" style="truc:1">x</p>', "css-truc"),
    ('<p onclick="a()">x</p>', "html-attribute-onclick"),
    ('<a href="truc:1">x</a>', "html-link-other"),
    ('<img src="https://example.org/photo" alt="">', "image-"),
    ('<img src="https://example.org/photo.truc" alt="">', "image-truc"),
    ("<!--[if mso]><v:rect></v:rect><![endif]-->", "html-conditional"),
    ("<![if !mso]>x<![endif]>", "html-conditional"),
    ("x<!--<![endif]-->", "html-conditional"),
    ("<![2px;>x", "html-conditional"),
    ("<?truc ?>", "html-declaration"),
]


@pytest.mark.parametrize(("body", "feature"), UNHEARD_OF)
def test_what_is_in_no_table_is_told_as_unknown(body: str, feature: str) -> None:
    found = {one.feature: one for one in checked(body)}
    assert feature in found, sorted(found)
    assert found[feature].level is Level.WARNING
    assert f"le tableau de caniemail.com du {table().date} n'en dit rien" in found[feature].message


@pytest.mark.parametrize(
    ("style", "feature"),
    [
        ("@truc { a { color: red } }", "css-at-truc"),
        ("@media (truc: 1) { a { color: red } }", "css-at-media-truc"),
        ("a:truc { color: red }", "css-pseudo-class-truc"),
        ("a | b { color: red }", "css-unreadable"),
        ("<!-- a { color: red }", "css-unreadable"),
        ("a { color: red } -->", "css-unreadable"),
        ("@media (max-width: 3truc) { a { color: red } }", "css-unit-truc"),
        ("a { color: red", None),  # closed by the end of the sheet, as the grammar says
        ("a color: red;", "css-unreadable"),
    ],
)
def test_what_is_in_no_table_is_told_as_unknown_in_style(style: str, feature: str | None) -> None:
    assert {one.feature for one in checked(style=style)} - {""} == ({feature} if feature else set())


# --- The messages ---------------------------------------------------------------------------------


def test_a_message_names_the_clients_the_construction_and_what_to_do() -> None:
    first = checked('<p style="clip-path:circle()">x</p><p style="clip-path:none">y</p>')[0]
    assert first.message == (
        "Gmail, Outlook, Orange et Yahoo ne prennent pas en charge la propriété « clip-path » "
        "(dans <p>, 2 fois)"
    )
    assert "transmettez ce message à la personne qui tient le gabarit" in first.hint


def test_a_client_that_lacks_it_on_some_systems_is_told_with_them() -> None:
    found = {one.feature: one for one in checked('<table style="border-spacing:2px"></table>')}
    assert found["css-border-spacing"].clients == ("Outlook (sous Windows, sur Mac)",)


def test_support_in_part_is_told_with_the_note_of_the_testers() -> None:
    found = {one.feature: one for one in checked('<a style="padding:12px">x</a>')}
    assert found["css-padding"].message.startswith(
        "Outlook (sous Windows) ne prend en charge qu'en partie la propriété « padding » "
        "(dans <a>) ; caniemail.com le précise ainsi : Partial. Only supported on table cells."
    )


def test_lacking_and_lacking_in_part_are_told_together() -> None:
    found = {one.feature: one for one in checked('<img src="https://example.org/a.webp" alt="">')}
    assert found["image-webp"].message.startswith(
        "Outlook (sous Windows) ne prend pas en charge le format d'image « webp » (dans <img>), "
        "et Gmail en partie seulement"
    )
    assert found["image-webp"].hint == "enregistrez cette image en JPEG ou en PNG"


def test_what_only_other_clients_lack_is_a_warning() -> None:
    found = {one.feature: one for one in checked("<map></map>")}
    assert found["html-image-maps"].level is Level.WARNING
    assert families(found["html-image-maps"]) == {"Yahoo"}


def test_errors_come_first_each_at_its_first_place() -> None:
    body = '<svg>\n</svg><i truc=""><p\n style="gap:1px">x</p>\n<p style="gap:2px">x</p>'
    lines = MAIL.replace("BODY", body).split("\n")
    findings = [one for one in checked(body) if one.feature]
    assert [one.feature for one in findings] == ["html-svg", "css-gap", "html-attribute-truc"]
    places = [lines[one.line - 1][one.column - 1 :] for one in findings]
    assert places == ["<svg>", "<p", '<i truc=""><p']


def test_style_may_choose_what_it_speaks_of_by_an_id() -> None:
    assert not [one for one in checked(style="#a, b c { color: red }") if one.feature]


def test_of_two_attributes_the_first_counts() -> None:
    link = '<a href="{}" href="{}">x</a>'
    assert not [one for one in checked(link.format("https://x.example", "#y")) if one.feature]
    told(checked(link.format("#y", "https://x.example")), "html-anchor-links", None)


def test_places_in_style_are_those_of_the_whole_mail() -> None:
    finding = next(one for one in checked(style="a {}\n  b { gap: 1px }") if one.feature)
    lines = MAIL.replace("STYLE", "a {}\n  b { gap: 1px }").split("\n")
    assert lines[finding.line - 1][finding.column - 1 :].startswith("gap: 1px }")
    only = next(one for one in check_mail("<style>b{gap:1px}</style>", table()) if one.feature)
    assert (only.line, only.column) == (1, 10)


def test_a_finding_becomes_a_problem_of_the_mail() -> None:
    finding = next(one for one in checked("<svg></svg>") if one.feature)
    problem = finding.make_problem("envois/2026-12/lettre.html")
    assert (problem.path, problem.key, problem.level) == (
        "envois/2026-12/lettre.html",
        "html-svg",
        Level.ERROR,
    )
    assert (problem.line, problem.column) == (finding.line, finding.column)
    assert (problem.message, problem.hint) == (finding.message, finding.hint)
