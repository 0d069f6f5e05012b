"""The arguments of event nouns: modifiers, phrases with prepositions, clauses, and what a light verb lends them."""

from collections.abc import Iterator

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
            if slot := _premodifier(reading, predicate, child):
                yield slot
        elif child.dep_ in ("nmod", "obl"):
            prep = case_of(child)
            for token in conjuncts(child):
                target = reading.target(token)
                role = reading.lexicon.role_of_preposition(case_of(token) or prep, frame, target)
                if token.lemma == "own":
                    continue  # "ideas *of its own*" says whose they are
                if role == "agent" and prep == "of" and target not in (*_ACTORS, "Place", "Product"):
                    role = "topic"  # "an act *of terror*", "a statement *of support*": nobody acts
                if role:
                    yield Slot(role, antecedent(token))
                    yield from places_within(reading, predicate, token)


def _premodifier(reading: Reading, predicate: Predicate, word: Token) -> Slot | None:
    """The participant that a nationality or a name before an event noun tells of: "*French* airstrikes", "*Kenyan press* reports".

    With a noun for a body behind it, the two are one participant. Who does not act: the name of a contest ("*Stone Cup*
    matches"), the country that has one or votes ("the *Finnish* championship") and the town where people talk or after which
    an agreement is called ("*Geneva* talks", "the *Oslo* accords").
    """
    mention, frame = reading.mention(word), predicate.frame
    if mention is None:
        return None
    target = reading.target(word)
    known = reading.names.known(mention.span.text)
    state = known is not None and known.country is not None
    if (mention.country and mention.kind == "nominal") or _is_state_by_initials(reading, word):
        if (body := _body_behind(reading, predicate.head, word)) is not None:
            role = frame.compound.of("Organization")
            return Slot(role, body) if role else None
        target = "Organization"
    if is_any(reading, frame, _NATIONAL) and mention.kind == "nominal":
        return Slot("place", word)
    if is_any(reading, frame, ("Contest",)) and (target == "Event" or word.lower_ in _CONTESTS):
        return Slot("topic", word)
    if target == "Place" and not state and is_any(reading, frame, ("Agree", "Consult")):
        return Slot("place", word)
    role = frame.compound.of(target)
    return Slot(role, word) if role else None


_NATIONAL = ("Contest", "Election")
_CONTESTS = frozenset("bowl cup derby grand league open prix series tour tournament trophy".split())


def _body_behind(reading: Reading, event: Token, word: Token) -> Token | None:
    """The noun for a body between a nationality and an event noun: "Kenyan *press* reports", "US *army* raids"."""
    for noun in children(event, "compound"):
        if noun.i == word.i + 1 and reading.names.nominals.get(noun.lower_) in ("Organization", "Group"):
            return noun
    return None


def _is_state_by_initials(reading: Reading, token: Token) -> bool:
    """Tell whether initials name a state, which do for the adjective that it lacks: "*US* strikes"."""
    letters = token.text.replace(".", "")
    known = reading.names.known(token.text) if 2 <= len(letters) <= 4 and letters.isupper() else None
    return known is not None and known.country is not None and known.type == "Place"


def _borrowed(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """A phrase that the parser hangs on the verb, but that completes its object: "ordered strikes *on Raqqa*".

    Who signs an agreement agrees: "*the bank* signed a deal with its rival".
    """
    if predicate.carrier is None and predicate.head.dep_ == "obj":
        yield from _signers(reading, predicate)
        for child in children(predicate.head.head, "obl"):
            if completes_object(reading, child):
                prep = case_of(child)
                for token in conjuncts(child):
                    role = reading.lexicon.role_of_preposition(
                        case_of(token) or prep, predicate.frame, reading.target(token)
                    )
                    if role:
                        yield Slot(role, token)


def _signers(reading: Reading, predicate: Predicate) -> Iterator[Slot]:
    """Who signs an agreement that the noun itself gives no parties but with "with": "*the bank* signed a deal"."""
    noun, verb = predicate.head, predicate.head.head
    frame = reading.lexicon.verb(verb.lemma)
    if (
        frame is None
        or not is_any(reading, frame, ("Signing",))
        or not is_any(reading, predicate.frame, ("Agree",))
    ):
        return
    if has_child(noun, "nmod:poss") or any(case_of(c) in ("between", "of") for c in children(noun, "nmod")):
        return
    found, passive = subjects(verb, reading)
    if not passive:
        yield from (Slot("agent", token) for token in found)


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
    if predicate.light is not None and (not passive or is_engaged(verb)):
        yield from (Slot(predicate.light.subject, token) for token in found if token != predicate.head)
    if verb.lemma in INVOLVE:
        yield from _involved(reading, predicate, verb)
    for slot in obliques(reading, predicate, verb, passive):
        yield Slot("agent", slot.token) if slot.token.dep_ == "obl:agent" else slot
    yield from shared_adverbials(reading, verb)


def _involved(reading: Reading, predicate: Predicate, verb: Token) -> Iterator[Slot]:
    """The object of a verb of occurrence takes part: "the raid involved *ten jets*"."""
    for child in children(verb, "obj"):
        for token in conjuncts(child):
            if token != predicate.head and (role := predicate.frame.compound.of(reading.target(token))):
                yield Slot(role, token)
