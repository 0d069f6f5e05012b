"""Display in notebooks: the page in a sandboxed frame, static tables for graph, entity and event, sentences as evidence.

Nothing here runs in the notebook's own document: the page sits in an `iframe` with `srcdoc` and `sandbox`, and
the tables are escaped HTML without script or style sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Any

from kg.datamodel import Entity, Event, EventMention, Participant, Status
from kg.graph import KnowledgeGraph
from kg.render.citations import Citations
from kg.render.evidence import paint
from kg.render.page import render_page

__all__ = [
    "MOST_NODES",
    "Evidence",
    "Frame",
    "Passage",
    "entity_html",
    "event_html",
    "evidence",
    "graph_html",
    "show",
]

MOST_NODES = 1500
"""Entities and events that a frame shows at most: a notebook keeps the whole page inside its file."""

_ROWS = 12
_QUOTES = 5
_PASSAGES = 20

_TINTS: Mapping[str, str] = {
    "trigger": "255,190,0",
    "agent": "60,130,230",
    "patient": "230,90,50",
    "recipient": "200,80,170",
    "topic": "150,160,20",
    "place": "20,160,110",
    "source": "20,160,110",
    "destination": "20,160,110",
    "time": "120,100,220",
    "attribution": "30,160,190",
    "mention": "255,190,0",
}
"""Red, green and blue of each role; thin enough for light and dark notebooks."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The page inside a sandboxed frame; notebooks call `_repr_html_`.

    Attributes:
        page: the whole page as HTML.
        height: of the frame, in pixels.
        note: what is left out, or None.
    """

    page: str = field(repr=False)
    height: int
    note: str | None = None

    def _repr_html_(self) -> str:
        # links to the articles open in a window of their own, which the sandbox must not follow into
        allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return (
            f'{note}<iframe title="Knowledge graph" sandbox="{allowed}" width="100%" height="{self.height}" '
            f'style="border:1px solid #ccc;border-radius:8px" srcdoc="{escape(self.page)}"></iframe>'
        )


def show(
    graph: KnowledgeGraph, analysis: Mapping[str, Any], *, height: int = 640, title: str = "Knowledge graph"
) -> Frame:
    """Return the interactive page as an object that a notebook displays.

    Of a graph with more than `MOST_NODES` entities and events, the events with most mentions are shown with all
    that takes part in them, and a line above the frame says so.

    Args:
        graph: what a build found.
        analysis: what `kg.analyse.analyse` says about this graph.
        height: of the frame, in pixels.
        title: heading of the page.
    """
    total = len(graph.entities) + len(graph.events)
    note = None
    if total > MOST_NODES:
        graph, analysis = _best_reported(graph, analysis)
        note = (
            f"Shown are the {len(graph.events):,} most reported events and the {len(graph.entities):,} entities "
            f"that take part in them, of {total:,} entities and events; graph.save() writes a page with all."
        )
    return Frame(render_page(graph, analysis, title=title, provenance={}), height, note)


def _best_reported(
    graph: KnowledgeGraph, analysis: Mapping[str, Any]
) -> tuple[KnowledgeGraph, Mapping[str, Any]]:
    """Return the part of a graph that fits a frame, and what the analysis says about it."""
    events: list[Event] = []
    entities: set[str] = set()
    for event in sorted(graph.events, key=lambda event: (-len(event.mentions), event.id)):
        ends = {p.entity for p in event.participants} | {source.entity for source in event.attributed_to}
        wider = entities | {end for end in ends if end is not None}
        if len(wider) + len(events) + 1 > MOST_NODES:
            break
        events.append(event)
        entities = wider
    kept = {event.id for event in events}
    part = KnowledgeGraph(
        graph.documents,
        tuple(entity for entity in graph.entities if entity.id in entities),
        tuple(_without_others(event, kept) for event in graph.events if event.id in kept),
        tuple(
            relation
            for relation in graph.relations
            if relation.subject in entities and (relation.object is None or relation.object in entities)
        ),
        run=graph.run,
    )
    return part, _analysis_of(analysis, entities, kept)


def _without_others(event: Event, kept: set[str]) -> Event:
    """Return an event that refers to no event outside `kept`: their words stay."""

    def bare(participant: Participant) -> Participant:
        return replace(participant, event=None) if participant.event not in kept else participant

    return replace(event, participants=tuple(map(bare, event.participants)))


def _analysis_of(analysis: Mapping[str, Any], entities: set[str], events: set[str]) -> dict[str, Any]:
    """Return what an analysis says about these entities and events; counts stay those of the whole."""
    nodes = entities | events

    def ends(record: Mapping[str, Any]) -> bool:
        return record["source"] in entities and record["target"] in entities

    groups = [
        {**group, "entities": [id for id in group["entities"] if id in entities]}
        for group in analysis["communities"]
    ]
    return {
        **analysis,
        "entities": {id: record for id, record in analysis["entities"].items() if id in entities},
        "events": {id: record for id, record in analysis["events"].items() if id in events},
        "communities": [group for group in groups if group["entities"]],
        "actors": [record for record in analysis["actors"] if record["entity"] in entities],
        "actions": [record for record in analysis["actions"] if ends(record) and record["event"] in events],
        "dyads": [
            {**record, "events": shown}
            for record in analysis["dyads"]
            if ends(record) and (shown := [id for id in record["events"] if id in events])
        ],
        "sources": [record for record in analysis["sources"] if record["entity"] in entities],
        "disputed": [id for id in analysis["disputed"] if id in events],
        **{
            name: {
                mode: {id: place for id, place in positions.items() if id in nodes}
                for mode, positions in analysis[name].items()
            }
            for name in ("layout", "core")
        },
    }


# ------------------------------------------------------------- static tables


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells are HTML already."""
    if not rows:
        return ""
    left = 'style="text-align:left"'  # notebooks set tables to the right
    heading = "".join(f"<th {left}>{escape(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td {left}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table>"


def graph_html(graph: KnowledgeGraph) -> str:
    """Return a static summary of a graph: how much there is, and what is mentioned and reported most."""
    entities = sorted(graph.entities, key=lambda entity: (-len(entity.mentions), entity.label, entity.id))
    events = sorted(graph.events, key=lambda event: (-len(event.mentions), event.id))
    return (
        f"<p><b>Knowledge graph</b> of {len(graph.documents):,} documents: {len(graph.entities):,} entities, "
        f"{len(graph.events):,} events, {len(graph.relations):,} relations</p>"
        + _table(
            ("entity", "type", "mentions"),
            [(_bdi(e.label), escape(e.type), str(len(e.mentions))) for e in entities[:_ROWS]],
        )
        + _table(
            ("event", "status", "reports"),
            [(_bdi(e.label), escape(e.status), str(len(e.mentions))) for e in events[:_ROWS]],
        )
    )


def entity_html(entity: Entity) -> str:
    """Return a static summary of an entity: its names and how often each is used."""
    names: dict[tuple[str, str], int] = {}
    for mention in entity.mentions:
        names[mention.span.text, mention.kind] = names.get((mention.span.text, mention.kind), 0) + 1
    ranked = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    aliases = f", also {', '.join(map(_bdi, entity.aliases))}" if entity.aliases else ""
    rows = [(_bdi(text), escape(kind), str(number)) for (text, kind), number in ranked[:_ROWS]]
    return (
        f"<p><b>{_bdi(entity.label)}</b> ({escape(entity.type)}){aliases}: {len(entity.mentions):,} mentions</p>"
        + _table(("words", "kind", "times"), rows)
    )


def event_html(event: Event) -> str:
    """Return a static summary of an event: who and what takes part, and the sentences that tell of it."""
    rows = [(escape(p.role), _bdi(p.text)) for p in event.participants]
    if event.time:
        days = [day.isoformat() for day in (event.time.start, event.time.end) if day]
        rows.append(("time", f"{_bdi(event.time.span.text)} {' to '.join(dict.fromkeys(days))}"))
    rows += [("says who", _bdi(source.text)) for source in event.attributed_to]
    quotes = "".join(f"<blockquote>{_marked(mention)}</blockquote>" for mention in event.mentions[:_QUOTES])
    rest = len(event.mentions) - _QUOTES
    return (
        f"<p><b>{_bdi(event.label)}</b> ({escape(event.type)}, {escape(event.status)})</p>"
        + _table(("role", "words"), rows)
        + quotes
        + (f"<p>and {rest} more</p>" if rest > 0 else "")
    )


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _marked(mention: EventMention) -> str:
    """Return a sentence as HTML with its trigger and arguments marked."""
    sentence = mention.sentence
    spans = [
        (mention.trigger, "trigger"),
        *((argument.span, argument.role) for argument in mention.arguments),
    ]
    inside = [(span.start - sentence.start, span.end - sentence.start, role) for span, role in spans]
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for start, end, role in paint(inside, len(sentence.text)):
        pieces += [(sentence.text[at:start], None), (sentence.text[start:end], role)]
        at = end
    return _pieces_html([*pieces, (sentence.text[at:], None)])


def _pieces_html(pieces: Sequence[tuple[str, str | None]]) -> str:
    """Return stretches of text as HTML, those with a role marked; the style is inline, for notebooks drop style sheets."""
    return "".join(_mark_html(escape(words), role) if role else escape(words) for words, role in pieces)


def _mark_html(words: str, role: str) -> str:
    tint = _TINTS.get(role, "130,130,130")
    style = f"background:rgba({tint},.28);color:inherit;border-radius:3px;padding:0 2px"
    return f'<mark title="{escape(role)}" style="{style}">{words}</mark>'


# ----------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence that proves something.

    Attributes:
        text: as it stands in the article, white space as single spaces.
        pieces: the sentence in stretches, each with its role or None.
        source: the outlet, or the title or path where it is not known.
        published: day of publication.
        url: of the article, with a text fragment that scrolls to the sentence.
        path: of the article.
        status: of the event, as this sentence puts it; None for an entity.
        said_by: who is reported as saying it.
    """

    text: str
    pieces: tuple[tuple[str, str | None], ...] = field(repr=False)
    source: str
    published: date | None
    url: str | None
    path: str
    status: Status | None = None
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences behind an entity or event; notebooks call `_repr_html_`.

    Attributes:
        title: what it is evidence for.
        passages: oldest publication first.
    """

    title: str
    passages: tuple[Passage, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.passages)

    def __iter__(self) -> Iterator[Passage]:
        return iter(self.passages)

    def __str__(self) -> str:
        lines = [f"{self.title}: {len(self)} sentence{'' if len(self) == 1 else 's'}"]
        lines += [f"  {_brackets(passage)} ({_origin(passage)})" for passage in self.passages[:_PASSAGES]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        used = dict.fromkeys(role for passage in self.passages for _, role in passage.pieces if role)
        legend = " ".join(_mark_html(escape(role), role) for role in sorted(used))
        rest = len(self) - _PASSAGES
        return (
            f"<p><b>{_bdi(self.title)}</b>: {len(self):,} sentence{'' if len(self) == 1 else 's'}</p>"
            + (f"<p>{legend}</p>" if legend else "")
            + "".join(map(_passage_html, self.passages[:_PASSAGES]))
            + (f"<p>and {rest:,} more</p>" if rest > 0 else "")
        )


def _brackets(passage: Passage) -> str:
    pieces = (f"[{role} {words}]" if role else words for words, role in passage.pieces)
    return " ".join("".join(pieces).split())


def _origin(passage: Passage) -> str:
    days = [passage.published.isoformat()] if passage.published else []
    return ", ".join([passage.source, *days])


def _passage_html(passage: Passage) -> str:
    origin = _bdi(_origin(passage))
    if passage.url:
        origin = f'<a href="{escape(passage.url)}" target="_blank" rel="noreferrer noopener">{origin}</a>'
    facts = [origin, passage.status and escape(passage.status)]
    facts += [f"according to {_bdi(', '.join(passage.said_by))}"] if passage.said_by else []
    return (
        f"<blockquote><bdi>{_pieces_html(passage.pieces)}</bdi><br>"
        f"<small>{' · '.join(filter(None, facts))}</small></blockquote>"
    )


def evidence(graph: KnowledgeGraph, thing: Entity | Event) -> Evidence:
    """Return the sentences that tell of an event or name an entity, with their parts marked.

    Args:
        graph: what a build found.
        thing: an entity or event of this graph.
    """
    cited = Citations(graph)
    if isinstance(thing, Event):
        told = [
            (
                mention.sentence.document,
                cited.quote(mention),
                mention.status,
                tuple(cited.said_by(mention.attributed_to)),
            )
            for mention in thing.mentions
        ]
        passages = [_passage(graph, *facts) for facts in told]
    else:
        documents = {cited.of_mention(mention): mention.span.document for mention in thing.mentions}
        passages = [_passage(graph, documents[record["number"]], record) for record in cited.sentences()]
    order = sorted(passages, key=lambda p: (p.published or date.max, p.source, p.path))
    return Evidence(thing.label, tuple(order))


def _passage(
    graph: KnowledgeGraph,
    document: str,
    record: Mapping[str, Any],
    status: Status | None = None,
    said_by: tuple[str, ...] = (),
) -> Passage:
    return Passage(
        record["text"],
        tuple(record["pieces"]),
        record["source"],
        record["published"],
        record["url"],
        graph.document(document).path,
        status,
        said_by,
    )
