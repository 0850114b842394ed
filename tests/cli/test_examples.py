"""The command « exemples », on real files: what it writes, what it leaves, what it says."""

from __future__ import annotations

import resource
import shutil
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml

from maille import pipeline
from maille.cli.examples import choose_communes
from maille.kinds.catalyser import FACETS, ONLY_REAL
from tests import records
from tests.building import ROOT, SITE, copy_site, open_site
from tests.command import Done, read_tree, run
from tests.small_site import FILES, write_small_site
from tests.whole import test_sites

COMMITTED = SITE / "catalysers/exemples"
CHANGED = {"exemple-004.md"}  # which has a practice more, written by hand
REAL = sum("catalysers/" in p and "README" not in p and "brouillon" not in p for p in FILES)


def examples(site: Path, total: object) -> Done:
    return run(site, "exemples", "--total", str(total))


def written(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / "catalysers/exemples").glob("*")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def test_what_is_missing_is_written_and_told(site: Path) -> None:
    before = read_tree(site)
    done = examples(site, 40)
    assert done.code == 0
    count = 40 - REAL
    assert f"{count} fiches d'exemple, dans catalysers/exemples/." in done.said
    assert f"En tout : {REAL} catalyseurs et {count} fiches d'exemple." in done.said
    assert "effacez le dossier catalysers/exemples/" in done.said
    assert len(written(site)) == count
    after = read_tree(site)
    assert {path: after[path] for path in before} == before
    assert {path.rpartition("/")[0] for path in after.keys() - before.keys()} <= {
        "catalysers",
        "catalysers/exemples",
    }
    checked = run(site, "verifier")
    assert checked.code == 0, checked.said
    assert f"catalyser : {REAL}, catalyser d'exemple : {count}" in checked.said


def test_asking_again_changes_nothing_and_asking_for_more_adds(site: Path) -> None:
    examples(site, 30)
    first = written(site)
    assert "Rien à écrire" in examples(site, 30).said
    assert written(site) == first
    (site / "catalysers/exemples/exemple-007.md").unlink()
    assert f"1 fiche d'exemple de plus, dans catalysers/exemples/. En tout : {REAL}" in (
        examples(site, 30).said
    )
    assert written(site) == first
    examples(site, 45)
    assert len(written(site)) == 45 - REAL
    assert {name: data for name, data in written(site).items() if name in first} == first


def test_asking_for_less_says_so_and_removes_nothing(site: Path) -> None:
    examples(site, 30)
    before = written(site)
    done = examples(site, 12)
    assert done.code == 0
    assert "Rien n'a été écrit ni retiré" in done.said
    assert "plus que les 12 demandées" in done.said
    assert written(site) == before


def test_what_stands_in_the_folder_is_never_written_over(site: Path) -> None:
    folder = site / "catalysers/exemples"
    folder.mkdir()
    real = FILES["catalysers/premier.md"].replace("Premier", "Troisième").encode()
    kept = {
        "exemple-002.md": real,
        "exemple-004.md": b"---\nnom: Le mien\nresume: Un exemple.\nexemple: oui\n---\n",
        "exemple-005.md": b"---\nnom: En attente\nresume: R\nexemple: oui\nbrouillon: oui\n---\n",
    }
    for name, data in kept.items():
        (folder / name).write_bytes(data)
    shutil.copy(site / "catalysers/second.md", site / "catalysers/exemple-001.md")
    text = (site / "catalysers/exemple-001.md").read_text("utf-8").replace("Second", "Quatrième")
    (site / "catalysers/exemple-001.md").write_text(text, "utf-8")
    assert examples(site, 10).code == 0
    found = written(site)
    assert {name: found[name] for name in kept} == kept
    new = sorted(found.keys() - kept.keys())
    assert new == ["exemple-003.md", *(f"exemple-00{n}.md" for n in (6, 7, 8, 9))]
    assert run(site, "verifier").code == 0


def test_without_the_folder_the_site_is_what_it_was(site: Path, tmp_path: Path) -> None:
    assert run(site, "--output", tmp_path / "before").code == 0
    examples(site, 40)
    assert run(site, "--output", tmp_path / "with").code == 0
    shutil.rmtree(site / "catalysers/exemples")
    assert run(site, "--output", tmp_path / "after").code == 0
    assert read_tree(tmp_path / "after") == read_tree(tmp_path / "before")
    assert read_tree(tmp_path / "with") != read_tree(tmp_path / "before")


def test_a_public_site_has_none(site: Path) -> None:
    open_site(site)
    assert run(site).code == 0
    examples(site, 12)
    done = run(site)
    assert done.code == 1
    assert "effacez les fiches d'exemple de catalysers/exemples/" in done.said


def test_content_to_mend_is_told_and_nothing_is_written(site: Path) -> None:
    fault = FILES["catalysers/premier.md"].replace("commune: Dijon", "commune: Dijonn")
    (site / "catalysers/premier.md").write_text(fault, encoding="utf-8")
    done = examples(site, 40)
    assert done.code == 1
    assert "catalysers/premier.md:6:10" in done.said
    assert written(site) == {}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["exemples"], "python build.py exemples --total 350"),
        (["exemples", "--total"], "« --total » attend une valeur"),
        (["examples", "--total", "douze"], "« douze » n'est pas un nombre de fiches"),
        (["exemples", "--total", "0"], "« 0 » n'est pas un nombre de fiches"),
        (["construire", "--total", "350"], "elle va avec « exemples »"),
    ],
)
def test_a_wrong_command_is_told(site: Path, options: list[str], said: str) -> None:
    done = run(site, *options)
    assert (done.code, said in done.said) == (2, True), done.said
    assert written(site) == {}


