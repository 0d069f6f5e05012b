"""Events of a document: predicates, their arguments, status, attribution and time, put together as event mentions."""

from collections.abc import Iterable

from kg.datamodel import Argument, EventMention, Source, Span
from kg.extract.events.arguments import find_arguments
from kg.extract.events.attribution import Scope, find_scopes
from kg.extract.events.dating import Dating
from kg.extract.events.nouns import stands_alone
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate, Predicates, find_predicates
from kg.extract.events.senses import with_sense
from kg.extract.events.status import Statuses
from kg.extract.parse import Token, Tokens
from kg.extract.phrases import clause, phrase
from kg.extract.reading import Reading
from kg.extract.syntax import is_clausal

__all__ = ["Scope", "assemble", "find_scopes", "read_predicates"]

_CORE = ("agent", "patient", "recipient", "topic", "destination", "source", "instrument")


def read_predicates(reading: Reading) -> Predicates:
    """Return the predicates of a document."""
    return Predicates(
        with_sense(reading, p) for sent in reading.parse.sents for p in find_predicates(reading, sent)
    )


def assemble(reading: Reading, predicates: Predicates, scopes: Iterable[Scope]) -> list[EventMention]:
    """Return the event mentions of a document in text order, one a trigger."""
    slots = {predicate.head.i: find_arguments(reading, predicate) for predicate in predicates}
    told = Predicates(p for p in predicates if _is_told(reading, p, slots[p.head.i]))
    around: dict[int, list[Scope]] = {i: [] for i in slots}
    for scope in scopes:
        for i in scope.tokens & slots.keys():
            around[i].append(scope)
    writer = _Writer(reading, slots, told, Dating(reading, predicates, slots))
    return [writer.mention(p, around[p.head.i]) for p in told]


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


class _Writer:
    """Writes the event mentions of a document; what several of them share is worked out once.

    Attributes:
        slots: arguments by the head of their predicate.
        predicates: those that tell of an event.
    """

    def __init__(
        self, reading: Reading, slots: dict[int, list[Slot]], predicates: Predicates, dating: Dating
    ) -> None:
        self.reading = reading
        self.slots = slots
        self.predicates = predicates
        self.dating = dating
        self.statuses = Statuses(reading, predicates)
        self.triggers = {p.head.i: _trigger(reading, p) for p in predicates}
        self.sentences: dict[int, Span] = {}
        self.sources: dict[int, Source] = {}

    def mention(self, predicate: Predicate, scopes: list[Scope]) -> EventMention:
        """Write down one event; `scopes` are those that it stands in, widest first."""
        head, slots = predicate.head, self.slots[predicate.head.i]
        return EventMention(
            trigger=self.triggers[head.i],
            sentence=self._sentence(head.sent),
            lemma=head.lemma,
            predicate=predicate.frame.key,
            type=predicate.frame.event_class,
            arguments=tuple([self._argument(head, slot, slots) for slot in slots]),
            status=self.statuses.of(predicate),
            attributed_to=tuple(self._sources(predicate, scopes)),
            time=self.dating.time_of(predicate),
            rule=predicate.rule,
        )

    def _sentence(self, sent: Tokens) -> Span:
        """The sentence without the white space around it."""
        if sent.start not in self.sentences:
            start, end = sent.start, sent.end
            while start < end - 1 and sent.parse[start].is_space:
                start += 1
            while end > start + 1 and sent.parse[end - 1].is_space:
                end -= 1
            self.sentences[sent.start] = self.reading.span(sent.parse[start:end])
        return self.sentences[sent.start]

    def _argument(self, head: Token, slot: Slot, slots: list[Slot]) -> Argument:
        token = slot.token
        if slot.role == "time" and (expression := self.reading.times.get(token.i)) is not None:
            span = expression.span
        else:
            span = self.reading.span(clause(token, head) if slot.clausal else _own_phrase(token, slots))
        event = self.predicates.of(token)
        return Argument(
            role=slot.role,
            span=span,
            head=(token.idx, token.idx + len(token.text)),
            mention=None if slot.clausal else self.reading.mention(token),
            event=None if event is None else self.triggers[event.head.i],
        )

    def _sources(self, predicate: Predicate, scopes: list[Scope]) -> list[Source]:
        """The sources whose words tell of the event, outermost first, each once."""
        tokens = {token.i: token for scope in scopes for token in scope.sources}
        return [self._source(token) for i, token in tokens.items() if i != predicate.head.i]

    def _source(self, token: Token) -> Source:
        if token.i not in self.sources:
            self.sources[token.i] = Source(self.reading.span(phrase(token)), self.reading.mention(token))
        return self.sources[token.i]


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
    return Tokens(token.parse, whole.start, min(parts)) if parts and min(parts) < whole.end else whole


def _trigger(reading: Reading, predicate: Predicate) -> Span:
    return reading.span(reading.parse[predicate.words[0].i : predicate.words[-1].i + 1])
