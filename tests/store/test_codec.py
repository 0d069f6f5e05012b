"""Records come back from bytes as they were, and damage is seen."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.datamodel import (
    PROPERTIES,
    ROLES,
    STATUSES,
    Argument,
    Document,
    EntityMention,
    EventMention,
    Extraction,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.store.codec import dump, load, seal

TEXT = st.text(max_size=8)
OFFSETS = st.tuples(st.integers(0, 99), st.integers(0, 99))
DAYS = st.none() | st.dates()
SPANS = st.builds(Span, TEXT, st.integers(0, 99), st.integers(0, 99), TEXT)
MENTIONS = st.builds(
    EntityMention,
    SPANS,
    OFFSETS,
    st.sampled_from(["Person", "Place"]),
    st.sampled_from(["name", "nominal", "pronoun"]),
    st.none() | SPANS,
    st.none() | TEXT,
)
TIMES = st.builds(TimeExpression, SPANS, DAYS, DAYS, st.none() | st.sampled_from(["day", "interval"]))
ARGUMENTS = st.builds(
    Argument, st.sampled_from(ROLES), SPANS, OFFSETS, st.none() | MENTIONS, st.none() | SPANS
)
SOURCES = st.builds(Source, SPANS, st.none() | MENTIONS)


def some(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=2).map(tuple)


EVENTS = st.builds(
    EventMention,
    trigger=SPANS,
    sentence=SPANS,
    lemma=TEXT,
    predicate=TEXT,
    type=TEXT,
    arguments=some(ARGUMENTS),
    status=st.sampled_from(STATUSES),
    attributed_to=some(SOURCES),
    time=st.none() | TIMES,
    rule=TEXT,
)
RELATIONS = st.builds(
    RelationMention,
    MENTIONS,
    st.sampled_from(PROPERTIES),
    SPANS,
    TEXT,
    st.none() | MENTIONS,
    st.none() | TEXT,
    st.none() | SPANS,
)
EXTRACTIONS = st.builds(Extraction, TEXT, some(MENTIONS), some(TIMES), some(EVENTS), some(RELATIONS))
WORDS = st.none() | TEXT
DOCUMENTS = st.builds(Document, TEXT, st.text(), TEXT, TEXT, WORDS, WORDS, WORDS, DAYS, TEXT)


@given(EXTRACTIONS)
@settings(max_examples=60)
def test_extractions_come_back(extraction: Extraction) -> None:
    assert load(Extraction, dump(extraction)) == extraction


@given(DOCUMENTS)
@settings(max_examples=60)
def test_documents_come_back(document: Document) -> None:
    assert load(Document, dump(document)) == document


def test_equal_records_have_equal_bytes() -> None:
    document = Document("d", "Ünï\r\n", "a.txt", "0" * 64, published=date(2015, 11, 17))
    assert dump(document) == dump(Document("d", "Ünï\r\n", "a.txt", "0" * 64, published=date(2015, 11, 17)))


@pytest.mark.parametrize("data", [b"", b"no zlib", dump(Extraction("d"))[:-3], dump(Extraction("d"))])
def test_what_is_no_such_record_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        load(Document, data)


def test_a_seal_tells_parts_and_their_boundaries() -> None:
    seals = [seal("ab", b"c"), seal("a", b"bc"), seal("abc"), seal("ab", b"c", ""), seal("ab", b"d")]
    assert len(set(seals)) == len(seals)
    assert seal("é") == seal("é".encode())
