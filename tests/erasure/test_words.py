"""A name is found however it is spelt, and what stands around it stays."""

from __future__ import annotations

import datetime
from urllib.parse import quote

import pytest

from maille.erasure.words import Eraser

ERASER = Eraser("Amélie Cœur-Exemple", datetime.date(2026, 11, 30), "https://reseau.example/")
MARKER = "[retiré le 30 novembre 2026 à la demande de la personne]"
SLUG = "retire-le-30-novembre-2026-a-la-demande-de-la-personne"
SPELLINGS = (
    "Amélie Cœur-Exemple",
    "AMÉLIE CŒUR-EXEMPLE",
    "amelie coeur exemple",
    "Ame\u0301lie Cœur\u2011Exemple",
    "Amélie\u00a0Cœur\u202fExemple",
    "Amélie\nCœur-Exemple",
    "Amélie  \n    Cœur-\nExemple",
    "Amélie\n> Cœur-Exemple",
    "**Amélie** Cœur-Exemple",
    "*Amélie* *Cœur-Exemple*",
    "Am&eacute;lie&nbsp;C&oelig;ur-Exemple",
    "Am&#233;lie C&#x153;ur-Exemple",
    "<b>Amélie</b> <i>Cœur-Exemple</i>",
    "Am\u00adélie Cœur\u200b-Exemple",
    quote("Amélie Cœur-Exemple"),
    "amelie%20coeur-exemple",
    "Am\\u00e9lie C\\u0153ur-Exemple",
    "amelie-coeur-exemple",
    "amelie_coeur_exemple",
    "ameliecoeurexemple",
    "amelie.coeur-exemple",
)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_each_spelling_is_found_and_blacked_out(typed: str) -> None:
    text = f"Avant {typed}, après."
    assert ERASER.count(text) == 1
    for erase in (ERASER.erase_plain, ERASER.erase_markdown, ERASER.erase_html):
        done = erase(text)
        assert ERASER.count(done) == 0
        assert done.startswith("Avant ")
        assert done.endswith(", après.")
        assert MARKER in done or SLUG in done


@pytest.mark.parametrize(
    "text",
    ["Amélie", "Amélie Cœur", "Exemple", "Amélienne Cœur-Exemple", "Amélie Cœur-Exemplaire", ""],
)
def test_other_words_stay(text: str) -> None:
    assert ERASER.count(text) == 0
    assert ERASER.erase_plain(text) == text


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("**Amélie** Cœur-Exemple parle", f"**{MARKER}** parle"),
        ("*Amélie* *Cœur-Exemple* parle", f"*{MARKER}* parle"),
        ("**Amélie Cœur-Exemple** parle", f"**{MARKER}** parle"),
        ("Amélie **Cœur-Exemple** parle", f"{MARKER} parle"),
        ("*Amélie* **Cœur-Exemple** parle", f"*{MARKER}* parle"),
        ("Amélie _Cœur-Exemple, présidente_", f"_{MARKER}, présidente_"),
        ("**la voisine Amélie** Cœur-Exemple", f"**la voisine {MARKER}**"),
        ("***Amélie** Cœur-Exemple* parle", f"***{MARKER}*** parle"),
    ],
)
def test_the_signs_around_stay_paired(text: str, done: str) -> None:
    assert ERASER.erase_markdown(text) == done


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Amélie [Cœur-Exemple](/x/)", f"[{MARKER}](/x/)"),
        ("[Amélie](https://x.fr/) Cœur-Exemple", f"[{MARKER}](https://x.fr/)"),
        ("[Amélie](/a/) [Cœur-Exemple](/b/)", f"[{MARKER}](/a/) [{MARKER}](/b/)"),
        ("[Amélie][1] Cœur-Exemple", f"[{MARKER}][1]"),
        ("[Amélie](/c/amelie-coeur-exemple/) Cœur-Exemple", f"[{MARKER}](/c/{SLUG}/)"),
        ("Amélie\\\nCœur-Exemple parle", f"{MARKER} parle"),
        ("Amélie **[Cœur-Exemple](/x/)** parle", f"**[{MARKER}](/x/)** parle"),
    ],
)
def test_a_name_split_by_a_link_or_a_break_is_found(text: str, done: str) -> None:
    assert ERASER.erase_markdown(text) == done


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("NOIR Léa", 1), ("Noir Léa", 1), ("Mme Noir Léa viendra", 1), ("**NOIR** Léa", 1),
        ("nom: Noir Léa", 1), ("/docs/noir-lea.pdf", 1), ("Noir_Léa.docx", 1), ("noir.lea@x.fr", 1),
        ("Jean Noir, Léa Blanc", 0), ("- Jean Noir\n- Léa Blanc", 0), ("Jean Noir Léa Blanc", 0),
        ("jean-noir-lea", 0), ("Jean Noir-Léa", 0), ("un fond noir Léa", 0),
        ("Jean NOIR Léa BLANC", 0),
        ("Noir, Léa", 1), ("nom: Noir,\u00a0Léa", 1), ("NOIR, Léa", 1), ("**Noir**, Léa", 1),
        ("Noir, Léa ; Blanc, Jean", 1), ("Noir, Léa et Blanc, Jean", 1), ("12,Noir,Léa,x", 1),
        ("Blanc, Jean et Noir, Léa", 1), ("Noir, Léa, présidente", 1), ("Noir, Léa.pdf", 1),
        ("Jean, Noir, Léa", 0), ("Noir, Léa et Jean", 0), ("Noir, Léa, Jean", 0),
        ("un fond noir, Léa", 0), ("Jean NOIR, Léa BLANC", 0), ("Noir,\nLéa", 0),
        ("Jean Noir - Léa Blanc", 0), ("Noir Léa Blanc", 0), ("Léa Noir Léa", 1),
    ],
)  # fmt: skip
def test_the_surname_first_is_the_person_but_not_two_persons(text: str, count: int) -> None:
    eraser = Eraser("Léa Noir", datetime.date(2026, 11, 30))
    assert eraser.count(text) == count
    assert (eraser.erase_markdown(text) == text) == (count == 0)
    assert eraser.count(eraser.erase_markdown(text)) == 0


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ("Anne-Léa Noir", False), ("Léa Noir-Blanc", False), ("ANNE-LÉA NOIR", False),
        ("Anne\u2011Léa Noir", False), ("ex-Léa Noir", True), ("Léa Noir-là", True),
        ("LÉA NOIR-BLANC", False), ("Léa NOIR-BLANC", False), ("Léa **NOIR**-BLANC", False),
        ("Léa <b>NOIR</b>-BLANC", False), ("ANNE-LÉA Noir", False), ("Léa Noir--Blanc", False),
        ("Luc Léa-Noir", False), ("Mme Léa-Noir", False), ("LÉA-NOIR Luc", False),
        ("lycée Léa\u2011Noir", False), ("a-lea.noir@x.fr", True),
        ("anne-lea.noir@x.fr", False), ("lea.noir-blanc@x.fr", False),
        ("dr-lea.noir@x.fr", True), ("lea-noir@x.fr", True), ("/i/Léa-Noir.jpg", True),
        ("CV-Léa Noir", True), ("Paris – Léa Noir", True), ("photo-lea-noir-2.png", True),
    ],
)  # fmt: skip
def test_a_longer_name_is_another_person(text: str, mine: bool) -> None:
    eraser = Eraser("Léa Noir", datetime.date(2026, 11, 30))
    assert (eraser.count(text) == 1) is mine
    assert (eraser.erase_markdown(text) != text) is mine
    assert bool([*eraser.find_longer(text)]) is not mine


