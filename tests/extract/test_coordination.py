"""Which word a member of a coordination goes on with: by the forms of verbs, by what nouns stand for."""

import pytest
from spacy.tokens import Doc

from kg.extract.coordination import mend_coordination
from kg.extract.names import load_names
from kg.extract.parse import Parse


@pytest.fixture
def mended(vocab):
    """Return a function from rows "word tag relation head" to the parse with mended coordinations."""

    def parse_of(tree: str, label: str = "GPE") -> Parse:
        rows = [row.split() for row in tree.strip().split("|")]
        words, tags, deps, heads = zip(*rows, strict=True)
        names = [f"B-{label}" if tag == "NNP" else "O" for tag in tags]
        parse = Parse(
            Doc(
                vocab,
                words=list(words),
                tags=list(tags),
                deps=list(deps),
                heads=[int(head) for head in heads],
                pos=[POS[tag] for tag in tags],
                lemmas=[LEMMAS.get(word, word) for word in words],
                ents=names,
            )
        )
        mend_coordination(parse, load_names())
        return parse

    return parse_of


POS = {
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **{"NNP": "PROPN", "IN": "ADP", "CC": "CCONJ", "TO": "PART", "DT": "DET", ",": "PUNCT"},
    **{"PRP": "PRON", "PRP$": "PRON", "WP": "PRON"},
}
LEMMAS = {"pupils": "pupil", "traders": "trader", "ministers": "minister", "mayors": "mayor"}

# "He asked us to wait and ..." with a last verb of each form -> what it goes on with
VERBS = [
    ("left", "VBD", "asked"),
    ("leaves", "VBZ", "asked"),
    ("leave", "VB", "wait"),
    ("leave", "VBP", "wait"),  # the tagger may be wrong
    ("leaving", "VBG", "wait"),
]


@pytest.mark.parametrize(("word", "tag", "above"), VERBS)
def test_verbs_are_coordinated_with_verbs_of_their_form(word, tag, above, mended):
    parse = mended(
        "He PRP nsubj 1|asked VBD ROOT 1|us PRP obj 1|to TO mark 4|wait VB xcomp 1|and CC cc 6|"
        f"{word} {tag} conj 4"
    )
    assert parse.tokens[6].head.text == above
    assert parse.tokens[6] in parse.tokens[6].head.children


@pytest.mark.parametrize(("tag", "above"), [("VBD", "help"), ("VBP", "stay")])
def test_an_infinitive_goes_on_with_no_past_form(tag, above, mended):
    parse = mended(
        "We PRP nsubj 1|came VBD ROOT 1|to TO mark 3|help VB advcl 1|those DT obj 3|who WP nsubj 6|"
        f"stay {tag} acl:relcl 4|and CC cc 8|work VB conj 6"
    )
    assert parse.tokens[8].head.text == above


def test_a_singular_verb_goes_on_with_no_plural_subject(mended):
    parse = mended(
        "mayors NNS nsubj 1|ask VBP ROOT 1|us PRP obj 1|to TO mark 4|wait VB xcomp 1|and CC cc 6|leaves VBZ conj 4"
    )
    assert parse.tokens[6].head.text == "wait"


def test_a_past_form_before_a_by_phrase_is_passive(mended):
    parse = mended(
        "songs NNS nsubj 1|written VBD ROOT 1|and CC cc 3|sung VBN conj 1|by IN case 5|traders NNS obl:agent 3"
    )
    assert parse.tokens[1].tag_ == "VBN"
    assert parse.tokens[0].dep_ == "nsubj:pass"


def test_a_past_form_before_an_adverbial_participle_stays(mended):
    parse = mended(
        "we PRP nsubj 1|cried VBD ROOT 1|, , punct 3|hurt VBN conj 1|and CC cc 5|worried VBN conj 1|by IN case 7|"
        "pupils NNS obl:agent 5"
    )
    assert [parse.tokens[i].tag_ for i in (1, 3, 5)] == ["VBD", "VBN", "VBN"]
    assert parse.tokens[0].dep_ == "nsubj"
    assert (parse.tokens[3].dep_, parse.tokens[5].head.text) == ("advcl", "hurt")


# noun, its label -> noun that "and ministers" goes on with, where the tree has the place inside
LISTS = [("traders", "Oslo", "traders"), ("mines", "Oslo", "Oslo"), ("traders", "pupils", "pupils")]


@pytest.mark.parametrize(("noun", "inside", "above"), LISTS)
def test_people_go_on_with_people(noun, inside, above, mended):
    tag = "NNP" if inside[0].isupper() else "NNS"
    parse = mended(
        f"We PRP nsubj 1|saw VBD ROOT 1|{noun} NNS obj 1|of IN case 4|{inside} {tag} nmod 2|and CC cc 6|"
        "ministers NNS conj 4"
    )
    assert parse.tokens[6].head.text == above


def test_lists_do_not_cross(mended):
    parse = mended(
        "We PRP nsubj 1|sang VBD ROOT 1|songs NNS obj 1|of IN case 4|pupils NNS nmod 2|, , punct 6|psalms NNS conj 2|"
        "and CC cc 8|hymns NNS conj 4"
    )
    assert parse.tokens[8].head.text == "songs"


@pytest.mark.parametrize(("owner", "above"), [("its", "bank"), ("their", "those")])
def test_a_possessive_tells_what_it_belongs_to(owner, above, mended):
    parse = mended(
        "We PRP nsubj 1|saw VBD ROOT 1|those DT obj 1|who WP nsubj 4|left VBD acl:relcl 2|the DT det 6|bank NN obj 4|"
        f"and CC cc 9|{owner} PRP$ nmod:poss 9|pupils NNS conj 2"
    )
    assert parse.tokens[9].head.text == above
