"""Who and what fills the roles of a predicate, one small generator a construction: `verbs`, `nouns`, `obliques`, `subjects`.

Roles are logical: who acts is the agent whatever the surface. Surface functions come from Universal Dependencies, roles from
the frames of the lexicon (the idea of PropBank, Palmer et al. 2005, with the nine roles of `kg.datamodel.ROLES`).
"""

from kg.extract.events.nouns import noun_arguments
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate
from kg.extract.events.verbs import verb_arguments
from kg.extract.reading import Reading
from kg.extract.syntax import is_relative_pronoun

__all__ = ["find_arguments"]


def find_arguments(reading: Reading, predicate: Predicate) -> list[Slot]:
    """Return the arguments of a predicate in text order, each token once."""
    if predicate.head.pos_ == "VERB":
        slots = list(verb_arguments(reading, predicate, predicate.head))
    else:
        slots = list(noun_arguments(reading, predicate))
    skip = {token.i for token in (*predicate.words, *predicate.consumed)}
    unique: dict[int, Slot] = {}
    for slot in slots:
        if slot.token.i not in skip and not is_relative_pronoun(slot.token):
            unique.setdefault(slot.token.i, slot)
    return [unique[i] for i in sorted(unique)]
