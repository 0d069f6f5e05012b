"""Processes that keep the graph: limits, a file that changes, and what happens after a query was stopped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import OutputError, QueryError
from kg.rdf.sparql.pool import QueryPool, TimeLimitError

CSV = "text/csv"
LABELS = "SELECT ?label { ?x a kg:Place ; rdfs:label ?label } ORDER BY ?label"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def write(path: Path, *names: str) -> None:
    """Write a graph of places, in one step as a build does."""
    lines = [
        f'<https://example.org/{number}> a <https://w3id.org/kg/ontology#Place> ; <http://www.w3.org/2000/01/rdf-schema#label> "{name}" .'
        for number, name in enumerate(names)
    ]
    beside = path.with_suffix(".new")
    beside.write_text("\n".join(lines), encoding="utf-8")
    os.replace(beside, path)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pool") / "graph.ttl"
    write(path, "Kalma", "Nordia", "Veldt")
    return path


@pytest.fixture(scope="module")
def pool(path: Path) -> Iterator[QueryPool]:
    with QueryPool(path, timeout=30.0, limit=2) as pool:
        yield pool


def labels(pool: QueryPool) -> list[str]:
    return pool.ask(LABELS, CSV).body.decode().splitlines()[1:]


def test_an_answer_is_cut_at_the_limit_and_says_so(pool: QueryPool) -> None:
    answer = pool.ask(LABELS, CSV)
    assert (answer.body, answer.cut) == (b"label\r\nKalma\r\nNordia\r\n", True)
    assert pool.ask(f"{LABELS} LIMIT 2", CSV).cut is False


def test_a_variable_is_bound_and_a_slip_is_told(pool: QueryPool) -> None:
    assert pool.ask(LABELS, CSV, bind={"x": "Veldt"}).body == b"label\r\nVeldt\r\n"
    assert "kg:Placce" in " ".join(pool.ask("ASK { ?x a kg:Placce }", CSV).warnings)


def test_a_wrong_query_leaves_the_process_as_it_was(pool: QueryPool) -> None:
    for text in (
        "SELECT",
        "SELECT * { SERVICE <http://127.0.0.1:9/> {} }",
        "SELECT (1/0 AS ?x) { ?s ?p }",
        "no-such",
    ):
        with pytest.raises(QueryError):
            pool.ask(text, CSV)
    assert labels(pool) == ["Kalma", "Nordia"]


def test_many_threads_ask_at_once(pool: QueryPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: tuple(labels(pool)), range(24))) == {("Kalma", "Nordia")}


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(path: Path) -> None:
    with QueryPool(path, timeout=1.0, size=1) as pool:
        with pytest.raises(TimeLimitError, match="longer than 1 s and was stopped"):
            pool.ask(ENDLESS, CSV)
        assert len(labels(pool)) == 3


def test_a_query_waits_for_a_free_process_no_longer_than_the_limit(path: Path) -> None:
    with (
        QueryPool(path, timeout=0.1, size=1) as pool,
        pool._resident(),
        pytest.raises(TimeLimitError, match="busy"),
    ):
        pool.ask(LABELS, CSV)


def test_a_new_build_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write(path, "Kalma")
    with QueryPool(path, size=1) as pool:
        assert labels(pool) == ["Kalma"]
        write(path, "Kalma", "Nordia")
        assert labels(pool) == ["Kalma", "Nordia"]


def test_a_damaged_or_missing_file_is_told_and_mending_it_helps(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with QueryPool(path, size=1) as pool:
        with pytest.raises(OutputError, match="cannot read"):
            pool.start()
        path.write_text("no turtle", encoding="utf-8")
        with pytest.raises(OutputError, match="is no Turtle"):
            pool.ask(LABELS, CSV)
        write(path, "Kalma")
        assert labels(pool) == ["Kalma"]


def test_what_follows_is_asked_where_wanted(path: Path) -> None:
    with QueryPool(path, infer=True, size=1) as pool:
        assert pool.ask("SELECT (COUNT(*) AS ?n) { ?x a kg:Entity }", CSV).body == b"n\r\n3\r\n"


def test_no_process_is_left(path: Path) -> None:
    with QueryPool(path, size=1) as pool:
        pool.start()
        (resident,) = pool._started
    assert not resident.alive


PARENT = """
import os, sys
from pathlib import Path
from kg.rdf.sparql.pool import QueryPool
pool = QueryPool(Path(sys.argv[1]), size=1)
pool.start()
(resident,) = pool._started
print(resident._process.pid, flush=True)
os._exit(0)
"""


def test_a_process_ends_with_the_one_that_asks(path: Path) -> None:
    # The process has its end of stderr until it ends: reading that to its end waits for it, or the test runs out of time.
    done = subprocess.run(
        [sys.executable, "-c", PARENT, str(path)], capture_output=True, text=True, check=True, timeout=300
    )
    assert (int(done.stdout) > 0, done.stderr) == (True, "")
