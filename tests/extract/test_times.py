"""Sentence -> when its events happened, published on Wednesday 18 November 2015: own times, lent times, and none.

Trees in `trees/times.conllu`. "2015-11-16" is a day, "2004-01-01 2009-12-31" a stretch of days, "said" an expression without
a value, None no time. A sentence's events that the table leaves out are of no interest here.
"""

from datetime import date

import pytest
from spacy.tokens import Doc

from kg.datamodel import Document, TimeExpression
from kg.extract.document import extract_doc
from kg.extract.parse import Parse
from kg.extract.times import is_dateline
from kg.extract.times.spans import find_words

PUBLISHED = date(2015, 11, 18)

TABLE = [
    # own words: of the verb, of the event noun, between subject and verb
    ("Engineers closed the tunnel on Monday.", {"closed": "2015-11-16"}),
    ("Monday's explosion killed four miners.", {"explosion": "2015-11-16", "killed": "2015-11-16"}),
    ("The boycott ended 3 October.", {"boycott": "2015-10-03"}),
    ("The parade takes place on Saturday.", {"parade": "2015-11-21"}),
    ("The minister will visit Peru on Thursday.", {"visit": "2015-11-19"}),
    ("Profits fell in the third quarter of last year.", {"fell": "2014-07-01 2014-09-30"}),
    ("The 26-year-old driver fled to Malta.", {"fled": None}),
    # what lies ahead dates what is announced, not the announcement
    (
        "The union on Thursday announced a strike by nurses for next Monday.",
        {"announced": "2015-11-12", "strike": "2015-11-23"},
    ),
    ("The captain ordered the crew to leave on Sunday.", {"leave": "2015-11-22"}),
    ("The captain had ordered the crew to leave on Sunday.", {"leave": "2015-11-15"}),
    ("The talks planned for Friday were cancelled.", {"talks": "2015-11-20", "cancelled": None}),
    # prepositions say how a time is meant; a duration is none
    ("Nurses have blocked the hospital since 2012.", {"blocked": "2012-01-01 2015-11-18"}),
    ("The museum showed the paintings from 2004 to 2009.", {"showed": "2004-01-01 2009-12-31"}),
    ("Between Monday and Wednesday guards searched the camp.", {"searched": "2015-11-16 2015-11-18"}),
    ("The bakers left before Sunday.", {"left": "said"}),
    ("They marched for three days.", {"marched": None}),
    ("The plant will close within two months.", {"close": "2015-11-18 2016-01-18"}),
    # saying lends its time to nothing that is said
    (
        "The governor told reporters on Tuesday that smugglers had burned the ship.",
        {"told": "2015-11-17", "burned": None},
    ),
    ("The governor said smugglers burned the ship on Tuesday.", {"said": None, "burned": "2015-11-17"}),
    ("OSLO, 12 November (Nordnytt) - Sweden sent two ships to Malta.", {"sent": None}),
    # participles, coordination, infinitives
    (
        "Farmers attacked the depot on Saturday, injuring two guards.",
        {"attacked": "2015-11-14", "injuring": "2015-11-14"},
    ),
    ("On Monday he met the mayor and signed the contract.", {"met": "2015-11-16", "signed": "2015-11-16"}),
    (
        "Customs officers stopped and searched the truck on Sunday.",
        {"stopped": "2015-11-15", "searched": "2015-11-15"},
    ),
    (
        "He bought the ship in 1996 and later sold it.",
        {"bought": "1996-01-01 1996-12-31", "sold": None},
    ),
    ("On Friday they began to leave the island.", {"leave": "2015-11-13"}),
    ("On Friday they promised to leave the island.", {"promised": "2015-11-13", "leave": None}),
    ("Detectives searched the van parked behind the bank on Friday.", {"searched": "2015-11-13"}),
    # an event in another, an event and its verb at one time
    (
        "Two sailors were killed in a raid on the harbour on 9 October.",
        {"killed": "2015-10-09", "raid": "2015-10-09"},
    ),
    ("The leak caused the explosion of a tank in June.", {"explosion": "2015-06-01 2015-06-30"}),
    # counted from another time
    (
        "Fishermen took the harbour on 3 May and had left it two days later.",
        {"took": "2015-05-03", "left": "2015-05-05"},
    ),
    (
        "Two weeks after the flood on 4 June, the mayor resigned.",
        {"flood": "2015-06-04", "resigned": "2015-06-18"},
    ),
    (
        "In March 2003 rebels took the city. On 9 April they burned the palace.",
        {"took": "2003-03-01 2003-03-31", "burned": "2003-04-09"},
    ),
    # a time that hangs across a border belongs to the word within
    (
        "The firm, founded by her uncle in 1987, sold the mine.",
        {"founded": "1987-01-01 1987-12-31", "sold": None},
    ),
    (
        "The avalanche on 2 March in which six climbers died closed the valley.",
        {"died": "2015-03-02", "closed": None},
    ),
]


