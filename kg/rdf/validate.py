"""Validation against SHACL shapes (W3C 2017) with pySHACL, which the extra `shacl` installs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, Triple, parse
from rdflib.namespace import SH

from kg.config import ontology_dir
from kg.errors import KgError, OutputError
from kg.rdf.convert import to_rdflib
from kg.rdf.own import ontology_beside

__all__ = ["Finding", "ValidationReport", "validate"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a shape forbids.

    Attributes:
        focus: the node that was checked.
        message: what is wrong with it.
        path: the property it is about; None where it is about the node itself.
        value: the value that is wrong; None where one is missing.
        severity: Violation, Warning or Info.
        shape: IRI of the shape; None for one without a name.
    """

    focus: str
    message: str
    path: str | None
    value: str | None
    severity: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What validation found: `findings` sorted; `conforms` when none is a violation or warning."""

    conforms: bool
    findings: tuple[Finding, ...]


def validate(path: Path | str, *, shapes: Path | str | None = None) -> ValidationReport:
    """Check a Turtle file, together with the ontology, against shapes.

    Args:
        path: a Turtle file, or the output folder that holds `graph.ttl`.
        shapes: a Turtle file with SHACL shapes; `ontology/shapes.ttl` by default.

    Raises:
        KgError: pySHACL is not installed, or the shapes are no valid SHACL.
        OutputError: a file cannot be read or is no Turtle.
    """
    try:
        import pyshacl
        from pyshacl.errors import ShapeLoadError
    except ImportError:
        raise KgError("validation needs pySHACL, which is not installed: pip install 'kg[shacl]'") from None
    path = Path(path)
    turtle = path / "graph.ttl" if path.is_dir() else path
    data = _read(turtle, ontology_beside(turtle))
    shape_file = Path(shapes) if shapes is not None else ontology_dir() / "shapes.ttl"
    try:
        # The ontology is in the data, so pySHACL needs no copy of both; nothing is inferred but sub-classes.
        conforms, results, _ = pyshacl.validate(
            data, shacl_graph=_read(shape_file), inplace=True, do_owl_imports=False
        )
    except ShapeLoadError as error:
        raise KgError(f"{shape_file} holds no valid shapes: {' '.join(str(error).split())}") from None
    return ValidationReport(bool(conforms), _findings(results))


def _read(*paths: Path) -> rdflib.Graph:
    return to_rdflib(triple for path in paths for triple in _triples(path))


def _triples(path: Path) -> Iterable[Triple]:
    """Yield the triples of a Turtle file, by pyoxigraph: many times as fast as rdflib's own reader."""
    try:
        with path.open("rb") as file:
            for quad in parse(file, RdfFormat.TURTLE, rename_blank_nodes=True):
                yield Triple(quad.subject, quad.predicate, quad.object)
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}; name a Turtle file") from None
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no Turtle: {' '.join(str(error).split())}") from None


def _findings(results: rdflib.Graph) -> tuple[Finding, ...]:
    return tuple(sorted((_finding(results, node) for node in results.objects(None, SH.result)), key=str))


def _finding(results: rdflib.Graph, node: rdflib.term.Node) -> Finding:
    def one(predicate: rdflib.URIRef) -> str | None:
        found = results.value(node, predicate)
        return None if found is None or isinstance(found, rdflib.BNode) else str(found)

    severity = one(SH.resultSeverity) or ""
    return Finding(
        one(SH.focusNode) or "", one(SH.resultMessage) or "", one(SH.resultPath), one(SH.value),
        severity.rpartition("#")[2], one(SH.sourceShape),
    )  # fmt: skip
