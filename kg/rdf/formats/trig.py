"""TriG with one named graph an article: what that article alone says.

The name of a graph is the IRI of its document. In it stand

- the stretches of its text, with their quotes, what they say and the context of their offsets;
- every triple that leads to one of them (`kg:denotedBy`, `kg:timeExpression`), whatever its subject is;
- whole, with the parts and words that belong to them: each event, relation and conflicting claim that it alone tells of.

In the default graph stand the entities, what more than one article tells, the direct edges, documents, contradictions,
decisions and the description of the data set. Each triple stands in one graph, so that together they are the triples of the Turtle.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from pyoxigraph import NamedNode, Triple

from kg.ids import BASE, DOCUMENT, EVENT
from kg.rdf.formats.turtle import blocks, prefix_lines, turtle_body
from kg.rdf.terms import KG, RDF

__all__ = ["by_article", "trig_chunks"]

_BATCH = 16_384
"""Triples in memory at a time."""

_TOLD = (EVENT, f"{BASE}relation/", f"{BASE}contradiction/")
_Placed = tuple[str, Triple]


def trig_chunks(ordered: Iterable[Triple]) -> Iterator[bytes]:
    """Yield a TriG file piece by piece: the default graph, then the named ones by IRI.

    The triples of a graph come from all over the stream: what is done is set aside in a temporary file, with a note
    of where, and gathered at the end.

    Args:
        ordered: all triples of a subject together.
    """
    yield prefix_lines()
    with TemporaryFile() as aside:
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for batch in _batches(ordered):
            for name in sorted(batch):
                data = turtle_body(batch[name])
                places[name].append((aside.tell(), len(data)))
                aside.write(data)
        for name in sorted(places):
            yield f"\nGRAPH <{name}> {{\n".encode() if name else b"\n"
            yield from _pieces(aside, places[name])
            if name:
                yield b"}\n"


def by_article(ordered: Iterable[Triple]) -> Iterator[_Placed]:
    """Yield each triple with the name of its graph, "" for the default graph."""
    for block in _placed_blocks(ordered):
        yield from block


def _placed_blocks(ordered: Iterable[Triple]) -> Iterator[list[_Placed]]:
    owner, home = "", ""
    for block in blocks(ordered):
        subject = block[0].subject
        name = subject.value if isinstance(subject, NamedNode) else ""
        place = _home(name, block)
        if place or not _belongs(name, block, owner):
            owner, home = name, place
        yield [(home or _article_of(triple), triple) for triple in block]


def _belongs(name: str, block: list[Triple], owner: str) -> bool:
    """Tell whether a subject is a part or the words of the one before it, and goes where that went."""
    is_words = any(triple.predicate == RDF.type and triple.object == KG.Phrase for triple in block)
    return is_words or name.startswith(f"{owner}-")


def _home(name: str, block: list[Triple]) -> str:
    """Return the article that alone tells of a subject; "" where more do, or where it is no event or relation."""
    if name.startswith(DOCUMENT):
        return _article(name)
    if not name.startswith(_TOLD):
        return ""
    articles = {_article_of(triple) for triple in block} - {""}
    return articles.pop() if len(articles) == 1 else ""


def _article_of(triple: Triple) -> str:
    """Return the article whose text a triple leads to, "" if none."""
    return _article(triple.object.value) if isinstance(triple.object, NamedNode) else ""


def _article(iri: str) -> str:
    """Return the document of a stretch of text; "" for all else, also for the document itself."""
    document, mark, _ = iri.partition("#")
    return document if mark and document.startswith(DOCUMENT) else ""


def _batches(ordered: Iterable[Triple]) -> Iterator[dict[str, list[Triple]]]:
    batch: defaultdict[str, list[Triple]] = defaultdict(list)
    size = 0
    for block in _placed_blocks(ordered):
        for name, triple in block:
            batch[name].append(triple)
        size += len(block)
        if size >= _BATCH:
            yield batch
            batch, size = defaultdict(list), 0
    if batch:
        yield batch


def _pieces(file: IO[bytes], places: list[tuple[int, int]]) -> Iterator[bytes]:
    for start, length in places:
        file.seek(start)
        yield file.read(length)
