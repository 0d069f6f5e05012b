"""Who and what fills the roles of a predicate: one small generator a construction.

Roles are logical: who acts is the agent whatever the surface. Surface functions come from Universal Dependencies, roles from
the frames of the lexicon (the idea of PropBank, Palmer et al. 2005, with the nine roles of `kg.datamodel.ROLES`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.datamodel import Role
from kg.extract.events.predicates import INVOLVE, Predicate, lemma_of
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

__all__ = ["Slot", "find_arguments", "is_complement", "subjects"]

_ACTORS = ("Person", "Organization", "Group")
_PLACES = ("Place", "Facility")


@dataclass(frozen=True)
class Slot:
    """A role and the head of what fills it; `clausal` where that is a clause ("said *that a bomb caused it*")."""

    role: Role
    token: Token
    clausal: bool = False


def find_arguments(reading: Reading, predicate: Predicate) -> list[Slot]:
    """Return the arguments of a predicate in text order, each token once."""
    slots: list[Slot] = []
    if predicate.head.pos_ == "VERB":
        slots += _verb_slots(reading, predicate, predicate.head)
    else:
        slots += _modifiers(reading, predicate)
        slots += _borrowed(reading, predicate)
        if reading.lexicon.is_a(predicate.frame.event_class, "Communication") or predicate.frame.complement:
            slots += _noun_clauses(predicate.head)
        slots += _copula_subject(reading, predicate)
        if predicate.carrier is not None:
            slots += _carrier_slots(reading, predicate, predicate.carrier)
    skip = {token.i for token in (*predicate.words, *predicate.consumed)}
    unique: dict[int, Slot] = {}
    for slot in slots:
        if slot.token.i not in skip and not is_relative_pronoun(slot.token):
            unique.setdefault(slot.token.i, slot)
    return [unique[i] for i in sorted(unique)]


# ---------------------------------------------------------------- subjects


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


# ------------------------------------------------------------------- verbs


def _verb_slots(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
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
    yield from _obliques(reading, predicate, verb, passive)
    yield from _shared_adverbials(reading, predicate, verb)
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
        yield from _places_within(reading, predicate, token)


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
    """Complement clauses are topics: "confirmed *that a bomb caused it*", "obliges members *to act*"."""
    for child in children(verb, "ccomp", "xcomp"):
        yield Slot("topic", child, clausal=True)


def _obliques(reading: Reading, predicate: Predicate, verb: Token, passive: bool) -> Iterator[Slot]:
    """Prepositional phrases and bare adverbials, by preposition, frame and what they name."""
    for child in children(verb, "obl", "obl:agent", "obl:unmarked", "advmod"):
        if child.dep_ == "advmod" and child.lower_ != "where" and child.i not in reading.times:
            continue
        prep = case_of(child)
        if predicate.head.pos_ == "VERB" and child.dep_ == "obl" and completes_object(reading, child):
            continue
        for token in conjuncts(child):
            yield from _oblique(reading, predicate, token, case_of(token) or prep, passive)


def _oblique(
    reading: Reading, predicate: Predicate, token: Token, prep: str, passive: bool
) -> Iterator[Slot]:
    referent = antecedent(token)
    if prep in reading.lexicon.source_prepositions:
        return
    if token.lower_ == "where":
        if referent is not token:
            yield Slot("place", referent)
    elif token.i in reading.times and prep in ("", *_TIME_PREPOSITIONS):
        yield Slot("time", token)
    elif prep == "by" and (passive or token.dep_ == "obl:agent"):
        if role := predicate.frame.subject.of(reading.target(referent)):
            yield Slot(role, referent)
    elif prep and lemma_of(token) in _IDIOMS:
        yield from _places_within(reading, predicate, referent)
    elif prep:
        if predicate.frame.key.endswith(" " + prep):
            role = predicate.frame.object.of(reading.target(referent))
        else:
            role = reading.lexicon.role_of_preposition(prep, predicate.frame, reading.target(referent))
        if role:
            yield Slot(role, referent)
            yield from _places_within(reading, predicate, referent)


# nouns that make an adverb with a preposition: "for the first time", "in addition", "at least", "as part of"
_IDIOMS = frozenset(
    "time addition fact case part general particular example instance turn order least first last once".split()
)
_TIME_PREPOSITIONS = (
    "on",
    "in",
    "at",
    "since",
    "during",
    "before",
    "after",
    "until",
    "till",
    "by",
    "from",
    "between",
    "for",
    "over",
    "through",
    "throughout",
    "within",
    "as of",
    "around",
    "about",
)


def _places_within(reading: Reading, predicate: Predicate, token: Token) -> Iterator[Slot]:
    """A place that the parser hangs on the object holds for the event: "bombed targets *in Syria*"."""
    for child in children(token, "nmod"):
        role = reading.lexicon.role_of_preposition(case_of(child), None, reading.target(child))
        if role == "place" and reading.target(child) in _PLACES and case_of(child) != "of":
            yield from (Slot("place", t) for t in conjuncts(child))
        if child.i in reading.times and reading.target(token) != "event" and child.i > predicate.head.i:
            yield Slot("time", child)


def _shared_adverbials(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """An adverbial before coordinated verbs holds for all: "*In Turkey* he met A and *visited* B"."""
    if verb.dep_ != "conj" or any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    first = first_conjunct(verb)
    for child in children(first, "obl", "obl:unmarked"):
        if child.i > first.i:
            continue
        role = (
            "time"
            if child.i in reading.times
            else reading.lexicon.role_of_preposition(case_of(child), None, reading.target(child))
        )
        if role in ("time", "place"):
            yield Slot(role, child)


# ------------------------------------------------------------- event nouns


def _modifiers(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """Participants beside an event noun: "*Hollande's* call", "*French* airstrikes *on Raqqa*", "*Paris* attacks"."""
    frame = predicate.frame
    for child in children(
        predicate.head, "nmod:poss", "amod", "compound", "nmod:unmarked", "nmod", "obl", "nummod"
    ):
        target = reading.target(child)
        if child.i in reading.times and (
            child.dep_ != "nmod" or case_of(child) in ("", *_TIME_PREPOSITIONS, "of")
        ):
            yield Slot("time", child)
        elif child.dep_ == "nmod:poss":
            for token in conjuncts(child):
                if role := frame.possessive.of(reading.target(token)):
                    yield Slot(role, token)
        elif child.dep_ in ("amod", "compound"):
            mention = reading.mention(child)
            if mention is None:
                continue
            if mention.country and mention.kind == "nominal":
                target = "Organization"
            if role := frame.compound.of(target):
                yield Slot(role, child)
        elif child.dep_ in ("nmod", "obl"):
            prep = case_of(child)
            for token in conjuncts(child):
                role = reading.lexicon.role_of_preposition(
                    case_of(token) or prep, frame, reading.target(token)
                )
                if role:
                    yield Slot(role, antecedent(token))
                    yield from _places_within(reading, predicate, token)


def _borrowed(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """A phrase that the parser hangs on the verb, but that completes its object: "ordered strikes *on Raqqa*"."""
    if predicate.carrier is None and predicate.head.dep_ == "obj":
        for child in children(predicate.head.head, "obl"):
            if completes_object(reading, child):
                prep = case_of(child)
                for token in conjuncts(child):
                    role = reading.lexicon.role_of_preposition(
                        case_of(token) or prep, predicate.frame, reading.target(token)
                    )
                    if role:
                        yield Slot(role, token)


def completes_object(reading: Reading, oblique: Token) -> bool:
    """Tell whether a phrase after an event noun in object position is the noun's: its preposition is one of the noun's own.

    Not where the verb claims the preposition too ("imposed sanctions *on* Iran").
    """
    verb, prep = oblique.head, case_of(oblique)
    objects = [c for c in children(verb, "obj") if c.i < oblique.i and reading.event_noun(c)]
    if (
        not objects
        or oblique.i in reading.times
        or any(c.i > objects[-1].i for c in children(verb, "obl") if c.i < oblique.i)
    ):
        return False
    noun = reading.lexicon.noun(lemma_of(objects[-1]))
    frame = reading.lexicon.verb(lemma_of(verb))
    if frame is None:
        return False
    return (
        noun is not None
        and prep in noun.preps
        and prep not in frame.preps
        and reading.lexicon.verb(lemma_of(verb), prep) is None
    )


def _noun_clauses(noun: Token) -> Iterator[Slot]:
    """Clauses that say what a noun is about: "the decision *to invoke it*", "the announcement *that he would go*"."""
    for child in children(noun, "acl", "ccomp"):
        if child.dep_ == "ccomp" or any(c.lower_ in ("to", "that") for c in children(child, "mark")):
            yield Slot("topic", child, clausal=True)


def _copula_subject(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """The subject of a predicate noun: "*ISIL* is a threat to all", "*this* was a mistake" (left out)."""
    if not has_child(predicate.head, "cop"):
        return
    for child in children(predicate.head, "nsubj"):
        for token in conjuncts(antecedent(child)):
            if reading.target(token) in (*_ACTORS, "Place") and (
                role := predicate.frame.possessive.of("Person")
            ):
                yield Slot(role, token)


def _carrier_slots(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """What a light verb or a verb of occurrence lends to its noun: subject, by-phrase, time and place."""
    found, passive = subjects(verb, reading)
    if predicate.light is not None and not passive:
        yield from (Slot(predicate.light.subject, token) for token in found if token != predicate.head)
    if lemma_of(verb) in INVOLVE:
        yield from _involved(reading, predicate, verb)
    for slot in _obliques(reading, predicate, verb, passive):
        yield Slot("agent", slot.token) if slot.token.dep_ == "obl:agent" else slot
    yield from _shared_adverbials(reading, predicate, verb)


def _involved(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The object of a verb of occurrence takes part: "the raid involved *ten jets*"."""
    for child in children(verb, "obj"):
        for token in conjuncts(child):
            if token != predicate.head and (role := predicate.frame.compound.of(reading.target(token))):
                yield Slot(role, token)
