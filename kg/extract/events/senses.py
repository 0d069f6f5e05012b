"""Which event a verb tells by what its subject or object is: a road that *runs* to Oslo, a charity that *runs* a school.

The alternatives are data of the lexicon ([senses], with the [kinds] of things that decide); the first whose conditions hold
takes the place of the verb's frame. Selectional preferences, after Resnik (1996), as lists instead of statistics.
"""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.predicates import Predicate
from kg.extract.events.subjects import subjects
from kg.extract.frames import ENTITY_GROUPS, Sense
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, children, conjuncts

__all__ = ["with_sense"]


def with_sense(reading: Reading, predicate: Predicate) -> Predicate:
    """Return a predicate with the frame that its verb has beside these arguments.

    "The road *runs* to Oslo" is a state, "a charity *runs* the school" an activity, "the boy *runs*" motion. In the passive
    the subject counts as the object and the by-phrase as the subject.

    Not handled: keys of several words, which name their sense already; pronouns, whose antecedents are found later.
    """
    alternatives = reading.lexicon.senses.get(predicate.frame.key)
    if not alternatives or predicate.head.pos_ != "VERB":
        return predicate
    subject, objects = _arguments(reading, predicate.head)
    for sense in alternatives:
        if _holds(reading, sense, subject, objects):
            return replace(predicate, frame=sense.frame)
    return predicate


def _arguments(reading: Reading, verb: Token) -> tuple[list[Token], list[Token]]:
    """The logical subject and object of a verb; a clause that it takes counts as an object."""
    found, passive = subjects(verb, reading)
    if passive:
        return list(children(verb, "obl:agent")), list(found)
    return list(found), list(children(verb, "obj", "ccomp"))


def _holds(reading: Reading, sense: Sense, subject: list[Token], objects: list[Token]) -> bool:
    return _fits(reading, sense.subject, subject) and _fits(reading, sense.object, objects)


def _fits(reading: Reading, wanted: frozenset[str], tokens: list[Token]) -> bool:
    """Tell whether what fills a place is of a kind that a sense asks for; "any" and "none" ask only whether it is filled."""
    if not wanted:
        return True
    if not tokens:
        return "none" in wanted
    return "any" in wanted or any(not wanted.isdisjoint(_kinds(reading, token)) for token in tokens)


def _kinds(reading: Reading, token: Token) -> Iterator[str]:
    """What is known of a phrase: lemma of its head and of its appositions, label of its name, type and group of its entity."""
    head = antecedent(token)
    for word in (head, *conjuncts(head), *children(head, "appos")):
        yield word.lower_ if word.pos_ == "PRON" else word.lemma
        if word.tag_ == "NNPS":  # "the Ural *Mountains*" keeps its form
            yield word.lemma.removesuffix("s")
        if word.ent_type_:
            yield word.ent_type_
    target = reading.target(head)
    if _is_inanimate(head, target):
        yield "inanimate"
    if target is not None:
        yield target
        yield ENTITY_GROUPS.get(target, target)


def _is_inanimate(head: Token, target: str | None) -> bool:
    """Tell whether a phrase can neither speak nor want: an event, a thing without a name, "this", a clause.

    Not handled: people and bodies that the word lists do not know, and "it", which may be one.
    """
    if head.pos_ == "PRON":
        return head.lower_ in ("this", "that")
    if head.pos_ == "PROPN" or head.ent_type_:
        return False
    return target in (None, "event", "quantity")
