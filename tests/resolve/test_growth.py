"""A text of twice the length takes about twice the work, counted in calls, not in seconds."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

N = 300  # sentences, or documents
DAY = "2015-11-17"

LINE = {
    "nationalities": "[Zubair](Person) and the [French](Group nominal FR) left.",
    "descriptions": "[Zubair](Person) and [crowd {n} of people](Group nominal) left.",
}


def calls(run: Callable[[], Any]) -> int:
    """Return how many Python functions are called or generators resumed."""
    run()  # what is remembered between calls is not counted
    count = 0

    def seen(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("line", LINE.values(), ids=LINE)
def test_mentions_of_a_document(line: str, story: Any, resolved: Callable[..., Any]) -> None:
    def told(sentences: int) -> Any:
        return story(" ".join(line.format(n=n) for n in range(sentences)))

    short, long = told(N), told(2 * N)
    assert calls(lambda: resolved(long)) < 2.2 * calls(lambda: resolved(short))


FAMOUS = {
    "in full": "[Varo Lindqart](Person) left.",
    "by acronym": "The [Northern Grain Council](Organization) met.|[NGC](Organization) agreed.",
    "by its end": "The [Northern Grain Council](Organization) met.|The [Grain Council](Organization) met.",
    "by surname": "[Varo Lindqart](Person) left.|[Lindqart](Person) left.|[Lindqart](Organization) left.",
    "with namesakes": "[Varo Lindqart](Person) left.|[Ena{n} Lindqart](Person) left.|[Lindqart](Person) left.",
}


@pytest.mark.parametrize("lines", FAMOUS.values(), ids=FAMOUS)
def test_a_name_in_every_document(lines: str, story: Any, resolved: Callable[..., Any]) -> None:
    def told(documents: int) -> list[Any]:
        kinds = lines.split("|")
        return [story(kinds[n % len(kinds)].format(n=n), f"{n:04}.txt") for n in range(documents)]

    short, long = told(N), told(2 * N)
    assert calls(lambda: resolved(*long)) < 2.2 * calls(lambda: resolved(*short))


def test_mentions_of_one_event(story: Any, resolved: Callable[..., Any]) -> None:
    def told(documents: int) -> list[Any]:
        return [_killing(story, number, DAY) for number in range(documents)]

    assert len(resolved(*told(9)).events) == 1
    short, long = told(N), told(2 * N)
    assert calls(lambda: resolved(*long)) < 2.2 * calls(lambda: resolved(*short))


def test_mentions_of_many_events(
    story: Any, resolved: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(documents: int) -> list[Any]:
        return [
            _killing(story, number, str(date.fromisoformat(DAY) + timedelta(9 * number)))
            for number in range(documents)
        ]

    monkeypatch.setattr("kg.resolve.same_event._BLOCK", 1)  # each is compared with one only
    assert len(resolved(*told(9)).events) == 9
    short, long = told(N), told(2 * N)
    assert calls(lambda: resolved(*long)) < 2.2 * calls(lambda: resolved(*short))


def _killing(story: Any, number: int, day: str) -> Any:
    one = story("Police killed [Zubair Tamarov](Person) there.", f"{number:04}.txt")
    return one.event("killed", "Killing", lemma="kill", patient="Zubair Tamarov", time=day)
