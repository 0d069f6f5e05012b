"""Flat tables from the triples, for spreadsheets, data frames and databases: CSV, or Parquet with pyarrow.

    nodes       entities, events, words and positions; for Gephi, rename id and label as it asks
    edges       source, property, target between nodes: roles, relations, direct edges, sources of statements
    relations   the relations as records, also those whose end is a value
    claims      what sources say of one event that cannot both be true
    documents   the articles
    mentions    the stretches of text, each with its sentence
    evidence    which mention is evidence of which node, relation or claim

A row is a subject (an edge or piece of evidence: a triple), in the order of the triples, so nothing is held but a
batch. Several values of a cell are joined by " | " in CSV, and a list in Parquet.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import NamedNode, Triple

from kg.errors import InputError
from kg.ids import BASE, ENTITY, EVENT
from kg.rdf.formats.files import in_one_step
from kg.rdf.formats.turtle import blocks
from kg.rdf.terms import KG, NIF, OA, RDF, RDFS, SCHEMA, SEM, SKOS, WGS84, shorten

if TYPE_CHECKING:
    import pyarrow

__all__ = ["SHEETS", "sheet_rows", "write_csv", "write_parquet"]

Kind = Literal["text", "name", "list", "names", "integer", "number", "day"]
Row = tuple[Any, ...]

_BATCH = 4096
"""Rows of Parquet in memory at a time."""

_NODES = (ENTITY, EVENT, f"{BASE}position/")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        columns: name and kind of each: "name" is a node as a prefixed name, "names" many of them.
        rows: the rows that the triples of a subject give.
    """

    columns: Mapping[str, Kind]
    rows: Callable[[list[Triple]], Iterator[Row]]


def sheet_rows(ordered: Iterable[Triple]) -> Iterator[tuple[str, Row]]:
    """Yield each row with the name of its table.

    Args:
        ordered: all triples of a subject together.
    """
    for block in blocks(ordered):
        for name, sheet in SHEETS.items():
            for row in sheet.rows(block):
                yield name, row


def write_csv(ordered: Iterable[Triple], folder: Path) -> list[Path]:
    """Write each table as CSV (RFC 4180, UTF-8) into `folder`, and return the files.

    Raises:
        OutputError: a file cannot be written.
    """

    def write(paths: list[Path]) -> None:
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
            writers = {name: csv.writer(file) for name, file in zip(SHEETS, files, strict=True)}
            for name, sheet in SHEETS.items():
                writers[name].writerow(sheet.columns)
            for name, row in sheet_rows(ordered):
                writers[name].writerow(" | ".join(v) if isinstance(v, list) else v for v in row)

    return _write(folder, "csv", write)