@pytest.mark.parametrize(
    "text",
    [
        "BLANC-NOIR Léa", "NOIR Léa-Anne", "Noir, Léa-Anne", "Blanc-Noir, Léa",
        "**BLANC**-NOIR Léa",
        "Mme Noir, Léa.Blanc@x.fr", "Mme Noir, Léa@x.fr",
    ],
)  # fmt: skip
def test_the_surname_first_may_be_cut_out_of_other_names(text: str) -> None:
    eraser = Eraser("Léa Noir", datetime.date(2026, 11, 30))
    assert eraser.count(text) == 0
    assert eraser.erase_markdown(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Contact : Léa Noir, lea.noir@x.fr", "Noir Léa, noir.lea@x.fr", "NOIR, Léa, lea.noir@x.fr",
        "Léa Noir,lea.noir@x.fr,06", "**Léa Noir**, <lea.noir@x.fr>",
        "Léa Noir, [x](mailto:lea.noir@x.fr)",
        "Léa Noir, https://x.fr/lea-noir, le 3 mai", "Léa Noir (lea@lea-noir.fr)",
    ],
)  # fmt: skip
def test_a_name_and_its_address_go_whole(text: str) -> None:
    done = Eraser("Léa Noir", datetime.date(2026, 11, 30)).erase_markdown(text)
    assert "léa" not in done.lower()
    assert "lea" not in done
    assert "noir" not in done.lower()
    rest = [one for one in ("Contact : ", ",06", ", le 3 mai") if one in text]
    assert all(one in done for one in rest)


