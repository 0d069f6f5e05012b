"""Who and what fills the roles of a predicate, one small generator a construction: `verbs`, `nouns`, `obliques`, `subjects`.

Roles are logical: who acts is the agent whatever the surface. Surface functions come from Universal Dependencies, roles from
the frames of the lexicon (the idea of PropBank, Palmer et al. 2005, with the nine roles of `kg.datamodel.ROLES`).
"""

from kg.extract.events.attachment import is_any
from kg.extract.events.nouns import noun_arguments
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate
from kg.extract.events.verbs import verb_arguments
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, conjuncts, has_child, is_relative_pronoun, is_replaced

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
            is_relative_pronoun(slot.token) or adverb or is_replaced(slot.token)
        ):
            unique.setdefault(slot.token.i, slot)
    return [unique[i] for i in sorted(unique)]


def _with_one_side(reading: Reading, predicate: Predicate, slots: list[Slot]) -> list[Slot]:
    """Where a light verb says who acts, "of" says on whom: "the union launched a boycott *of the bank*".

    Not of what many do together: "hosted a meeting *of ministers*".
    """
    if predicate.light is None or is_any(
        reading, predicate.frame, ("Consult", "Agree", "ArmedClash", "Cooperate")
    ):
        return slots
    of = {s.token.i for s in slots if s.token.head is predicate.head and case_of(s.token) == "of"}
    if not any(s.role == "agent" and s.token.i not in of for s in slots):
        return slots
    return [Slot("patient", s.token) if s.role == "agent" and s.token.i in of else s for s in slots]


def _listed(reading: Reading, slot: Slot) -> list[Slot]:
    """The names that a list gives for an argument: "attacked four towns: *Bama*, *Gwoza* and *Mora*".

    Only lists of names behind a plural; a single apposition describes its noun and fills no role of its own, but for a
    headline's comma between two states: "Russia, *China* veto resolution".
    """
    if slot.clausal or not has_child(slot.token, "appos"):
        return []
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
