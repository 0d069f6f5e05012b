"""Names of places in sentences of our own, and the GeoNames entry that each means: `tests/data/places.toml`.

Once through the whole pipeline, once with the names given, which measures the linking alone; each for the part on which the
rules were tuned, the part that was held out, and one written afterwards. `pytest -rP` shows the figures and what went wrong.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.datamodel import Document, Entity, EntityMention, Extraction, Span
from kg.extract import extract
from kg.extract.names import load_names
from kg.ids import document_id
from kg.language import load
from kg.resolve import Resolution, resolve
from kg.resolve.gazetteer import load_gazetteer

SET = Path(__file__).resolve().parents[1] / "data" / "places.toml"
ASKED = 0.90
PARTS = ("tuned", "held out", "later")

Text = dict[str, Any]
Reader = Callable[[Text], Resolution]


@cache
def texts() -> tuple[Text, ...]:
    return tuple(tomllib.loads(SET.read_text(encoding="utf-8"))["text"])


def place_of(text: Text, mention: dict[str, Any]) -> tuple[int, int]:
    """Return the offsets of a mention: the nth time that its words stand alone."""
    found = re.finditer(rf"(?<!\w){re.escape(mention['name'])}(?!\w)", text["text"])
    return [match.span() for match in found][mention.get("nth", 1) - 1]


def document_of(text: Text) -> Document:
    return Document(document_id("text.txt", "0" * 64, text["text"]), text["text"], "text.txt", "0" * 64)


@cache
def pipeline() -> Any:
    return load(None)


def as_read(text: Text) -> Resolution:
    document = document_of(text)
    return resolve([document], extract([document], pipeline()))


def as_given(text: Text) -> Resolution:
    document = document_of(text)
    mentions = []
    for mention in text["mentions"]:
        if "person" in (note := mention["note"]).split() or note == "organisation":
            continue
        start, end = place_of(text, mention)
        span = Span(document.id, start, end, text["text"][start:end])
        code = load_names().country(mention["name"]) if note == "nationality" else None
        mentions.append(EntityMention(span, (start, end), "Place", "nominal" if code else "name", None, code))
    return resolve([document], [Extraction(document.id, tuple(mentions))])


def linked(resolution: Resolution, start: int, end: int) -> int:
    """Return the GeoNames id of the entity whose mention covers most of the offsets; 0 for none."""

    def shared(span: Span) -> tuple[int, int]:
        return min(span.end, end) - max(span.start, start), -(span.end - span.start)

    found: list[tuple[tuple[int, int], Entity]] = [
        (shared(mention.span), entity)
        for entity in resolution.entities
        for mention in entity.mentions
        if shared(mention.span)[0] > 0
    ]
    best = max(found, key=lambda pair: (pair[0], pair[1].id), default=None)
    return int(best[1].same_as[0].split("/")[-2]) if best and best[1].same_as else 0


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("read", [as_read, as_given])
def test_places(read: Reader, part: str) -> None:
    right, wrong = 0, []
    for text in texts():
        if text["part"] != part:
            continue
        resolution = read(text)
        for mention in text["mentions"]:
            if mention["id"] == (found := linked(resolution, *place_of(text, mention))):
                right += 1
            else:
                wrong.append(f"{mention['name']} is {mention['id']}, not {found}: {text['text']}")
    share = right / (right + len(wrong))
    report = "\n".join([f"{right} of {right + len(wrong)} right ({share:.3f})", *wrong])
    print(report)
    assert share >= ASKED, report


def test_the_set_is_large_and_hard_enough() -> None:
    mentions = [mention for text in texts() for mention in text["mentions"]]
    assert len(mentions) >= 150
    assert sum("ambiguous" in mention["note"] for mention in mentions) * 3 >= len(mentions)
    tuned = sum(len(text["mentions"]) for text in texts() if text["part"] == "tuned")
    assert tuned * 2 <= len(mentions)
    assert {text["part"] for text in texts()} == set(PARTS)
    assert len({text["text"] for text in texts()}) == len(texts())


@pytest.mark.parametrize("text", texts(), ids=lambda text: text["text"][:30])
def test_names_stand_where_they_are_said_to_stand(text: Text) -> None:
    places = [place_of(text, mention) for mention in text["mentions"]]
    assert len(set(places)) == len(places)


def test_nearly_all_ids_are_in_the_gazetteer() -> None:
    """Those that are not are towns too small for it: the price of its size, and part of the figures."""
    asked = {
        m["name"]: m["id"] for t in texts() for m in t["mentions"] if m["id"] and m["note"] != "nationality"
    }
    known = {
        name
        for name, id_ in asked.items()
        if id_ in [candidate.place.geonames for candidate in load_gazetteer().candidates(name)]
    }
    assert len(known) >= 0.97 * len(asked), sorted(asked.keys() - known)
