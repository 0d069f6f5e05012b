"""The graph as tables: rows, and the JSONL files that other tools read.

Six tables are the contract with other tools: `documents`, `entities`, `events`, `relations`; `decisions`, why mentions
became one and what was linked; `contradictions`, what sources say of one event that cannot both be true. One JSON object
a line, UTF-8, keys in the order below, rows sorted: equal graphs give equal bytes. Offsets are characters of the
document's text, half-open; days are ISO 8601. `kg.frames` has data frames, for reading by eye.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kg.datamodel import (
    Argument,
    Claim,
    Contradiction,
    Decision,
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
from kg.ids import contradiction_id, relation_id

__all__ = ["TABLES", "Row", "read_table", "rows", "write_tables"]

Row = dict[str, Any]

TABLES = ("documents", "entities", "events", "relations", "decisions", "contradictions")

_MENTION = re.compile(r"(.+)#char=(\d+),(\d+)")


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
        case "decisions":
            for decision in sorted(graph.decisions, key=_decision_key):
                yield _decision(decision, graph)
        case "contradictions":
            for contradiction in sorted(graph.contradictions, key=_contradiction_key):
                yield _contradiction(contradiction, graph)
        case _:
            raise InputError(f"there is no table {table!r}; allowed: {', '.join(TABLES)}")


def write_tables(graph: KnowledgeGraph, folder: Path) -> None:
    """Write the tables into `folder` as `<table>.jsonl`.

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


def read_table(out: Path, table: str) -> Iterator[Row]:
    """Yield the rows of one of `TABLES` from the folder `out` that a build wrote, one line in memory at a time.

    Raises:
        InputError: there is no such table.
        OutputError: the file is missing, cannot be read, or a line is no JSON object.
    """
    if table not in TABLES:
        raise InputError(f"there is no table {table!r}; allowed: {', '.join(TABLES)}")
    path = out / f"{table}.jsonl"
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                number += 1
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("not a JSON object")
                yield row
    except FileNotFoundError:
        raise OutputError(f"{out} holds no {path.name}: run kg build INPUT -o {out}") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # also of bytes that are no UTF-8, which come in blocks: then after this line
        raise OutputError(f"{path} is damaged at line {number}: {error}; run kg build again") from error


# ------------------------------------------------------------- the contract


def _document(document: Document) -> Row:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": _day(document.published),
        "language": document.language,
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
        "part_of": list(event.part_of),
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
        "id": relation_id(relation.property, relation.subject, relation.object, relation.value),
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
        "text": mention.span.text,
        "subject": list(mention.subject.span.range),
        "object": list(end.range) if end else None,
        "rule": mention.rule,
    }


def _decision(decision: Decision, graph: KnowledgeGraph) -> Row:
    return {
        "kind": decision.kind,
        "subject": decision.subject,
        "label": _label(decision.subject, graph),
        "object": decision.object,
        "text": _words(decision.object, graph),
        "rule": decision.rule,
        "evidence": decision.evidence,
        "runner_up": decision.runner_up,
    }


def _contradiction(contradiction: Contradiction, graph: KnowledgeGraph) -> Row:
    return {
        "id": contradiction_id(contradiction.event, contradiction.field, contradiction.about),
        "event": contradiction.event,
        "label": _label(contradiction.event, graph),
        "field": contradiction.field,
        "about": contradiction.about,
        "claims": [_claim(claim) for claim in contradiction.claims],
    }


def _claim(claim: Claim) -> Row:
    return {
        "value": claim.value,
        "document": claim.span.document,
        **_span(claim.span),
        "trigger": list(claim.trigger.range),
        "publisher": claim.publisher,
        "published": _day(claim.published),
        "attributed_to": [{"entity": said.entity, "text": said.text} for said in claim.attributed_to],
    }


def _contradiction_key(contradiction: Contradiction) -> tuple[str, str, str]:
    return contradiction.event, contradiction.field, contradiction.about or ""


def _label(id: str, graph: KnowledgeGraph) -> str | None:
    """Return the name of an entity or event."""
    try:
        return graph.entity(id).label
    except KeyError:
        pass
    try:
        return graph.event(id).label
    except KeyError:
        return None


def _decision_key(decision: Decision) -> tuple[str, ...]:
    return (
        *(decision.subject, decision.object, decision.rule, decision.evidence),
        *(decision.kind, decision.runner_up or ""),
    )


def _words(object: str, graph: KnowledgeGraph) -> str | None:
    """Return the words of the mention, or the name of the entity or event, that a decision speaks of."""
    found = _MENTION.fullmatch(object)
    if not found:
        return _label(object, graph)
    text = graph.document(found[1]).text
    return text[int(found[2]) : int(found[3])]


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
        "document": time.span.document,
        "span": list(time.span.range),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _id(graph: KnowledgeGraph, mention: EntityMention | None) -> str | None:
    entity = graph.entity_of(mention)
    return entity.id if entity else None
