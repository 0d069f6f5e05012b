"""The formats in which a graph is written, by name; one more is one more line in `FORMATS` or `TABLES`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph
from kg.rdf.formats.files import read_turtle, replace
from kg.rdf.formats.jsonld import jsonld_chunks
from kg.rdf.formats.sheets import write_csv, write_parquet
from kg.rdf.formats.trig import trig_chunks
from kg.rdf.formats.turtle import nt_chunks, turtle_chunks
from kg.rdf.mapping.triples import triples
from kg.rdf.sparql.infer import closure

__all__ = ["FORMATS", "TABLES", "Format", "chunks", "format_of", "write"]

Source = KnowledgeGraph | Path | str
"""A graph, a Turtle file that kg wrote, or the output folder that holds one."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one file.

    Attributes:
        suffix: of its files.
        media_type: as registered with IANA.
        chunks: gives the file piece by piece, from triples of which all of one subject come together.
    """

    suffix: str
    media_type: str
    chunks: Callable[[Iterable[Triple]], Iterator[bytes]]


FORMATS: Mapping[str, Format] = {
    "turtle": Format(".ttl", "text/turtle", turtle_chunks),
    "nt": Format(".nt", "application/n-triples", nt_chunks),
    "jsonld": Format(".jsonld", "application/ld+json", jsonld_chunks),
    "trig": Format(".trig", "application/trig", trig_chunks),
}
TABLES: Mapping[str, Callable[[Iterable[Triple], Path], list[Path]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
}
"""Formats of many files, which go into a folder."""


def format_of(path: Path) -> str | None:
    """Return the format that a file's name ends in, None if none.

    >>> format_of(Path("graph.nt"))
    'nt'
    """
    return next((name for name, format in FORMATS.items() if path.suffix == format.suffix), None)


def chunks(source: Source, format: str, *, infer: bool = False) -> Iterator[bytes]:
    """Yield one of `FORMATS` piece by piece, with no more than a batch in memory.

    With `infer`, what follows by the ontology is written too (`kg.rdf.closure`), and the whole graph is in memory.

    Raises:
        InputError: there is no such format.
        OutputError: the source cannot be read or is no Turtle.
        KgError: the graph holds an id that the format cannot write.
    """
    if format not in FORMATS:
        raise InputError(f"there is no format {format!r} of one file; allowed: {', '.join(FORMATS)}")
    return FORMATS[format].chunks(_triples(source, infer))


def write(
    source: Source, target: Path | str, format: str | None = None, *, infer: bool = False
) -> list[Path]:
    """Write a graph in a format, and return the files; the old ones stay whatever fails.

    Args:
        source: a graph, or what a build wrote, which is read in a stream.
        target: the file; for tables a folder, made where there is none.
        format: one of `FORMATS` or `TABLES`; None takes what the name of the file ends in.
        infer: write what follows by the ontology too; not for tables.

    Raises:
        InputError: there is no such format, or a library for it is missing.
        OutputError: the source cannot be read, or a file cannot be written.
    """
    target = Path(target)
    format = format or format_of(target) or ""
    if format in TABLES:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot write into {target}: {error.strerror or error}; name a folder"
            ) from None
        return TABLES[format](_triples(source), target)
    if format not in FORMATS:
        what = f"no format {format!r}" if format else f"no format by the name of {target.name}"
        raise InputError(f"{what}; allowed: {', '.join([*FORMATS, *TABLES])}")
    replace(target, FORMATS[format].chunks(_triples(source, infer)))
    return [target]


def _triples(source: Source, infer: bool = False) -> Iterator[Triple]:
    if isinstance(source, KnowledgeGraph):
        found = triples(source, run=source.run.facts() if source.run else None)
    else:
        found = read_turtle(Path(source))
    return closure(found) if infer else found
