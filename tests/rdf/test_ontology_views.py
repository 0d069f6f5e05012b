"""The ontology as trees, as a drawing and as a page."""

import logging
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, OutputError
from kg.ids import ONTOLOGY
from kg.rdf import OntologyTree, Term, class_drawing, ontology_page, ontology_tree, read_ontology
from kg.rdf.terms import KG, PREFIXES

SVG = "{http://www.w3.org/2000/svg}"
HEADER = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())


@pytest.fixture(scope="module")
def tree() -> OntologyTree:
    return ontology_tree(read_ontology())


def terms(tree: OntologyTree) -> Iterator[Term]:
    for root in (*tree.classes, *tree.properties):
        yield from (term for _, term in root.walk())


def test_each_term_of_ours_stands_in_one_tree_once(tree: OntologyTree) -> None:
    found = [term.iri for term in terms(tree)]
    assert len(found) == len(set(found))
    individuals = {"Asserted", "Planned", "Ordered", "Requested", "Possible", "Hypothetical", "Negated"}
    individuals |= {"Name", "Nominal", "Pronoun"}
    assert {term.value for term in KG.terms()} - {ONTOLOGY + name for name in individuals} <= set(found)
    assert all(iri.startswith(ONTOLOGY) for iri in found)


def test_an_air_strike_lies_where_it_should(tree: OntologyTree) -> None:
    (event,) = (root for root in tree.classes if root.name == "kg:Event")
    assert event.elsewhere == ("sem:Event",)
    line = {term.name: depth for depth, term in event.walk()}
    assert [line[f"kg:{name}"] for name in ("Event", "Assault", "Attack", "AirStrike")] == [0, 1, 2, 3]
    assert sum(1 for term in event.below if term.notation) == 16
    (participant,) = (root for root in tree.properties if root.name == "kg:participant")
    assert participant.count() == 10


def small(turtle: str) -> OntologyTree:
    return ontology_tree((HEADER + turtle).encode())


def test_terms_without_a_label_and_expressions_are_left_out() -> None:
    tree = small(
        'kg:A a owl:Class ; rdfs:label "a" ; rdfs:subClassOf [ a owl:Class ] , sem:Event . sem:Event a owl:Class .'
    )
    assert tree.classes == (Term(ONTOLOGY + "A", "kg:A", "a", "", None, ("sem:Event",), ()),)
    assert (tree.title, tree.version, tree.properties) == ("", "", ())


def test_a_class_with_two_parents_is_shown_under_one_and_names_the_other() -> None:
    tree = small(
        'kg:A a owl:Class ; rdfs:label "a" . kg:B a owl:Class ; rdfs:label "b" .'
        'kg:C a owl:Class ; rdfs:label "c" ; rdfs:subClassOf kg:A , kg:B .'
    )
    assert [(root.name, root.count()) for root in tree.classes] == [("kg:A", 2), ("kg:B", 1)]
    assert tree.classes[0].below[0].elsewhere == ("kg:B",)


def test_classes_in_a_ring_do_not_vanish() -> None:
    ring = "".join(
        f'kg:{a} a owl:Class ; rdfs:label "{a}" ; rdfs:subClassOf kg:{b} , kg:{a} .'
        for a, b in ("AB", "BC", "CA", "DA")
    )
    found = small(ring)
    assert {root.name for root in found.classes} == {"kg:A", "kg:B", "kg:C"}
    assert {term.name for term in terms(found)} == {"kg:A", "kg:B", "kg:C", "kg:D"}


def test_what_is_no_turtle_is_said_in_one_line(tmp_path: Path) -> None:
    for read in (ontology_tree, ontology_page):
        with pytest.raises(OutputError, match="is no Turtle") as caught:
            read(b"kg:A a")
        assert "\n" not in str(caught.value)
    with pytest.raises(OutputError, match="cannot read"):
        read_ontology(tmp_path / "none.ttl")


# ------------------------------------------------------------------- drawing


def test_the_drawing_shows_each_class_once_inside_its_borders(tree: OntologyTree) -> None:
    drawing = ET.fromstring(class_drawing(tree))
    width, height = int(drawing.attrib["width"]), int(drawing.attrib["height"])
    shown = [text.text for text in drawing.iter(f"{SVG}text") if text.find(f"{SVG}title") is not None]
    events = next(root for root in tree.classes if root.name == "kg:Event")
    names = [term.name.removeprefix("kg:") for root in tree.classes for _, term in root.walk()]
    names.remove("Event")  # it is the whole of two bands
    assert sorted(map(str, shown)) == sorted(names)
    assert len(events.below) > 20
    for box in drawing.iter(f"{SVG}rect"):
        x, y = float(box.get("x", 0)), float(box.get("y", 0))
        assert 0 <= x <= x + float(box.attrib["width"]) <= width
        assert 0 <= y <= y + float(box.attrib["height"]) <= height


