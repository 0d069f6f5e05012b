"""Vocabularies: closed, complete, and no namespace inside another."""

import inspect

import pytest

from kg.datamodel import ENTITY_TYPES, PROPERTIES, ROLES, STATUSES
from kg.errors import KgError
from kg.ids import ONTOLOGY
from kg.rdf import terms
from kg.rdf.terms import ENTITY_CLASS, KG, PREFIXES, PROPERTY, ROLE, STATUS, Vocabulary, event_class, shorten


def test_a_misspelt_term_fails_and_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no term 'agnet' in vocabulary KG; did you mean agent"):
        KG.agnet  # type: ignore[attr-defined]  # noqa: B018


def test_every_type_role_status_and_property_has_its_term() -> None:
    assert list(ENTITY_CLASS) == list(ENTITY_TYPES)
    assert list(ROLE) == list(ROLES)
    assert list(STATUS) == list(STATUSES)
    assert set(PROPERTY) == set(PROPERTIES)
    for table in (ENTITY_CLASS, ROLE, STATUS, PROPERTY):
        assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    "vocabulary",
    [
        v
        for _, v in inspect.getmembers(terms, inspect.isclass)
        if issubclass(v, Vocabulary) and v != Vocabulary
    ],
)
def test_every_vocabulary_has_terms_and_a_prefix(vocabulary: type[Vocabulary]) -> None:
    assert vocabulary.terms()
    assert vocabulary._base in PREFIXES.values()


def test_no_namespace_begins_another() -> None:
    bases = sorted(PREFIXES.values())
    assert not any(b.startswith(a) for a in bases for b in bases if a != b)


def test_event_class_takes_names_only() -> None:
    assert event_class("AirStrike").value == ONTOLOGY + "AirStrike"
    for name in ("Air Strike", "Ångström", "", "a/b", "a#b"):
        with pytest.raises(KgError, match="is no name"):
            event_class(name)


def test_shorten() -> None:
    assert shorten(KG.Asserted.value) == "kg:Asserted"
    assert shorten("https://example.org/x") == "https://example.org/x"
