"""The graph as data frames for reading by eye: names in the place of ids, one value a cell.

The tables that other tools read are those of `kg.tables`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.datamodel import Attribution, Event, Participant, Source
from kg.errors import InputError
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas

__all__ = ["FRAMES", "as_frame", "flat_rows", "frame"]

Row = dict[str, Any]

_FILLED = ("agent", "patient", "recipient", "topic", "place")

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": ("id", "path", "title", "publisher", "published", "characters"),
    "entities": (
        "id",
        "label",
        "type",
        "aliases",
        "same_as",
        "mentions",
        "documents",
        "latitude",
        "longitude",
    ),
    "events": (
        *("id", "label", "type", "plover", "predicate", *_FILLED),
        *("start", "end", "status", "attributed_to", "mentions", "documents"),
    ),
    "participants": ("event", "label", "role", "name", "text", "entity", "part_event"),
    "relations": ("subject", "property", "object", "subject_id", "object_id", "mentions"),
    "mentions": (
        *("event", "label", "sentence", "status", "attributed_to", "publisher", "published", "path"),
        *("trigger_start", "trigger_end", "rule"),
    ),
}
_DAYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("published",),
    "events": ("start", "end"),
    "mentions": ("published",),
}

FRAMES = tuple(_COLUMNS)


def flat_rows(graph: KnowledgeGraph, name: str) -> list[Row]:
    """Return one of `FRAMES` as rows with one value a cell; several names are joined by "; ".

    Raises:
        InputError: there is no such frame.
    """
    if name not in _COLUMNS:
        raise InputError(f"there is no frame {name!r}; allowed: {', '.join(FRAMES)}")
    return [dict(zip(_COLUMNS[name], values, strict=True)) for values in _FLAT[name](graph)]


def frame(graph: KnowledgeGraph, name: str) -> "pandas.DataFrame":
    """Return one of `FRAMES` as a pandas DataFrame; days are datetime64, a graph without rows keeps the columns.

    Raises:
        InputError: there is no such frame, or pandas is not installed.
    """
    found = flat_rows(graph, name)
    try:
        import pandas
    except ImportError:
        raise InputError("data frames need pandas: pip install pandas") from None
    table = pandas.DataFrame(found, columns=list(_COLUMNS[name]))
    return table.astype(dict.fromkeys(_DAYS.get(name, ()), "datetime64[s]"))


def as_frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> "pandas.DataFrame | list[Row]":
    """Return a DataFrame where pandas is installed, and the rows as dicts where it is not."""
    try:
        import pandas
    except ImportError:
        return [dict(zip(columns, row, strict=True)) for row in rows]
    found = list(rows)
    frame = pandas.DataFrame(found, columns=list(columns))
    for place, name in enumerate(frame.columns):
        # pandas makes 41.0 of an age where another row has none.
        values = {type(row[place]) for row in found}
        if values == {int, type(None)}:
            frame[name] = frame[name].astype("Int64")
    return frame


def _flat_documents(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    for document in graph.documents:
        yield (
            *(document.id, document.path, document.title, document.publisher, document.published),
            len(document.text),
        )


def _flat_entities(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    for entity in graph.entities:
        places = (entity.latitude, entity.longitude)
        documents = len({mention.span.document for mention in entity.mentions})
        names = _joined(entity.aliases), _joined(entity.same_as)
        yield entity.id, entity.label, entity.type, *names, len(entity.mentions), documents, *places


def _flat_events(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    for event in graph.events:
        yield (
            *(event.id, event.label, event.type, event.plover, event.predicate),
            *(_fillers(graph, event, role) for role in _FILLED),
            *((event.time.start, event.time.end) if event.time else (None, None)),
            *(event.status, _joined(_name(graph, said) for said in event.attributed_to)),
            *(len(event.mentions), len({mention.trigger.document for mention in event.mentions})),
        )


def _flat_participants(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    for event in graph.events:
        for part in event.participants:
            yield event.id, event.label, part.role, _name(graph, part), part.text, part.entity, part.event


def _flat_relations(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    for relation in graph.relations:
        other = relation.value if relation.object is None else graph.entity(relation.object).label
        subject = graph.entity(relation.subject).label
        ids = relation.subject, relation.object
        yield subject, relation.property, other, *ids, len(relation.mentions)


def _flat_mentions(graph: KnowledgeGraph) -> Iterator[tuple[object, ...]]:
    """Yield each sentence that tells of an event: the evidence."""
    for event in graph.events:
        for mention in event.mentions:
            document = graph.document(mention.trigger.document)
            said = _joined(_source_name(graph, source) for source in mention.attributed_to)
            yield (
                *(event.id, event.label, " ".join(mention.sentence.text.split()), mention.status, said),
                *(document.publisher, document.published, document.path),
                *(*mention.trigger.range, mention.rule),
            )


_FLAT: Mapping[str, Callable[[KnowledgeGraph], Iterator[tuple[object, ...]]]] = {
    "documents": _flat_documents,
    "entities": _flat_entities,
    "events": _flat_events,
    "participants": _flat_participants,
    "relations": _flat_relations,
    "mentions": _flat_mentions,
}


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(names) or None


def _fillers(graph: KnowledgeGraph, event: Event, role: str) -> str | None:
    return _joined(_name(graph, part) for part in event.participants if part.role == role)


def _name(graph: KnowledgeGraph, filler: Participant | Attribution) -> str:
    if filler.entity is not None:
        return graph.entity(filler.entity).label
    if isinstance(filler, Participant) and filler.event is not None:
        return graph.event(filler.event).label
    return filler.text


def _source_name(graph: KnowledgeGraph, source: Source) -> str:
    entity = graph.entity_of(source.mention)
    return entity.label if entity else source.span.text
