"""Validation against SHACL shapes (W3C 2017) with pySHACL, which the extra `shacl` installs."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import SH

from kg.config import ontology_dir
from kg.errors import KgError
from kg.rdf.checks.columns import Columns, read_triples
from kg.rdf.checks.narrow import Narrowed, narrow
from kg.rdf.formats.convert import to_rdflib
from kg.rdf.ontology.own import ontology_beside
from kg.rdf.sparql.query import load_store
from kg.rdf.sparql.readonly import check_read_only
from kg.rdf.terms import NIF, RDFS, SCHEMA, SKOS, shorten

__all__ = ["Finding", "ValidationReport", "validate"]

_QUERIES = {str(SH.select), str(SH.ask), str(SH.construct), str(SH.update)}
_NAMES = (SKOS.prefLabel, RDFS.label, NIF.anchorOf, SCHEMA.name)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape forbids.

    Attributes:
        focus: the node that was checked; "" for a blank node.
        label: what the graph calls it; None where it has no name.
        message: what is wrong with it.
        path: the property it is about, or a path in the words of SPARQL (`^kg:denotedBy`); None where it is about
            the node itself.
        value: the value that is wrong; None where one is missing.
        severity: Violation, Warning, Info, or the name of a severity of one's own.
        shape: IRI of the shape; None for one without a name.
    """

    focus: str
    label: str | None
    message: str
    path: str | None
    value: str | None
    severity: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What validation found.

    Attributes:
        conforms: nothing was found, of whatever severity, as SHACL defines it.
        findings: sorted by severity, what is wrong, and where.
        nodes: how many nodes some shape was about.
        shapes: how many shapes were about nodes.
    """

    conforms: bool
    findings: tuple[Finding, ...]
    nodes: int
    shapes: int


def validate(
    path: Path | str, *, shapes: Path | str | None = None, thorough: bool = False
) -> ValidationReport:
    """Check a Turtle file, together with the ontology, against shapes.

    Args:
        path: a Turtle file, or the output folder that holds `graph.ttl`.
        shapes: a Turtle file with SHACL shapes; `ontology/shapes.ttl` by default.
        thorough: have pySHACL look at every node, not only at those that may break a shape: the same findings, in many
            times the time.

    Raises:
        KgError: pySHACL is not installed, or the shapes are no valid SHACL.
        OutputError: a file cannot be read or is no Turtle.
        QueryError: a shape's SPARQL would write or fetch.
    """
    if find_spec("pyshacl") is None:
        raise KgError("validation needs pySHACL, which is not installed: pip install pyshacl owlrl")
    shape_file = Path(shapes) if shapes is not None else ontology_dir() / "shapes.ttl"
    path, triples = Path(path), _shapes(shape_file)
    graph = path / "graph.ttl" if path.is_dir() else path
    data = Columns(chain(read_triples(ontology_beside(graph)), read_triples(graph)))
    with _silent():
        narrowed = narrow(triples, data, cache(lambda: load_store(graph)))
        if not (narrowed.targets or thorough):
            return _report((), narrowed)
        shape_triples = triples if thorough else narrowed.triples
        found = _pyshacl(to_rdflib(data.triples()), to_rdflib(shape_triples), shape_file)
    return _report((_finding(found, node, data) for node in found.objects(None, SH.result)), narrowed)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep rdflib from logging each ill-typed literal with a traceback: it is a finding."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _shapes(path: Path) -> list[Triple]:
    triples = list(read_triples(path))
    if not any(triple.predicate.value.startswith(str(SH)) for triple in triples):
        raise KgError(f"{path} holds no shapes: name a Turtle file with terms of {SH}")
    for triple in triples:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, Literal):
            check_read_only(triple.object.value)
    return triples


def _pyshacl(data: rdflib.Graph, shapes: rdflib.Graph, shape_file: Path) -> rdflib.Graph:
    """Return pySHACL's report. The ontology is in the data; nothing is inferred but sub-classes."""
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError

    try:
        report = pyshacl.validate(data, shacl_graph=shapes, inplace=True, do_owl_imports=False)[1]
    except (ReportableRuntimeError, TypeError) as error:  # TypeError: values that it cannot compare
        raise KgError(_gives_up(shape_file, error)) from None
    if not isinstance(report, rdflib.Graph):  # an error that pySHACL returns
        raise KgError(_gives_up(shape_file, report))
    return report


def _gives_up(shape_file: Path, reason: object) -> str:
    return f"pySHACL cannot use {shape_file} here: {' '.join(str(reason).split())}"


def _report(findings: Iterable[Finding], narrowed: Narrowed) -> ValidationReport:
    ordered = tuple(sorted(set(findings), key=_order))
    return ValidationReport(not ordered, ordered, narrowed.nodes, narrowed.shapes)


def _order(finding: Finding) -> tuple[object, ...]:
    rank = ("Violation", "Warning", "Info")
    severity = rank.index(finding.severity) if finding.severity in rank else -1
    about = (finding.message, finding.path or "", finding.shape or "")
    return severity, finding.severity, *about, finding.focus, finding.value or ""


def _finding(results: rdflib.Graph, node: rdflib.term.Node, data: Columns) -> Finding:
    def one(predicate: rdflib.URIRef) -> str | None:
        found = results.value(node, predicate)
        return None if found is None or isinstance(found, rdflib.BNode) else str(found)

    focus = one(SH.focusNode) or ""
    message = " ".join(sorted(str(text) for text in results.objects(node, SH.resultMessage)))
    return Finding(
        focus=focus,
        label=next(_names(data, focus), None),
        message=message,
        path=_path(results, results.value(node, SH.resultPath)),
        value=one(SH.value),
        severity=(one(SH.resultSeverity) or "").rpartition("#")[2],
        shape=one(SH.sourceShape),
    )


def _path(results: rdflib.Graph, path: rdflib.term.Node | None) -> str | None:
    """Return a property, or in the words of SPARQL one backwards or several of which each counts."""
    if not isinstance(path, rdflib.BNode):
        return None if path is None else str(path)
    if (backwards := results.value(path, SH.inversePath)) is not None:
        return "^" + shorten(str(backwards))
    several = results.value(path, SH.alternativePath)
    return "|".join(shorten(_path(results, one) or "") for one in results.items(several)) if several else None


def _names(data: Columns, node: str) -> Iterator[str]:
    """Yield what the graph calls a node, best first."""
    try:
        subject = NamedNode(node)
    except ValueError:  # a literal or a blank node
        return
    for predicate in _NAMES:
        yield from sorted(name.value for name in data.forward(predicate).get(subject, ()) if name.value)