def test_a_file_that_cannot_be_finished_is_not_begun(site: Path) -> None:
    """As on a full disk: no file may grow beyond 300 bytes here."""
    limit = (300, 300)
    done = run(
        site,
        *("exemples", "--total", "40"),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert done.code == 3
    assert written(site) == {}


def test_the_folder_must_be_a_folder(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    (site / "catalysers/exemples").symlink_to(elsewhere)
    assert examples(site, 40).code == 1
    (site / "catalysers/exemples").unlink()
    (site / "catalysers/exemples").write_text("", encoding="utf-8")
    assert examples(site, 40).code == 3
    assert list(elsewhere.iterdir()) == []


def test_one_in_each_departement_then_as_people_are() -> None:
    known = pipeline.load_gazetteer().departments
    departments = {code: one for code, one in known.items() if not one.is_collectivity}
    drawn = list(islice(choose_communes(pipeline.load_gazetteer()), 1000))
    assert len({commune.department for commune in drawn[:101]}) == 101
    for count in (322, 1000):
        found = Counter(commune.department for commune in drawn[:count])
        people = sum(one.population for one in departments.values())
        for code, one in departments.items():
            assert abs(found[code] - count * one.population / people) < 1.5, (count, code)
    towns = {commune.code for commune in drawn[:322]}
    assert len(towns) > 300
    assert all(commune.latitude for commune in drawn)


def test_the_committed_ones_are_those_of_the_command(tmp_path: Path) -> None:
    """Written here, by this Python and this machine, they are the same bytes."""
    committed = {path.name: path.read_bytes() for path in COMMITTED.iterdir()}
    shutil.copytree(SITE / "content/vocabulaires", tmp_path / "content/vocabulaires")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    config = (SITE / "site.toml").read_text(encoding="utf-8").partition("[presentation]")[0]
    (tmp_path / "site.toml").write_text(config, encoding="utf-8")
    assert examples(tmp_path, len(committed)).code == 0
    made = written(tmp_path)
    assert made.keys() == committed.keys()
    assert {name for name in made if made[name] != committed[name]} == CHANGED


def test_many_are_small_distinct_and_show_everything(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    test_sites.without_links(site)  # the command of tests has no page of territories
    assert examples(site, 350).code == 0
    files = sorted((site / "catalysers/exemples").iterdir())
    assert max(path.stat().st_size for path in files) <= 700
    posts = [frontmatter.load(str(path)) for path in files]
    headers: list[dict[str, Any]] = [post.metadata for post in posts]
    assert all(header["exemple"] is True or header["exemple"] == "oui" for header in headers)
    assert len({header["nom"] for header in headers}) == len(files)
    assert all(header["nom"].startswith("Exemple ") for header in headers)
    assert all("est un exemple" in post.content for post in posts)
    listed = {path.stem for path in (SITE / "content/vocabulaires").glob("*.yaml")}
    facets = {
        facet.alias: facet
        for facet in FACETS
        if facet.vocabulary in listed and facet.alias not in ONLY_REAL
    }
    known = {"nom", "commune", "departement", "territoires", "resume", "exemple"}
    assert {key for header in headers for key in header} == known | facets.keys()

    def keys(name: str, part: str = "") -> set[str]:
        terms = yaml.safe_load((SITE / f"content/vocabulaires/{name}.yaml").read_text("utf-8"))
        return {one["cle"] for t in terms["termes"] for one in (t[part] if part else [t])}

    for key, facet in facets.items():
        used = {term for header in headers for term in records.make_list(header.get(key))}
        assert used == keys(facet.vocabulary, facet.part), key
    areas = Counter(_sort_of(area) for header in headers for area in header["territoires"])
    assert areas.keys() == {"departement", "region", "siren", "national"}
    assert areas["national"] < 20 < areas["region"] < areas["departement"]


def _sort_of(area: str) -> str:
    if not area[0].isdigit():
        return "national" if area == "national" else "region"
    return "siren" if len(area) == 9 else "departement"


def test_another_network_has_its_own(tmp_path: Path) -> None:
    site = test_sites.copied(tmp_path / "veilleurs")
    done = test_sites.run(site, "exemples", "--total", "60")
    assert done.returncode == 0, done.stderr
    assert "3 vigies et 57 fiches d'exemple" in done.stdout
    texts = [path.read_text("utf-8") for path in (site / "catalysers/exemples").iterdir()]
    assert len(texts) == 57
    every = "\n".join(texts)
    assert "catalyseur" not in every
    assert "Aucune vigie ne porte ce nom" in every
    assert "pratiques: [guetter]" in every
    assert "themes" not in every
    settings = site / "site.toml"  # a public site has no examples
    settings.write_text(settings.read_text("utf-8").replace('"public"', '"demonstration"'), "utf-8")
    assert test_sites.run(site).returncode == 0


def test_a_network_without_lists_has_some_too(tmp_path: Path) -> None:
    site = test_sites.bare(tmp_path / "site", folders=False)
    assert examples(site, 12).code == 0
    assert len(written(site)) == 12
    assert run(site).code == 0
