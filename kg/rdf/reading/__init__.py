"""From RDF to the graph: `from_rdf` makes again what `kg.rdf.mapping.triples` wrote.

A table a record names the property of each field; what the triples leave out follows from `kg.rdf.mapping.implied`. Triples that
kg never writes are ignored, and their order does not matter. What does not come back: how the graph was made (`run`,
which is no part of its identity), characters that XML forbids (written as U+FFFD), and positions that are not on Earth.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, parse

from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph
from kg.rdf.reading.nodes import gather
from kg.rdf.reading.world import read_world
from kg.texts import has_store, stored_texts

if TYPE_CHECKING:
    import rdflib

__all__ = ["from_rdf"]

_Triple = tuple[str, str, str]


def from_rdf(
    source: "Path | str | bytes | Store | rdflib.Graph", *, texts: Mapping[str, str] | None = None
) -> KnowledgeGraph:
    """Return the graph that RDF of kg tells of: `from_rdf(to_rdf(graph, texts=True)) == graph` for what a build made.

    Texts of documents are taken from `texts`, else from the store of the folder, else from the RDF. kg build writes none
    into graph.ttl: a file alone gives every record equal but for `Document.text`, which is "" then.

    Args:
        source: the folder that a build wrote, a Turtle file, Turtle as bytes, a pyoxigraph `Store` or an rdflib `Graph`.
        texts: texts by document id.

    Raises:
        OutputError: the file cannot be read, or is no Turtle.
        InputError: the RDF is not kg's, or lacks something; or a text is not the one that was read.
    """
    known = dict(texts or {})
    if isinstance(source, str | Path):
        path = Path(source)
        if path.is_dir() and texts is None and has_store(path):
            known = stored_texts(path)
        source = path / "graph.ttl" if path.is_dir() else path
    nodes = gather(_triples(source))
    graph = read_world(nodes, known)
    if nodes.fields and graph == KnowledgeGraph():
        raise InputError(
            "the RDF has no record of kg: name what kg wrote, graph.ttl or the folder that holds it"
        )
    return graph


def _triples(source: "Path | bytes | Store | rdflib.Graph") -> Iterator[_Triple]:
    """Yield triples as IRIs and lexical forms."""
    match source:
        case Path() | bytes():
            yield from _parsed(source)
        case Store():
            for quad in source:
                yield _value(quad.subject), _value(quad.predicate), _value(quad.object)
        case _:
            for subject, predicate, object in source:
                yield str(subject), str(predicate), str(object)


def _parsed(source: Path | bytes) -> Iterator[_Triple]:
    name = source if isinstance(source, Path) else "the source"
    try:
        with source.open("rb") if isinstance(source, Path) else BytesIO(source) as file:
            for triple in parse(file, RdfFormat.TURTLE):
                yield _value(triple.subject), _value(triple.predicate), _value(triple.object)
    except OSError as error:
        raise OutputError(f"cannot read {name}: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{name} is no Turtle: {' '.join(str(error).split())[:200]}") from error


def _value(term: object) -> str:
    """Return an IRI, a lexical form or the label of a blank node; of a triple in a triple, its own text."""
    return str(getattr(term, "value", term))