def test_no_two_cards_overlap(tree: OntologyTree) -> None:
    cards = [
        tuple(float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        for box in ET.fromstring(class_drawing(tree)).iter(f"{SVG}rect")
        if box.get("class") == "card"
    ]
    assert len(cards) > 40
    for number, (x, y, width, height) in enumerate(cards):
        for other in cards[number + 1 :]:
            beside = x + width <= other[0] or other[0] + other[2] <= x
            assert beside or y + height <= other[1] or other[1] + other[3] <= y


def test_the_drawing_holds_nothing_to_load_or_run(tree: OntologyTree) -> None:
    text = class_drawing(tree)
    assert re.findall(r"https?://[^\s\"']+", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|<image|<use|@import|url\(|\son\w+=", text)


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc"))), min_size=3, max_size=3))
def test_any_name_is_drawn_as_text(texts: list[str]) -> None:
    name, comment, title = texts
    leaf = Term("x", name, name, comment, None, (), ())
    drawing = class_drawing(OntologyTree(title, "1", (leaf,), ()))
    assert ET.fromstring(drawing).find(f"{SVG}title") is not None
    assert comment in [found.text or "" for found in ET.fromstring(drawing).iter(f"{SVG}title")]


def test_equal_trees_are_drawn_with_equal_bytes(tree: OntologyTree) -> None:
    assert class_drawing(tree) == class_drawing(ontology_tree(read_ontology()))


# ---------------------------------------------------------------------- page


class Loads(HTMLParser):
    """Collects what a browser would fetch, and the ids and the targets of links within the page."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids.add(found.get("id", ""))
        if "src" in found or tag in ("iframe", "object", "embed", "base"):
            self.fetched.append(found.get("src", tag))
        if tag == "link":
            self.fetched.append(found.get("href", ""))
        if tag == "a" and found.get("href", "").startswith("#"):
            self.targets.add(found["href"][1:])


@pytest.fixture(scope="module")
def page() -> str:
    return ontology_page(read_ontology())


def test_the_page_documents_each_term_and_its_links_lead_somewhere(page: str, tree: OntologyTree) -> None:
    found = Loads()
    found.feed(page)
    assert {term.iri for term in terms(tree)} <= set(re.findall(rf"<code>({ONTOLOGY}\w+)</code>", page))
    assert found.targets <= found.ids


def test_the_page_loads_nothing_and_may_run_nothing(page: str) -> None:
    found = Loads()
    found.feed(page)
    assert found.fetched
    assert [address for address in found.fetched if not address.startswith("data:")] == []
    assert "default-src 'none'" in page[: page.index("<style")]
    assert not re.search(r"@import|url\(", page)


def test_the_page_tells_what_pylode_does_not_know(page: str) -> None:
    for note in (
        "Transitive.",
        "Symmetric.",
        "Inverse of kg:locatedIn.",
        "Code: ASSAULT.",
        "One of kg:Name,",
    ):
        assert note in page
    assert "Close to geo:sfWithin, schema:containedInPlace." in page
    assert "0.1.0: first version." in page
    assert "to bombard" in page


def test_making_a_page_leaves_logging_and_pylode_as_they_were(page: str) -> None:
    import pylode.utils

    folder = Path(pylode.utils.RDF_FOLDER)
    assert folder == Path(pylode.utils.__file__).parent / "rdf"
    assert logging.root.manager.disable == logging.NOTSET


@pytest.mark.slow
def test_the_page_is_the_same_in_another_process(page: str) -> None:
    code = (
        "import sys; from kg.rdf import *; sys.stdout.buffer.write(ontology_page(read_ontology()).encode())"
    )
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            cwd=Path(__file__).resolve().parents[2],
        )  # fmt: skip
        assert done.stdout.decode() == page
        assert done.stderr == b""


def test_without_pylode_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylode", None)
    with pytest.raises(KgError, match=r"pip install 'pylode<3.4'"):
        ontology_page(read_ontology())


def test_an_ontology_without_a_title_has_no_page() -> None:
    with pytest.raises(OutputError, match="dcterms:title"):
        ontology_page((HEADER + "<https://example.org/o> a owl:Ontology .").encode())
