"""Resolution grows no faster than n log n: a thousand, three thousand and ten thousand documents in one process.

Processor time, in one run, against n log n with room for what else the machine does; the documents are generated
(`generated.py`), ten entity mentions each. The largest reads 100,000 mentions. Python's collector is called between the runs
and is off in them: what it costs depends on what else the process holds.

With `KG_BENCH_OUT` set, the result is appended to that file as one JSON line. Figures by themselves, from the project's folder:
`python tests/benchmarks/test_resolution_growth.py`.
"""

import gc
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from generated import generate

from kg.resolve import resolve

pytestmark = pytest.mark.slow

SIZES = (1_000, 3_000, 10_000)
MENTIONS = 100_000
ROOM = 1.5  # other work on the machine


def measure(sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Return what resolution costs by number of documents; first calls, which load and compile, are not counted."""
    _cost(50)
    return [_cost(size) for size in sizes]


def _cost(size: int) -> dict[str, Any]:
    pairs = list(generate(size))
    documents, extractions = [one for one, _ in pairs], [other for _, other in pairs]
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        resolution = resolve(documents, extractions)
        seconds = time.process_time() - began
    finally:
        gc.enable()
    return {
        "documents": size,
        "mentions": sum(len(extraction.entity_mentions) for extraction in extractions),
        "entities": len(resolution.entities),
        "events": len(resolution.events),
        "seconds": round(seconds, 3),
    }


def test_time_grows_no_faster_than_n_log_n() -> None:
    results = measure(SIZES)
    if out := os.environ.get("KG_BENCH_OUT"):
        with Path(out).open("a", encoding="utf-8") as file:
            file.write(json.dumps(results) + "\n")
    assert results[-1]["mentions"] >= MENTIONS
    first = results[0]
    for other in results[1:]:
        grown = _n_log_n(other["documents"]) / _n_log_n(first["documents"])
        assert other["seconds"] <= ROOM * grown * first["seconds"], results


def _n_log_n(n: int) -> float:
    return n * math.log(n)


def test_what_is_generated_looks_like_news() -> None:
    pairs = list(generate(300))
    names = [m.span.text for _, extraction in pairs for m in extraction.entity_mentions if m.kind == "name"]
    assert pairs[:100] == list(generate(100))
    assert len(set(names)) > 0.2 * len(names)
    assert max(names.count(name) for name in set(names)) == len(pairs)
    for document, extraction in pairs:
        for mention in extraction.entity_mentions:
            assert document.text[slice(*mention.span.range)] == mention.span.text
        for event in extraction.event_mentions:
            assert document.text[slice(*event.sentence.range)] == event.sentence.text


if __name__ == "__main__":
    for result in measure([int(size) for size in sys.argv[1:]] or SIZES):
        sys.stdout.write(json.dumps(result) + "\n")
