"""Lasting relations that a text states beside its events: positions, origin, membership, place, family, age.

One generator a construction, each with its example; the ends of a relation are entity mentions, or a mention and a value.

Not handled: relations over several sentences, comparatives, relations inside names.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kg.datamodel import RelationMention
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.relations.belonging import WHOLES, compound_names, of_phrases, possessives, wholes
from kg.extract.relations.people import BIRTHS, ages, births, kin
from kg.extract.relations.places import BASES, bases, place_in_place, places_of_nominals
from kg.extract.relations.positions import appointments, appositions, copular_positions, leaders, titles

__all__ = ["find_relations"]

_Rule = Callable[[Reading, Token], Iterator[RelationMention]]


class _Entry(NamedTuple):
    """A rule with the words that it looks at; what is empty or false asks nothing.

    Attributes:
        pos: their parts of speech; `deps` their relations.
        words: their lemmas or forms in small letters.
        mention: they are heads of mentions.
    """

    rule: _Rule
    pos: tuple[str, ...] = ()
    deps: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    mention: bool = False


_NOUNS, _VERBS = ("NOUN", "PROPN"), ("VERB",)

_RULES = (
    _Entry(titles, mention=True),
    _Entry(appositions, deps=("appos",)),
    _Entry(copular_positions, pos=_NOUNS),
    _Entry(appointments, pos=_VERBS),
    _Entry(leaders, pos=_VERBS),
    _Entry(possessives, deps=("nmod:poss",)),
    _Entry(compound_names, mention=True),
    _Entry(of_phrases, deps=("nmod",)),
    _Entry(wholes, words=WHOLES),
    _Entry(place_in_place, deps=("nmod", "nmod:unmarked", "appos", "obl")),
    _Entry(places_of_nominals, mention=True),
    _Entry(bases, words=BASES),
    _Entry(kin, pos=_NOUNS),
    _Entry(ages, words=frozenset(("0",))),
    _Entry(births, words=BIRTHS),
)

#: No relation is found by such a word.
_FUNCTION_WORDS = frozenset(("ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ", "SPACE"))
_WORDS = frozenset().union(*(entry.words for entry in _RULES))


@cache
def _rules_for(pos: str, dep: str, word: str, mention: bool) -> tuple[_Rule, ...]:
    """Return the rules that look at such a word, in their order; most look at few."""
    return tuple(
        entry.rule
        for entry in _RULES
        if (not entry.pos or pos in entry.pos)
        and (not entry.deps or dep in entry.deps)
        and (not entry.words or word in entry.words)
        and (mention or not entry.mention)
    )


def _word(token: Token) -> str:
    """The word that a rule knows a token by: its form or its lemma, "0" for a number; empty for most."""
    if token.lower_ in _WORDS:
        return token.lower_
    lemma = token.lemma
    return lemma if lemma in _WORDS else "0" if token.text.isdecimal() else ""


def find_relations(reading: Reading) -> list[RelationMention]:
    """Return the relation mentions of a document in text order, each once."""
    found: dict[tuple[object, ...], RelationMention] = {}
    by_head = reading.mentions.by_head
    for token in reading.parse.tokens:
        if token.pos_ in _FUNCTION_WORDS:
            continue
        for rule in _rules_for(token.pos_, token.dep_, _word(token), token.i in by_head):
            for relation in rule(reading, token):
                other = relation.object.span if relation.object else relation.value
                found.setdefault((relation.subject.span, relation.property, other), relation)
    return sorted(found.values(), key=lambda r: (r.span.start, r.span.end, r.property, r.value or ""))
