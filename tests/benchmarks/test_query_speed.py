"""The named queries on a generated graph: pyoxigraph as we use it against rdflib, in one run, by CPU time.

rdflib answers each query in a process of its own, forked with the graph loaded; one that does not end within the limit
counts with the limit. Loading is counted on neither side. Answers are compared where rdflib ends.

`KG_BENCH_DOCUMENTS=2670` gives a million triples, `KG_BENCH_SECONDS` is the limit (60 is asked for), and with `KG_BENCH_OUT` set
the result is appended to that file as one JSON line. Figures by themselves, from the project's folder:
`python tests/benchmarks/test_query_speed.py`; with the word `ours`, without rdflib.
"""

import json
import math
import multiprocessing
import os
import resource
import signal
import sys
import time
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

import pytest
import rdflib
from generated import generate
from plain_questions import two_steps
from pyoxigraph import Store

from kg.config import ontology_dir
from kg.graph import KnowledgeGraph
from kg.rdf import PREFIXES, load_store, named_queries, query, to_rdf
from kg.resolve import resolve

pytestmark = pytest.mark.slow

DOCUMENTS = int(os.environ.get("KG_BENCH_DOCUMENTS", "20"))
SECONDS = float(os.environ.get("KG_BENCH_SECONDS", "4"))
TIMES = 8
ROWS = 10_000  # at most, as for `kg query`


def build(documents: int) -> KnowledgeGraph:
    """Return a graph of that many generated documents."""
    pairs = list(generate(documents))
    texts, extractions = [one for one, _ in pairs], [other for _, other in pairs]
    found = resolve(texts, extractions)
    ordered = tuple(sorted(texts, key=lambda document: document.id))
    return KnowledgeGraph(
        ordered, found.entities, found.events, found.relations, found.decisions, contradictions=found.contradictions
    )  # fmt: skip


def ours(store: Store) -> dict[str, tuple[float, int]]:
    """Return CPU seconds and rows by query."""
    found = {}
    for named in named_queries():
        began = time.process_time()
        rows = len(query(store, named.name, limit=ROWS).terms)
        found[named.name] = (time.process_time() - began, rows)
        _tell("ours", named.name, *found[named.name])
    return found


def theirs(rdf_graph: rdflib.Graph, limit: float) -> dict[str, tuple[float, int | None]]:
    """Return CPU seconds and rows by query for rdflib; no rows where it did not end within the limit."""
    fork = multiprocessing.get_context("fork")
    found: dict[str, tuple[float, int | None]] = {}
    for named in named_queries():
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_answer, args=(rdf_graph, named.text, limit, there))
        process.start()
        there.close()
        try:
            found[named.name] = here.recv()
        except EOFError:
            process.join()
            assert process.exitcode == -signal.SIGXCPU, f"rdflib failed at {named.name}"
            found[named.name] = (limit, None)
        finally:
            process.kill()
            process.join()
            here.close()
        _tell("rdflib", named.name, *found[named.name])
    return found


def _answer(rdf_graph: rdflib.Graph, text: str, limit: float, answers: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit) + 1))
    began = time.process_time()
    rows = len(list(islice(rdf_graph.query(text, initNs=PREFIXES), ROWS)))
    answers.send((time.process_time() - began, rows))


def measure(documents: int, limit: float, *, both: bool = True) -> dict[str, Any]:
    """Return the sums of both sides and each query's figures."""
    graph = build(documents)
    store = load_store(graph)
    fast = ours(store)
    result: dict[str, Any] = {
        "documents": documents,
        "triples": len(store),
        "ours": round(sum(seconds for seconds, _ in fast.values()), 3),
        "queries": {name: round(seconds, 3) for name, (seconds, _) in fast.items()},
    }
    if both:
        del store
        rdf_graph = to_rdf(graph).parse(ontology_dir() / "kg.ttl")
        slow = theirs(rdf_graph, limit)
        result["rdflib"] = round(sum(seconds for seconds, _ in slow.values()), 3)
        result["not ended"] = [name for name, (_, rows) in slow.items() if rows is None]
        result["other rows"] = [
            (name, fast[name][1], rows)
            for name, (_, rows) in slow.items()
            if rows not in (None, fast[name][1])
        ]
    return result


def _tell(*words: object) -> None:
    if __name__ == "__main__":
        print(*words, flush=True)


def test_the_queries_are_answered_faster_than_by_rdflib() -> None:
    result = measure(DOCUMENTS, SECONDS)
    if "KG_BENCH_OUT" in os.environ:
        with open(os.environ["KG_BENCH_OUT"], "a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
    assert result["other rows"] == []
    assert result["rdflib"] >= TIMES * result["ours"]


def test_the_slowest_question_has_the_rows_of_plain_loops() -> None:
    store = load_store(build(20))
    rows = query(store, "two-steps-away", limit=100_000).records()
    columns = ("who", "through", "whom", "first", "second")
    assert {tuple(str(row[name]) for name in columns) for row in rows} == two_steps(store)
    assert rows


if __name__ == "__main__":
    print(json.dumps(measure(DOCUMENTS, SECONDS, both="ours" not in sys.argv), indent=1))
