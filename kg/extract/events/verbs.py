"""The arguments of verbs: subject, objects, gaps of relative clauses, complement clauses, adverbials."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.events.obliques import Slot, obliques, places_within, shared_adverbials
from kg.extract.events.predicates import Predicate, lemma_of
from kg.extract.events.subjects import subjects
from kg.extract.frames import Frame
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    children,
    conjuncts,
    has_child,
    is_passive,
    is_relative_pronoun,
    relative_head,
)

__all__ = ["verb_arguments"]


def verb_arguments(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Yield the arguments of a verb in any voice and form."""
    found, passive = subjects(verb, reading)
    frame = predicate.frame
    transitive = has_child(verb, "obj", "iobj", "ccomp", "xcomp") or bool(_common_object(verb))
    if passive:
        choice = _direct_frame(reading, predicate).object
    else:
        choice = frame.subject if transitive else frame.intransitive
    for token in found:
        if role := choice.of(reading.target(token)):
            yield Slot(role, token)
    yield from _objects(reading, predicate, verb)
    if not passive and not has_child(verb, "obj", "ccomp"):
        yield from _gap(reading, predicate, verb)
    yield from _clauses(verb)
    yield from obliques(reading, predicate, verb, passive)
    yield from shared_adverbials(reading, verb)
    if passive and not has_child(verb, "obl:agent"):
        yield from _common_agent(reading, predicate, verb)


def _common_agent(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The by-phrase that coordinated passives share: "was *stopped* and searched by police"."""
    for later in children(verb, "conj"):
        if is_passive(later) and not has_child(later, "nsubj", "nsubj:pass", "obj"):
            for token in (t for c in children(later, "obl:agent") for t in conjuncts(c)):
                if role := predicate.frame.subject.of(reading.target(token)):
                    yield Slot(role, token)


def _objects(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Direct and indirect objects; with both, the indirect one receives: "told *Reuters* the news"."""
    direct = [t for c in children(verb, "obj") for t in _referents(c)]
    indirect = [t for c in children(verb, "iobj") for t in _referents(c)]
    if not direct and not indirect:
        direct = _common_object(verb)
    for token in indirect:
        yield Slot("recipient", token)
    choice = _direct_frame(reading, predicate).object
    for token in direct:
        role = choice.of(reading.target(token))
        if indirect and role == "recipient":
            role = "topic"
        if role:
            yield Slot(role, token)
        yield from places_within(reading, predicate, token)


def _referents(token: Token) -> list[Token]:
    """The members of a coordination, or what a relative pronoun stands for: "the car *that* police found"."""
    return [antecedent(token)] if is_relative_pronoun(token) else conjuncts(token)


def _direct_frame(reading: Reading, predicate: Predicate) -> Frame:
    """The frame that speaks of the direct object: in "send X *to* Y" the key's own object is Y, so the verb's alone."""
    frame = predicate.frame
    if frame.key.rpartition(" ")[2] in reading.lexicon.prepositions and " " in frame.key:
        verb = lemma_of(predicate.head)
        return reading.lexicon.verb(verb) or reading.lexicon.generic_frame(verb)
    return frame


def _common_object(verb: Token) -> list[Token]:
    """The object that verbs before it share: "deepen and *strengthen* relations" where it hangs on the first."""
    if verb.dep_ != "conj" or has_child(verb, "ccomp", "xcomp", "obl", "nsubj:pass"):
        return []
    return [t for c in children(verb.head, "obj") if c.i > verb.i for t in conjuncts(c)]


def _gap(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The object that a relative clause leaves open: "the car *(that) they found*"."""
    noun = relative_head(verb)
    if noun is None or has_child(verb, "xcomp"):
        return
    top = verb
    while top.dep_ in ("conj", "ccomp", "xcomp"):
        top = top.head
    relative = [
        t for c in top.subtree if (t := c).i < verb.i and is_relative_pronoun(t) and antecedent(t) == noun
    ]
    if any(t.dep_ in ("nsubj", "nsubj:pass", "obl", "advmod", "nmod", "nmod:poss") for t in relative):
        return
    if noun not in subjects(verb, reading)[0] and (
        role := _direct_frame(reading, predicate).object.of(reading.target(noun))
    ):
        yield Slot(role, noun)


def _clauses(verb: Token) -> Iterator[Slot]:
    """Complement clauses are topics: "confirmed *that the bridge fell*", "obliges members *to act*"."""
    for child in children(verb, "ccomp", "xcomp"):
        yield Slot("topic", child, clausal=True)
