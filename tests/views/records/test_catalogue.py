"""The catalogue, read as RDF by another reader: what a portal needs to harvest the site."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF

from maille.site.model import Site
from maille.views.records.catalogue import ADDRESS as CATALOGUE
from maille.views.records.catalogue import encode_catalogue
from maille.views.records.published_files import list_files
from tests.views.drawings.test_country_map import ADDRESS, network, record

# Its reader of JSON-LD uses what it deprecates itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def read(site: Site) -> rdflib.Graph:
    data = encode_catalogue(site, list_files(site))
    return rdflib.Graph().parse(data=data, format="json-ld")


def test_it_is_a_catalogue_of_datasets_and_their_files() -> None:
    site = network((record("un", "=Un", mise_a_jour="2026-11-12"), ADDRESS))
    graph = read(site)
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert str(catalogue) == f"https://essai.example{CATALOGUE}"
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    assert str(graph.value(dataset, DCTERMS.title)) == "Annuaire : Essai"
    modified: Any = graph.value(dataset, DCTERMS.modified)
    assert modified.toPython().isoformat() == "2026-11-12"
    files = {str(one) for one in graph.objects(dataset, DCAT.distribution)}
    assert files == {f"https://essai.example{file.address}" for file in list_files(site)}
    for file in graph.objects(dataset, DCAT.distribution):
        for needed in (DCAT.downloadURL, DCAT.accessURL, DCAT.mediaType, DCTERMS.title):
            assert graph.value(file, needed), (file, needed)
        size: Any = graph.value(file, DCAT.byteSize)
        assert size.toPython() > 0


def test_the_licence_is_on_datasets_and_files_once_it_is_chosen() -> None:
    site = network((record("un"), ADDRESS))
    assert not [*read(site).subject_objects(DCTERMS.license)]
    config = site.config.model_copy(update={"data_licence": "Licence Ouverte 2.0"})
    chosen = [
        *read(dataclasses.replace(site, config=config)).subject_objects(DCTERMS.license),
    ]
    assert len(chosen) == 1 + len([*list_files(site)])
    assert {str(one) for _, one in chosen} == {"Licence Ouverte 2.0"}


def test_a_kind_without_entries_is_no_dataset() -> None:
    sample = record("essai", "Essai", exemple="oui")
    assert not [*read(network((sample, ADDRESS))).subjects(RDF.type, DCAT.Dataset)]
