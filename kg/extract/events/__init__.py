"""Events of a document: predicates, their arguments, status, attribution and time, put together as event mentions."""

from collections.abc import Iterable

from spacy.tokens import Span as DocSpan

from kg.datamodel import Argument, EventMention, Source, Span, TimeExpression
from kg.extract.events.arguments import find_arguments
from kg.extract.events.attribution import Scope, find_scopes
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate, Predicates, find_predicates, lemma_of
from kg.extract.events.status import status_of
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, clause, first_conjunct, has_child, is_clausal, phrase

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
    return [_mention(reading, p, slots, told, around[p.head.i]) for p in told]


def _is_told(reading: Reading, predicate: Predicate, slots: list[Slot]) -> bool:
    """Tell whether a predicate tells of an event.

    A verb needs an argument, or a class; an event noun needs something beside it that says which event is meant, a
    weak noun ("support") a participant or a light verb. What somebody thinks, hopes or expects in a clause is told by
    the source and the status of that clause: "officials *believe* the gang planned it" is the gang's planning.
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
        return any(slot.role in _CORE for slot in slots)
    return bool(slots)


_STATE = "State"  # nouns of having and being: "access", "presence"
_ATTITUDE = "Cognition"
_STATES_OF_MIND = ("Cognition", "Belief", "Intention", "Attitude")


def _mention(
    reading: Reading,
    predicate: Predicate,
    filled: dict[int, list[Slot]],
    predicates: Predicates,
    scopes: list[Scope],
) -> EventMention:
    slots = filled[predicate.head.i]
    words = predicate.words
    trigger = reading.doc[words[0].i : words[-1].i + 1]
    time = _time(reading, predicate, filled)
    return EventMention(
        trigger=reading.span(trigger),
        sentence=_sentence(reading, predicate.head.sent),
        lemma=lemma_of(predicate.head),
        predicate=predicate.frame.key,
        type=predicate.frame.event_class,
        arguments=tuple(_argument(reading, slot, predicates) for slot in slots),
        status=status_of(reading, predicate, predicates),
        attributed_to=tuple(_sources(reading, predicate, scopes)),
        time=time,
        rule=predicate.rule,
    )


def _sentence(reading: Reading, sent: DocSpan) -> Span:
    """The sentence without the white space around it."""
    start, end = sent.start, sent.end
    while start < end - 1 and sent.doc[start].is_space:
        start += 1
    while end > start + 1 and sent.doc[end - 1].is_space:
        end -= 1
    return reading.span(sent.doc[start:end])


def _argument(reading: Reading, slot: Slot, predicates: Predicates) -> Argument:
    token = slot.token
    tokens = clause(token) if slot.clausal else phrase(token)
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


def _time(reading: Reading, predicate: Predicate, filled: dict[int, list[Slot]]) -> TimeExpression | None:
    """When it happened: by the event's own words, else by those of the clause or event that it is a part of.

    A resolved expression is preferred. From above a phase verb lends its time ("on Monday they *began* to march"), and a
    clause to its result ("*attacked* it on Friday, killing ten"); from below an event that this one happened in ("killed in
    a *2008 raid*").
    """
    slots = filled[predicate.head.i]
    within = [s.token for s in slots if s.token.i in filled and case_of(s.token) in ("in", "during", "amid")]
    own = _times(reading, slots) or [time for token in within for time in _times(reading, filled[token.i])]
    if own:
        return min(own, key=lambda time: time.start is None)
    governor = first_conjunct(predicate.carrier or predicate.head)
    if governor.dep_ == "advcl" and governor.tag_ == "VBG" and not has_child(governor, "mark"):
        governor = first_conjunct(governor.head)
        lent = _times(reading, filled.get(governor.i, []))
        if lent:
            return min(lent, key=lambda time: time.start is None)
    while governor.dep_ == "xcomp" and governor.head is not governor:
        frame = reading.lexicon.verb(lemma_of(governor.head))
        if frame is None or not frame.auxiliary:
            break
        governor = governor.head
    for child in governor.children:
        if (
            child.dep_ in ("obl", "obl:unmarked", "advmod")
            and child.i < governor.i
            and child.i in reading.times
        ):
            return reading.times[child.i]
    return None


def _times(reading: Reading, slots: list[Slot]) -> list[TimeExpression]:
    return [reading.times[s.token.i] for s in slots if s.role == "time" and s.token.i in reading.times]
