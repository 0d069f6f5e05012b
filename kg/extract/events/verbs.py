"""The arguments of verbs: subject, gaps of relative clauses, complement clauses, adverbials."""

from collections.abc import Iterator

from kg.extract.events.attachment import gerund_complements, is_any, is_aside, is_complement
from kg.extract.events.objects import common_object, is_filled_above, later_object, objects
from kg.extract.events.obliques import Slot, direct_frame, is_engaged, obliques, shared_adverbials
from kg.extract.events.owners import perceived
from kg.extract.events.predicates import Predicate, said_through
from kg.extract.events.subjects import subjects
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    case_of,
    children,
    conjuncts,
    has_child,
    is_clausal,
    is_free_relative,
    is_passive,
    is_relative_pronoun,
    relative_head,
)

__all__ = ["verb_arguments"]


def verb_arguments(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Yield the arguments of a verb in any voice and form."""
    found, passive = subjects(verb, reading)
    passive = passive and not is_engaged(verb)
    frame = predicate.frame
    left_open = not passive and not has_child(verb, "obj", "ccomp")
    gap = list(_gap(reading, predicate, verb)) if left_open else []
    transitive = has_child(verb, "obj", "iobj", "ccomp", "xcomp") or bool(
        _acts_through(reading, predicate, verb)
        or gap
        or common_object(verb)
        or later_object(reading, predicate, verb)
    )
    if passive:
        choice = direct_frame(reading, predicate).object
    else:
        choice = frame.subject if transitive else frame.intransitive
    for token in found:
        if role := choice.of(reading.target(token)):
            if (
                passive
                and role == "patient"
                and choice.of("Person") == "recipient"
                and has_child(verb, "obj")
            ):
                role = "recipient"  # "*it* was given a prize"
            clausal = token.dep_ in ("csubj", "csubj:pass") or is_free_relative(token)
            clausal = clausal or (token is verb.head and token.pos_ == "VERB")
            yield Slot(role, token, clausal=clausal)
    yield from objects(reading, predicate, verb)
    yield from gap
    yield from _clauses(reading, verb)
    yield from obliques(reading, predicate, verb, passive)
    yield from shared_adverbials(reading, verb)
    if passive and not has_child(verb, "obl:agent"):
        yield from _common_agent(reading, predicate, verb)
        yield from _gerund_agents(predicate, verb)


def _acts_through(reading: Reading, predicate: Predicate, verb: Token) -> bool:
    """Tell whether what a verb is done to stands behind its preposition: "the crew *held on to the rope*"."""
    prep = predicate.frame.key.rpartition(" ")[2]
    if prep not in reading.lexicon.prepositions or predicate.frame.object.default != "patient":
        return False
    return any(case_of(c).rpartition(" ")[2] == prep for c in children(verb, "obl"))


def _common_agent(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The by-phrase that coordinated passives share, behind the last of them: "was *stopped* and searched by police"."""
    beside = [*children(verb, "conj")]
    if verb.dep_ == "conj":
        beside += [c for c in (verb.head, *children(verb.head, "conj")) if c is not verb]
    for other in beside:
        if is_passive(other) and (other is verb.head or not has_child(other, "nsubj", "nsubj:pass", "obj")):
            for token in (t for c in children(other, "obl:agent") if c.i > verb.i for t in conjuncts(c)):
                if role := predicate.frame.subject.of(reading.target(token)):
                    yield Slot(role, token)


def _gap(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The object that a relative clause leaves open: "the car *(that) they found*", "the firm *whose cars they found*".

    There is one gap a clause: none for a verb that shares the object of another ("the salt they use to *kill* and melt ice"),
    nor below one that has the gap itself ("the salt they *use* to kill").
    """
    noun = relative_head(verb)
    using = is_any(reading, predicate.frame, ("Use",))
    if noun is None or (has_child(verb, "xcomp") and not using):
        return
    if predicate.frame.reporting and is_aside(verb):
        return
    if common_object(verb) or later_object(reading, predicate, verb) or is_filled_above(reading, verb):
        return
    if (owned := _owned(noun, verb)) is not None:
        if role := direct_frame(reading, predicate).object.of(reading.target(owned)):
            yield Slot(role, owned)
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
        role := direct_frame(reading, predicate).object.of(reading.target(noun))
    ):
        yield Slot(role, noun)


def _owned(noun: Token, verb: Token) -> Token | None:
    """The fronted object of a clause with "whose", which the parser takes for a second subject or a clause of its own.

    "the airline *whose planes* they grounded".
    """
    fronted = [*children(noun, "acl:relcl"), *list(children(verb, "nsubj"))[:-1]]
    for token in fronted:
        if token.i < verb.i and not is_clausal(token) and any(c.lower_ == "whose" for c in token.children):
            return token
    return None


def _clauses(reading: Reading, verb: Token) -> Iterator[Slot]:
    """Complement clauses are topics: "confirmed *that the bridge fell*", "obliges members *to act*".

    Also those that the parser took for adverbials ("called on members *to act*", "accused the firm of *hiding it*"), and
    those whose place "it" keeps ("it was claimed *that he lied*") or that hang on what somebody speaks through ("said in a
    letter *that he lied*").
    """
    for child in children(verb, "ccomp", "xcomp"):
        if not perceived(child, reading):
            yield Slot("topic", child, clausal=True)
    for child in children(verb, "csubj", "csubj:pass"):
        if child.i > verb.i:
            yield Slot("topic", child, clausal=True)
    for child in children(verb, "advcl"):
        if is_complement(child, reading):
            yield Slot("topic", child, clausal=True)
    for child in gerund_complements(reading, verb):
        yield Slot("topic", child, clausal=True)
    for child in said_through(reading, verb):
        yield Slot("topic", child, clausal=True)


def _gerund_agents(predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """A gerund with "by" below a passive: "displaced *by fighting*" as agent, with an object the means: "cut *by closing* it"."""
    for child in children(verb, "advcl"):
        if child.tag_ == "VBG" and any(c.lower_ == "by" for c in children(child, "mark")):
            role = (
                "instrument"
                if has_child(child, "obj", "xcomp", "ccomp")
                else predicate.frame.subject.of("event")
            )
            if role:
                yield Slot(role, child, clausal=True)