@pytest.fixture(scope="module")
def times(build):
    """Return a function from a text to the times of its events by trigger."""

    def times_of(text: str, published: date | None = PUBLISHED) -> dict[str, str | None]:
        doc = build(text)
        extraction = extract_doc(Document("doc", doc.text, "a.txt", "0" * 64, published=published), doc)
        return {m.trigger.text: _short(m.time) for m in extraction.event_mentions}

    return times_of


def _short(time: TimeExpression | None) -> str | None:
    if time is None or time.start is None:
        return time and "said"
    return str(time.start) if time.start == time.end else f"{time.start} {time.end}"


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_when_events_happened(text, expected, times):
    found = times(text)
    assert {trigger: found[trigger] for trigger in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Engineers closed the tunnel on Monday.",
        "The minister will visit Peru on Thursday.",
        "Profits fell in the third quarter of last year.",
        "Two sailors were killed in a raid on the harbour on 9 October.",
        "The plant will close within two months.",
    ],
)
def test_nothing_is_guessed_without_a_publication_date(text, times):
    assert set(times(text, published=None).values()) <= {"said", None}


def test_since_a_year_lasts_as_long_as_is_known(times):
    text = "Nurses have blocked the hospital since 2012."
    assert times(text, published=None)["blocked"] == "2012-01-01 2012-12-31"


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("It closed in the second half of 2014.", "2014", "the second half of 2014"),
        ("It closed on March 3, 2014.[2] Later", "March 3", "March 3, 2014"),
        ("It closed in March 2014.[2] Later", "March", "March 2014"),
        ("The war of 1901-04 ended.", "1901", "1901-04"),
        ("It closed on 3 May. It was cold.", "3 May", "3 May"),
        ("It cost 3 May 5,000 times as much.", "3 May", "3 May"),
    ],
)
def test_a_date_is_made_whole(text, marked, whole, vocab):
    doc = Doc(vocab, words=text.split(), spaces=[*([True] * (len(text.split()) - 1)), False])
    start = text.index(marked)
    span = doc.char_span(start, start + len(marked), label="DATE", alignment_mode="expand")
    doc.ents = [span]
    found = find_words(Document("doc", text, "a.txt", "0" * 64), Parse(doc))
    assert [text[words.start : words.end].rstrip(".") for words in found if words.start <= start] == [whole]


@pytest.mark.parametrize(
    ("line", "time", "expected"),
    [
        ("OSLO, 12 November (Nordnytt) - Sweden sent two ships.", "12 November", True),
        ("Nairobi, Kenya, 4 May 2014 — Two rangers were shot.", "4 May 2014", True),
        ("12 November 2015\nSweden sent two ships.", "12 November 2015", True),
        ("On 12 November Sweden sent two ships.", "12 November", False),
        ("Sweden sent two ships on 12 November.", "12 November", False),
        ("In Oslo, on 4 May - a holiday - shops were open.", "4 May", False),
    ],
)
def test_a_dateline_is_told_from_a_sentence(line, time, expected):
    start = line.index(time)
    assert is_dateline(line, start, start + len(time)) is expected


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_every_time_is_a_slice_of_the_text(text, expected, build):
    doc = build(text)
    extraction = extract_doc(Document("doc", doc.text, "a.txt", "0" * 64, published=PUBLISHED), doc)
    times = [*extraction.time_expressions, *(m.time for m in extraction.event_mentions if m.time)]
    assert all(doc.text[t.span.start : t.span.end] == t.span.text for t in times)
