"""Canonical Turtle and N-Triples: the same graph gives the same bytes, written in a stream.

`triples` yields each subject's triples together and in order, so batches of subjects go through pyoxigraph's
serializer one after the other and no more than a batch is in memory. Its header is replaced by ours, because it
writes prefixes in the order of a hash table.
"""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, serialize

from kg.graph import KnowledgeGraph
from kg.rdf.formats.files import replace
from kg.rdf.mapping.triples import triples
from kg.rdf.terms import PREFIXES

__all__ = ["blocks", "nt_chunks", "prefix_lines", "to_turtle", "turtle_body", "turtle_chunks", "write_turtle"]

_BATCH = 4096
"""Triples in memory at a time, or those of one subject if it has more."""


def write_turtle(
    graph: KnowledgeGraph,
    target: Path | str | BinaryIO,
    *,
    run: Mapping[str, object] | None = None,
    texts: bool = False,
) -> None:
    """Write a graph as canonical Turtle.

    Args:
        graph: its tuples may be in any order.
        target: a path, which gets its new content in one step or keeps the old one, or an open binary file.
        run: what made the graph; see `kg.rdf.triples`.
        texts: put the whole text of each document in too.

    Raises:
        OutputError: the file cannot be written.
        KgError: the graph holds an id that is no IRI.
    """
    chunks = turtle_chunks(triples(graph, run=run, texts=texts))
    if isinstance(target, str | Path):
        replace(Path(target), chunks)
    else:
        target.writelines(chunks)


def to_turtle(
    graph: KnowledgeGraph, *, run: Mapping[str, object] | None = None, texts: bool = False
) -> bytes:
    """Return what `write_turtle` writes."""
    buffer = BytesIO()
    write_turtle(graph, buffer, run=run, texts=texts)
    return buffer.getvalue()


def turtle_chunks(ordered: Iterable[Triple]) -> Iterator[bytes]:
    """Yield a Turtle file piece by piece: a sorted header, then the triples in the order in which they come.

    Args:
        ordered: all triples of a subject together.
    """
    yield prefix_lines()
    for batch in _batches(ordered):
        yield b"\n" + turtle_body(batch)


def nt_chunks(ordered: Iterable[Triple]) -> Iterator[bytes]:
    """Yield canonical N-Triples piece by piece, in the order in which the triples come."""
    for batch in _batches(ordered):
        buffer = BytesIO()
        serialize(batch, buffer, RdfFormat.N_TRIPLES)
        yield buffer.getvalue()


def prefix_lines() -> bytes:
    """Return the header: our prefixes, sorted."""
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(PREFIXES)).encode()


def turtle_body(batch: Iterable[Triple]) -> bytes:
    """Return triples as Turtle without its header."""
    buffer = BytesIO()
    serialize(batch, buffer, RdfFormat.TURTLE, prefixes=PREFIXES)
    return buffer.getvalue().split(b"\n", len(PREFIXES))[-1]


def blocks(ordered: Iterable[Triple]) -> Iterator[list[Triple]]:
    """Yield the triples of one subject after the other."""
    for _, block in groupby(ordered, key=lambda triple: triple.subject):
        yield list(block)


def _batches(ordered: Iterable[Triple]) -> Iterator[list[Triple]]:
    batch: list[Triple] = []
    for block in blocks(ordered):
        batch.extend(block)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
