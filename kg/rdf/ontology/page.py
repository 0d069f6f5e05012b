"""The HTML page of an ontology, made by pyLODE, which the extra `docs` installs.

pyLODE prints what it knows (labels, comments, notes, examples, hierarchy, domains, ranges), so the rest is told to it as
notes. It works on a copy of its background vocabularies: in its own folder it would leave a pickle. Unions become
schema:domainIncludes and rangeIncludes, which it prints in order; of a union the order would change from run to run. The
page loads nothing from elsewhere and runs no script: pyLODE takes texts for Markdown, so a policy in its head forbids both.
"""

import logging
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import OWL, RDF, RDFS, SDO, SKOS
from rdflib.collection import Collection

from kg.errors import KgError, OutputError
from kg.rdf.formats.convert import to_rdflib
from kg.rdf.terms import shorten

__all__ = ["ontology_page"]

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
_INCLUDES = {RDFS.domain: SDO.domainIncludes, RDFS.range: SDO.rangeIncludes}
_NOTED = (
    (SKOS.notation, "Code: {}."),
    (OWL.inverseOf, "Inverse of {}."),
    (SKOS.closeMatch, "Close to {}."),
)
_RETOLD = {RDFS.isDefinedBy, SKOS.example}  # always the same; many words one by one
_CHARACTERISTICS = {
    OWL.TransitiveProperty: "Transitive.",
    OWL.SymmetricProperty: "Symmetric.",
    OWL.FunctionalProperty: "Has one value at most.",
}


def ontology_page(turtle: bytes) -> str:
    """Return the page.

    Raises:
        KgError: pyLODE is not installed.
        OutputError: the ontology is no Turtle, or has no title.
    """
    try:
        pylode = import_module("pylode")
    except ImportError:
        raise KgError("the page needs pyLODE, which is not installed: pip install 'pylode<3.4'") from None
    about = _prepared(_read(turtle))
    with _quiet(), _background(import_module("pylode.utils")):
        try:
            page = str(pylode.OntPub(about, sort_subjects=True).make_html())
        except pylode.PylodeError as error:
            raise OutputError(
                f"pyLODE cannot make a page: {' '.join(str(error).split())}; give the ontology a dcterms:title"
            ) from None
    return page.replace("<head>", "<head>\n    " + _POLICY, 1)


def _read(turtle: bytes) -> rdflib.Graph:
    """Return the ontology as rdflib has it."""
    try:
        quads = list(parse(turtle, RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise OutputError(
            f"the ontology is no Turtle: {' '.join(str(error).split())}; correct the file"
        ) from None
    return to_rdflib(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def _prepared(owl: rdflib.Graph) -> rdflib.Graph:
    """Return what the page shall show: the terms that the file labels, with all that is said of them in sight."""
    ours = {node for node in owl.subjects(RDFS.label) if isinstance(node, rdflib.URIRef)}
    ours |= set(owl.subjects(RDF.type, OWL.Ontology))  # type: ignore[arg-type]
    page = rdflib.Graph(bind_namespaces="none")
    for prefix, base in owl.namespaces():
        page.bind(prefix, base)
    for node in sorted(ours):
        for predicate, value in owl.predicate_objects(node):
            if not isinstance(value, rdflib.BNode) and predicate not in _RETOLD:
                page.add((node, predicate, value))
        for end, includes in _INCLUDES.items():
            for expression in owl.objects(node, end):
                for union in owl.objects(expression, OWL.unionOf):
                    for member in Collection(owl, union):
                        page.add((node, includes, member))
        if examples := sorted(str(words) for words in owl.objects(node, SKOS.example)):
            page.add((node, SKOS.example, rdflib.Literal("; ".join(examples))))
        for note in _notes(owl, node):
            page.add((node, SKOS.note, rdflib.Literal(note)))
    return page


def _notes(owl: rdflib.Graph, node: rdflib.term.Node) -> Iterator[str]:
    for predicate, words in _NOTED:
        if values := sorted(shorten(str(value)) for value in owl.objects(node, predicate)):
            yield words.format(", ".join(values))
    for kind in owl.objects(node, RDF.type):
        if kind in _CHARACTERISTICS:
            yield _CHARACTERISTICS[kind]  # type: ignore[index]
    for same in owl.objects(node, OWL.equivalentClass):
        for members in owl.objects(same, OWL.oneOf):
            yield f"One of {', '.join(shorten(str(member)) for member in Collection(owl, members))}."


@contextmanager
def _background(utils: object) -> Iterator[None]:
    """Give pyLODE a copy of its vocabularies to read, and to leave its pickle in."""
    own = Path(utils.RDF_FOLDER)  # type: ignore[attr-defined]
    with TemporaryDirectory() as folder:
        for path in sorted(own.glob("*.ttl")):
            shutil.copy(path, folder)
        utils.RDF_FOLDER = Path(folder)  # type: ignore[attr-defined]
        try:
            yield
        finally:
            utils.RDF_FOLDER = own  # type: ignore[attr-defined]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyLODE's log, the set-up of logging that it leaves, and the file that it does not close, from the user."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        logging.disable(logging.NOTSET)
        root.setLevel(level)
        root.handlers[:] = handlers