def write_parquet(ordered: Iterable[Triple], folder: Path) -> list[Path]:
    """Write each table as Parquet into `folder`, and return the files.

    Raises:
        InputError: pyarrow is not installed.
        OutputError: a file cannot be written.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise InputError("Parquet needs pyarrow, which is not installed: pip install pyarrow") from None
    schemas = {name: _schema(pyarrow, sheet) for name, sheet in SHEETS.items()}

    def write(paths: list[Path]) -> None:
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(ParquetWriter(path, schemas[name], compression="zstd"))
                for name, path in zip(SHEETS, paths, strict=True)
            }
            for name, rows in _row_batches(sheet_rows(ordered)):
                columns = [list(column) for column in zip(*rows, strict=True)]
                writers[name].write_batch(pyarrow.record_batch(columns, schema=schemas[name]))

    return _write(folder, "parquet", write)


def _write(folder: Path, suffix: str, write: Callable[[list[Path]], None]) -> list[Path]:
    paths = [folder / f"{name}.{suffix}" for name in SHEETS]
    in_one_step(paths, write)
    return paths


def _schema(pyarrow: Any, sheet: Sheet) -> "pyarrow.Schema":
    types = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "day": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
        "names": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema([(name, types.get(kind, pyarrow.string())) for name, kind in sheet.columns.items()])


def _row_batches(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, list[Row]]]:
    waiting: dict[str, list[Row]] = {name: [] for name in SHEETS}
    for name, row in rows:
        waiting[name].append(row)
        if len(waiting[name]) == _BATCH:
            yield name, waiting[name]
            waiting[name] = []
    yield from ((name, rest) for name, rest in waiting.items() if rest)


# -------------------------------------------------------------------- tables


def _of_subject(
    belongs: Callable[[str, set[str]], bool], columns: Mapping[str, tuple[NamedNode, Kind]]
) -> Sheet:
    """Return a table with a row for each subject that `belongs`, told by its IRI and its classes."""

    def rows(block: list[Triple]) -> Iterator[Row]:
        subject = _iri(block[0].subject)
        values: dict[str, list[Any]] = {}
        for triple in block:
            values.setdefault(triple.predicate.value, []).append(triple.object)
        if belongs(subject, {_iri(type_) for type_ in values.get(RDF.type.value, ())}):
            cells = (_cell(values.get(term.value, []), kind) for term, kind in columns.values())
            yield subject, *cells

    return Sheet({"id": "text", **{name: kind for name, (_, kind) in columns.items()}}, rows)


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _cell(values: list[Any], kind: Kind) -> Any:
    """Return the cell of what a property has: None for nothing, the first value where the column has but one."""
    if kind in ("list", "names"):
        return [shorten(value.value) if kind == "names" else value.value for value in values]
    if not values:
        return None
    text: str = values[0].value
    match kind:
        case "integer":
            return int(text)
        case "number":
            return float(text)
        case "day":
            return date.fromisoformat(text)
        case "name":
            return shorten(text)
        case _:
            return text


def _edges(block: list[Triple]) -> Iterator[Row]:
    subject = _iri(block[0].subject)
    if not _is_node(subject, {_iri(triple.object) for triple in block if triple.predicate == RDF.type}):
        return
    for triple in block:
        target = _iri(triple.object)
        if (
            isinstance(triple.object, NamedNode)
            and target.startswith(_NODES)
            and triple.predicate != KG.filledRole
        ):
            yield subject, shorten(triple.predicate.value), target


def _is_node(iri: str, types: set[str]) -> bool:
    """Tell whether a subject is a node; the role of an event is an edge."""
    return iri.startswith(_NODES) and KG.FilledRole.value not in types


def _evidence(block: list[Triple]) -> Iterator[Row]:
    for triple in block:
        if triple.predicate == KG.denotedBy:
            yield _iri(triple.subject), _iri(triple.object)


SHEETS: Mapping[str, Sheet] = {
    "nodes": _of_subject(
        _is_node,
        {
            "label": (RDFS.label, "text"),
            "types": (RDF.type, "names"),
            "aliases": (SKOS.altLabel, "list"),
            "same_as": (SKOS.exactMatch, "list"),
            "latitude": (WGS84.lat, "number"),
            "longitude": (WGS84.long, "number"),
            "predicate": (KG.predicate, "text"),
            "status": (KG.status, "name"),
            "start": (SEM.hasBeginTimeStamp, "day"),
            "end": (SEM.hasEndTimeStamp, "day"),
        },
    ),
    "edges": Sheet({"source": "text", "property": "text", "target": "text"}, _edges),
    "relations": _of_subject(
        lambda _, types: KG.Relation.value in types,
        {
            "subject": (KG.subject, "text"),
            "property": (KG.property, "name"),
            "object": (KG.object, "text"),
            "value": (KG.value, "text"),
        },
    ),
    "claims": _of_subject(
        lambda _, types: KG.ConflictingClaim.value in types,
        {
            "value": (KG.value, "text"),
            "words": (KG.words, "text"),
            "document": (KG.claimedIn, "text"),
            "attributed_to": (KG.attributedTo, "list"),
        },
    ),
    "documents": _of_subject(
        lambda _, types: KG.Document.value in types,
        {
            "path": (KG.path, "text"),
            "title": (SCHEMA.headline, "text"),
            "publisher": (SCHEMA.publisher, "text"),
            "url": (SCHEMA.url, "text"),
            "published": (SCHEMA.datePublished, "day"),
            "language": (SCHEMA.inLanguage, "text"),
            "sha256": (KG.sha256, "text"),
        },
    ),
    "mentions": _of_subject(
        lambda _, types: OA.SpecificResource.value in types,
        {
            "document": (OA.hasSource, "text"),
            "start": (NIF.beginIndex, "integer"),
            "end": (NIF.endIndex, "integer"),
            "text": (NIF.anchorOf, "text"),
            "sentence": (KG.sentence, "text"),
            "types": (RDF.type, "names"),
            "lemma": (KG.lemma, "text"),
            "status": (KG.status, "name"),
        },
    ),
    "evidence": Sheet({"node": "text", "mention": "text"}, _evidence),
}
"""The tables by name."""
