"""ClearNLP trees made Universal Dependencies: words, tags, heads and labels before and after."""

import time
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.language.clear import OtherLabels, to_universal

# A row: words/TAG, heads and labels of ClearNLP, heads and labels of ours. Heads are positions from 0.
TABLE = {
    "object and preposition": (
        "He/PRP ordered/VBD strikes/NNS on/IN Raqqa/NNP",
        [1, 1, 1, 2, 3],
        "nsubj ROOT dobj prep pobj",
        [1, 1, 1, 4, 2],
        "nsubj ROOT obj case nmod",
    ),
    "oblique of a verb": (
        "They/PRP fled/VBD to/IN Belgium/NNP",
        [1, 1, 1, 2],
        "nsubj ROOT prep pobj",
        [1, 1, 3, 1],
        "nsubj ROOT case obl",
    ),
    "passive with agent": (
        "Raqqa/NNP was/VBD hit/VBN by/IN jets/NNS",
        [2, 2, 2, 2, 3],
        "nsubjpass auxpass ROOT agent pobj",
        [2, 2, 2, 4, 2],
        "nsubj:pass aux:pass ROOT case obl:agent",
    ),
    "dative without preposition": (
        "He/PRP gave/VBD Paris/NNP help/NN",
        [1, 1, 1, 1],
        "nsubj ROOT dative dobj",
        [1, 1, 1, 1],
        "nsubj ROOT iobj obj",
    ),
    "dative with preposition": (
        "He/PRP gave/VBD help/NN to/IN Paris/NNP",
        [1, 1, 1, 1, 3],
        "nsubj ROOT dobj dative pobj",
        [1, 1, 1, 4, 1],
        "nsubj ROOT obj case obl",
    ),
    "copula with a noun": (
        "Valls/NNP is/VBZ the/DT minister/NN ./.",
        [1, 1, 3, 1, 1],
        "nsubj ROOT det attr punct",
        [3, 3, 3, 3, 3],
        "nsubj cop det ROOT punct",
    ),
    "copula with an adjective in a clause": (
        "He/PRP said/VBD it/PRP was/VBD false/JJ",
        [1, 1, 3, 1, 3],
        "nsubj ROOT nsubj ccomp acomp",
        [1, 1, 4, 4, 1],
        "nsubj ROOT nsubj cop ccomp",
    ),
    "copula with a preposition": (
        "France/NNP is/VBZ at/IN war/NN",
        [1, 1, 1, 2],
        "nsubj ROOT prep pobj",
        [3, 3, 3, 3],
        "nsubj cop case ROOT",
    ),
    "existential": (
        "There/EX is/VBZ a/DT risk/NN",
        [1, 1, 3, 1],
        "expl ROOT det attr",
        [1, 1, 3, 1],
        "expl ROOT det nsubj",
    ),
    "other linking verb": (
        "It/PRP became/VBD clear/JJ",
        [1, 1, 1],
        "nsubj ROOT acomp",
        [1, 1, 1],
        "nsubj ROOT xcomp",
    ),
    "possessive and relative clause": (
        "France/NNP 's/POS jets/NNS which/WDT left/VBD",
        [2, 0, 2, 4, 2],
        "poss case ROOT nsubj relcl",
        [2, 0, 2, 4, 2],
        "nmod:poss case ROOT nsubj acl:relcl",
    ),
    "gerund after a preposition": (
        "He/PRP answered/VBD by/IN striking/VBG Raqqa/NNP",
        [1, 1, 1, 2, 3],
        "nsubj ROOT prep pcomp dobj",
        [1, 1, 3, 1, 3],
        "nsubj ROOT mark advcl obj",
    ),
    "infinitive and negation": (
        "He/PRP did/VBD n't/RB want/VB to/TO go/VB",
        [3, 3, 3, 3, 5, 3],
        "nsubj aux neg ROOT aux xcomp",
        [3, 3, 3, 3, 5, 3],
        "nsubj aux advmod ROOT mark xcomp",
    ),
    "coordination is no chain": (
        "saw/VBD Paris/NNP ,/, Lyon/NNP and/CC Nice/NNP",
        [0, 0, 1, 1, 3, 3],
        "ROOT dobj punct conj cc conj",
        [0, 0, 1, 1, 5, 1],
        "ROOT obj punct conj cc conj",
    ),
    "coordinated prepositions": (
        "strikes/NNS in/IN Syria/NNP and/CC in/IN Iraq/NNP",
        [0, 0, 1, 1, 1, 4],
        "ROOT prep pobj cc conj pobj",
        [0, 2, 0, 5, 5, 2],
        "ROOT case nmod cc case conj",
    ),
    "preposition before a preposition": (
        "He/PRP came/VBD out/IN of/IN Paris/NNP",
        [1, 1, 1, 2, 3],
        "nsubj ROOT prep prep pobj",
        [1, 1, 4, 4, 1],
        "nsubj ROOT case case obl",
    ),
    "particle, adverbial noun, quantifier": (
        "They/PRP shot/VBD down/RP about/RB 20/CD jets/NNS Monday/NNP",
        [1, 1, 1, 4, 5, 1, 1],
        "nsubj ROOT prt quantmod nummod dobj npadvmod",
        [1, 1, 1, 4, 5, 1, 1],
        "nsubj ROOT compound:prt advmod nummod obj obl:unmarked",
    ),
    "preposition without an object": (
        "He/PRP walked/VBD in/IN",
        [1, 1, 1],
        "nsubj ROOT prep",
        [1, 1, 1],
        "nsubj ROOT advmod",
    ),
    "Universal Dependencies stay as they are": (
        "He/PRP ordered/VBD strikes/NNS on/IN Raqqa/NNP",
        [1, 1, 1, 4, 2],
        "nsubj ROOT obj case nmod",
        [1, 1, 1, 4, 2],
        "nsubj ROOT obj case nmod",
    ),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_table(row: tuple[str, list[int], str, list[int], str]) -> None:
    text, heads, labels, ours, our_labels = row
    words, tags = zip(*(pair.rsplit("/", 1) for pair in text.split()), strict=True)
    found_heads, found_labels = to_universal(words, tags, heads, labels.split())
    assert list(zip(words, found_heads, found_labels, strict=True)) == list(
        zip(words, ours, our_labels.split(), strict=True)
    )


def test_component_writes_the_doc_and_keeps_its_sentences(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc(
        "France is at war . He left .",
        tags=["NNP", "VBZ", "IN", "NN", ".", "PRP", "VBD", "."],
        heads=[1, 1, 1, 2, 1, 6, 6, 6],
        deps=["nsubj", "ROOT", "prep", "pobj", "punct", "nsubj", "ROOT", "punct"],
    )
    OtherLabels()(doc)
    assert [token.dep_ for token in doc] == [
        "nsubj",
        "cop",
        "case",
        "ROOT",
        "punct",
        "nsubj",
        "ROOT",
        "punct",
    ]
    assert [sent.text for sent in doc.sents] == ["France is at war .", "He left ."]


def test_long_documents_take_time_in_proportion() -> None:
    words = "They were hit in Paris and in Lyon . ".split() * 2800
    tags = "PRP VBD VBN IN NNP CC IN NNP .".split() * 2800
    labels = "nsubjpass auxpass ROOT prep pobj cc conj pobj punct".split() * 2800
    heads = [9 * i + head for i in range(2800) for head in (2, 2, 2, 2, 3, 3, 3, 6, 2)]
    start = time.process_time()
    found, renamed = to_universal(words, tags, heads, labels)
    assert time.process_time() - start < 2.5  # a scan of the whole document for each word takes 10 s
    assert renamed[-9:] == "nsubj:pass aux:pass ROOT case obl cc case conj punct".split()
    assert [head - 9 * 2799 for head in found[-9:]] == [2, 2, 2, 4, 2, 7, 7, 4, 2]
