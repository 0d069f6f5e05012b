"""What `Parse` says of a document is what spaCy says of the Doc that it was read from."""

import gc

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.parse import Parse, Token

NLP = spacy.blank("en")

PLAIN = (
    "i idx text lower_ pos_ tag_ dep_ ent_type_ is_punct is_space is_quote whitespace_ is_sent_start".split()
)
RELATED = "children lefts rights ancestors subtree".split()


@pytest.fixture(scope="module")
def pairs(parses, build):
    return [(doc, Parse(doc)) for doc in map(build, parses)]


def indices(tokens):
    return [token.i for token in tokens]


@pytest.mark.parametrize("name", PLAIN)
def test_attributes(pairs, name):
    for doc, parse in pairs:
        assert [getattr(token, name) for token in parse] == [getattr(token, name) for token in doc]


def test_lemmas_in_small_letters(pairs):
    for doc, parse in pairs:
        assert [token.lemma for token in parse] == [token.lemma_.lower() or token.lower_ for token in doc]


def test_relations_below(pairs):
    for doc, parse in pairs:
        assert [token.below for token in parse] == [{child.dep_ for child in token.children} for token in doc]


@pytest.mark.parametrize("name", RELATED)
def test_tokens_around(pairs, name):
    for doc, parse in pairs:
        assert [indices(getattr(token, name)) for token in parse] == [
            sorted(indices(getattr(token, name))) if name == "subtree" else indices(getattr(token, name))
            for token in doc
        ]


def test_heads_edges_and_sentences(pairs):
    for doc, parse in pairs:
        assert len(parse) == len(doc)
        for ours, theirs in zip(parse, doc, strict=True):
            assert len(ours) == len(theirs)
            assert ours.parse is parse
            assert parse[ours.i] is ours
            assert ours.head.i == theirs.head.i
            assert (ours.left_edge.i, ours.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
            assert ours.head.is_ancestor(ours) == theirs.head.is_ancestor(theirs)
            assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)


def test_stretches(pairs):
    for doc, parse in pairs:
        both = [*zip(parse.sents, doc.sents, strict=True), *zip(parse.ents, doc.ents, strict=True)]
        both += [(parse[start : start + 3], doc[start : start + 3]) for start in range(len(doc))]
        for ours, theirs in both:
            assert (ours.start, ours.end, ours.label_) == (theirs.start, theirs.end, theirs.label_)
            assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)
            assert (ours.text, len(ours), ours.root.i) == (theirs.text, len(theirs), theirs.root.i)
            assert indices(reversed(ours)) == indices(theirs)[::-1]
            assert (ours[0].i, ours[-1].i, indices(ours[1:])) == (
                theirs[0].i,
                theirs[-1].i,
                indices(theirs[1:]),
            )


def test_empty_and_unparsed():
    empty = Parse(Doc(NLP.vocab))
    assert (len(empty), empty.text, empty.sents, empty.ents, empty[0:3].text) == (0, "", (), (), "")
    parse = Parse(NLP("One. Two."))
    assert [sent.text for sent in parse.sents] == ["One. Two."]
    assert all(token.head is token and not token.children for token in parse)
    assert parse[0].nbor(1).text == "."
    assert parse[2:2].text == parse[3:1].text == ""
    assert indices(parse[-2:]) == [2, 3]
    with pytest.raises(IndexError):
        parse[4]


def test_closing_frees_the_tokens_at_once(build):
    parse = Parse(build("active"))
    gc.collect()
    gc.disable()
    try:
        before = sum(type(thing) is Token for thing in gc.get_objects())
        count = len(parse)
        parse.close()
        after = sum(type(thing) is Token for thing in gc.get_objects())
    finally:
        gc.enable()
    assert count > 0
    assert before - after == count
    assert len(parse) == 0
