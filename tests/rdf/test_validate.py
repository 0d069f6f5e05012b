"""SHACL: what each shape allows and what it forbids, by small graphs, and that a short look finds what pySHACL finds.

`tests/data/shapes` holds a world of one sentence, and for each shape two graphs that are added to it: one that conforms,
and one whose nodes say by `test:breaks` which rules they break.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.config import ontology_dir
from kg.datamodel import ENTITY_TYPES, PROPERTIES, ROLES, STATUSES, Field, Granularity
from kg.errors import KgError, OutputError
from kg.extract.lexicon import PLOVER
from kg.graph import KnowledgeGraph
from kg.rdf import PREFIXES, ValidationReport, validate, write_turtle
from kg.rdf.checks.columns import Columns, read_triples
from kg.rdf.checks.narrow import focus
from kg.rdf.terms import KG, PROPERTY, RDF, ROLE, STATUS

pytest.importorskip("pyshacl", reason="the extra `shacl` is not installed")

GRAPHS = Path(__file__).resolve().parents[1] / "data" / "shapes"
SHAPES = ontology_dir() / "shapes.ttl"
SHARED = Path(__file__).resolve().parents[3] / "shared"
RE3D = SHARED / "corpora" / "re3d" / "UK Government"
SH = "http://www.w3.org/ns/shacl#"
BASE = "http://example.org/"
TARGETS = {SH + name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf")}
NO_CONSTRAINT = {SH + "path", SH + "message", *TARGETS}
SHAPE_TRIPLES = tuple(read_triples(SHAPES))
NAMES = sorted(
    triple.subject.value.partition("#")[2]
    for triple in SHAPE_TRIPLES
    if triple.predicate == RDF.type and triple.object.value == SH + "NodeShape"
)
TARGETED = len({triple.subject for triple in SHAPE_TRIPLES if triple.predicate.value in TARGETS})
WORLD_NODES = 48


def in_worlds(graphs: Mapping[str, str]) -> str:
    """Return each graph with a world of its own, all in one: each starts up pySHACL only once."""
    world = (GRAPHS / "world.ttl").read_text(encoding="utf-8")
    return "".join(of(name, world) + of(name, graph) for name, graph in graphs.items())


def of(name: str, graph: str) -> str:
    for base in (BASE, PREFIXES["act"]):
        graph = graph.replace(f"<{base}>", f"<{base}{name}/>")
    return graph


def added(kind: str) -> dict[str, str]:
    return {name: (GRAPHS / f"{name}.{kind}.ttl").read_text(encoding="utf-8") for name in NAMES}


def by_focus(report: ValidationReport) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for finding in report.findings:
        found[finding.focus].add(finding.message)
    return dict(found)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("failing") / "graph.ttl"
    path.write_text(in_worlds(added("fail")), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(failing: Path) -> ValidationReport:
    return validate(failing)


@pytest.fixture(scope="module")
def expected(failing: Path) -> dict[str, set[str]]:
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for triple in read_triples(failing):
        if triple.predicate.value == "https://w3id.org/kg/test#breaks":
            rules[
                getattr(triple.subject, "value", "") if not isinstance(triple.subject, ox.BlankNode) else ""
            ].add(triple.object.value)
    return dict(rules)


# -------------------------------------------------------------------- shapes


def test_graphs_that_conform(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(in_worlds(added("pass")), encoding="utf-8")
    report = validate(tmp_path)
    assert report.findings == ()
    assert report.conforms
    assert report.nodes > WORLD_NODES * len(NAMES)
    assert report.shapes == TARGETED


@pytest.mark.parametrize("name", sorted({*NAMES} - {"Named"}))
def test_a_graph_that_fails(name: str, found: ValidationReport, expected: dict[str, set[str]]) -> None:
    places = (f"{BASE}{name}/", f"{PREFIXES['act']}{name}/")
    wanted = {focus: rules for focus, rules in expected.items() if focus.startswith(places)}
    assert {focus: rules for focus, rules in by_focus(found).items() if focus.startswith(places)} == wanted
    assert wanted


def test_a_node_without_a_name_is_found(found: ValidationReport, expected: dict[str, set[str]]) -> None:
    assert by_focus(found)[""] == expected[""]
    assert by_focus(found).keys() == expected.keys()


def test_every_rule_is_broken_somewhere_and_says_so_in_words(expected: dict[str, set[str]]) -> None:
    triples = list(SHAPE_TRIPLES)
    targeted = {triple.subject for triple in triples if triple.predicate.value in TARGETS}
    inner = {t.subject for t in triples if t.object == ox.NamedNode(SH + "NodeShape")} - targeted
    said = {t.object.value for t in triples if t.predicate.value == SH + "message" and t.subject not in inner}
    assert said == set().union(*expected.values())
    constrained = {t.object for t in triples if t.predicate.value in (SH + "property", SH + "sparql")}
    nested = {t.object for t in triples if t.subject not in targeted} & constrained
    without = constrained - nested - {t.subject for t in triples if t.predicate.value == SH + "message"}
    assert without == set()


@pytest.mark.parametrize(
    "values",
    [
        {ROLE[role].value for role in ROLES} | {KG.attributedTo.value},
        {STATUS[status].value for status in STATUSES},
        {PROPERTY[name].value for name in PROPERTIES},
        set(ENTITY_TYPES),
        set(PLOVER),
        {*get_args(Granularity)},
        {*get_args(Field)},
    ],
    ids=["roles", "statuses", "properties", "types", "categories", "granularities", "fields"],
)
def test_what_is_listed_is_what_the_code_has(values: set[str]) -> None:
    links: dict[Any, dict[str, Any]] = {t.subject: {} for t in SHAPE_TRIPLES}
    for triple in SHAPE_TRIPLES:
        links[triple.subject][triple.predicate.value.rpartition("#")[2]] = triple.object

    def listed(node: Any) -> Iterator[str]:
        while node in links and "first" in links[node]:
            yield links[node]["first"].value
            node = links[node]["rest"]

    assert values in [set(listed(said["in"])) for said in links.values() if "in" in said]


def test_every_shape_has_a_label() -> None:
    triples = list(SHAPE_TRIPLES)
    named = {t.subject.value for t in triples if t.predicate.value == PREFIXES["rdfs"] + "label"}
    assert {f"https://w3id.org/kg/shapes#{name}" for name in NAMES} <= named


def test_pyshacl_finds_nothing_else(found: ValidationReport, tmp_path: Path) -> None:
    """In every second graph, for the time it takes."""
    some = dict(list(added("fail").items())[::2])
    (tmp_path / "graph.ttl").write_text(in_worlds(some), encoding="utf-8")
    report = validate(tmp_path, thorough=True)
    assert report == validate(tmp_path)
    assert len(found.findings) / 3 < len(report.findings) < len(found.findings)
    assert {finding for finding in report.findings if finding.focus} < set(found.findings)


def exploded() -> list[ox.Triple]:
    """Return the shapes with each constraint in a shape of its own, `test:<number>`."""
    triples = list(SHAPE_TRIPLES)
    said: defaultdict[ox.NamedNode | ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        said[triple.subject].append(triple)
    new: list[ox.Triple] = []
    for root in list(said):
        targets = [triple for triple in said[root] if triple.predicate.value in TARGETS]
        for constraint in constraints(said[root]) if targets else ():
            inner = said[constraint.object] if constraint.predicate.value == SH + "property" else []
            for one in constraints(inner) or [constraint]:
                shape = ox.NamedNode(f"test:{len(new)}")
                new += [ox.Triple(shape, target.predicate, target.object) for target in targets]
                if not inner:
                    new.append(ox.Triple(shape, one.predicate, one.object))
                    continue
                bare = ox.NamedNode(f"{shape.value}/property")
                new.append(ox.Triple(shape, ox.NamedNode(SH + "property"), bare))
                new += [
                    ox.Triple(bare, t.predicate, t.object) for t in inner if t.predicate.value == SH + "path"
                ]
                new.append(ox.Triple(bare, one.predicate, one.object))
    return [triple for triple in triples if triple.predicate.value not in TARGETS] + new


def _number(triple: ox.Triple) -> int:
    return int(getattr(triple.subject, "value", "").removeprefix("test:"))


def constraints(said: list[ox.Triple]) -> list[ox.Triple]:
    return [t for t in said if t.predicate.value.startswith(SH) and t.predicate.value not in NO_CONSTRAINT]


@pytest.mark.slow
def test_each_constraint_by_itself_is_broken_and_found_as_pyshacl_does(failing: Path, tmp_path: Path) -> None:
    triples = exploded()
    (tmp_path / "each.ttl").write_bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE))
    report = validate(failing, shapes=tmp_path / "each.ttl")
    some = [
        t for t in triples if t.predicate.value not in TARGETS or _number(t) % 3 == 0
    ]  # for the time it takes
    (tmp_path / "some.ttl").write_bytes(ox.serialize(some, format=ox.RdfFormat.TURTLE))
    third = validate(failing, shapes=tmp_path / "some.ttl")
    assert third == validate(failing, shapes=tmp_path / "some.ttl", thorough=True)
    assert set(third.findings) < set(report.findings)
    shapes = {triple.subject.value for triple in triples if triple.predicate.value in TARGETS}
    broken = {(finding.shape or "").removesuffix("/property") for finding in report.findings}
    words = {t.subject.value: f"{t.predicate.value} {t.object}" for t in triples if t.subject.value in shapes}
    assert {words[shape] for shape in shapes - broken} == set()
    assert len(shapes) > 200


#: Objects that few properties take; no blank node, because pySHACL gives up where it has to compare one.
ODD = (
    "<http://example.org/anna>", "<http://example.org/order>", "<http://example.org/nothing>", '""', '"words"@en', "1.5",
    '"2015-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
)  # fmt: skip


@pytest.mark.slow
def test_any_change_of_the_world_is_found_as_pyshacl_does(tmp_path: Path) -> None:
    """Each triple of the world is left out, replaced or joined by another, in a world of its own: every seventh, for the time it takes."""
    triples = [f"{triple} ." for triple in read_triples(GRAPHS / "world.ttl")]
    path = tmp_path / "graph.ttl"
    with path.open("w", encoding="utf-8") as file:
        for number, (triple, odd) in enumerate(zip(triples, cycle(ODD), strict=False)):
            if number % 7:
                continue
            other = " ".join([*triple.split(" ", 2)[:2], odd, "."])
            new = ([], [other], [triple, other])[number % 3]
            world = "\n".join([*triples[:number], *new, *triples[number + 1 :]])
            for base in (BASE, PREFIXES["act"]):
                world = world.replace(base, f"{base}{number}/")
            file.write(world + "\n")
    report = validate(path)
    assert report == validate(path, thorough=True)
    touched = {finding.focus.removeprefix(BASE).partition("/")[0] for finding in report.findings}
    assert len(touched & set(map(str, range(0, len(triples), 7)))) > len(triples) / 14


# ------------------------------------------------------------------ our data


def test_the_fixture_conforms(graph: KnowledgeGraph, run: dict[str, object], tmp_path: Path) -> None:
    write_turtle(graph, tmp_path / "graph.ttl", run=run, texts=True)
    report = validate(tmp_path)
    assert report.findings == ()
    assert report.conforms


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(ontology_dir().parent / "seeds", tmp_path_factory.mktemp("seeds"))


def _built(texts: Path, out: Path) -> Path:
    kg.build(texts, out=out)
    return out


@pytest.mark.slow
def test_the_sample_corpus_conforms(seeds: Path) -> None:
    assert validate(seeds).findings == ()


@pytest.mark.slow
def test_every_node_of_the_sample_corpus_is_that_of_a_shape(seeds: Path) -> None:
    triples = list(read_triples(seeds / "graph.ttl"))
    data = Columns([*triples, *read_triples(ontology_dir() / "kg.ttl")])
    targets = [triple for triple in SHAPE_TRIPLES if triple.predicate.value in TARGETS]
    looked_at = {node for target in targets for node in focus(target, data)}
    typed = {triple.subject: triple.object.value for triple in triples if triple.predicate == RDF.type}
    assert {type_ for node, type_ in typed.items() if node not in looked_at} == set()
    below = {
        lower for t in targets if t.predicate.value == SH + "targetClass" for lower in data.below(t.object)
    }
    ours = {
        t.object for t in triples if t.predicate == RDF.type and t.object.value.startswith(PREFIXES["kg"])
    }
    assert ours <= below


@pytest.mark.slow
@pytest.mark.parametrize("corpus", ["seeds", "re3d_uk"])
def test_real_texts_conform(corpus: str, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the maintainers' data folder (../shared) is not beside the project")
    texts = SHARED / corpus
    if corpus == "re3d_uk":
        texts = tmp_path / "texts"
        (tmp_path / "re3d").mkdir()
        (tmp_path / "re3d" / RE3D.name).symlink_to(RE3D)
        command = [sys.executable, SHARED / "eval" / "score_re3d.py", "texts", tmp_path / "re3d", texts]
        subprocess.run(command, check=True, capture_output=True)
    assert validate(_built(texts, tmp_path / "out")).findings == ()


# ------------------------------------------------------- shapes of one's own

OWN = f"@prefix sh: <{SH}> . @prefix kg: <{PREFIXES['kg']}> . @prefix skos: <{PREFIXES['skos']}> . "
OWN_SHAPES = {
    "a warning": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Person ; sh:property [ sh:path kg:age ; sh:minCount 2 ; sh:severity sh:Warning ] .", 1),
    "no path that we test": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Person ; sh:property [ sh:path ( kg:denotedBy kg:rule ) ; sh:minCount 1 ] .", 1),
    "a closed shape": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Phrase ; sh:closed true .", 2),
    "a shape that is a class": ("kg:Person a sh:NodeShape , <http://www.w3.org/2000/01/rdf-schema#Class> ; sh:property [ sh:path kg:age ; sh:maxCount 0 ] .", 1),
    "a target that is not there": ("<x:s> a sh:NodeShape ; sh:targetNode <x:none> ; sh:property [ sh:path kg:age ; sh:minCount 1 ] .", 1),
    "not": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Position ; sh:not [ sh:property [ sh:path skos:broader ; sh:minCount 1 ] ] .", 1),
    "and": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Entity ; sh:and ( [ sh:class kg:Person ] [ sh:nodeKind sh:IRI ] ) .", 1),
    "lengths of numbers": ("<x:s> a sh:NodeShape ; sh:targetObjectsOf kg:age ; sh:maxLength 1 ; sh:pattern '4' .", 1),
    "bounds of words": ("<x:s> a sh:NodeShape ; sh:targetObjectsOf skos:prefLabel ; sh:minInclusive 1 ; sh:maxExclusive 'm' .", 5),
    "an order of two properties": ("<x:s> a sh:NodeShape ; sh:targetClass kg:EventMention ; sh:property [ sh:path <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex> ; sh:lessThan <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex> ] .", 2),
    "a day against a number": ("<x:s> a sh:NodeShape ; sh:targetObjectsOf <http://www.w3.org/2006/time#inXSDDate> ; sh:minExclusive 1 .", 1),
    "a shape that leads to itself": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Event ; sh:property [ sh:path kg:partOf ; sh:node <x:s> ] ; sh:property [ sh:path kg:topic ; sh:maxCount 0 ] .", 2),
    "what is switched off": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Event ; sh:deactivated true ; sh:property [ sh:path kg:topic ; sh:maxCount 0 ] .", 0),
    "languages": ("<x:s> a sh:NodeShape ; sh:targetClass kg:Event ; sh:property [ sh:path <http://www.w3.org/2000/01/rdf-schema#label> ; sh:languageIn ( 'fr' ) ] .", 2),
    "the type of an integer": ("<x:s> a sh:NodeShape ; sh:targetSubjectsOf kg:age ; sh:sparql [ sh:select 'SELECT $this ?value { $this <https://w3id.org/kg/ontology#age> ?value FILTER (datatype(?value) = <http://www.w3.org/2001/XMLSchema#nonNegativeInteger>) }' ] .", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN_SHAPES)
def test_own_shapes(case: str, tmp_path: Path) -> None:
    text, count = OWN_SHAPES[case]
    (tmp_path / "own.ttl").write_text(OWN + text, encoding="utf-8")
    report = validate(GRAPHS / "world.ttl", shapes=tmp_path / "own.ttl")
    assert len(report.findings) == count, report.findings
    assert report == validate(GRAPHS / "world.ttl", shapes=tmp_path / "own.ttl", thorough=True)
    assert {finding.severity for finding in report.findings} <= {
        "Warning" if case == "a warning" else "Violation"
    }


UNUSABLE = {
    "holds no shapes": "kg:a kg:b kg:c .",
    "is no Turtle": "kg:a kg:b",
    "pySHACL cannot use": "<x:s> a sh:NodeShape ; sh:targetClass kg:Person ; sh:property [ sh:path kg:age ; sh:minCount 'one' ] .",
    "SERVICE": "<x:s> a sh:NodeShape ; sh:targetClass kg:Person ; sh:sparql [ sh:select 'SELECT $this { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }' ] .",
}  # fmt: skip


@pytest.mark.parametrize("reason", UNUSABLE)
def test_shapes_that_cannot_be_used(reason: str, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN + UNUSABLE[reason], encoding="utf-8")
    with pytest.raises(KgError, match=reason) as raised:
        validate(GRAPHS / "world.ttl", shapes=tmp_path / "own.ttl")
    assert "\n" not in str(raised.value)


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot read"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(OutputError, match="is no Turtle"):
        validate(tmp_path)


def test_without_pyshacl_the_way_to_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(KgError, match=r"pip install pyshacl owlrl"):
        validate(tmp_path)


# -------------------------------------------------------------- command line


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, words)))
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    parts = [GRAPHS / "world.ttl", GRAPHS / "Phrase.fail.ttl", GRAPHS / "Named.fail.ttl"]
    path = tmp_path / "graph.ttl"
    path.write_text("".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    return path


def test_the_command_on_a_graph_that_conforms(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "validate", GRAPHS / "world.ttl")
    assert (code, out) == (0, "conforms: no shape is broken\n")
    assert err == f"kg: {WORLD_NODES} nodes checked against {TARGETED} shapes: 0 violations\n"


def test_the_command_groups_what_it_finds(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "validate", broken.parent)
    assert code == 1
    assert err.endswith(f"{TARGETED} shapes: 6 violations\n")
    assert (
        "4 × violation: a phrase has one label, its words (rdfs:label)\n    http://example.org/empty\n" in out
    )
    assert "    http://example.org/wrong  words  value: words\n" in out
    assert "1 × violation: every node is named by an IRI\n    (blank node)" in out


def test_the_command_lists_no_more_than_asked(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "validate", broken, "--limit", "1")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("    ")] == ["    http://example.org/empty"]
    assert out.endswith("... and 5 more; --json has them all, --limit N shows more\n")


def test_the_command_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "validate", broken, "--json", "--limit", "1")
    record = json.loads(out)
    assert (code, record["conforms"], len(record["findings"])) == (1, False, 6)
    assert record["checked"]["shapes"] == TARGETED
    assert call(capsys, "validate", broken, "--json", "--thorough")[1] == out


def test_a_warning_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.ttl").write_text(OWN + OWN_SHAPES["a warning"][0], encoding="utf-8")
    code, out, err = call(capsys, "validate", GRAPHS / "world.ttl", "--shapes", tmp_path / "own.ttl")
    assert (code, out.splitlines()[1]) == (0, "    http://example.org/anna  Anna")
    assert err.endswith("1 nodes checked against 1 shapes: 1 warning\n")


def test_the_command_says_in_one_line_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = call(capsys, "validate", tmp_path)
    assert (code, out) == (1, "")
    assert err == f"kg: {tmp_path} holds no graph.ttl: run kg build INPUT -o {tmp_path}\n"
