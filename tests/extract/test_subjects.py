"""Who a verb's subject is where no single tree of `told.txt` shows it: depth of nesting, and the noun of a relative clause."""

import pytest
from spacy.tokens import Doc

from kg.datamodel import Document
from kg.extract.events.subjects import subjects
from kg.extract.lexicon import load_lexicon
from kg.extract.mentions import Mentions
from kg.extract.names import load_names
from kg.extract.parse import Parse
from kg.extract.reading import Reading
from kg.extract.relatives import attach_relatives


def test_a_thousand_nested_infinitives_have_the_subject_of_the_first(vocab):
    words, heads, deps, tags, pos = (
        ["Troops", "seek"],
        [1, 1],
        ["nsubj", "ROOT"],
        ["NNS", "VBP"],
        ["NOUN", "VERB"],
    )
    for _ in range(1000):
        governor = len(words) - 1
        words += ["to", "seek"]
        heads += [len(words) - 1, governor]
        deps += ["mark", "xcomp"]
        tags += ["TO", "VB"]
        pos += ["PART", "VERB"]
    parse = Parse(Doc(vocab, words=words, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=words))
    document = Document("doc", " ".join(words), "deep.txt", "0" * 64)
    reading = Reading(document, parse, load_lexicon(), load_names(), Mentions(), {})
    found, passive = subjects(parse.tokens[-1], reading)
    assert [token.text for token in found] == ["Troops"]
    assert not passive


# noun above, preposition, noun inside and its label, clause -> the noun that the clause hangs on; the tree says the one above
RELATIVES = [
    ("period", "for", "Ann", "PERSON", ", who fled", "Ann"),
    ("sister", "of", "Ann", "PERSON", ", who fled", "sister"),
    ("memory", "of", "Ann", "PERSON", " who fled", "memory"),
    ("rise", "of", "leader", "", " who fled", "leader"),
    ("rise", "of", "leaders", "", " who flees", "rise"),
    ("director", "of", "Unilever", "ORG", ", which fell", "Unilever"),
    ("team", "of", "Unilever", "ORG", ", which fell", "team"),
]


@pytest.mark.parametrize(("above", "prep", "inside", "label", "clause", "expected"), RELATIVES)
def test_a_relative_clause_hangs_on_the_noun_that_its_pronoun_asks_for(
    above, prep, inside, label, clause, expected, vocab
):
    assert _noun_of(above, prep, inside, label, clause, above, vocab) == expected


@pytest.mark.parametrize(
    ("above", "clause", "expected"),
    [
        ("wreck", " that falls", "wreck"),
        ("wrecks", " that falls", "Oslo"),  # the number of the verb
        ("wreck", ", which falls", "Oslo"),  # a comma: more about a name
    ],
)
def test_a_clause_without_a_comma_does_not_tell_which_bearer_of_a_name(above, clause, expected, vocab):
    assert _noun_of(above, "near", "Oslo", "GPE", clause, "Oslo", vocab) == expected


def _noun_of(above, prep, inside, label, clause, attached, vocab) -> str:
    """The noun that the clause hangs on at last, where the tree hung it on `attached`."""
    after = clause.replace(",", ", ").split()
    words = ["We", "saw", "the", above, prep, inside, *after]
    verb = len(words) - 1
    heads = [1, 1, 3, 1, 5, 3, *([verb] * len(after))]
    heads[verb] = words.index(attached)
    deps = [
        "nsubj",
        "ROOT",
        "det",
        "obj",
        "case",
        "nmod",
        *(["punct"] * (len(after) - 2)),
        "nsubj",
        "acl:relcl",
    ]
    nouns = {
        word: "NNP" if word[0].isupper() else "NNS" if word.endswith("s") else "NN"
        for word in (above, inside)
    }
    ends = "VBZ" if words[-1].endswith("s") else "VBD"
    tags = ["PRP", "VBD", "DT", nouns[above], "IN", nouns[inside], *([","] * (len(after) - 2)), "WP", ends]
    pos = [
        "PRON",
        "VERB",
        "DET",
        "NOUN",
        "ADP",
        "PROPN" if label else "NOUN",
        *(["PUNCT"] * (len(after) - 2)),
    ]
    ents = ["O"] * 5 + [f"B-{label}" if label else "O"] + ["O"] * len(after)
    lemmas = [word.removesuffix("s") if word in nouns and word.islower() else word for word in words]
    parse = Parse(
        Doc(
            vocab,
            words,
            heads=heads,
            deps=deps,
            tags=tags,
            pos=[*pos, "PRON", "VERB"],
            ents=ents,
            lemmas=lemmas,
        )
    )
    attach_relatives(parse, load_names())
    noun = parse.tokens[verb].head
    assert parse.tokens[verb] in noun.children
    assert "acl:relcl" in noun.below
    return noun.text
