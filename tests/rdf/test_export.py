"""Every format on the day it is registered: two readers, the same triples, the same bytes, a flat memory."""

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hostile import EXAMPLES, hostile_graphs
from hypothesis import given, settings
from two_readers import by_oxigraph, by_rdflib, placed_by_oxigraph, placed_by_rdflib, terms

from kg.errors import InputError, KgError, OutputError
from kg.graph import KnowledgeGraph
from kg.ids import DOCUMENT, ENTITY
from kg.rdf import FORMATS, TABLES, chunks, format_of, to_turtle, triples, write
from kg.rdf.formats.sheets import SHEETS, sheet_rows

ROOT = Path(__file__).parents[2]


def data_of(graph: KnowledgeGraph, format: str, run: dict[str, object] | None = None) -> bytes:
    return b"".join(FORMATS[format].chunks(triples(graph, run=run)))


@pytest.fixture
def turtle(graph: KnowledgeGraph, run: dict[str, object], tmp_path: Path) -> Path:
    """A folder with graph.ttl, as a build leaves it."""
    (tmp_path / "graph.ttl").write_bytes(to_turtle(graph, run=run))
    return tmp_path


# ------------------------------------------------------------- same triples


@pytest.mark.parametrize("format", FORMATS)
def test_two_readers_read_the_same_triples(
    graph: KnowledgeGraph, run: dict[str, object], format: str
) -> None:
    data = data_of(graph, format, run)
    meant = terms(triples(graph, run=run))
    assert by_oxigraph(data, format) == meant
    assert by_rdflib(data, format) == meant


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_is_valid(format: str) -> None:
    data = data_of(KnowledgeGraph(), format)
    assert by_oxigraph(data, format) == by_rdflib(data, format) == set()


