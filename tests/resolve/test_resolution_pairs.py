"""Pairs of names in short texts, read by the whole pipeline: does it take them for one where they are, and only there?

The set, `tests/data/resolution_pairs.toml`, is of two parts: cases by which the rules were worked on, and cases that were
written when the rules stood (held out). A pair of which one name is not found counts as decided wrong.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.datamodel import Document, Span
from kg.extract import extract
from kg.ids import document_id
from kg.language import load
from kg.resolve import resolve

DATA = Path(__file__).parent.parent / "data" / "resolution_pairs.toml"
RIGHT = 0.95


@dataclass(frozen=True)
class Decided:
    """A pair, and what the pipeline made of it: one, two, or "not found"."""

    kind: str
    held_out: bool
    thin: bool
    want: str
    got: str
    words: str

    @property
    def right(self) -> bool:
        return self.want == self.got


def cases() -> list[dict[str, Any]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))["case"]


@cache
def decided() -> tuple[Decided, ...]:
    found = cases()
    documents = [
        [
            Document(document_id(f"{i}-{j}.txt", "0" * 64), text, f"{i}-{j}.txt", "0" * 64)
            for j, text in enumerate(case["texts"])
        ]
        for i, case in enumerate(found)
    ]
    extractions = {e.document: e for e in extract([d for group in documents for d in group], load())}
    return tuple(
        pair
        for case, group in zip(found, documents, strict=True)
        for pair in _pairs(case, group, resolve(group, [extractions[d.id] for d in group]).entities)
    )


def _pairs(case: dict[str, Any], documents: list[Document], entities: Any) -> Iterator[Decided]:
    for pair in case["pairs"]:
        one, other = (_entity(pair[side], documents, entities) for side in ("one", "other"))
        got = "not found" if None in (one, other) else "one" if one == other else "two"
        want = "one" if pair["same"] else "two"
        words = f"{pair['one']} ~ {pair['other']}"
        yield Decided(case["class"], case["held_out"], pair.get("thin", False), want, got, words)


def _entity(where: str, documents: list[Document], entities: Any) -> str | None:
    """Return the id of the entity that the words are a mention of: of those that overlap them, the closest."""
    number, _, words = where.partition(": ")
    words, _, nth = words.partition("#")
    text, start = documents[int(number)].text, -1
    for _ in range(int(nth or 1)):
        start = text.index(words, start + 1)
    wanted = Span(documents[int(number)].id, start, start + len(words), words)
    near = [
        (abs(m.span.start - wanted.start) + abs(m.span.end - wanted.end), m.span, e.id)
        for e in entities
        for m in e.mentions
        if m.span.document == wanted.document and m.span.start < wanted.end and wanted.start < m.span.end
    ]
    return min(near)[2] if near else None


def _report(pairs: list[Decided]) -> str:
    lines = []
    for name, held_out in (("seen", False), ("held out", True)):
        half = [p for p in pairs if p.held_out == held_out]
        lines.append(f"{name}: {sum(p.right for p in half)} of {len(half)} right")
    lines += [f"  {p.kind}: {p.words}: {p.got}, not {p.want}" for p in pairs if not p.right]
    return "\n".join(lines)


def test_the_set_is_large_and_balanced() -> None:
    pairs = [(case, pair) for case in cases() for pair in case["pairs"]]
    assert len(pairs) >= 120
    assert all(1 <= len(case["texts"]) <= 3 for case in cases())
    same = sum(pair["same"] for _, pair in pairs)
    assert 0.4 <= same / len(pairs) <= 0.6
    assert 0.4 <= sum(case["held_out"] for case, _ in pairs) / len(pairs) <= 0.6
    assert min(Counter(case["class"] for case, _ in pairs).values()) >= 10
    assert sum(pair.get("thin", False) for _, pair in pairs) >= 15
    assert not any(pair["same"] and pair.get("thin", False) for _, pair in pairs)


@pytest.mark.parametrize("held_out", [False, True], ids=["seen", "held-out"])
def test_pairs_are_decided_right(held_out: bool) -> None:
    half = [p for p in decided() if p.held_out == held_out]
    assert sum(p.right for p in half) / len(half) >= RIGHT, _report(list(decided()))


def test_thin_evidence_merges_nothing() -> None:
    merged = [p for p in decided() if p.thin and p.got == "one"]
    assert not merged, _report(merged)
