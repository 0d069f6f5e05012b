"""Which events are parts of others: "the raid, part of an operation", one explosion of "the attacks".

Two sources, both strict: the text says it ("as part of", "during", "in the course of" before an event that is another's
argument), or a document tells of several by a plural noun ("the attacks") and of one of that kind, on the same day in the same
place. What is part of itself over others is left out.

Not handled: parts that only world knowledge tells (a landing of an invasion); order and duration.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.datamodel import Document, Event, EventMention, Span
from kg.extract.frames import Lexicon
from kg.resolve.entities import Entities
from kg.resolve.told import TellingReader, Told, common

__all__ = ["find_parts"]

_WITHIN = re.compile(
    r"\b(?:(?:as )?(?:a )?part of|during|in the course of|within|amid|in the midst of)\s+(?:(?:the|a|an|its|their)\s+)?"
    r"(?:[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_VIOLENT = ("Assault", "Explosion", "Fire", "Crash")
_SHARP = 2  # days up to which a time is a date
_MOST = 20  # events of one kind, day and place compared with each other
_NEVER = ("Communication", "Cognition", "State")


def find_parts(
    documents: Mapping[str, Document], events: Sequence[Event], entities: Entities, lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    """Return for each event that is a part the ids of those that it is a part of, sorted; no circles.

    Args:
        documents: by id.
        events: with all their mentions, sorted by id.
        entities: that their participants were resolved to.
        lexicon: of the classes.
    """
    by_trigger = {mention.trigger: event for event in events for mention in event.mentions}
    reader = TellingReader(documents, [m for e in events for m in e.mentions], entities, lexicon)
    pairs = {*_said(documents, events, by_trigger, lexicon), *_among(events, reader, lexicon, entities)}
    parts: dict[str, list[str]] = defaultdict(list)
    for part, whole in sorted(pairs):
        if not _reaches(parts, whole, part):
            parts[part].append(whole)
    return {part: tuple(wholes) for part, wholes in parts.items()}


def _said(
    documents: Mapping[str, Document],
    events: Sequence[Event],
    by_trigger: Mapping[Span, Event],
    lexicon: Lexicon,
) -> Iterator[tuple[str, str]]:
    for event in events:
        if lexicon.is_any(event.type, _NEVER):
            continue
        for mention in event.mentions:
            for whole in _arguments(mention, by_trigger):
                other, trigger = whole
                follows = mention.trigger.end <= trigger.start
                start = mention.trigger.end if follows else mention.sentence.start
                before = documents[trigger.document].text[max(start, trigger.start - 60) : trigger.start]
                if (
                    other.id != event.id
                    and event.status == other.status
                    and not lexicon.is_any(other.type, _NEVER)
                    and _WITHIN.search(before)
                ):
                    yield event.id, other.id


def _arguments(mention: EventMention, by_trigger: Mapping[Span, Event]) -> Iterator[tuple[Event, Span]]:
    for argument in mention.arguments:
        if argument.event is not None and argument.event in by_trigger:
            yield by_trigger[argument.event], argument.event


def _among(
    events: Sequence[Event], reader: TellingReader, lexicon: Lexicon, entities: Entities
) -> Iterator[tuple[str, str]]:
    """Yield one of several: told by a plural noun and singly, in one document, of one day and place."""
    whole_countries = frozenset(entities.countries.values())
    groups: dict[tuple[object, ...], list[tuple[str, Told]]] = defaultdict(list)
    for event in events:
        if event.status != "asserted" or not lexicon.is_any(event.type, _VIOLENT):
            continue
        read = [reader.read(m) for m in event.mentions]
        together = read[0]
        for one in read[1:]:
            together = together.with_(one)
        if together.interval is None or (together.interval[1] - together.interval[0]).days > _SHARP:
            continue
        for document in sorted({m.trigger.document for m in event.mentions}):
            for place in sorted(together.places - whole_countries):
                groups[document, place].append((event.id, together))
    for group in groups.values():
        several = [(id_, told) for id_, told in group if told.plural][:_MOST]
        single = [(id_, told) for id_, told in group if not told.plural][:_MOST]
        for whole, told in several:
            yield from ((part, whole) for part, one in single if common(one.interval, told.interval))


def _reaches(parts: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    """Tell whether an event is another, or a part of it over others."""
    seen, open_ = {start}, [start]
    while open_:
        current = open_.pop()
        if current == goal:
            return True
        following = [whole for whole in parts.get(current, ()) if whole not in seen]
        seen.update(following)
        open_ += following
    return False
