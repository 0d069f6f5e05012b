"""Who and what fills the roles of a predicate, one small generator a construction: `verbs`, `objects`, `nouns`, `obliques`, `subjects`.

Roles are logical: who acts is the agent whatever the surface. Surface functions come from Universal Dependencies, roles from
the frames of the lexicon (the idea of PropBank, Palmer et al. 2005, with the nine roles of `kg.datamodel.ROLES`).
"""

from kg.extract.events.attachment import ACTORS, is_any
from kg.extract.events.nouns import noun_arguments
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate
from kg.extract.events.verbs import verb_arguments
from kg.extract.parse import Token
from kg.extract.phrases import named_behind
from kg.extract.reading import Reading
from kg.extract.syntax import (
    case_of,
    children,
    conjuncts,
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
    return [unique[i] for i in sorted(unique)]


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
