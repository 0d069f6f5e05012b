"""Prepositional phrases and bare adverbials as arguments: by preposition, frame and what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.datamodel import Role
from kg.extract.events.predicates import IDIOMS, Predicate, lemma_of
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, conjuncts, first_conjunct

__all__ = [
    "TIME_PREPOSITIONS",
    "Slot",
    "completes_object",
    "obliques",
    "places_within",
    "shared_adverbials",
]

_PLACES = ("Place", "Facility")


@dataclass(frozen=True)
class Slot:
    """A role and the head of what fills it; `clausal` where that is a clause ("said *that the bridge fell*")."""

    role: Role
    token: Token
    clausal: bool = False


def obliques(reading: Reading, predicate: Predicate, verb: Token, passive: bool) -> Iterator[Slot]:
    """Prepositional phrases and bare adverbials, by preposition, frame and what they name."""
    for child in children(verb, "obl", "obl:agent", "obl:unmarked", "advmod"):
        if child.dep_ == "advmod" and child.lower_ != "where" and child.i not in reading.times:
            continue
        prep = case_of(child)
        if predicate.head.pos_ == "VERB" and child.dep_ == "obl" and completes_object(reading, child):
            continue
        for token in conjuncts(child):
            yield from _oblique(reading, predicate, token, case_of(token) or prep, passive)


def _oblique(
    reading: Reading, predicate: Predicate, token: Token, prep: str, passive: bool
) -> Iterator[Slot]:
    referent = antecedent(token)
    if prep in reading.lexicon.source_prepositions:
        return
    if token.lower_ == "where":
        if referent is not token:
            yield Slot("place", referent)
    elif token.i in reading.times and prep in ("", *TIME_PREPOSITIONS):
        yield Slot("time", token)
    elif prep == "by" and (passive or token.dep_ == "obl:agent"):
        if role := predicate.frame.subject.of(reading.target(referent)):
            yield Slot(role, referent)
    elif prep and lemma_of(token) in IDIOMS:
        yield from places_within(reading, predicate, referent)
    elif prep:
        if predicate.frame.key.endswith(" " + prep):
            role = predicate.frame.object.of(reading.target(referent))
        else:
            role = reading.lexicon.role_of_preposition(prep, predicate.frame, reading.target(referent))
        if role:
            yield Slot(role, referent)
            yield from places_within(reading, predicate, referent)


TIME_PREPOSITIONS = (
    "on",
    "in",
    "at",
    "since",
    "during",
    "before",
    "after",
    "until",
    "till",
    "by",
    "from",
    "between",
    "for",
    "over",
    "through",
    "throughout",
    "within",
    "as of",
    "around",
    "about",
)


def places_within(reading: Reading, predicate: Predicate, token: Token) -> Iterator[Slot]:
    """A place that the parser hangs on the object holds for the event: "bombed targets *in Syria*"."""
    for child in children(token, "nmod"):
        role = reading.lexicon.role_of_preposition(case_of(child), None, reading.target(child))
        if role == "place" and reading.target(child) in _PLACES and case_of(child) != "of":
            yield from (Slot("place", t) for t in conjuncts(child))
        if child.i in reading.times and reading.target(token) != "event" and child.i > predicate.head.i:
            yield Slot("time", child)


def shared_adverbials(reading: Reading, verb: Token) -> Iterator[Slot]:
    """An adverbial before coordinated verbs holds for all: "*In Turkey* he met A and *visited* B"."""
    if verb.dep_ != "conj" or any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    first = first_conjunct(verb)
    for child in children(first, "obl", "obl:unmarked"):
        if child.i > first.i:
            continue
        role = (
            "time"
            if child.i in reading.times
            else reading.lexicon.role_of_preposition(case_of(child), None, reading.target(child))
        )
        if role in ("time", "place"):
            yield Slot(role, child)


def completes_object(reading: Reading, oblique: Token) -> bool:
    """Tell whether a phrase after an event noun in object position is the noun's: its preposition is one of the noun's own.

    Not where the verb claims the preposition too ("imposed sanctions *on* Iran").
    """
    verb, prep = oblique.head, case_of(oblique)
    objects = [c for c in children(verb, "obj") if c.i < oblique.i and reading.event_noun(c)]
    if (
        not objects
        or oblique.i in reading.times
        or any(c.i > objects[-1].i for c in children(verb, "obl") if c.i < oblique.i)
    ):
        return False
    noun = reading.lexicon.noun(lemma_of(objects[-1]))
    frame = reading.lexicon.verb(lemma_of(verb))
    if frame is None:
        return False
    return (
        noun is not None
        and prep in noun.preps
        and prep not in frame.preps
        and reading.lexicon.verb(lemma_of(verb), prep) is None
    )
