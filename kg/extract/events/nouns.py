"""The arguments of event nouns: modifiers, phrases with prepositions, clauses, and what a light verb lends them."""

from collections.abc import Iterator

from kg.datamodel import Role
from kg.extract.events.attachment import is_any
from kg.extract.events.obliques import (
    TIME_PREPOSITIONS,
    Slot,
    completes_object,
    is_engaged,
    obliques,
    places_within,
    shared_adverbials,
)
from kg.extract.events.predicates import INVOLVE, Predicate
from kg.extract.events.premodifiers import has_product, premodifier
from kg.extract.events.subjects import subjects
from kg.extract.frames import Frame
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    case_of,
    children,
    conjuncts,
    first_conjunct,
    has_child,
    is_clausal,
)

__all__ = ["noun_arguments", "stands_alone"]

_ACTORS = ("Person", "Organization", "Group")


def noun_arguments(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """Yield the arguments of an event noun; those of its carrier are the noun's too."""
    yield from _modifiers(reading, predicate)
    yield from _borrowed(reading, predicate)
    noun = predicate.head
    if noun.dep_ in ("nmod", "obl") and case_of(noun) == "in":
        if _is_done_to(reading, predicate) or _is_protest(reading, predicate):
            yield from _doers(reading, noun)
    if reading.lexicon.is_a(predicate.frame.event_class, "Communication") or predicate.frame.complement:
        yield from _noun_clauses(predicate.head)
    yield from _copula_subject(reading, predicate)
    if predicate.carrier is not None:
        yield from _carrier_slots(reading, predicate, predicate.carrier)


def stands_alone(noun: Token, frame: Frame) -> bool:
    """Tell whether an event noun tells of an event with nothing beside it that says which.

    A temporal preposition takes an event, whatever the noun: "he resigned *during a meeting*". A definite noun stands for an
    event that the reader knows, where a clause says something of it: "*the agreement* surprised Parliament". Not of nouns that
    are events only with a participant, which often name a thing: "troops read *the order*", "*the design* is new".
    """
    first = first_conjunct(noun)
    if first.dep_ in ("obl", "nmod") and case_of(first) in _BEFORE_EVENTS:
        return True
    if frame.weak or first.dep_ not in ("nsubj", "nsubj:pass", "obj", "obl") or not is_clausal(first.head):
        return False
    return any(child.lower_ in _DEFINITE for child in children(noun, "det"))


_BEFORE_EVENTS = ("after", "before", "during", "following", "since", "until")
_DEFINITE = ("the", "this", "that", "these", "those", "both")


def _modifiers(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """Participants beside an event noun: "*Hollande's* call", "*French* airstrikes *on Raqqa*", "*Paris* attacks"."""
    frame = predicate.frame
    for child in children(
        predicate.head, "nmod:poss", "amod", "compound", "nmod:unmarked", "nmod", "obl", "nummod"
    ):
        target = reading.target(child)
        if child.i in reading.times and (
            child.dep_ != "nmod" or case_of(child) in ("", *TIME_PREPOSITIONS, "of")
        ):
            yield Slot("time", child)
        elif child.dep_ == "nmod:poss":
            for token in conjuncts(child):
                if role := frame.possessive.of(reading.target(token)):
                    yield Slot(role, token)
        elif child.dep_ in ("amod", "compound"):
            if slot := premodifier(reading, predicate, child):
                yield slot
        elif child.dep_ in ("nmod", "obl"):
            prep = case_of(child)
            for token in conjuncts(child):
                target = reading.target(token)
                role = reading.lexicon.role_of_preposition(case_of(token) or prep, frame, target)
                if (
                    prep == "of"
                    and role == "patient"
                    and target in (*_ACTORS, "Place")
                    and has_product(reading, predicate)
                ):
                    role = "agent"
                if prep == "of" and role == "agent" and _is_done_to(reading, predicate):
                    role = _undergone(reading, predicate, token)
                if token.lemma == "own":
                    continue  # "ideas *of its own*" says whose they are
                if role == "agent" and prep == "of" and target not in (*_ACTORS, "Place", "Product"):
                    role = "topic"  # "an act *of terror*", "a statement *of support*": nobody acts
                if role:
                    yield Slot(role, antecedent(token))
                    yield from places_within(reading, predicate, token)


def _is_done_to(reading: Reading, predicate: Predicate) -> bool:
    """Tell whether "of" behind a bare noun with "in" says on whom: "died in defence *of the town*", not "in the support *of X*"."""
    noun = predicate.head
    if case_of(noun) != "in" or predicate.frame.verb is None or has_child(noun, "det", "nmod:poss", "amod"):
        return False
    if not any(case_of(c) == "of" for c in children(noun, "nmod")):
        return False
    return not is_any(reading, predicate.frame, ("Communication", "Consult", "Agree", "ArmedClash"))


def _is_protest(reading: Reading, predicate: Predicate) -> bool:
    """Tell whether a noun says in what spirit something is done: "walked out in *protest*", not "took part in protests"."""
    noun = predicate.head
    bare = (
        noun.tag_ == "NN"
        and noun.dep_ == "obl"
        and not has_child(noun, "det", "nmod:poss", "compound", "amod")
    )
    return bare and is_any(reading, predicate.frame, ("Protest",))


def _undergone(reading: Reading, predicate: Predicate, token: Token) -> Role | None:
    """The role that the object of the verb behind a noun has: in defence of what one *defends*."""
    verb = reading.lexicon.verb(predicate.frame.verb or "")
    return "patient" if verb is None else verb.object.of(reading.target(token))


def _doers(reading: Reading, noun: Token) -> Iterator[Slot]:
    """Who does what a bare noun with "in" tells of: "*her* courage in defence of the town", "*they* acted in defence of it"."""
    first = first_conjunct(noun)
    if first.dep_ == "nmod":
        owners = [t for c in children(first.head, "nmod:poss") for t in conjuncts(c)]
    elif first.dep_ == "obl" and first.head.pos_ == "VERB":
        found, passive = subjects(first.head, reading)
        owners = [] if passive else found
    else:
        return
    actors = (*_ACTORS, "Place")
    yield from (Slot("agent", t) for t in owners if t.pos_ == "PRON" or reading.target(t) in actors)


def _borrowed(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """A phrase that the parser hangs on the verb, but that completes its object: "ordered strikes *on Raqqa*".

    Who signs an agreement agrees, who claims or loses control has or had it (`_holders`).
    """
    if predicate.carrier is None and predicate.head.dep_ == "obj":
        yield from _holders(reading, predicate)
        for child in children(predicate.head.head, "obl"):
            if completes_object(reading, child):
                prep = case_of(child)
                for token in conjuncts(child):
                    role = reading.lexicon.role_of_preposition(
                        case_of(token) or prep, predicate.frame, reading.target(token)
                    )
                    if role:
                        yield Slot(role, token)


def _holders(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """Who acts in a noun that its verb says they sign, claim, keep or lose: "*the bank* signed a deal", "*rebels* lost control".

    Not where the noun itself gives the parties of an agreement ("between", "of") or somebody owns it ("claimed *his* control").
    """
    noun, verb = predicate.head, predicate.head.head
    class_ = predicate.frame.event_class
    if is_any(reading, predicate.frame, ("Agree",)):
        frame = reading.lexicon.verb(verb.lemma)
        if frame is None or not is_any(reading, frame, ("Signing",)):
            return
    elif verb.lemma not in _HOLDING or not (
        class_ in ("Governance", "Possession") or (class_ == "Contest" and verb.lemma == "claim")
    ):
        return
    elif not has_child(noun, "nmod:poss"):
        found, passive = subjects(verb, reading)
        yield from (Slot("agent", token) for token in found if not passive)
        return
    if has_child(noun, "nmod:poss") or any(case_of(c) in ("between", "of") for c in children(noun, "nmod")):
        return
    found, passive = subjects(verb, reading)
    if not passive:
        yield from (Slot("agent", token) for token in found)


_HOLDING = frozenset(
    "assert assume cede claim exercise gain hold keep lose regain relinquish retain seek share surrender".split()
)


def _noun_clauses(noun: Token) -> Iterator[Slot]:
    """Clauses that say what a noun is about: "the decision *to invoke it*", "the announcement *that he would go*"."""
    for child in children(noun, "acl", "ccomp"):
        if child.dep_ == "ccomp" or any(c.lower_ in ("to", "that") for c in children(child, "mark")):
            yield Slot("topic", child, clausal=True)


def _copula_subject(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """The subject of a predicate noun: "*the militia* is a threat to Iraq", "*the village* is under attack".

    Left out: what does not act ("*this* was a mistake") and nouns after other prepositions ("was up to the *challenge*").
    """
    prep = case_of(predicate.head)
    if not has_child(predicate.head, "cop") or prep not in ("", "at", "in", "on", "under"):
        return
    for child in children(predicate.head, "nsubj"):
        for token in conjuncts(antecedent(child)):
            if prep == "under":
                yield Slot("patient", token)
            elif reading.target(token) in (*_ACTORS, "Place") and (
                role := predicate.frame.possessive.of("Person")
            ):
                yield Slot(role, token)


def _carrier_slots(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """What a light verb or a verb of occurrence lends to its noun: subject, by-phrase, time and place."""
    found, passive = subjects(verb, reading)
    if predicate.light is not None and verb.lemma in _GIVEN:
        yield from _receivers(reading, predicate, verb)
    if predicate.light is not None and (not passive or is_engaged(verb)):
        yield from (Slot(predicate.light.subject, token) for token in found if token != predicate.head)
    if verb.lemma in INVOLVE:
        yield from _involved(reading, predicate, verb)
    for slot in obliques(reading, predicate, verb, passive):
        yield Slot("agent", slot.token) if slot.token.dep_ == "obl:agent" else slot
    yield from shared_adverbials(reading, verb)


_GIVEN = frozenset(("give", "offer", "send"))


def _receivers(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """Who is given what a noun tells of: "gave *the club* permission", "*the club* was given permission"."""
    beside = next((c for c in children(verb, "obj") if first_conjunct(predicate.head) == c), None)
    for child in children(verb, "iobj", "nsubj:pass") if beside is not None else ():
        yield from (Slot("recipient", token) for token in conjuncts(antecedent(child)))


def _involved(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The object of a verb of occurrence takes part: "the raid involved *ten jets*"."""
    for child in children(verb, "obj"):
        for token in conjuncts(child):
            if token != predicate.head and (role := predicate.frame.compound.of(reading.target(token))):
                yield Slot(role, token)
