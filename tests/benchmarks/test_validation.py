"""Validation looks closely at few nodes: much less work than pySHACL's on all, both in the same run, by CPU time."""

import time
from pathlib import Path

import pytest

from kg.rdf import PREFIXES, validate

pytest.importorskip("pyshacl", reason="the extra `shacl` is not installed")
pytestmark = pytest.mark.slow

WORLD = Path(__file__).resolve().parents[1] / "data" / "shapes" / "world.ttl"


def test_a_graph_that_conforms_takes_a_fifth_of_the_time_at_most(tmp_path: Path) -> None:
    world = WORLD.read_text(encoding="utf-8")
    with (tmp_path / "graph.ttl").open("w", encoding="utf-8") as file:
        for number in range(100):
            again = world
            for base in ("http://example.org/", PREFIXES["act"]):
                again = again.replace(f"<{base}>", f"<{base}{number}/>")
            file.write(again)
    validate(tmp_path)  # first calls load
    began = time.process_time()
    report = validate(tmp_path)
    quick = time.process_time() - began
    began = time.process_time()
    assert validate(tmp_path, thorough=True) == report
    assert 5 * quick < time.process_time() - began
    assert report.conforms
