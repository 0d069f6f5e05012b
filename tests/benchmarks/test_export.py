"""Turtle of a generated graph against rdflib building and serialising the same triples, in the same run.

Each side runs in a process of its own, which makes the graph first (`generated.py`), and then tells the processor time
and the memory that writing it took on top. With `KG_BENCH_OUT` set, the result is appended to that file as one JSON line.

A large graph: `KG_BENCH_DOCUMENTS=1950`, or `python tests/benchmarks/test_export.py 1950` from the project's folder; 1950
documents give about a million triples, for which rdflib needs many minutes.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

pytestmark = pytest.mark.slow

DOCUMENTS = int(os.environ.get("KG_BENCH_DOCUMENTS", "100"))
LARGE = 500_000  # triples from which on the figures are asked for in full
ROOT = Path(__file__).resolve().parents[2]


def measure(documents: int) -> dict[str, Any]:
    """Return what each side costs, and the ratios."""
    ours, rdflib = _in_own_process("kg", documents), _in_own_process("rdflib", documents)
    assert ours["triples"] == rdflib["triples"]
    return {
        "documents": documents,
        "triples": ours["triples"],
        "kg": ours,
        "rdflib": rdflib,
        "times less CPU": round(rdflib["cpu_s"] / ours["cpu_s"], 1),
        "times less memory": round(rdflib["memory_mb"] / max(ours["memory_mb"], 0.1), 1),
    }


def _in_own_process(side: str, documents: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, side, str(documents)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def write_with_kg(graph: Any, path: Path) -> None:
    from kg.rdf import write_turtle

    write_turtle(graph, path)


def write_with_rdflib(graph: Any, path: Path) -> None:
    from kg.rdf import to_rdf

    to_rdf(graph).serialize(path, format="turtle", encoding="utf-8")


def cost(side: str, documents: int) -> dict[str, Any]:
    """Return the cost of writing a graph, which is made and written once in small before, so that all is loaded."""
    from kg.rdf import triples

    write: Callable[[Any, Path], None] = {"kg": write_with_kg, "rdflib": write_with_rdflib}[side]
    graph = _graph(documents)
    with TemporaryDirectory() as folder:
        write(_graph(3), Path(folder) / "small.ttl")
        gc.collect()
        _forget_peak()
        before, began = _peak(), time.process_time()
        write(graph, Path(folder) / "graph.ttl")
        seconds, memory = time.process_time() - began, _peak() - before
        size = (Path(folder) / "graph.ttl").stat().st_size
    return {
        "triples": sum(1 for _ in triples(graph)),
        "cpu_s": round(seconds, 2),
        "memory_mb": round(memory / 1024, 1),
        "file_mb": round(size / 1e6, 1),
    }


def _graph(documents: int) -> Any:
    from generated import generate

    from kg.graph import KnowledgeGraph
    from kg.resolve import resolve

    pairs = list(generate(documents))
    found = resolve([document for document, _ in pairs], [extraction for _, extraction in pairs])
    return KnowledgeGraph(
        tuple(document for document, _ in pairs),
        found.entities,
        found.events,
        found.relations,
        found.decisions,
        contradictions=found.contradictions,
    )


def _forget_peak() -> None:
    """Have Linux count the greatest resident size anew (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """Return the greatest resident size since then, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_turtle_costs_a_fraction_of_what_rdflib_takes() -> None:
    result = measure(DOCUMENTS)
    if out := os.environ.get("KG_BENCH_OUT"):
        with Path(out).open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
    large = result["triples"] >= LARGE
    assert result["triples"] >= 20_000
    assert result["times less CPU"] >= (20 if large else 8), result
    assert result["times less memory"] >= 10, result


if __name__ == "__main__":
    if sys.argv[1] in ("kg", "rdflib"):
        sys.stdout.write(json.dumps(cost(sys.argv[1], int(sys.argv[2]))))
    else:
        sys.stdout.write(json.dumps(measure(int(sys.argv[1])), indent=1) + "\n")