@pytest.mark.parametrize(
    ("name", "text", "done"),
    [
        ("lea.noir@x.fr", "Écrire à Lea.Noir@x.fr.", "Écrire à M."),
        ("lea.noir@x.fr", "<lea.noir@x.fr> ou [x](mailto:lea.noir@x.fr?subject=a)", "M ou x"),
        ("lea.noir@x.fr", "lea.noir&#64;x.fr lea.noir [at] x.fr", "M M"),
        ("lea.noir@x.fr", "a-lea.noir@x.fr, lea.noir@x.frais, lea.noir@x.fr.org", ""),
        (" LEA+a@x.fr ", "lea+a@x.fr, lea+b@x.fr, lea@x.fr", "M, lea+b@x.fr, lea@x.fr"),
        ("J.-P. Noir", "J.-P. Noir, J. P. Noir, J.P. Noir, Jean Noir", "M, M, M, Jean Noir"),
        ("J P Noir", "J.-P. Noir", "M"),
        ("Dr Noir", "le Dr. Noir, le Dr Noir ; voir le dr. Noir", "le M, le M ; voir le M"),
        ("Dr. Noir", "le Dr Noir", "le M"),
        ("Mme Noir (Léa)", "Mme Noir (Léa) et Mme Noir", "M) et Mme Noir"),
        ("x.fr/in/lnoir", "https://x.fr/in/lnoir?a=1", "M"),
        ("Léa Noir", "avec Léa. Noir est la nuit", ""),
    ],
)  # fmt: skip
def test_what_is_typed_is_found_with_its_signs(name: str, text: str, done: str) -> None:
    eraser = Eraser(name, datetime.date(2026, 11, 30))
    assert eraser.erase_markdown(text).replace(eraser.marker, "M") == (done or text)


@pytest.mark.parametrize(
    "text", ["anne-lea-noir", "annelea-noir.md", "anne-lea.noir@x.fr", "Anne-Léa\nNoir"]
)
def test_the_addresses_of_others_who_are_known_stay(text: str) -> None:
    eraser = Eraser("Léa Noir", datetime.date(2026, 11, 30), others=(("Anne", ""),))
    assert eraser.erase_markdown(text) == text
    assert eraser.erase_name(text) == text


def test_tags_stay_paired() -> None:
    text = "<p><strong>Amélie</strong> Cœur-Exemple</p>"
    assert ERASER.erase_html(text) == f"<p><strong>{MARKER}</strong></p>"


@pytest.mark.parametrize(
    "text",
    [
        "[Amélie](mailto:amelie.coeur-exemple@exemple.fr)",
        "[Amélie](https://pros.exemple.fr/in/ameliecoeurexemple?x=1)",
        '[Amélie](<https://exemple.fr/amelie_coeur_exemple> "Sa page")',
    ],
)
def test_a_link_whose_address_has_the_name_becomes_its_text(text: str) -> None:
    assert ERASER.erase_markdown(f"Voir {text}.") == "Voir Amélie."


@pytest.mark.parametrize(
    "text",
    [
        "amelie.coeur-exemple@exemple.fr",
        "<amelie.coeur-exemple@exemple.fr>",
        "https://exemple.fr/amelie-coeur-exemple.html",
        "dr.amelie.coeur-exemple75@exemple.fr",
    ],
)
def test_an_address_that_has_the_name_goes_whole(text: str) -> None:
    assert ERASER.erase_markdown(f"Écrire à {text} demain") == f"Écrire à {MARKER} demain"


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("[Elle](/catalyseurs/amelie-coeur-exemple/)", f"[Elle](/catalyseurs/{SLUG}/)"),
        ("https://reseau.example/x/amelie-coeur-exemple/", f"https://reseau.example/x/{SLUG}/"),
        ("![](/images/Amelie-Coeur-Exemple.jpg)", f"![](/images/{SLUG}.jpg)"),
        ("[ici](#amelie-coeur-exemple)", f"[ici](#{SLUG})"),
        ("/images/photo-amelie_coeur_exemple-2.png", f"/images/photo-{SLUG}-2.png"),
    ],
)
def test_an_address_of_the_site_keeps_its_form(text: str, done: str) -> None:
    assert ERASER.erase_markdown(text) == done


def test_the_word_in_addresses_is_the_anchor_of_the_marker() -> None:
    assert ERASER.marker == MARKER
    assert ERASER.slug == SLUG


@pytest.mark.parametrize(
    ("value", "done"),
    [
        ("amelie-coeur-exemple", SLUG),
        ("amelie.coeur-exemple@exemple.fr", ""),
        ("https://exemple.fr/amelie-coeur-exemple", ""),
        ("Amélie Cœur-Exemple, présidente", f"{MARKER}, présidente"),
        ("Autre chose", "Autre chose"),
    ],
)
def test_a_value_of_a_header(value: str, done: str) -> None:
    assert ERASER.erase_value(value) == done


def test_a_name_of_one_word_and_of_words_that_are_short() -> None:
    day = datetime.date(2026, 11, 30)
    assert Eraser("Catalo", day).count("Catalo, catalogue, CATALO.") == 2
    assert Eraser("Li An", day).count("Li An, liant, li-an, lian") == 2


def test_it_is_linear_in_hostile_text() -> None:
    text = "Amélie" + " *" * 200_000 + "Amélie " * 50_000 + "Amélie](a" * 50_000
    assert ERASER.count(text + "Cœur Exemple " * 50_000) == 0
