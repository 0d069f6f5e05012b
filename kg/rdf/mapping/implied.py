"""What the triples leave unsaid because it follows from others; writing and reading ask the same functions.

A build takes the participants of an event from the arguments of its mentions, and who says so from their sources. Where
a record is what these functions make of the rest of the graph, nothing is written for it; where it is not, it is.
"""

from collections.abc import Iterable, Iterator

from kg.datamodel import (
    ROLES,
    Argument,
    Attribution,
    EventMention,
    Participant,
    Role,
    Span,
)
from kg.graph import KnowledgeGraph
from kg.ids import fold
from kg.rdf.values import clean

__all__ = ["attributions", "bare", "claimed", "head", "in_order", "in_text_order", "ordered", "participants"]


def head(span: Span) -> tuple[int, int]:
    """Return the offsets of the last word of a phrase: mostly its head."""
    words = clean(span.text).split()
    return span.end - len(words[-1] if words else span.text), span.end


def in_text_order(spans: Iterable[Span]) -> bool:
    """Tell whether phrases come one after the other, so that their offsets alone give their order."""
    starts = [span.start for span in spans]
    return len(set(starts)) == len(starts) and starts == sorted(starts)


def bare(participant: Participant) -> Participant:
    """Return a participant without the words that its entity or event is named by: what the direct role edge has."""
    known = participant.entity or participant.event
    return Participant(
        participant.role, "" if known else participant.text, participant.entity, participant.event
    )


def participants(
    graph: KnowledgeGraph, mentions: Iterable[EventMention], found: Iterable[Participant]
) -> tuple[Participant, ...]:
    """Return bare participants, in order, each with the words of the first argument that names it."""
    said: dict[tuple[Role, str], str] = {}
    for mention in in_order(mentions):
        for argument in mention.arguments:
            if known := _referent(graph, argument):
                said.setdefault((argument.role, known), _words(argument.span))
    named = (
        Participant(p.role, said.get((p.role, p.entity or p.event or ""), p.text), p.entity, p.event)
        for p in found
    )
    return ordered(named)


def ordered(found: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return participants in the order of a build: by role, then by entity, event or words; each once."""
    return tuple(sorted(set(found), key=_order))


def in_order(mentions: Iterable[EventMention]) -> list[EventMention]:
    """Return the mentions of an event in the order of a build."""
    return sorted(mentions, key=lambda mention: (mention.trigger, mention.rule))


def attributions(graph: KnowledgeGraph, mentions: Iterable[EventMention]) -> tuple[Attribution, ...]:
    """Return who says so in any mention, each once, by the first words for them."""
    first: dict[str, Attribution] = {}
    for mention in in_order(mentions):
        for source in _sources(graph, mention):
            first.setdefault(source.entity or fold(source.text), source)
    return tuple(first.values())


def _sources(graph: KnowledgeGraph, mention: EventMention) -> Iterator[Attribution]:
    """Yield who says so in one mention, outermost first."""
    for source in mention.attributed_to:
        entity = graph.entity_of(source.mention)
        yield Attribution(_words(source.span), entity.id if entity else None)


def claimed(graph: KnowledgeGraph, trigger: Span) -> tuple[Attribution, ...]:
    """Return who says so in the mention with this trigger."""
    event = graph.event_of(trigger)
    mentions = [mention for mention in event.mentions if mention.trigger == trigger] if event else []
    return tuple(source for mention in mentions for source in _sources(graph, mention))


def _referent(graph: KnowledgeGraph, argument: Argument) -> str | None:
    known = graph.entity_of(argument.mention) or graph.event_of(argument.event)
    return known.id if known else None


def _words(span: Span) -> str:
    return " ".join(span.text.split())


def _order(participant: Participant) -> tuple[int, str, str]:
    node = participant.entity or participant.event or fold(participant.text)
    return ROLES.index(participant.role), node, participant.text
