"""Which nodes a SHACL shape may object to, so that pySHACL need not look at the others.

pySHACL takes minutes for a large graph, nearly all of them for nodes that conform. Here a shape becomes a test of a
node, made of one small test for each constraint. A node that passes conforms; the others take the place of the shape's
targets, and pySHACL says what is wrong with them. A shape with a constraint that has no test here keeps its targets,
and a node whose values cannot be compared for sure is one of the others: the findings are pySHACL's in any case.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Store, Triple

from kg.rdf.checks.columns import Columns
from kg.rdf.checks.constraints import SH, TARGETS, NoTestError, Passes, Tests, UnsureError, local
from kg.rdf.terms import OWL, RDF, RDFS

__all__ = ["Narrowed", "focus", "narrow"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Shapes with fewer targets.

    Attributes:
        triples: the shapes.
        targets: whether they have any targets left.
        shapes: how many had targets.
        nodes: how many nodes those were.
    """

    triples: tuple[Triple, ...]
    targets: bool
    shapes: int
    nodes: int


def narrow(shapes: Sequence[Triple], data: Columns, store: Callable[[], Store]) -> Narrowed:
    """Return shapes whose targets are the nodes of `data` that may break them.

    Args:
        shapes: all triples of the shapes.
        data: what they are about, the ontology included.
        store: loads the same data for constraints in SPARQL.
    """
    tests = Tests(_by_subject(shapes), data, store)
    given = [triple for triple in shapes if local(triple.predicate) in TARGETS]
    left: list[Triple] = []
    nodes: set[Any] = set()
    for shape in dict.fromkeys(triple.subject for triple in given):
        own = [triple for triple in given if triple.subject == shape]
        about = {node for target in own for node in focus(target, data)}
        nodes |= about
        left += _suspects(tests, shape, about, own)
    kept = [triple for triple in shapes if local(triple.predicate) not in TARGETS]
    classes = any(t.predicate == RDF.type and t.object in (RDFS.Class, OWL.Class) for t in shapes)
    return Narrowed((*kept, *left), bool(left) or classes, len({t.subject for t in given}), len(nodes))


def focus(target: Triple, data: Columns) -> Iterable[Any]:
    """Return the nodes that a target of a shape names."""
    match local(target.predicate):
        case "targetNode":
            return (target.object,)
        case "targetClass":
            return data.instances(target.object)
        case "targetSubjectsOf":
            return data.forward(target.object)  # type: ignore[arg-type]
        case _:
            return data.backward(target.object)


def _suspects(tests: Tests, shape: Any, about: Iterable[Any], own: list[Triple]) -> list[Triple]:
    """Return the nodes that do not pass as targets of a shape; its own targets where it has no test."""
    try:
        passes = tests.of(shape)
    except NoTestError:
        return own
    return [Triple(shape, NamedNode(SH + "targetNode"), node) for node in about if not _surely(passes, node)]


def _surely(passes: Passes, node: Any) -> bool:
    try:
        return passes(node)
    except UnsureError:
        return False


def _by_subject(triples: Iterable[Triple]) -> dict[Any, list[tuple[str, Any]]]:
    found: defaultdict[Any, list[tuple[str, Any]]] = defaultdict(list)
    for triple in triples:
        found[triple.subject].append((local(triple.predicate), triple.object))
    return dict(found)
