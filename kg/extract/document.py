"""From text to mentions: entities, times, events with roles, status and attribution, relations."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kg.datamodel import Document, Extraction
from kg.extract.coordination import mend_coordination
from kg.extract.coreference import find_antecedents, resolve_speakers
from kg.extract.events import assemble, find_scopes, read_predicates
from kg.extract.frames import Lexicon
from kg.extract.lexicon import load_lexicon
from kg.extract.mentions import find_mentions
from kg.extract.names import load_names
from kg.extract.parse import Parse
from kg.extract.reading import Reading
from kg.extract.relations import find_relations
from kg.extract.relatives import attach_relatives
from kg.extract.times import find_times, unique

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["extract", "extract_doc"]


def extract(
    documents: Iterable[Document], nlp: "Language", lexicon: Lexicon | None = None
) -> Iterator[Extraction]:
    """Yield what each document tells, in the order given; each depends on its document alone.

    Args:
        documents: read lazily, a few at a time.
        nlp: a pipeline from `kg.language.load`.
        lexicon: `ontology/lexicon.toml` by default.
    """
    pairs = ((document.text, document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True):
        yield extract_doc(document, doc, lexicon)


def extract_doc(document: Document, doc: "Doc", lexicon: Lexicon | None = None) -> Extraction:
    """Return the mentions in one parsed document; `doc.text` must be the document's text.

    Meanwhile no garbage is collected.
    """
    with _no_collection(), closing(Parse(doc)) as parse:
        return _read(document, parse, lexicon or load_lexicon())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put off the search for unused objects, if it is on: reading makes many, and all are in use until it ends."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(document: Document, parse: Parse, lexicon: Lexicon) -> Extraction:
    names = load_names()
    mend_coordination(parse, names)
    attach_relatives(parse, names)
    mentions, times = find_mentions(document, parse, names), find_times(document, parse, lexicon)
    reading = Reading(document, parse, lexicon, names, mentions, times)
    predicates = read_predicates(reading)
    find_antecedents(reading)
    scopes = find_scopes(reading, predicates)
    resolve_speakers(reading, scopes)
    events = assemble(reading, predicates, scopes)
    return Extraction(
        document=document.id,
        entity_mentions=tuple(reading.mentions),
        time_expressions=tuple(unique(reading.times)),
        event_mentions=tuple(events),
        relation_mentions=tuple(find_relations(reading)),
    )
