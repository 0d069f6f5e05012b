"""From clusters of event mentions to events: participants, time, status, attribution, label, id, parts, decisions."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.datamodel import (
    ROLES,
    Argument,
    Attribution,
    Decision,
    Document,
    Event,
    EventMention,
    Participant,
    Span,
    Status,
    TimeExpression,
)
from kg.extract.frames import Lexicon
from kg.ids import event_id, fold, mention_id
from kg.resolve.entities import Entities
from kg.resolve.held import Held
from kg.resolve.inflect import is_plural
from kg.resolve.labels import PREPOSITIONS, Part, label_noun, label_verb, preposition_before
from kg.resolve.names import without_determiner
from kg.resolve.parts import find_parts
from kg.resolve.same_event import group_events

__all__ = ["resolve_events"]

# what commits a text most comes first
_COMMITMENT: tuple[Status, ...] = (
    "asserted", "ordered", "planned", "requested", "possible", "hypothetical", "negated"
)  # fmt: skip
_AND = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|nor|as well as|but also)\b)\s*((?:[\w.'’-]+\s+){0,3})")
_REFLEXIVE = frozenset("himself herself itself themselves themself".split())
_CORE = ("agent", "patient", "recipient")
_NOUN_RULES = frozenset(("noun", "light-verb", "occurrence", "nominal"))
_MUTUAL = ("Consult", "Agree", "Cooperate", "ArmedClash")


def resolve_events(
    documents: Mapping[str, Document],
    mentions: Sequence[EventMention],
    entities: Entities,
    lexicon: Lexicon,
    held: Held | None = None,
) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    """Return the events that the mentions of all documents tell of, and why mentions were merged.

    Each mention lands in exactly one event; events and decisions are sorted.
    """
    ordered = sorted(mentions, key=lambda m: (m.trigger, m.rule))
    clusters = group_events(documents, ordered, entities, lexicon, held)
    groups = [[ordered[i] for i in group] for group in clusters.groups()]
    builder = _Builder(groups, entities, lexicon)
    events = sorted((builder.event(group) for group in groups), key=lambda e: e.id)
    decisions = [
        Decision(
            "merge",
            builder.id_of(ordered[join.kept].trigger),
            _iri(ordered[join.taken].trigger),
            join.rule,
            join.evidence,
        )
        for join in clusters.joins
    ]
    parts = find_parts(documents, events, entities, lexicon)
    events = [replace(event, part_of=parts[event.id]) if event.id in parts else event for event in events]
    return tuple(events), tuple(sorted(decisions, key=lambda d: (d.subject, d.object, d.rule, d.evidence)))


def _iri(span: Span) -> str:
    return mention_id(span.document, span.start, span.end)


class _Builder:
    def __init__(
        self, groups: Sequence[Sequence[EventMention]], entities: Entities, lexicon: Lexicon
    ) -> None:
        self.entities = entities
        self.lexicon = lexicon
        self._first = {mention.trigger: group[0].trigger for group in groups for mention in group}
        self._ids = {group[0].trigger: self._mint(group) for group in groups}

    def id_of(self, trigger: Span) -> str:
        """Return the id of the event that the mention with this trigger tells of."""
        return self._ids[self._first[trigger]]

    def event(self, mentions: Sequence[EventMention]) -> Event:
        """Return the event that a cluster of mentions tells of."""
        type_ = self._type(mentions)
        return Event(
            id=self._ids[mentions[0].trigger],
            type=type_,
            plover=self.lexicon.plover_of(type_),
            predicate=_predicate(mentions, type_),
            label=self._label(mentions),
            participants=self._participants(mentions),
            status=_status(mentions),
            attributed_to=tuple(self._attributions(mentions)),
            time=_time(mentions),
            mentions=tuple(mentions),
        )

    def _mint(self, mentions: Sequence[EventMention]) -> str:
        """All that makes it this event; an embedded event stands by its first mention, so that no circle can arise."""
        type_, time = self._type(mentions), _time(mentions)
        fillers = sorted(f"{a.role} {self._filler(a)}" for m in mentions for a in m.arguments)
        when = (str(time.start), str(time.end)) if time and time.start else (None, None)
        first = [_iri(mentions[0].trigger)]
        return event_id(
            _predicate(mentions, type_), type_, _status(mentions), *dict.fromkeys(fillers), *when, *first
        )

    def _filler(self, argument: Argument) -> str:
        entity = self.entities.of(argument.mention)
        if entity is not None:
            return entity.id
        if argument.event in self._first:
            return _iri(self._first[argument.event])
        return fold(argument.span.text)

    def _type(self, mentions: Sequence[EventMention]) -> str:
        """The most special class, then the most frequent, then by name."""
        count = Counter(m.type for m in mentions)
        return min(count, key=lambda t: (-len(self.lexicon.class_ancestors(t)), -count[t], t))

    # -------------------------------------------------------- participants

    def _participants(self, mentions: Sequence[EventMention]) -> tuple[Participant, ...]:
        """Who fills which role in any mention, each once; who acts or suffers is not listed as a place or topic too."""
        found: dict[tuple[str, str], Participant] = {}
        dated = _time(mentions) is not None
        for mention in mentions:
            for argument in mention.arguments:
                if argument.role == "time" and dated:
                    continue
                participant = self._participant(argument, mention)
                if participant is not None:
                    key = participant.entity or participant.event or fold(participant.text)
                    found.setdefault((participant.role, key), participant)
        core = {key for role, key in found if role in _CORE}
        kept = [(key, p) for (role, key), p in found.items() if role in _CORE or key not in core]
        return tuple(p for _, p in sorted(kept, key=lambda pair: (ROLES.index(pair[1].role), pair[0])))

    def _participant(self, argument: Argument, mention: EventMention) -> Participant | None:
        text = " ".join(argument.span.text.split())
        entity = self.entities.of(argument.mention)
        if entity is not None:
            return Participant(argument.role, text, entity=entity.id)
        if argument.event in self._first:
            event = self.id_of(argument.event)
            return (
                None
                if event == self.id_of(mention.trigger)
                else Participant(argument.role, text, event=event)
            )
        return Participant(argument.role, text)

    def _attributions(self, mentions: Sequence[EventMention]) -> Iterator[Attribution]:
        seen: set[str] = set()
        for mention in mentions:
            for source in mention.attributed_to:
                entity = self.entities.of(source.mention)
                text = " ".join(source.span.text.split())
                key = entity.id if entity else fold(text)
                if key not in seen:
                    seen.add(key)
                    yield Attribution(text, entity.id if entity else None)

    # --------------------------------------------------------------- label

    def _label(self, mentions: Sequence[EventMention]) -> str:
        """The label of the mention that names most."""
        status = _status(mentions)
        best = max(mentions, key=lambda m: (m.status == status, self._named(m), -len(m.arguments)))
        arguments = sorted(best.arguments, key=lambda a: (a.span.start, ROLES.index(a.role)))
        parts = [
            part
            for before, argument in zip([None, *arguments], arguments, strict=False)
            if (part := self._part(argument, best, before))
        ]
        if self._is_noun(best):
            noun = best.trigger.text.lower()
            if best.predicate.endswith(f" {best.lemma}"):
                noun = best.predicate.removesuffix(best.lemma) + noun
            mutual = any(self.lexicon.is_a(best.type, name) for name in _MUTUAL)
            return label_noun(" ".join(noun.split()), best.status, parts, mutual=mutual)
        frame = self.lexicon.verb(best.predicate)
        acts = frame is not None and "patient" in (frame.subject.default, frame.intransitive.default)
        return label_verb(best.predicate, best.status, parts, patient_acts=acts)

    def _named(self, mention: EventMention) -> int:
        telling = (a for a in mention.arguments if a.role in (*_CORE, "topic", "place"))
        found = {entity.id for a in telling if (entity := self.entities.of(a.mention))}
        return len(found & self.entities.named)

    def _is_noun(self, mention: EventMention) -> bool:
        if mention.rule == "verb":
            return False
        return mention.rule in _NOUN_RULES or self.lexicon.verb(mention.predicate) is None

    def _part(self, argument: Argument, mention: EventMention, before: Argument | None) -> Part | None:
        entity = self.entities.of(argument.mention)
        if entity is None and argument.mention is not None and argument.mention.kind == "pronoun":
            return None
        reflexive = argument.span.text.casefold() in _REFLEXIVE
        text = entity.label if entity and not reflexive else _bare_words(argument.span.text)
        if not fold(text):
            return None  # nothing in it can be read
        behind = argument.span.start > mention.trigger.start
        if not behind and not self._is_noun(mention) and argument.role in (*_CORE, "topic"):
            preposition = ""
        else:
            preposition = preposition_before(
                mention.sentence.text, argument.span.start - mention.sentence.start
            )
        plural = (entity is None or entity.id in self.entities.described) and is_plural(text)
        sentence, offset = mention.sentence.text, mention.sentence.start
        coordinated = before is not None and bool(
            _AND.fullmatch(sentence, before.span.end - offset, argument.span.start - offset)
        )
        close = sentence[mention.trigger.end - offset : argument.span.start - offset]
        return Part(argument.role, text, preposition, plural, coordinated, bare=behind and not close.strip())


def _bare_words(phrase: str) -> str:
    """Return words without determiner where a noun is left: "the men" without "the", but "all of humanity", "those in need"."""
    words = " ".join(phrase.split())
    bare = without_determiner(words)
    return words if bare.partition(" ")[0].casefold() in PREPOSITIONS else bare


def _predicate(mentions: Sequence[EventMention], type_: str) -> str:
    count = Counter(m.predicate for m in mentions if m.type == type_)
    return min(count, key=lambda p: (-count[p], p))


def _status(mentions: Sequence[EventMention]) -> Status:
    return min((m.status for m in mentions), key=_COMMITMENT.index)


def _time(mentions: Sequence[EventMention]) -> TimeExpression | None:
    """The shortest interval that a mention gives; words alone where none gives a date."""
    times = [m.time for m in mentions if m.time is not None]
    return min(times, key=_vagueness, default=None)


def _vagueness(time: TimeExpression) -> tuple[bool, int]:
    start, end = time.start, time.end or time.start
    return start is None, ((end or date.min) - start).days if start else 0
