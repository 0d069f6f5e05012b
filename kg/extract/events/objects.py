"""The objects of verbs: direct, indirect, shared by coordinated verbs; which of them are given, and which only name."""

from collections.abc import Iterator

from kg.extract.events.attachment import is_any
from kg.extract.events.obliques import Slot, direct_frame, places_within
from kg.extract.events.predicates import Predicate
from kg.extract.frames import RoleChoice
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    case_of,
    children,
    conjuncts,
    has_child,
    is_free_relative,
    is_passive,
    is_relative_pronoun,
    relative_head,
    stray_subject,
)

__all__ = ["common_object", "is_filled_above", "later_object", "objects"]


def objects(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Direct and indirect objects; with both, the indirect one receives: "told *Reuters* the news".

    A clause may stand for an object: "published *what they found*". What is given alone is given, whoever it is ("provides
    *nurses*"); what stands behind a passive that has its patient is a name or title ("was named *Port Ann*").
    """
    direct = [t for c in _own_objects(verb) for t in _referents(c)]
    indirect = [t for c in children(verb, "iobj") for t in _referents(c)]
    if not indirect and (first := _first_of_two(reading, verb)) is not None:
        indirect = _referents(first)
        direct = [t for t in direct if t not in indirect]
    if not direct and not indirect:
        direct = common_object(verb) or later_object(reading, predicate, verb)
    for token in indirect:
        yield Slot("recipient", token)
    choice = direct_frame(reading, predicate).object
    for token in direct:
        role = choice.of(reading.target(token))
        if indirect and role == "recipient":
            role = "topic"
        elif role == "recipient" and _is_given_alone(reading, predicate, verb):
            role = "patient"
        elif role == "patient" and _is_title_of_patient(reading, verb, token, choice):
            role = "topic"
        if role:
            free = is_free_relative(token)
            yield Slot("topic" if free and role == "recipient" else role, token, clausal=free)
        if verb.lemma in _NAMING:
            yield from (Slot("topic", c) for c in children(token, "appos") if _is_given_name(c))
        yield from places_within(reading, predicate, token)


_NAMING = frozenset("baptise baptize call christen code-name dub name nickname rename title".split())


def _is_given_name(token: Token) -> bool:
    """Tell whether a name stands right behind what it is given to: "christened the ship *Aurora*"."""
    edge = token.left_edge
    return token.pos_ == "PROPN" and edge.i > 0 and edge.i == token.head.i + 1


def _is_given_alone(reading: Reading, predicate: Predicate, verb: Token) -> bool:
    """Tell whether the one object of a verb of giving is what is given: "the agency provides *nurses*".

    Only of people: a body is given things. Not of "supplied the *army*" and not beside "with" ("provided the *army* with
    boots") or a clause.
    """
    if verb.lemma == "supply" or not is_any(reading, predicate.frame, ("Giving", "Provision")):
        return False
    given = children(verb, "obj")
    alone = len(given) == 1 and not has_child(verb, "xcomp", "ccomp")
    if not alone or reading.target(given[0]) not in ("Person", "Group"):
        return False
    if any(c.i not in reading.times for c in children(verb, "obl:unmarked")):
        return False
    return not any(case_of(c) == "with" for c in children(verb, "obl"))


def _is_title_of_patient(reading: Reading, verb: Token, noun: Token, choice: RoleChoice) -> bool:
    """Tell whether a noun behind a passive is what its subject is called: "was named *Port Ann*", not "was given *a cup*"."""
    if noun.i < verb.i or noun.dep_ != "obj" or has_child(noun, "cc") or choice.of("Person") == "recipient":
        return False
    return any(choice.of(reading.target(antecedent(c))) == "patient" for c in children(verb, "nsubj:pass"))


def _own_objects(verb: Token) -> list[Token]:
    """The objects that stand before the next coordinated verb: in "guard the gate and train recruits" not the last one.

    Two objects of one verb have no mark between them: what a comma parts is an apposition to the clause ("sold the mill,
    *a step she regrets*"), what a slash parts is a unit ("40 m3/*s*").
    """
    found, stray = list(children(verb, "obj")), stray_subject(verb)
    if stray in found:
        found.remove(stray)
    if len(found) < 2:
        return found
    found = [found[0], *(c for c in found[1:] if c.i < verb.i or not _is_parted(c))]
    verbs = [c.i for c in children(verb, "conj") if c.pos_ == "VERB"]
    near = [c for c in found if not any(verb.i < i < c.i for i in verbs)]
    return near or found


def _is_parted(token: Token) -> bool:
    """Tell whether a comma before a noun with a clause, or a slash, parts it from an object before it."""
    edge = token.left_edge
    marks = (edge.text, token.parse[edge.i - 1].text)
    return "/" in marks or ("," in marks and has_child(token, "acl", "acl:relcl"))


def _first_of_two(reading: Reading, verb: Token) -> Token | None:
    """The first of two objects of a verb that also takes its recipient with "to": "handed *Reuters* the letter"."""
    found = [c for c in _own_objects(verb) if c.i > verb.i]
    if len(found) != 2 or has_child(found[1], "cc", "case"):
        return None
    frame = reading.lexicon.verb(verb.lemma)
    choice = frame.preps.get("to") if frame is not None else None
    return found[0] if choice is not None and choice.of("Person") == "recipient" else None


def _referents(token: Token) -> list[Token]:
    """The members of a coordination, or what a relative pronoun stands for: "the car *that* police found"."""
    return [antecedent(token)] if is_relative_pronoun(token) else conjuncts(token)


def common_object(verb: Token) -> list[Token]:
    """The object that verbs before it share: "deepen and *strengthen* relations" where it hangs on the first."""
    if verb.dep_ != "conj" or has_child(verb, "ccomp", "xcomp", "obl", "nsubj:pass"):
        return []
    return [t for c in children(verb.head, "obj") if c.i > verb.i for t in conjuncts(c)]


def later_object(reading: Reading, predicate: Predicate, verb: Token) -> list[Token]:
    """The object behind the last of several verbs, of those that need one: "*condemned* but did not punish the attackers".

    Only where nothing but "and", commas and adverbs parts the verbs, and the lexicon gives the verb a class of deeds that
    are done to something.

    Not handled: verbs of other classes, which may stand alone ("came and saw Rome").
    """
    if verb.pos_ != "VERB" or is_passive(verb) or not is_any(reading, predicate.frame, _DONE_TO_SOMETHING):
        return []
    if any(c.dep_ not in ("conj", "cc", "punct") for c in verb.rights):
        return []
    if relative_head(verb) is not None and not is_filled_above(reading, verb):
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


def is_filled_above(reading: Reading, verb: Token) -> bool:
    """Tell whether the gap of a relative clause belongs to a verb above: "the salt *they use* to kill it"."""
    token = verb
    while token.dep_ in ("conj", "ccomp", "xcomp"):
        deeper, token = token.dep_ == "xcomp", token.head
        if not deeper:
            continue
        frame = reading.lexicon.verb(token.lemma)
        used = frame is not None and is_any(reading, frame, ("Use",))
        if used or any(is_relative_pronoun(c) for c in children(token, "obj")):
            return True
    return False
