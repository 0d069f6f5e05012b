"""Literals are valid whatever the text; addresses are told from names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import KgError
from kg.rdf.terms import KG, RDF, RDFS, XSD
from kg.rdf.values import block, clean, day, decimal, iri, is_iri, number, point, text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_clean_text_keeps_its_length_and_is_legal_in_xml(value: str) -> None:
    cleaned = clean(value)
    assert len(cleaned) == len(value)
    cleaned.encode("utf-8")
    assert not any(c < " " and c not in "\t\n\r" for c in cleaned)
    assert clean(cleaned) == cleaned


def test_clean_leaves_good_text_alone() -> None:
    assert clean("Zoë\n\tx\r🙂\u2028") == "Zoë\n\tx\r🙂\u2028"
    assert clean("a\x00b\x1fc\ud800\ufffe") == "a\ufffdb\ufffdc\ufffd\ufffd"


@pytest.mark.parametrize(
    ("value", "lexical"),
    [
        (48.8566, "48.8566"),
        (-0.0, "0.0"),
        (1e-7, "0.0000001"),
        (35, "35.0"),
        (1e21, "1000000000000000000000"),
    ],
)
def test_decimals_have_no_exponent(value: float, lexical: str) -> None:
    assert decimal(value).value == lexical


def test_numbers_days_and_points() -> None:
    assert number("041") == Literal("41", datatype=XSD.nonNegativeInteger)
    for words in ("٤١", "-1", "4.5", "forty", "", "9" * 40):
        assert number(words) == Literal(words)
    assert day(date(33, 4, 3)).value == "0033-04-03"
    assert point(48.5, -2.25).value == "POINT(-2.25 48.5)"
    assert text("a", "en").language == "en"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://sws.geonames.org/2988507/", True),
        ("http://example.org", True),
        ("https://x.org/a%20b?c=d#e", True),
        ("https://x.org/a b", False),
        ("https://x.org/<b>", False),
        ("https://x.org/%zz", False),
        ("javascript:alert(1)", False),
        ("Islamic State", False),
        ("", False),
        ("http://", False),
        ("http://[x", False),
    ],
)
def test_is_iri(value: str, expected: bool) -> None:
    assert is_iri(value) is expected


@given(ANY_TEXT | st.from_regex(r"https?://\S*", fullmatch=True))
def test_what_is_an_iri_becomes_a_node(value: str) -> None:
    if is_iri(value):
        assert iri(value).value == value


def test_a_name_is_no_id() -> None:
    with pytest.raises(KgError, match="'François Hollande' is no IRI"):
        iri("François Hollande")


def test_a_block_is_ordered_and_has_each_triple_once() -> None:
    node = NamedNode("https://example.org/x")
    pairs = [
        (KG.predicate, text("b")),
        (KG.predicate, text("a")),
        (RDFS.label, text("x")),
        (RDF.type, KG.Event),
    ]
    triples = list(block(node, pairs * 2))
    assert [(t.predicate, t.object) for t in triples] == [pairs[3], pairs[2], pairs[1], pairs[0]]
