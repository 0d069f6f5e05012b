"""Events of a document: predicates, their arguments, status, attribution and time, put together as event mentions."""

from collections.abc import Iterable

from kg.datamodel import Argument, EventMention, Source, Span
from kg.extract.events.arguments import find_arguments
from kg.extract.events.attribution import Scope, find_scopes
from kg.extract.events.dating import Dating
from kg.extract.events.nouns import stands_alone
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate, Predicates, find_predicates, lemma_of
from kg.extract.events.status import status_of
from kg.extract.parse import Token, Tokens
from kg.extract.reading import Reading
from kg.extract.syntax import clause, is_clausal, phrase

__all__ = ["Scope", "assemble", "find_scopes", "read_predicates"]

_CORE = ("agent", "patient", "recipient", "topic", "destination", "source", "instrument")


def read_predicates(reading: Reading) -> Predicates:
    """Return the predicates of a document."""
    return Predicates(p for sent in reading.doc.sents for p in find_predicates(reading, sent))


def assemble(reading: Reading, predicates: Predicates, scopes: Iterable[Scope]) -> list[EventMention]:
    """Return the event mentions of a document in text order, one a trigger."""
    slots = {predicate.head.i: find_arguments(reading, predicate) for predicate in predicates}
    told = Predicates(p for p in predicates if _is_told(reading, p, slots[p.head.i]))
    around: dict[int, list[Scope]] = {i: [] for i in slots}
    for scope in scopes:
        for i in scope.tokens & slots.keys():
            around[i].append(scope)
    dating = Dating(reading, predicates, slots)
    return [_mention(reading, p, slots, told, around[p.head.i], dating) for p in told]


def _is_told(reading: Reading, predicate: Predicate, slots: list[Slot]) -> bool:
    """Tell whether a predicate tells of an event.

    A verb needs an argument, or a class; an event noun needs something beside it that says which event is meant, a
    weak noun ("support") a participant or a light verb, unless it `stands_alone`. What somebody thinks, hopes or expects
    in a clause is told by the source and the status of that clause: "officials *believe* the gang planned it" is the
    gang's planning.
    """
    frame = predicate.frame
    if reading.lexicon.is_a(frame.event_class, _ATTITUDE) and predicate.light is None:
        if frame.event_class in _STATES_OF_MIND and (
            predicate.head.pos_ != "VERB" or any(s.clausal and is_clausal(s.token) for s in slots)
        ):
            return False
    if (
        predicate.head.pos_ != "VERB"
        and predicate.light is None
        and reading.lexicon.is_a(frame.event_class, _STATE)
    ):
        return False
    if predicate.head.pos_ == "VERB":
        return bool(slots) or frame.event_class != "Event"
    if predicate.carrier is not None:
        return True
    if frame.weak:
        return any(slot.role in _CORE for slot in slots) or stands_alone(predicate.head, frame)
    return bool(slots) or stands_alone(predicate.head, frame)


_STATE = "State"  # nouns of having and being: "access", "presence"
_ATTITUDE = "Cognition"
_STATES_OF_MIND = ("Cognition", "Belief", "Intention", "Attitude")


def _mention(
    reading: Reading,
    predicate: Predicate,
    filled: dict[int, list[Slot]],
    predicates: Predicates,
    scopes: list[Scope],
    dating: Dating,
) -> EventMention:
    slots = filled[predicate.head.i]
    words = predicate.words
    trigger = reading.doc[words[0].i : words[-1].i + 1]
    return EventMention(
        trigger=reading.span(trigger),
        sentence=_sentence(reading, predicate.head.sent),
        lemma=lemma_of(predicate.head),
        predicate=predicate.frame.key,
        type=predicate.frame.event_class,
        arguments=tuple(_argument(reading, slot, slots, predicates) for slot in slots),
        status=status_of(reading, predicate, predicates),
        attributed_to=tuple(_sources(reading, predicate, scopes)),
        time=dating.time_of(predicate),
        rule=predicate.rule,
    )


def _sentence(reading: Reading, sent: Tokens) -> Span:
    """The sentence without the white space around it."""
    start, end = sent.start, sent.end
    while start < end - 1 and sent.doc[start].is_space:
        start += 1
    while end > start + 1 and sent.doc[end - 1].is_space:
        end -= 1
    return reading.span(sent.doc[start:end])


def _argument(reading: Reading, slot: Slot, slots: list[Slot], predicates: Predicates) -> Argument:
    token = slot.token
    tokens = clause(token) if slot.clausal else _own_phrase(token, slots)
    if slot.role == "time" and (expression := reading.times.get(token.i)) is not None:
        span = expression.span
    else:
        span = reading.span(tokens)
    event = predicates.of(token)
    return Argument(
        role=slot.role,
        span=span,
        head=(token.idx, token.idx + len(token)),
        mention=None if slot.clausal else reading.mention(token),
        event=None if event is None else _trigger(reading, event),
    )


def _own_phrase(token: Token, slots: list[Slot]) -> Tokens:
    """The phrase of an argument without what hangs on it but fills another role: "*two men* in Oslo | on Tuesday".

    A place stays with what it places: "a school in Yobe".
    """
    whole = phrase(token)
    parts = [
        s.token.left_edge.i
        for s in slots
        if token.i < s.token.i < whole.end
        and (
            (s.role != "place" and s.token.dep_ == "nmod" and s.token.head == token)
            or not token.is_ancestor(s.token)
        )
    ]
    end = min([whole.end, *parts])
    return token.doc[whole.start : end]


def _trigger(reading: Reading, predicate: Predicate) -> Span:
    return reading.span(reading.doc[predicate.words[0].i : predicate.words[-1].i + 1])


def _sources(reading: Reading, predicate: Predicate, scopes: list[Scope]) -> Iterable[Source]:
    """The sources whose words tell of the event, outermost first, each once."""
    seen: set[int] = set()
    for scope in scopes:
        for token in scope.sources:
            if token.i not in seen and token.i != predicate.head.i:
                seen.add(token.i)
                yield Source(reading.span(phrase(token)), reading.mention(token))
