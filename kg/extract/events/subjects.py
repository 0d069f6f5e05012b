"""Who is the logical subject of a verb: its own, or one that it shares, is controlled by, or takes from its surroundings."""

from spacy.tokens import Token

from kg.extract.events.predicates import lemma_of
from kg.extract.frames import Frame
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    case_of,
    children,
    conjuncts,
    first_conjunct,
    has_child,
    is_clausal,
    is_passive,
    is_relative_pronoun,
    relative_head,
)

__all__ = ["is_complement", "subjects"]

_ACTORS = ("Person", "Organization", "Group")


def subjects(verb: Token, reading: Reading) -> tuple[list[Token], bool]:
    """Return the logical candidates for a verb's subject, and whether the verb is passive for them.

    Own subject ("*France* invoked"), shared by coordination ("X came and *saw*"), controlled ("asked *X* to help",
    "*X* promised to help"), taken from what a clause modifies ("militants *targeting* Kurds", "the car *seen* there") or
    from the main clause ("X left, *saying* so"). Cycles cannot occur: each step goes up the tree.

    Not handled: arbitrary control ("it is hard to say"), split antecedents.
    """
    own = [c for c in children(verb, "nsubj", "nsubj:pass", "nsubj:outer") if c.lower_ != "there"]
    passive = is_passive(verb)
    if own:
        nearest = own[-1]
        if is_relative_pronoun(nearest):
            return [antecedent(nearest)], passive
        return conjuncts(nearest), passive
    if has_child(verb, "csubj", "csubj:pass", "expl"):
        return [], passive
    rule = _INHERITED.get(verb.dep_)
    return (rule(verb, reading) if rule else []), passive


def _shared(verb: Token, reading: Reading) -> list[Token]:
    """Coordination: "police *arrested* two and *searched* a flat"."""
    return subjects(verb.head, reading)[0] if is_clausal(verb.head) else []


def _controlled(verb: Token, reading: Reading) -> list[Token]:
    """Infinitive or gerund complement: the object of its governor controls it, or else the governor's subject."""
    governor = verb.head
    frame = _governor_frame(reading, governor)
    objects = list(children(governor, "obj", "iobj"))
    if frame is not None and " " in frame.key:
        objects = objects or [c for c in children(governor, "obl") if case_of(c) == frame.key.split()[-1]]
    if objects and governor.pos_ == "VERB" and not (frame and frame.control == "subject"):
        return conjuncts(antecedent(objects[-1]))
    return subjects(governor, reading)[0]


def _governor_frame(reading: Reading, governor: Token) -> Frame | None:
    lemma = lemma_of(governor)
    for rest in reading.lexicon.continuations(lemma):
        if len(rest) == 1 and any(case_of(c) == rest[0] or c.lower_ == rest[0] for c in governor.children):
            return reading.lexicon.verb(lemma, *rest)
    return reading.lexicon.verb(lemma) or reading.lexicon.noun(lemma)


def _from_main_clause(verb: Token, reading: Reading) -> list[Token]:
    """Participial and purpose clauses: "*X* left, saying so", "*X* came to help", "after escaping, *X* hid".

    Below an event noun the noun's own agent is meant ("raids to find him"), which is left open.
    """
    if not is_clausal(verb.head):
        return []
    if is_complement(verb, reading) or _is_prevented(verb, reading):
        return _controlled(verb, reading)
    return subjects(verb.head, reading)[0]


def is_complement(verb: Token, reading: Reading) -> bool:
    """Tell whether an infinitive that the parser took for a purpose clause completes its verb: "ordered X *to leave*"."""
    if not any(c.lower_ == "to" for c in children(verb, "mark")) or not has_child(
        verb.head, "obj", "nsubj:pass"
    ):
        return False
    frame = _governor_frame(reading, verb.head)
    return frame is not None and "obj_to" in frame.complement


def _is_prevented(verb: Token, reading: Reading) -> bool:
    """Tell whether a gerund with "from" is what the object is kept from: "prevented the rebels *from entering*"."""
    if not any(c.lower_ == "from" for c in children(verb, "mark")):
        return False
    frame = _governor_frame(reading, verb.head)
    return frame is not None and "from" in frame.complement


def _of_modified(verb: Token, reading: Reading) -> list[Token]:
    """Participles and infinitives after a noun: "militants *targeting* Kurds", "the car *seen* there", "plan *to go*"."""
    noun = verb.head
    if verb.tag_ in ("VBN", "VBG", "VBD"):
        return [noun] if not any(c.dep_ == "mark" for c in verb.lefts) else _possessor(noun, reading)
    mention = reading.mention(noun)
    if mention is not None and mention.type in _ACTORS and not reading.event_noun(noun):
        return conjuncts(noun)
    return _possessor(noun, reading)


def _possessor(noun: Token, reading: Reading) -> list[Token]:
    """Whose plan, wish or duty it is: "*their* decision to leave", "*X* made a decision to leave"."""
    if owners := list(children(noun, "nmod:poss")):
        return conjuncts(owners[0])
    governor = first_conjunct(noun).head
    if noun.dep_ in ("obj", "obl", "nsubj:pass") and governor.pos_ == "VERB":
        return subjects(governor, reading)[0]
    if has_child(noun, "cop"):
        return subjects(noun, reading)[0]
    return []


def _through_relative(verb: Token, reading: Reading) -> list[Token]:
    """A gap inside a relative clause: "a car [they think] *was used*"."""
    noun = relative_head(verb)
    return [noun] if noun is not None else []


_INHERITED = {
    "conj": _shared,
    "xcomp": _controlled,
    "advcl": _from_main_clause,
    "advcl:relcl": _from_main_clause,
    "acl": _of_modified,
    "ccomp": _through_relative,
}
