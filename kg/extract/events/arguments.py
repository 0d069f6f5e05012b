"""Who and what fills the roles of a predicate, one small generator a construction: `verbs`, `objects`, `nouns`, `obliques`, `subjects`.

Roles are logical: who acts is the agent whatever the surface. Surface functions come from Universal Dependencies, roles from
the frames of the lexicon (the idea of PropBank, Palmer et al. 2005, with the nine roles of `kg.datamodel.ROLES`).
"""

from collections.abc import Iterator

from kg.extract.events.attachment import ACTORS, is_any
from kg.extract.events.nouns import noun_arguments
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate
from kg.extract.events.subjects import subjects
from kg.extract.events.verbs import verb_arguments
from kg.extract.parse import Token
from kg.extract.phrases import named_behind
from kg.extract.reading import Reading
from kg.extract.syntax import (
    case_of,
    children,
    conjuncts,
    first_conjunct,
    has_child,
    is_clausal,
    is_relative_pronoun,
    is_replaced,
)

__all__ = ["find_arguments"]


def find_arguments(reading: Reading, predicate: Predicate) -> list[Slot]:
    """Return the arguments of a predicate in text order, each token once."""
    if predicate.head.pos_ == "VERB":
        slots = list(verb_arguments(reading, predicate, predicate.head))
    else:
        slots = _with_one_side(reading, predicate, list(noun_arguments(reading, predicate)))
    slots += [listed for slot in slots for listed in _listed(reading, slot)]
    skip = {token.i for token in (*predicate.words, *predicate.consumed)}
    unique: dict[int, Slot] = {}
    for slot in slots:
        adverb = slot.token.pos_ == "ADV" and not slot.clausal and slot.role != "time"  # "for too *long*"
        if slot.token.i not in skip and not (
            (is_relative_pronoun(slot.token) and not slot.clausal)
            or adverb
            or is_replaced(slot.token)
            or _is_rejected(slot.token)
        ):
            unique.setdefault(slot.token.i, slot)
    found = [unique[i] for i in sorted(unique)]
    if len(found) > 1 and predicate.head.pos_ == "VERB" and [s.role for s in found].count("patient") > 1:
        return list(_with_one_patient(reading, predicate, found))
    return found


def _is_rejected(token: Token) -> bool:
    """Tell whether a member of a coordination is only named to be set aside: "paid in cash *rather than by cheque*", "not *Oslo*".

    Not handled: "if not", "not only", which leave it in, and contrasts across clauses.
    """
    if token.dep_ != "conj" or is_clausal(token):
        return False
    words = {c.lower_ for c in children(token, "cc", "advmod", "case", "mark")}
    if words & {"rather", "instead"}:
        return True
    return "not" in words and words.isdisjoint(("if", "only", "just", "merely", "simply"))


def _with_one_side(reading: Reading, predicate: Predicate, slots: list[Slot]) -> list[Slot]:
    """Where something else says who acts, "of" says on whom: "*launched* a boycott *of the bank*", "*her* praise *of the bank*".

    What says it is a light verb or a possessor, whom the noun alone would take for who undergoes it. Not of what many do together: "hosted a meeting *of ministers*".
    """
    owned = has_child(predicate.head, "nmod:poss")
    if not (owned or predicate.light) or is_any(
        reading, predicate.frame, ("Consult", "Agree", "ArmedClash", "Cooperate")
    ):
        return slots
    of = {t.i for c in children(predicate.head, "nmod") if case_of(c) == "of" for t in conjuncts(c)}
    if owned and any(s.role == "patient" and s.token.i in of for s in slots):
        owners = {t.i for c in children(predicate.head, "nmod:poss") for t in conjuncts(c)}
        return [Slot("agent", s.token) if s.role == "patient" and s.token.i in owners else s for s in slots]
    if not any(s.role == "agent" and s.token.i not in of for s in slots):
        return slots
    return [Slot("patient", s.token) if s.role == "agent" and s.token.i in of else s for s in slots]


def _with_one_patient(reading: Reading, predicate: Predicate, slots: list[Slot]) -> Iterator[Slot]:
    """Leave a verb one patient or one coordination of them: "was put *on the list*", "drove the car *into a wall*".

    What is an object or the subject of a passive stays; who does it to an object acts ("*she* drove the car into a wall"),
    what is fired at somebody is the instrument. What stands behind a preposition gets the role that it else has with the verb or
    by default, of several such phrases all but the first.
    """
    behind = {s.token.i: _phrase_below(predicate.head, s.token) for s in slots if s.role == "patient"}
    phrases = [first for first in behind.values() if first is not None]
    kept = phrases[0] if len(phrases) == len(behind) else None
    given = {t.i for c in children(predicate.head, "obj") for t in conjuncts(c)} & behind.keys()
    found, passive = subjects(predicate.head, reading)
    actors = {t.i for t in found} - given if given and not passive else set()
    aimed = predicate.frame.key.endswith(" at")
    for slot in slots:
        first = behind.get(slot.token.i) if slot.role == "patient" else None
        prep = "" if first is None else case_of(first)
        if slot.role == "patient" and slot.token.i in actors:
            yield Slot("agent", slot.token, slot.clausal)
            continue
        if aimed and phrases and slot.role == "patient" and slot.token.i in given:
            yield Slot("instrument", slot.token)
            continue
        if first is None or prep in _BESIDE or (aimed and prep == "at") or (kept and prep == case_of(kept)):
            yield slot
            continue
        target = reading.target(first)
        role = reading.lexicon.role_of_preposition(prep, predicate.frame, target)
        if role == "patient":
            role = reading.lexicon.role_of_preposition(prep, None, target)
        if role == "patient":
            role = "recipient" if target in (*ACTORS, "Place") else "topic"
        if role is not None:
            yield Slot(role, slot.token, slot.clausal)


_BESIDE = ("along with", "alongside", "as well as", "in addition to", "together with")


def _phrase_below(verb: Token, token: Token) -> Token | None:
    """The first member of the prepositional phrase of a verb that a token stands in; None for objects and subjects."""
    first = first_conjunct(token)
    return first if first.dep_ == "obl" and case_of(first) and verb.is_ancestor(first) else None


def _listed(reading: Reading, slot: Slot) -> list[Slot]:
    """The names that a list gives for an argument: "attacked four towns: *Bama*, *Gwoza* and *Mora*".

    Only lists of names behind a plural; a single apposition describes its noun and fills no role of its own, but for a
    headline's comma between two states: "Russia, *China* veto resolution". Who stands beside a title and its name stands
    beside the title: "Secretary of State Ann Reed and *two envoys*".
    """
    if slot.clausal:
        return []
    if (name := named_behind(slot.token)) is not None:
        return [Slot(slot.role, m) for m in conjuncts(name)[1:] if reading.target(m) in ACTORS]
    for child in children(slot.token, "appos"):
        members = conjuncts(child)
        if _is_state(reading, slot.token) and all(_is_state(reading, member) for member in members):
            return [Slot(slot.role, member) for member in members]
        if slot.token.tag_ not in ("NNS", "NNPS"):
            continue
        mentions = [reading.mention(member) for member in members]
        if len(members) > 1 and all(mention is not None and mention.kind == "name" for mention in mentions):
            return [Slot(slot.role, member) for member in members]
    return []


def _is_state(reading: Reading, token: Token) -> bool:
    mention = reading.mention(token)
    if mention is None or mention.kind != "name" or mention.type != "Place":
        return False
    known = reading.names.known(mention.span.text)
    return known is not None and known.country is not None
