"""What is proposed shows no sign, and keeps what the editor meant."""

from __future__ import annotations

import pytest

from maille.content.form_remedies import (
    mend_link,
    open_link,
    tighten,
    widen_italics,
    write_formula,
    write_lowered,
    write_raised,
)
from maille.content.markdown import Converter

CONVERTER = Converter()


def convert(text: str) -> tuple[list[str], str]:
    """Return the remedies told of a text, and its HTML without its paragraph."""
    body = CONVERTER.convert(text)
    return [one.hint for one in body.problems], body.html[3:-4]


@pytest.mark.parametrize(
    ("whole", "inside", "right"),
    [
        ("**Excusé : **Jacques", "Excusé :", "**Excusé :** Jacques"),
        ("__Le lieu\u00a0__", "Le lieu", "__Le lieu__"),
        ("*Bravo ! *", "Bravo !", "*Bravo !*"),
        ("la** ville**", "ville", "la **ville**"),
    ],
)
def test_the_space_goes_behind_the_signs(whole: str, inside: str, right: str) -> None:
    assert tighten(whole, inside) == f"écrivez « {right} »"


@pytest.mark.parametrize(
    ("inside", "hint"),
    [
        ("x^2", "écrivez « x² »"),
        ("H_{2}O", "écrivez « H₂O »"),
        ("3 \\times 10^{-4}", "écrivez « 3 × 10⁻⁴ »"),
        ("\\frac{a}{b}", "écrivez-la avec des mots, sans les signes $"),
        ("a^b", "écrivez-la avec des mots, sans les signes $"),
    ],
)
def test_a_formula_is_written_plain_if_it_can(inside: str, hint: str) -> None:
    assert write_formula(f"${inside}$", inside) == hint


def test_figures_are_set_low_and_high() -> None:
    assert (write_lowered("", "12"), write_raised("", "-1")) == ("écrivez « ₁₂ »", "écrivez « ⁻¹ »")
    assert widen_italics("*Un mot*s", "") == "écrivez « *Un mots* »"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("**Présents : **Paul. **Excusés : **Luc.", ["**Présents :** Paul.", "**Excusés :** Luc."]),
        ("Le mot **fort ** ici", ["**fort**"]),
        ("__Lieu : __Amiens", ["__Lieu :__ Amiens"]),
        ("Il dit : *Merci à tous. *Puis il part.", ["*Merci à tous.* Puis"]),
        ("_Photo : la mairie. _", ["_Photo : la mairie._"]),
        ("*Un livre *et un *autre *", ["*autre*"]),
        ("Les textes enregistrés**. ** Et", ["."]),
        ("Les textes enregistrés**, **puis la suite", [", puis"]),
        ("Rendez-vous à 18 h 30**.** Merci**,** à tous", [".", ","]),
        ("Le *Journal*iste", ["*Journaliste*"]),
        ("Parlons de la** Diversité**. Bien", ["la **Diversité**"]),
    ],
)
def test_each_place_is_told_once_and_not_once_mended(text: str, right: list[str]) -> None:
    hints, _ = convert(text)
    assert hints == [f"écrivez « {one} »" for one in right]
    for one in right:
        assert convert(one)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "Fin ******************************* du texte",
        "&nbsp; ******** &nbsp;",
        "Suite **** et *** fin",
        "Tarif : *sur place et *gratuit",
        "10 € *, réduit 5 € *",
        "*Pour les étudiant*es et adhérent*s",
        "Entre 5 $ et 10 $, ou 20 $ US_CA",
        "2 * 3 * 4, un_nom _ et _ autre",
        "les _ga, _gid et _ de mesure",
    ],
)
def test_rows_of_stars_calls_of_notes_and_prices_are_not_told(text: str) -> None:
    assert convert(text)[0] == []


