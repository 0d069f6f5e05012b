"""The view model: all that the page shows, as plain dicts and lists, in the order the page shows it.

Entities and events are numbered (entities first), and everything points to them by number. Offsets count
characters of the sentence they belong to. What is missing is left out.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kg.datamodel import Contradiction, Entity, Event, EventMention, Relation, Span
from kg.graph import KnowledgeGraph
from kg.render.drawn import STYLES, actor_network, event_network
from kg.render.evidence import SentencePool
from kg.render.taken_in import merges_of

__all__ = ["STYLES", "tone", "view_model", "web_url"]

_MOST_EVIDENCE = 300
_TOP = 8
_NOTHING: tuple[Any, ...] = (None, [], {})


def web_url(url: str | None) -> str | None:
    """Return an http(s) address unchanged, and None for everything else ("javascript:", files, broken ones)."""
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def tone(plover: str | None, quad: str | None) -> str:
    """Return "cooperation", "conflict" or "other"; a request is neither, although PLOVER counts it as conflict."""
    if quad is None or (plover or "").upper() == "REQUEST":
        return "other"
    return quad.rpartition(" ")[2]


def view_model(graph: KnowledgeGraph, analysis: Mapping[str, Any], *, title: str) -> dict[str, Any]:
    """Return what the page shows.

    Args:
        graph: what a build found.
        analysis: what `kg.analyse.analyse` says about this graph.
        title: heading of the page.

    Returns:
        `title`, `documents`, `sentences`, `entities`, `events`, `relations`, `contradictions`, `communities`,
        `overview`, and `networks`: nodes and edges of the "actors" and the "events" view.
    """
    pool, disputed, taken_in = SentencePool(graph), set(analysis["disputed"]), merges_of(graph)
    number = {entity.id: i for i, entity in enumerate(graph.entities)}
    number |= {event.id: i for i, event in enumerate(graph.events, len(number))}
    labels = {entity.id: entity.label for entity in graph.entities}
    labels |= {event.id: event.label for event in graph.events}
    view = {
        "title": title,
        "events": [
            _event(
                event,
                analysis,
                pool,
                number,
                labels,
                disputed=event.id in disputed,
                merges=taken_in.get(event.id, []),
            )
            for event in graph.events
        ],
        "relations": [_relation(relation, pool, number) for relation in graph.relations],
        "contradictions": _contradictions(graph, pool, number),
        "entities": [
            _entity(entity, analysis, pool, taken_in.get(entity.id, [])) for entity in graph.entities
        ],
        "documents": _documents(graph, analysis),
        "sentences": pool.records,
        "communities": [_community(group, analysis["groups"], number) for group in analysis["communities"]],
        "overview": _overview(graph, analysis, number),
        "networks": {
            "actors": actor_network(graph, analysis, number),
            "events": event_network(graph, analysis, number),
        },
    }
    return dict(sorted(view.items()))


def _bare(record: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is missing or empty."""
    return {name: value for name, value in record.items() if value not in _NOTHING}


def _documents(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        _bare(
            {
                "id": document.id,
                "title": document.title,
                "outlet": analysis["documents"][document.id]["outlet"],
                "date": document.published.isoformat() if document.published else None,
                "url": web_url(document.url),
                "path": document.path,
            }
        )
        for document in graph.documents
    ]


def _is_only_described(entity: Entity) -> bool:
    """Return whether the texts never name it: "gunmen", "a minister"."""
    return bool(entity.mentions) and all(mention.kind != "name" for mention in entity.mentions)


def _entity(
    entity: Entity, analysis: Mapping[str, Any], pool: SentencePool, merges: list[dict[str, Any]]
) -> dict[str, Any]:
    measures = analysis["entities"][entity.id]
    return _bare(
        {
            "id": entity.id,
            "type": entity.type,
            "label": entity.label,
            "described": _is_only_described(entity) or None,
            "aliases": list(entity.aliases),
            "links": [url for url in map(web_url, entity.same_as) if url],
            "mentions": len(entity.mentions),
            "events": measures["events"],
            "acts": measures["acts"],
            "affected": measures["affected"],
            "degree": measures["degree"],
            "pagerank": measures["pagerank"],
            "betweenness": measures["betweenness"],
            "merges": merges,
            "evidence": [list(pool.of_span(mention.span)) for mention in entity.mentions[:_MOST_EVIDENCE]],
        }
    )


