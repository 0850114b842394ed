"""JSON-LD: what pages say too, whole addresses, and text that cannot get out of its script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from maille.content.documents import Body, Document, Positions
from maille.kinds import actualite, evenement, newsletter, page, webinaire
from maille.publish.render import _make_environment
from maille.schema.kind import Entry
from maille.site.model import Site
from maille.views.json_ld import describe_entry, describe_site
from tests.building import ROOT, SMALL, build, copy_without_territories
from tests.views.drawings.test_country_map import ADDRESS, network, record
from tests.views.test_exports import HOSTILE
from tests.views.test_feeds import one_of_each

SOURCES = ({"titre": "Un document", "url": "https://a.fr/"},)


def thing(model: type[Entry], path: str, **header: Any) -> dict[str, Any]:
    document = Document(path, {}, Positions(), Positions(), Body("", ""))
    made = model.model_validate({"titre": "T", **header}, context={"document": document})
    found = describe_entry(_with_kinds(), made)
    assert found is not None
    return dict(found)


def _with_kinds() -> Site:
    site = network()
    kinds = (*site.kinds, *(m.KIND for m in (actualite, evenement, newsletter, webinaire, page)))
    return Site(site.config, site.today, kinds, site.entries, site.gazetteer)


def event(**header: Any) -> dict[str, Any]:
    known = {"type": "session", "resume": "R", "sources": SOURCES, **header}
    return thing(evenement.Evenement, "content/evenements/x.md", **known)


def webinar(**header: Any) -> dict[str, Any]:
    known = {"cycle": "c", "resume": "R", "sources": SOURCES, **header}
    return thing(webinaire.Webinaire, "content/webinaires/x.md", **known)


def test_a_catalyser_is_an_organization() -> None:
    entry = record("un", "Un", site="https://un.fr/", telephone="04 73 00 00 00")
    found = describe_entry(network((entry, ADDRESS)), entry)
    assert found == {
        "@context": "https://schema.org",
        "@id": "https://essai.example/catalyseurs/un/#objet",
        "@type": "Organization",
        "mainEntityOfPage": "https://essai.example/catalyseurs/un/",
        "name": "Un",
        "description": "Un essai.",
        "url": "https://un.fr/",
        "telephone": "0473000000",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Aydat",
            "addressRegion": "Puy-de-Dôme",
            "addressCountry": "FR",
        },
    }


def test_an_example_is_nothing() -> None:
    entry = record("un", exemple="oui")
    assert describe_entry(network((entry, ADDRESS)), entry) is None


def test_an_event_starts_in_its_zone_when_its_hour_is_known() -> None:
    found = event(date="2026-11-27", heure="13:00", heure_fin="14:30")
    assert found["startDate"] == "2026-11-27T13:00:00+01:00"
    assert found["endDate"] == "2026-11-27T14:30:00+01:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    off = event(date="2026-11-27", statut="annule", mise_a_jour="2026-11-20")
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    overseas = event(date="2026-11-27", heure="13:00", fuseau="Indian/Reunion")
    assert overseas["startDate"] == "2026-11-27T13:00:00+04:00"
    assert event(date="2026-11", jusqu_au="2026-12")["endDate"] == "2026-12"


def test_a_date_in_doubt_is_not_told_to_machines() -> None:
    found = event(date="2024-06-05", date_a_verifier="Le jour de la semaine ne concorde pas.")
    assert not {"startDate", "endDate"} & set(found)


def test_where_and_how_one_takes_part() -> None:
    online = webinar(date="2026-11-27", inscription="https://visio.fr/1")
    assert online["location"] == {"@type": "VirtualLocation", "url": "https://visio.fr/1"}
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    both = event(date="2026-11-27", format="hybride", lieu="Halle", organisateurs=("KatalPa",))
    assert [one["@type"] for one in both["location"]] == ["Place", "VirtualLocation"]
    assert both["organizer"] == {"@type": "Organization", "name": "KatalPa"}
    silent = event(date="2026-11-27")
    assert not {"location", "eventAttendanceMode", "organizer"} & set(silent)


def test_news_and_letters() -> None:
    path = "content/actualites/x.md"
    found = thing(
        actualite.Actualite, path, resume="R", acteur="a", sources=SOURCES, date="2020-11"
    )
    # Somebody else's: its date is not that of our summary.
    assert found["@type"] == "NewsArticle"
    assert "datePublished" not in found
    source = {"titre": "Un document", "url": "https://a.fr/", "date": "2020-11-23"}
    header = {"resume": "R", "acteur": "a", "sources": (source,), "publie_le": "2026-11-20"}
    found = thing(actualite.Actualite, path, date="2020-11", **header)
    assert (found["datePublished"], found["isBasedOn"]["datePublished"]) == (
        "2026-11-20", "2020-11-23",
    )  # fmt: skip
    assert found["isBasedOn"]["url"] == "https://a.fr/"
    letter = thing(
        newsletter.Newsletter,
        "newsletters/2024-05.md",
        mois="2024-05",
        mise_a_jour="2024-07-08",
        origine={"editeur": "K", "url": "https://k.fr/", "integralite": "complete"},
    )
    assert (letter["datePublished"], letter["dateModified"]) == ("2024-05", "2024-07-08")
    assert letter["isBasedOn"]["publisher"]["name"] == "K"


def test_the_home_page_is_the_site() -> None:
    found = describe_site(network())
    assert found["@type"] == "WebSite"
    assert found["url"] == "https://essai.example/"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_cannot_leave_its_script(text: str) -> None:
    entry = record("un", "Un").model_copy(update={"name": text, "summary": text})
    found = describe_entry(network((entry, ADDRESS)), entry)
    environment = _make_environment(ROOT / "templates")
    script = f'<script type="application/ld+json">{dumped(environment, found)}</script><p>fin</p>'
    tree = html5lib.parseFragment(script, namespaceHTMLElements=False)
    assert [node.tag for node in tree] == ["script", "p"]
    assert json.loads(tree[0].text) == found


def dumped(environment: Any, value: Any) -> str:
    from jinja2.utils import htmlsafe_json_dumps

    return str(htmlsafe_json_dumps(value, **environment.policies["json.dumps_kwargs"]))


def test_every_page_of_the_site_parses_back(tmp_path: Path) -> None:
    site = copy_without_territories(tmp_path / "site")
    one_of_each(site)
    path = site / "catalysers/cocolavande.md"
    text = path.read_text(encoding="utf-8")
    hurt = re.sub(r"(?m)^resume: .*$", "resume: '</script><script>alert(1)</script>'", text)
    path.write_text(hurt, encoding="utf-8")
    base_url = "https://autre.example/reseau/"
    report = build(site, site / "output", views=SMALL, base_url=base_url)
    assert not report.failed, report.problems
    for name in ("actualites/katalpa-et-d-autres-territoires/index.html", "flux.xml"):
        told = (site / "output" / name).read_text(encoding="utf-8")
        assert "Résumé d’une nouvelle publiée par" in told, name
    assert "Publié par" not in told
    kinds = {}
    for found in (site / "output").rglob("*.html"):
        for node in LexborHTMLParser(found.read_text(encoding="utf-8")).css("script"):
            if node.attributes.get("type") == "application/ld+json":
                data = json.loads(node.text())
                kinds[data["@type"]] = data
                assert data.get("mainEntityOfPage", base_url).startswith(base_url)
            elif node.attributes.get("type") != "application/json":  # data for our scripts
                assert node.attributes.get("src")
    assert set(kinds) == {"Organization", "Event", "NewsArticle", "WebSite"}
