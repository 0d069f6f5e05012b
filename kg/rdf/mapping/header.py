"""What the graph says of itself: the run that made it (PROV-O), and the graph as a data set (DCAT 3, VoID).

It holds no clock, unless the run says when it ended, and no count that would need a second pass over the triples.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from pyoxigraph import NamedNode, Triple

from kg.config import LICENCES
from kg.graph import KnowledgeGraph
from kg.ids import BASE, ONTOLOGY, digest, slug
from kg.rdf.terms import (
    DCAT,
    DCTERMS,
    ENTITY_CLASS,
    GEO,
    KG,
    NIF,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    TIME,
    VOID,
    event_class,
)
from kg.rdf.values import Pairs, block, day, integer, iri, moment, text

__all__ = ["run_triples"]

#: Where the licence of something that kg carries can be read; the words of `LICENCES` stand beside it.
_LICENCE = {
    "kg": iri("https://opensource.org/license/mit"),
    "language model": iri("https://creativecommons.org/licenses/by-sa/4.0/"),
    "places": iri("https://creativecommons.org/licenses/by/4.0/"),
}
_PLACES = "places"
_TAKEN_FROM = {_PLACES: iri("https://www.geonames.org/"), "dictionary": iri("https://wordnet.princeton.edu/")}
_VOCABULARIES = (GEO, NIF, OA, PROV, SCHEMA, SEM, SKOS, TIME)
_RIGHTS = "The words of the articles, quoted here, remain their publishers'."


def run_triples(graph: KnowledgeGraph, run: Mapping[str, object]) -> Iterator[Triple]:
    """Yield the run, its settings, the program with what it carries, and the graph as a data set that the run made.

    Args:
        graph: any.
        run: "version" and whatever else was chosen; the settings of a mapping count one by one; "ended", if it is
            there, is the time at which the run ended.
    """
    settings, ended = _settings(run), run.get("ended")
    documents = sorted(document.id for document in graph.documents)
    node = f"{BASE}run/{digest(*(part for pair in settings for part in pair), length=10)}"
    program = iri(f"{BASE}run/kg-{slug(str(run.get('version', 'unknown')))}")
    setting_node = {key: iri(f"{node}-{slug(key)}-{digest(key, length=4)}") for key, _ in settings}
    pairs: Pairs = [
        (RDF.type, KG.Run),
        (RDF.type, PROV.Activity),
        *((PROV.used, iri(document)) for document in documents),
        (PROV.wasAssociatedWith, program),
        *((KG.setting, setting_node[key]) for key, _ in settings),
        *([(PROV.endedAtTime, moment(ended))] if isinstance(ended, datetime) else []),
    ]
    yield from block(iri(node), pairs)
    yield from _program_triples(program, run)
    for key, value in settings:
        pairs = [(RDF.type, KG.Setting), (SCHEMA.name, text(key)), (SCHEMA.value, text(value))]
        yield from block(setting_node[key], pairs)
    yield from _dataset_triples(graph, iri(f"{BASE}graph/{digest(node, *documents, length=10)}"), iri(node))


def _settings(run: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return names and values, sorted; {"library": {"numpy": "2"}} becomes "library numpy"."""
    found: list[tuple[str, str]] = []
    for key, value in run.items():
        if isinstance(value, Mapping):
            found.extend((f"{key} {name}", str(one)) for name, one in value.items())
        else:
            found.append((key, value.isoformat() if isinstance(value, datetime) else str(value)))
    return sorted(found)


def _program_triples(program: NamedNode, run: Mapping[str, object]) -> Iterator[Triple]:
    """Yield the program, and what it carries, each with its licence."""
    carried = {name: (_carried_node(name), words) for name, words in LICENCES if name != "kg"}
    pairs: Pairs = [
        (RDF.type, PROV.SoftwareAgent),
        (RDFS.label, text("kg")),
        (DCTERMS.license, _LICENCE["kg"]),
        *([(SCHEMA.softwareVersion, text(str(run["version"])))] if "version" in run else []),
        *((DCTERMS.hasPart, node) for node, _ in carried.values()),
    ]
    yield from block(program, pairs)
    for name, (node, words) in carried.items():
        pairs = [
            (RDF.type, PROV.Entity),
            (DCTERMS.title, text(name, "en")),
            (DCTERMS.rights, text(words, "en")),
            *([(DCTERMS.license, _LICENCE[name])] if name in _LICENCE else []),
            *([(DCTERMS.source, _TAKEN_FROM[name])] if name in _TAKEN_FROM else []),
        ]
        yield from block(node, pairs)


def _carried_node(name: str) -> NamedNode:
    return iri(f"{BASE}run/carried-{slug(name)}")


def _dataset_triples(graph: KnowledgeGraph, dataset: NamedNode, run: NamedNode) -> Iterator[Triple]:
    """Yield the data set, the days that it spans, and how many there are of each class."""
    days = sorted(document.published for document in graph.documents if document.published)
    span = iri(f"{dataset.value}-days")
    counts = {iri(f"{dataset.value}-{name}"): (of, number) for name, of, number in _counts(graph)}
    description = (
        f"Who did what to whom, where and when, and who says so: {len(graph.entities)} entities, "
        f"{len(graph.events)} events and {len(graph.relations)} relations, each with the words that it rests on."
    )
    pairs: Pairs = [
        *((RDF.type, type_) for type_ in (DCAT.Dataset, VOID.Dataset, PROV.Entity)),
        (DCTERMS.title, text(graph.title, "en")),
        (DCTERMS.description, text(description, "en")),
        *((DCTERMS.language, text(language)) for language in {d.language for d in graph.documents}),
        (DCTERMS.rights, text(_RIGHTS, "en")),
        (DCTERMS.source, _carried_node(_PLACES)),
        *([(DCTERMS.temporal, span)] if days else []),
        (PROV.wasGeneratedBy, run),
        *((PROV.wasDerivedFrom, iri(document.id)) for document in graph.documents),
        (VOID.entities, integer(len(graph.entities) + len(graph.events))),
        *((VOID.classPartition, node) for node in counts),
        (VOID.vocabulary, iri(ONTOLOGY.rstrip("#"))),
        *((VOID.vocabulary, iri(vocabulary._base)) for vocabulary in _VOCABULARIES),
    ]
    yield from block(dataset, pairs)
    if days:
        bounds = [(DCAT.startDate, day(days[0])), (DCAT.endDate, day(days[-1]))]
        yield from block(span, [(RDF.type, DCTERMS.PeriodOfTime), *bounds])
    for node, (of, number) in sorted(counts.items(), key=lambda pair: pair[0].value):
        yield from block(node, [(VOID.class_, of), (VOID.entities, integer(number))])


def _counts(graph: KnowledgeGraph) -> Iterator[tuple[str, NamedNode, int]]:
    """Yield name, class and number of each class of which the graph has any; sub-classes count by themselves."""
    for type_, number in Counter(entity.type for entity in graph.entities).items():
        yield f"entity-{type_}", ENTITY_CLASS[type_], number
    for name, number in Counter(event.type for event in graph.events).items():
        yield f"event-{name}", event_class(name), number
    records = (
        (KG.Document, graph.documents),
        (KG.Relation, graph.relations),
        (KG.Contradiction, graph.contradictions),
    )
    for of, found in records:
        if found:
            yield of.value.removeprefix(ONTOLOGY), of, len(found)