@pytest.mark.parametrize("format", ["nt", "jsonld", "trig"])
@settings(max_examples=max(EXAMPLES // 4, 1))
@given(graph=hostile_graphs())
def test_hostile_names_in_every_format(graph: KnowledgeGraph, format: str) -> None:
    data = data_of(graph, format)
    meant = terms(triples(graph))
    assert by_oxigraph(data, format) == meant
    assert by_rdflib(data, format) == meant


# --------------------------------------------------------------- same bytes


def test_the_hash_seed_does_not_matter(turtle: Path) -> None:
    """Fresh interpreters write the bytes that this one does, in every format."""
    program = (
        "import hashlib, sys\nfrom kg.rdf import FORMATS, chunks\n"
        "for format in FORMATS:\n"
        "    print(hashlib.sha256(b''.join(chunks(sys.argv[1], format))).hexdigest())"
    )
    here = "".join(hashlib.sha256(b"".join(chunks(turtle, format))).hexdigest() + "\n" for format in FORMATS)
    for seed in ("0", "1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(turtle)], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.stdout == here, seed


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_read_back_gives_the_bytes_of_the_graph(
    graph: KnowledgeGraph, run: dict[str, object], turtle: Path, format: str
) -> None:
    assert b"".join(chunks(turtle, format)) == data_of(graph, format, run)
    assert b"".join(chunks(turtle / "graph.ttl", format)) == data_of(graph, format, run)


# ------------------------------------------------------------------- memory


def synthetic(number: int) -> Iterator[ox.Triple]:
    """Yield `number` triples, ten a subject, some of which stand in a text; none is kept."""
    predicate = ox.NamedNode("https://w3id.org/kg/ontology#rule")
    for n in range(number // 10):
        place = f"{DOCUMENT}d-{n % 50}#char={n},{n + 1}" if n % 3 else f"{ENTITY}person-{n}"
        subject = ox.NamedNode(place)
        for m in range(10):
            yield ox.Triple(subject, predicate, ox.Literal(f"words of some length {n} {m}"))


@pytest.mark.parametrize("format", FORMATS)
def test_memory_does_not_grow_with_the_triples(format: str) -> None:
    """The greatest resident size of a process that writes ten times as many triples is that of the smaller one."""
    small, large = (_peak(format, number) for number in (60_000, 600_000))
    assert large < 1.1 * small


def _peak(format: str, number: int) -> int:
    """Return the greatest resident size of a fresh process that writes triples nobody holds, in KiB."""
    program = (
        "import resource, runpy\nfrom kg.rdf import FORMATS\n"
        f"synthetic = runpy.run_path({__file__!r})['synthetic']\n"
        f"size = sum(len(chunk) for chunk in FORMATS[{format!r}].chunks(synthetic({number})))\n"
        f"assert size > 20 * {number}\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    here = str(Path(__file__).parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), here])}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    return int(done.stdout)


# --------------------------------------------------------------------- TriG


def test_both_readers_see_the_same_graphs(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    data = data_of(graph, "trig", run)
    placed = placed_by_oxigraph(data, "trig")
    assert placed == placed_by_rdflib(data, "trig")
    assert len(placed) == len(terms(triples(graph, run=run)))  # each triple stands in one graph
    assert {name for _, name in placed} == {"", *(document.id for document in graph.documents)}


def test_what_stands_in_the_graph_of_an_article(graph: KnowledgeGraph) -> None:
    store = ox.Store()
    store.load(data_of(graph, "trig"), ox.RdfFormat.TRIG)
    events = {event.predicate + " " + event.status: event for event in graph.events}
    documents = {document.path: document.id for document in graph.documents}

    def graphs_of(subject: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for quad in store.quads_for_pattern(ox.NamedNode(subject), None, None, None):
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            found.setdefault(name, set()).add(quad.predicate.value.rpartition("#")[2])
        return found

    order = graphs_of(events["order asserted"].id)  # told by one article: all of it is there
    assert set(order) == {documents["a/north.txt"]}
    assert {"agent", "status", "denotedBy"} <= order[documents["a/north.txt"]]

    strike = graphs_of(events["strike asserted"].id)  # told by two: each has its own evidence, none the event
    assert strike[documents["a/north.txt"]] == {"denotedBy"}
    assert strike[documents["b/south.txt"]] == {"denotedBy", "timeExpression"}
    assert {"agent", "status"} <= strike[""]

    ruiz = graphs_of(next(entity.id for entity in graph.entities if entity.label == "Marta Ruiz"))
    assert ruiz[documents["a/north.txt"]] == {"denotedBy"}
    assert "label" in {name.rpartition("/")[2] for name in ruiz[""]}
    assert set(graphs_of(documents["a/north.txt"])) == {""}


def test_words_stand_where_what_they_belong_to_stands(graph: KnowledgeGraph) -> None:
    store = ox.Store()
    store.load(data_of(graph, "trig"), ox.RdfFormat.TRIG)
    query = (
        "SELECT ?g { GRAPH ?g { ?event kg:patient ?words . ?words a kg:Phrase ; rdfs:label 'civilians' } }"
    )
    rows = list(
        store.query(
            query,
            prefixes={"kg": "https://w3id.org/kg/ontology#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"},
        )
    )  # type: ignore[arg-type]
    assert [row["g"].value for row in rows] == [d.id for d in graph.documents if d.path == "a/north.txt"]


# ------------------------------------------------------------------ JSON-LD


def test_json_ld_is_compact(graph: KnowledgeGraph) -> None:
    lines = data_of(graph, "jsonld").decode().splitlines()
    order = next(line for line in lines if '"Marta Ruiz orders strikes on Veldt"' in line)
    assert order.startswith('{"@id":"ev:order-')
    assert '"@type":"kg:Order"' in order
    assert '"kg:agent":"en:person-marta-ruiz-' in order  # a node, by the context
    assert '"sem:hasBeginTimeStamp":"2015-11-17"' in order  # a day, by the context
    assert '"rdfs:label":{"@value":"Marta Ruiz orders strikes on Veldt","@language":"en"}' in order


def test_an_iri_that_json_ld_would_take_for_a_name() -> None:
    bad = ox.Triple(ox.NamedNode("geo:1,2"), ox.NamedNode("https://example.org/p"), ox.Literal("x"))
    with pytest.raises(KgError, match="cannot be written as JSON-LD"):
        list(FORMATS["jsonld"].chunks([bad]))


def test_an_iri_whose_name_would_begin_with_slashes_is_written_out() -> None:
    odd = ox.Triple(ox.NamedNode(ENTITY + "//x"), ox.NamedNode(ENTITY + "//p"), ox.NamedNode(ENTITY + "//o"))
    data = b"".join(FORMATS["jsonld"].chunks([odd]))
    assert by_oxigraph(data, "jsonld") == by_rdflib(data, "jsonld") == terms([odd])


# ------------------------------------------------------------------- tables


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_every_record(graph: KnowledgeGraph, turtle: Path) -> None:
    files = write(turtle, turtle / "tables", "csv")
    assert [path.name for path in files] == [f"{name}.csv" for name in SHEETS]
    tables = {path.stem: rows_of(path) for path in files}
    known = {row["id"] for row in tables["nodes"]}
    assert {entity.id for entity in graph.entities} | {event.id for event in graph.events} <= known
    assert {row["id"] for row in tables["documents"]} == {document.id for document in graph.documents}
    assert {(row["source"], row["target"]) for row in tables["edges"]} <= {
        (source, target) for source in known for target in known
    }
    arland = next(row for row in tables["nodes"] if row["label"] == "Arland")
    assert (arland["types"], arland["aliases"], arland["latitude"]) == (
        "kg:Place",
        "Republic of Arland",
        "48.5",
    )
    order = next(row for row in tables["nodes"] if row["label"].startswith("Marta Ruiz orders"))
    assert (order["predicate"], order["status"], order["start"]) == ("order", "kg:Asserted", "2015-11-17")
    assert {row["property"] for row in tables["edges"] if row["source"] == order["id"]} == {
        "kg:agent",
        "kg:topic",
        "kg:time",
    }
    assert {row["value"] for row in tables["claims"]} == {"2", "4+", "asserted", "negated"}
    assert {row["property"] for row in tables["relations"]} == {
        relation.property and f"kg:{relation.property}" for relation in graph.relations
    }


def test_mentions_are_what_the_texts_say(graph: KnowledgeGraph, turtle: Path) -> None:
    write(turtle, turtle / "tables", "csv")
    mentions = {row["id"]: row for row in rows_of(turtle / "tables" / "mentions.csv")}
    texts = {document.id: document.text for document in graph.documents}
    for row in mentions.values():
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["text"]
        assert row["text"] in row["sentence"]
    evidence = rows_of(turtle / "tables" / "evidence.csv")
    assert {row["mention"] for row in evidence} <= set(mentions)
    ruiz = next(entity for entity in graph.entities if entity.label == "Marta Ruiz")
    found = {mentions[row["mention"]]["text"] for row in evidence if row["node"] == ruiz.id}
    assert found == {mention.span.text for mention in ruiz.mentions}


@settings(max_examples=50)
@given(hostile_graphs())
def test_csv_cells_come_back_as_they_were(graph: KnowledgeGraph) -> None:
    import io

    for name in ("nodes", "mentions", "claims", "documents"):
        kinds = list(SHEETS[name].columns.values())
        meant = [row for table, row in sheet_rows(triples(graph)) if table == name]
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(meant)
        buffer.seek(0)
        for row, back in zip(meant, csv.reader(buffer), strict=True):
            for cell, text, kind in zip(row, back, kinds, strict=True):
                if kind in ("text", "name"):
                    assert text == (cell or "")


def test_parquet_has_the_same_rows_with_types(graph: KnowledgeGraph, turtle: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    files = write(turtle, turtle / "tables", "parquet")
    meant: dict[str, list[tuple[object, ...]]] = {name: [] for name in SHEETS}
    for name, row in sheet_rows(triples(graph)):
        meant[name].append(row)
    for path in files:
        table = parquet.read_table(path)
        assert table.column_names == list(SHEETS[path.stem].columns)
        assert [tuple(row.values()) for row in table.to_pylist()] == meant[path.stem], path.stem
    nodes = parquet.read_table(turtle / "tables" / "nodes.parquet").to_pylist()
    assert {row["start"] for row in nodes} == {None, date(2015, 11, 17), date(2015, 11, 18)}
    first = {path.name: path.read_bytes() for path in files}
    assert {p.name: p.read_bytes() for p in write(turtle, turtle / "tables", "parquet")} == first


def test_parquet_without_pyarrow_is_one_line(turtle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install pyarrow") as error:
        write(turtle, turtle / "tables", "parquet")
    assert "\n" not in str(error.value)
    assert list((turtle / "tables").iterdir()) == []


# -------------------------------------------------------------------- files


@pytest.mark.parametrize("format", [*FORMATS, *TABLES])
def test_a_failed_write_leaves_the_old_files(graph: KnowledgeGraph, turtle: Path, format: str) -> None:
    target = turtle / "target"
    files = write(turtle, target, format)
    before = {path: path.read_bytes() for path in files}
    whole = (turtle / "graph.ttl").read_bytes()
    (turtle / "graph.ttl").write_bytes(whole[: len(whole) // 2] + b"\n<broken")
    with pytest.raises(OutputError, match="is no Turtle"):
        write(turtle, target, format)
    assert {path: path.read_bytes() for path in files} == before
    assert not list(turtle.rglob("*.part"))


def test_the_name_tells_the_format(turtle: Path) -> None:
    for name, format in FORMATS.items():
        assert format_of(Path("x" + format.suffix)) == name
        assert write(turtle, turtle / f"x{format.suffix}") == [turtle / f"x{format.suffix}"]
    suffixes = sorted(format.suffix for format in FORMATS.values())
    assert all(a != b for a, b in pairwise(suffixes))


@pytest.mark.parametrize(
    ("target", "format", "message"),
    [
        ("x.ttl", "rdfxml", "no format 'rdfxml'; allowed: turtle, nt, jsonld, trig, csv, parquet"),
        ("x.xyz", None, "no format by the name of x.xyz; allowed: turtle"),
    ],
)
def test_unknown_formats(turtle: Path, target: str, format: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        write(turtle, turtle / target, format)
    with pytest.raises(InputError, match="no format 'csv' of one file"):
        chunks(turtle, "csv")


def test_what_cannot_be_read_or_written_is_one_line(turtle: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot read .*none.*; name a graph\.ttl or the folder") as read:
        write(turtle / "none", turtle / "x.nt")
    with pytest.raises(OutputError, match=r"cannot write .*; choose a folder") as written:
        write(turtle, turtle / "none" / "x.nt")
    with pytest.raises(OutputError, match=r"cannot write into .*; name a folder") as folder:
        write(turtle, turtle / "graph.ttl", "csv")
    for error in (read, written, folder):
        assert "\n" not in str(error.value)


def test_from_the_graph_itself(graph: KnowledgeGraph, tmp_path: Path) -> None:
    for name in (*FORMATS, "graphml"):
        suffix = FORMATS[name].suffix if name in FORMATS else ".graphml"
        (path,) = graph.export(tmp_path / f"x{suffix}")
        assert path.stat().st_size > 1000
    assert (tmp_path / "x.ttl").read_bytes() == to_turtle(graph)
    assert (tmp_path / "x.graphml").read_bytes().startswith(b"<?xml")
    assert len(graph.export(tmp_path / "tables", "csv")) == len(SHEETS)
    assert not list(tmp_path.rglob("*.part"))
