"""The graph as tables: rows, and the JSONL files that other tools read.

Four tables are the contract with other tools: `documents`, `entities`, `events`, `relations`. One JSON object a
line, UTF-8, keys in the order below, rows sorted: equal graphs give equal bytes. Offsets are characters of the
document's text, half-open; days are ISO 8601. `kg.frames` has data frames, for reading by eye.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kg.datamodel import (
    Argument,
    Document,
    Entity,
    EntityMention,
    Event,
    EventMention,
    Relation,
    RelationMention,
    Span,
    TimeExpression,
)
from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph

__all__ = ["TABLES", "rows", "write_tables"]

Row = dict[str, Any]

TABLES = ("documents", "entities", "events", "relations")


def rows(graph: KnowledgeGraph, table: str) -> Iterator[Row]:
    """Yield the rows of one of `TABLES`, sorted by id (relations by subject, property and object).

    Raises:
        InputError: there is no such table.
    """
    match table:
        case "documents":
            yield from map(_document, sorted(graph.documents, key=lambda document: document.id))
        case "entities":
            yield from map(_entity, sorted(graph.entities, key=lambda entity: entity.id))
        case "events":
            for event in sorted(graph.events, key=lambda event: event.id):
                yield _event(event, graph)
        case "relations":
            yield from map(_relation, sorted(graph.relations, key=_relation_key))
        case _:
            raise InputError(f"there is no table {table!r}; allowed: {', '.join(TABLES)}")


def write_tables(graph: KnowledgeGraph, folder: Path) -> None:
    """Write the four tables into `folder` as `<table>.jsonl`.

    Raises:
        OutputError: a file cannot be written.
    """
    for table in TABLES:
        path = folder / f"{table}.jsonl"
        try:
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                for row in rows(graph, table):
                    stream.write(json.dumps(row, ensure_ascii=False, separators=(", ", ": ")) + "\n")
        except OSError as error:
            raise OutputError(f"table {path} cannot be written: {error.strerror or error}") from error


# ------------------------------------------------------------- the contract


def _document(document: Document) -> Row:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": _day(document.published),
        "sha256": document.sha256,
        "characters": len(document.text),
    }


def _entity(entity: Entity) -> Row:
    return {
        "id": entity.id,
        "type": entity.type,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "same_as": list(entity.same_as),
        "mentions": [
            {"document": mention.span.document, **_span(mention.span), "kind": mention.kind}
            for mention in entity.mentions
        ],
    }


def _event(event: Event, graph: KnowledgeGraph) -> Row:
    return {
        "id": event.id,
        "type": event.type,
        "plover": event.plover,
        "predicate": event.predicate,
        "label": event.label,
        "status": event.status,
        "attributed_to": [{"entity": said.entity, "text": said.text} for said in event.attributed_to],
        "participants": [
            {"role": participant.role, "entity": participant.entity, "text": participant.text}
            for participant in event.participants
        ],
        "time": _time(event.time),
        "mentions": [_event_mention(mention, graph) for mention in event.mentions],
    }


def _event_mention(mention: EventMention, graph: KnowledgeGraph) -> Row:
    return {
        "document": mention.trigger.document,
        "sentence": list(mention.sentence.range),
        "trigger": {**_span(mention.trigger), "lemma": mention.lemma},
        "status": mention.status,
        "attributed_to": [
            {
                "entity": _id(graph, source.mention),
                "text": source.span.text,
                "start": source.span.start,
                "end": source.span.end,
            }
            for source in mention.attributed_to
        ],
        "arguments": [_argument(argument, graph) for argument in mention.arguments],
        "time": _time(mention.time),
        "rule": mention.rule,
    }


def _argument(argument: Argument, graph: KnowledgeGraph) -> Row:
    return {
        "role": argument.role,
        "start": argument.span.start,
        "end": argument.span.end,
        "head": list(argument.head),
        "text": argument.span.text,
        "entity": _id(graph, argument.mention),
    }


def _relation(relation: Relation) -> Row:
    end = {"value": relation.value} if relation.object is None else {"object": relation.object}
    return {
        "subject": relation.subject,
        "property": relation.property,
        **end,
        "mentions": [_relation_mention(mention) for mention in relation.mentions],
    }


def _relation_mention(mention: RelationMention) -> Row:
    end = mention.object.span if mention.object else mention.value_span
    return {
        "document": mention.span.document,
        "start": mention.span.start,
        "end": mention.span.end,
        "subject": list(mention.subject.span.range),
        "object": list(end.range) if end else None,
    }


def _relation_key(relation: Relation) -> tuple[str, str, str, str]:
    return relation.subject, relation.property, relation.object or "", relation.value or ""


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _time(time: TimeExpression | None) -> Row | None:
    if time is None:
        return None
    return {
        "text": time.span.text,
        "start": _day(time.start),
        "end": _day(time.end),
        "granularity": time.granularity,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _id(graph: KnowledgeGraph, mention: EntityMention | None) -> str | None:
    entity = graph.entity_of(mention)
    return entity.id if entity else None
