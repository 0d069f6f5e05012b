"""What the graph says of itself: the run that made it, and the graph as a data set."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Triple

from kg.graph import KnowledgeGraph
from kg.ids import BASE, digest, slug
from kg.rdf.terms import KG, PROV, RDF, RDFS, SCHEMA, VOID
from kg.rdf.values import Pairs, block, iri, text

__all__ = ["run_triples"]


def run_triples(graph: KnowledgeGraph, run: Mapping[str, object]) -> Iterator[Triple]:
    """Yield the run, its settings, the program, and the graph as a data set that the run made."""
    settings = sorted((key, str(value)) for key, value in run.items())
    documents = sorted(document.id for document in graph.documents)
    node = f"{BASE}run/{digest(*(part for pair in settings for part in pair), length=10)}"
    program = iri(f"{BASE}run/kg-{slug(str(run.get('version', 'unknown')))}")
    setting_node = {key: iri(f"{node}-{slug(key)}-{digest(key, length=4)}") for key, _ in settings}
    used = [(PROV.used, iri(document)) for document in documents]
    made = [(PROV.wasAssociatedWith, program), *((KG.setting, setting_node[key]) for key, _ in settings)]
    yield from block(iri(node), [(RDF.type, KG.Run), (RDF.type, PROV.Activity), *used, *made])
    yield from block(program, _program_pairs(run))
    for key, value in settings:
        pairs: Pairs = [(RDF.type, KG.Setting), (SCHEMA.name, text(key)), (SCHEMA.value, text(value))]
        yield from block(setting_node[key], pairs)
    sources = [(PROV.wasDerivedFrom, iri(document)) for document in documents]
    types = [(RDF.type, VOID.Dataset), (RDF.type, PROV.Entity), (PROV.wasGeneratedBy, iri(node))]
    yield from block(iri(f"{BASE}graph/{digest(node, *documents, length=10)}"), [*types, *sources])


def _program_pairs(run: Mapping[str, object]) -> Pairs:
    yield RDF.type, PROV.SoftwareAgent
    yield RDFS.label, text("kg")
    if "version" in run:
        yield SCHEMA.softwareVersion, text(str(run["version"]))
