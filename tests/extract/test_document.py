"""Whole texts through the shipped pipeline: what reaches over sentences and paragraphs."""

import gc
from datetime import date

import pytest

from kg.datamodel import Document
from kg.extract.document import extract, extract_doc
from kg.language import load


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.fixture(scope="module")
def read_text(nlp):
    def extraction_of(text: str, published: date | None = date(2015, 11, 17)):
        document = Document("doc", text, "text.txt", "0" * 64, published=published)
        return extract_doc(document, nlp(text))

    return extraction_of


SOURCES = [
    ("Kerry said the talks had failed. The army attacked Homs.", "attack", []),
    (
        "“The rebels shelled the school. They killed two teachers,” said Omar Haddad.",
        "shell",
        ["Omar Haddad"],
    ),
    ("“The rebels shelled the school. They killed two teachers,” said Omar Haddad.", "kill", ["Omar Haddad"]),
    ("The army attacked Homs, according to the ministry.", "attack", ["the ministry"]),
    (
        "The transport minister, Anna Berg, said:\n\nWe will rebuild the bridge.\n\nOur engineers repaired the road.",
        "repair",
        ["Anna Berg"],
    ),
    (
        "The transport minister, Anna Berg, said:\n\nWe will rebuild the bridge.\n\nA spokesman said police closed the road.",
        "close",
        ["A spokesman"],
    ),
    ('Ahmed Hassan praised the "peace plan". The rebels attacked Aleppo.', "attack", []),
    ("Lavrov told reporters that Kerry had said the army attacked Homs.", "attack", ["Lavrov", "Kerry"]),
    # quotations that lines, not blank lines, part from the prose after them
    (
        "“The rebels shelled the school.\n“They killed two teachers,” said Omar Haddad.\nThe army attacked Homs.",
        "attack",
        [],
    ),
    ('He had a 6" gun, officials said. Hollande attacked the plan.\n\nThe rebels shelled Homs.', "shell", []),
]

ANTECEDENTS = [
    ("Angela Merkel met Barack Obama in Berlin. She praised the agreement.", "She", "Angela Merkel"),
    ("Mrs Berg met Mr Holm. He left early.", "He", "Holm"),
    ("France sent troops to Mali. It also sent jets.", "It", "France"),
    ("The rebels seized a bridge. They destroyed it.", "They", "The rebels"),
    (
        "Prime Minister Manuel Valls visited Lyon. The prime minister met workers.",
        "The prime minister",
        "Manuel Valls",
    ),
    ("A bus hit a tree in Lyon. The bus was empty.", "The bus", "A bus"),
    ("“I support the plan,” said Anna Berg.", "I", "Anna Berg"),
    ("“We support the plan,” said Anna Berg.", "We", None),
]

TIMES = [
    ("The army attacked Homs on Monday.", date(2015, 11, 17), "2015-11-16"),
    ("The army will attack Homs on Monday.", date(2015, 11, 17), "2015-11-23"),
    ("The army attacked Homs on Monday.", None, None),
    ("The army attacked Homs on 3 May 2014.", None, "2014-05-03"),
    ("On 5 May 2014 rebels took Homs. The army attacked the city two days later.", None, "2014-05-07"),
]


@pytest.mark.parametrize(("text", "lemma", "sources"), SOURCES)
def test_source_of_an_event(text, lemma, sources, read_text):
    event = next(m for m in read_text(text).event_mentions if m.lemma == lemma)
    said_by = [
        (s.mention.antecedent or s.mention.span).text if s.mention else s.span.text
        for s in event.attributed_to
    ]
    assert said_by == sources


@pytest.mark.parametrize(("text", "words", "antecedent"), ANTECEDENTS)
def test_antecedent(text, words, antecedent, read_text):
    mention = next(m for m in read_text(text).entity_mentions if m.span.text == words)
    assert (mention.antecedent.text if mention.antecedent else None) == antecedent


@pytest.mark.parametrize(("text", "published", "start"), TIMES)
def test_time_of_the_last_event(text, published, start, read_text):
    event = next(m for m in reversed(read_text(text, published).event_mentions) if m.lemma == "attack")
    assert event.time is not None
    assert (str(event.time.start) if event.time.start else None) == start


@pytest.mark.parametrize(
    "text", ["Jr. and II met Pope Francis, 5 km² ² away.", "9" * 5000, "\u200b \u0301 \ufe0f", "“" * 50]
)
def test_odd_text_is_survived(text, read_text):
    extraction = read_text(text)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in extraction.entity_mentions)


def test_a_document_is_read_alone(nlp):
    texts = ["France bombed Raqqa on Monday.", "", "He left.", " \n\n ", "Kerry met Lavrov. He smiled."]
    documents = [Document(f"doc{n}", text, f"{n}.txt", "0" * 64) for n, text in enumerate(texts)]
    together = list(extract(documents, nlp))
    assert together == [extract_doc(d, nlp(d.text)) for d in documents]
    assert list(extract(reversed(documents), nlp)) == together[::-1]
    assert together[1].event_mentions == ()


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_leaves_no_garbage_and_the_collector_as_it_was(nlp, enabled):
    text = "Anna Berg, who leads the union, said on Monday that the army had shelled Homs. She left."
    document, doc = Document("doc", text, "text.txt", "0" * 64, published=date(2015, 11, 17)), nlp(text)
    extract_doc(document, doc)  # fills what is kept between documents
    gc.collect()
    gc.disable()
    try:
        if enabled:
            gc.enable()
        extraction = extract_doc(document, doc)
        assert gc.isenabled() is enabled
        gc.disable()
        unused = gc.collect()
    finally:
        gc.enable()
    assert extraction.event_mentions
    assert unused == 0


def test_an_error_leaves_the_collector_on(nlp):
    document = Document("doc", "Oslo.", "text.txt", "0" * 64)
    with pytest.raises(AttributeError):
        extract_doc(document, None)
    assert gc.isenabled()