@pytest.mark.parametrize(
    "typed",
    [
        "[Le Verger](/projets/verger/",
        "[Le Verger]/projets/verger/)",
        "[Le Verger(/projets/verger/)",
        "[Le Verger(]/projets/verger/)",
        "[Le Verger[]/projets/verger/)",
        "[Le Verge]r(/projets/verger/)",
        "[Le Verger]/(projets/verger/)",
        "[Le Verger]((/projets/verger/)",
        "[Le Verger](/projets/verger/(",
    ],
)
def test_a_link_that_lost_a_sign_or_has_it_elsewhere_is_written_whole(typed: str) -> None:
    hints, html = convert(f"Voir {typed}, puis la suite.")
    assert hints == ["écrivez [Le Verger](/projets/verger/)"]
    assert "<a" not in html


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("[Un]https://exemple.fr/a)", "[Un](https://exemple.fr/a)"),
        ("[Un(www.exemple.fr)", "[Un](https://www.exemple.fr)"),
        ("![Un verger]/images/verger.jpg)", "![Un verger](/images/verger.jpg)"),
        ("[Un (ou deux)]/projets/un/#suite)", "[Un (ou deux)](/projets/un/#suite)"),
    ],
)
def test_a_mended_link_keeps_its_words_and_its_address(typed: str, right: str) -> None:
    assert mend_link(typed, "") == f"écrivez {right}"
    assert convert(f"Voir {typed}.")[0] == [f"écrivez {right}"]


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("Le Verger](/projets/le-verger/)", "Le Verger](/projets/le-verger/)"),
        ("Visite chez le Verger](/projets/verger/)", "Verger](/projets/verger/)"),
        ("chez l'Orme](/projets/orme/#suite)", "Orme](/projets/orme/#suite)"),
        ("un mot](https://exemple.fr/)", "un mot](https://exemple.fr/)"),
    ],
)
def test_the_bracket_opens_before_the_words_that_the_address_repeats(
    typed: str, whole: str
) -> None:
    assert open_link(typed, typed) == f"remplacez {whole} par [{whole}"
    assert convert(f"Il y a deux lieux : {typed}.")[0] == [f"remplacez {whole} par [{whole}"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (
            'href="https://exemple.fr/j" target="_blank"> Se connecter</a>.',
            (
                'remplacez href="https://exemple.fr/j" target="_blank"> Se connecter par '
                "[Se connecter](https://exemple.fr/j)"
            ),
        ),
        ("class='a' hidden> Un mot", "effacez « class='a' hidden> »"),
        ('voir src="/images/a.jpg" />', 'effacez « src="/images/a.jpg" /> »'),
    ],
)
def test_the_end_of_a_tag_is_told(typed: str, hint: str) -> None:
    assert convert(typed)[0][0] == hint


@pytest.mark.parametrize(
    "words",
    ["consulter notre courrier ici", "Télécharger le compte rendu", "en savoir plus",
     "le formulaire est ici", "Voir la vidéo", "Inscrivez-vous"],
)  # fmt: skip
def test_an_invitation_between_brackets_has_lost_its_address(words: str) -> None:
    right = f"écrivez [{words}](…), avec l'adresse de la page entre les parenthèses"
    assert convert(f"Un texte : [{words}].")[0] == [right]


@pytest.mark.parametrize(
    "text",
    [
        "[Un](/un/), [deux](/deux/) et [trois](/trois/).",
        "Un [mot] et/ou un autre (oui).",
        "Un mot [1]/2) puis [a] (b/c/d).",
        "Voir `[Un]/un/)` et `un](/un/)`.",
        "Un \\[mot](/un/) tel quel",
        "Il dit [sic] que [le maire] a vu, […] et [en interne]. [Voir plus haut], [lire p. 3]",
        'Voir [en savoir plus](/un/), x = "a" > b et `href="a">`.',
    ],
)
def test_a_right_link_and_a_bracket_that_is_none_are_left_alone(text: str) -> None:
    assert convert(text)[0] == []