def _event(
    event: Event,
    analysis: Mapping[str, Any],
    pool: SentencePool,
    number: Mapping[str, int],
    labels: Mapping[str, str],
    *,
    disputed: bool,
    merges: list[dict[str, Any]],
) -> dict[str, Any]:
    time = event.time
    measures = analysis["events"][event.id]
    evidence = []
    for mention in event.mentions:
        sentence, parts = pool.of_event(mention)
        said = pool.said_by(mention.attributed_to)
        evidence.append(_bare({"sentence": sentence, "parts": parts, "status": mention.status, "said": said}))
    return _bare(
        {
            "id": event.id,
            "type": event.type,
            "plover": event.plover,
            "quad": measures["quad"],
            "tone": tone(event.plover, measures["quad"]),
            "predicate": event.predicate,
            "label": event.label,
            "status": event.status,
            "disputed": disputed or None,
            "time": time
            and _bare(
                {
                    "text": time.span.text,
                    "start": time.start.isoformat() if time.start else None,
                    "end": time.end.isoformat() if time.end else None,
                    "granularity": time.granularity,
                }
            ),
            "attributed": [
                _part(source.text, source.entity, number, labels) for source in event.attributed_to
            ],
            "participants": [
                {"role": p.role} | _part(p.text, p.entity or p.event, number, labels)
                for p in event.participants
            ],
            "part_of": [number[whole] for whole in event.part_of],
            "merges": merges,
            "evidence": evidence,
        }
    )


def _part(
    text: str | None, id: str | None, number: Mapping[str, int], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Return who or what takes part; the words only where they are not its label."""
    same = id is not None and text == labels[id]
    return _bare({"text": None if same else text, "node": _node(id, number)})


def _community(
    group: Mapping[str, Any], places: Mapping[str, list[float]], number: Mapping[str, int]
) -> dict[str, Any]:
    """Return a community, with its place if it is one of those that are drawn at once."""
    x, y = places.get(str(group["id"]), (None, None))
    members = [number[id] for id in group["entities"]]
    return _bare({"name": group["name"], "members": members, "events": group["events"], "x": x, "y": y})


def _node(id: str | None, number: Mapping[str, int]) -> int | None:
    return None if id is None else number[id]


def _relation(relation: Relation, pool: SentencePool, number: Mapping[str, int]) -> dict[str, Any]:
    evidence = []
    for mention in relation.mentions:
        sentence, parts = pool.of_relation(mention)
        evidence.append({"sentence": sentence, "parts": parts})
    return _bare(
        {
            "subject": number[relation.subject],
            "property": relation.property,
            "object": _node(relation.object, number),
            "value": relation.value,
            "evidence": evidence,
        }
    )


def _contradictions(
    graph: KnowledgeGraph, pool: SentencePool, number: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return what sources contradict each other in, each claim with its sentence."""
    told = {mention.trigger: mention for event in graph.events for mention in event.mentions}
    first = len(graph.entities)
    return [
        _bare(
            {
                "event": number[item.event] - first,
                "field": item.field,
                "about": item.about,
                "claims": _claims(item, told, pool),
            }
        )
        for item in graph.contradictions
    ]


def _claims(
    contradiction: Contradiction, told: Mapping[Span, EventMention], pool: SentencePool
) -> list[dict[str, Any]]:
    claims = []
    for claim in contradiction.claims:
        sentence, parts = pool.of_event(told[claim.trigger])
        said = pool.said_by(claim.attributed_to)
        claims.append(_bare({"value": claim.value, "sentence": sentence, "parts": parts, "said": said}))
    return claims


def _overview(
    graph: KnowledgeGraph, analysis: Mapping[str, Any], number: Mapping[str, int]
) -> dict[str, Any]:
    first = len(graph.entities)
    return {
        "counts": analysis["counts"],
        "actors": [number[actor["entity"]] for actor in analysis["actors"][:_TOP]],
        "pairs": [
            {
                "source": number[pair["source"]],
                "target": number[pair["target"]],
                "events": [number[id] - first for id in pair["events"]],
            }
            for pair in analysis["dyads"][:_TOP]
        ],
        "sources": [
            _bare(
                {
                    "node": _node(source["entity"], number),
                    "label": source["label"],
                    "events": source["events"],
                }
            )
            for source in analysis["sources"][:_TOP]
        ],
    }
