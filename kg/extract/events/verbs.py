"""The arguments of verbs: subject, objects, gaps of relative clauses, complement clauses, adverbials."""

from collections.abc import Iterator

from kg.extract.events.attachment import gerund_complements, is_any, is_aside
from kg.extract.events.obliques import Slot, direct_frame, obliques, places_within, shared_adverbials
from kg.extract.events.predicates import Predicate, lemma_of, said_through
from kg.extract.events.subjects import is_complement, subjects
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    children,
    conjuncts,
    has_child,
    is_clausal,
    is_passive,
    is_relative_pronoun,
    relative_head,
)

__all__ = ["verb_arguments"]


def verb_arguments(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Yield the arguments of a verb in any voice and form."""
    found, passive = subjects(verb, reading)
    frame = predicate.frame
    left_open = not passive and not has_child(verb, "obj", "ccomp")
    gap = list(_gap(reading, predicate, verb)) if left_open else []
    transitive = has_child(verb, "obj", "iobj", "ccomp", "xcomp") or bool(
        gap or _common_object(verb) or _later_object(reading, predicate, verb)
    )
    if passive:
        choice = direct_frame(reading, predicate).object
    else:
        choice = frame.subject if transitive else frame.intransitive
    for token in found:
        if role := choice.of(reading.target(token)):
            yield Slot(role, token)
    yield from _objects(reading, predicate, verb)
    yield from gap
    yield from _clauses(reading, verb)
    yield from obliques(reading, predicate, verb, passive)
    yield from shared_adverbials(reading, verb)
    if passive and not has_child(verb, "obl:agent"):
        yield from _common_agent(reading, predicate, verb)
        yield from _gerund_agents(predicate, verb)


def _common_agent(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The by-phrase that coordinated passives share: "was *stopped* and searched by police"."""
    for later in children(verb, "conj"):
        if is_passive(later) and not has_child(later, "nsubj", "nsubj:pass", "obj"):
            for token in (t for c in children(later, "obl:agent") for t in conjuncts(c)):
                if role := predicate.frame.subject.of(reading.target(token)):
                    yield Slot(role, token)


def _objects(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Direct and indirect objects; with both, the indirect one receives: "told *Reuters* the news"."""
    direct = [t for c in _own_objects(verb) for t in _referents(c)]
    indirect = [t for c in children(verb, "iobj") for t in _referents(c)]
    if not indirect and (first := _first_of_two(reading, verb)) is not None:
        indirect = _referents(first)
        direct = [t for t in direct if t not in indirect]
    if not direct and not indirect:
        direct = _common_object(verb) or _later_object(reading, predicate, verb)
    for token in indirect:
        yield Slot("recipient", token)
    choice = direct_frame(reading, predicate).object
    for token in direct:
        role = choice.of(reading.target(token))
        if indirect and role == "recipient":
            role = "topic"
        if role:
            yield Slot(role, token)
        yield from places_within(reading, predicate, token)


def _own_objects(verb: Token) -> list[Token]:
    """The objects that stand before the next coordinated verb: in "guard the gate and train recruits" not the last one."""
    found = list(children(verb, "obj"))
    if len(found) < 2:
        return found
    verbs = [c.i for c in children(verb, "conj") if c.pos_ == "VERB"]
    near = [c for c in found if not any(verb.i < i < c.i for i in verbs)]
    return near or found


def _first_of_two(reading: Reading, verb: Token) -> Token | None:
    """The first of two objects of a verb that also takes its recipient with "to": "handed *Reuters* the letter"."""
    found = [c for c in _own_objects(verb) if c.i > verb.i]
    if len(found) != 2 or has_child(found[1], "cc", "case"):
        return None
    frame = reading.lexicon.verb(lemma_of(verb))
    choice = frame.preps.get("to") if frame is not None else None
    return found[0] if choice is not None and choice.of("Person") == "recipient" else None


def _referents(token: Token) -> list[Token]:
    """The members of a coordination, or what a relative pronoun stands for: "the car *that* police found"."""
    return [antecedent(token)] if is_relative_pronoun(token) else conjuncts(token)


def _common_object(verb: Token) -> list[Token]:
    """The object that verbs before it share: "deepen and *strengthen* relations" where it hangs on the first."""
    if verb.dep_ != "conj" or has_child(verb, "ccomp", "xcomp", "obl", "nsubj:pass"):
        return []
    return [t for c in children(verb.head, "obj") if c.i > verb.i for t in conjuncts(c)]


def _later_object(reading: Reading, predicate: Predicate, verb: Token) -> list[Token]:
    """The object behind the last of several verbs, of those that need one: "*condemned* but did not punish the attackers".

    Only where nothing but "and", commas and adverbs parts the verbs, and the lexicon gives the verb a class of deeds that
    are done to something.

    Not handled: verbs of other classes, which may stand alone ("came and saw Rome").
    """
    if verb.pos_ != "VERB" or is_passive(verb) or not is_any(reading, predicate.frame, _DONE_TO_SOMETHING):
        return []
    if any(c.dep_ not in ("conj", "cc", "punct") for c in verb.rights):
        return []
    if relative_head(verb) is not None and not _is_filled_above(reading, verb):
        return []
    siblings = [c for c in children(verb.head, "conj") if c.i > verb.i] if verb.dep_ == "conj" else []
    for later in (*children(verb, "conj"), *siblings):
        shared = [t for c in children(later, "obj") if c.i > later.i for t in conjuncts(c)]
        if shared and not has_child(later, "nsubj", "nsubj:pass", "mark"):
            return shared
    return []


_DONE_TO_SOMETHING = (
    "Assault",
    "Coerce",
    "Accuse",
    "Sanction",
    "Reject",
    "Support",
    "Damage",
    "Change",
    "Creation",
    "Confirmation",
    "Discovery",
    "Theft",
)


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
    if _common_object(verb) or _later_object(reading, predicate, verb) or _is_filled_above(reading, verb):
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


def _is_filled_above(reading: Reading, verb: Token) -> bool:
    """Tell whether the gap of a relative clause belongs to a verb above: "the salt *they use* to kill it"."""
    token = verb
    while token.dep_ in ("conj", "ccomp", "xcomp"):
        deeper, token = token.dep_ == "xcomp", token.head
        if not deeper:
            continue
        frame = reading.lexicon.verb(lemma_of(token))
        used = frame is not None and is_any(reading, frame, ("Use",))
        if used or any(is_relative_pronoun(c) for c in children(token, "obj")):
            return True
    return False


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
