"""The contradiction ledger: what is listed, with whom and when, and what is not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.datamodel import Contradiction
from kg.resolve import resolve

FRIDAY = "2021-03-05"


def deaths(story: Any, path: str, many: str, *, published: str = FRIDAY, day: str = FRIDAY, said: str | None = None,
           publisher: str | None = None) -> Any:  # fmt: skip
    one = story(f"A blast killed {many} in [Graz](Place), {said or 'it'} said.", path, published)
    one.document = replace(one.document, publisher=publisher)
    return one.event(
        "killed", "Killing", lemma="kill", agent="A blast", patient=many, place="Graz", time=day, said=said
    )


def killing(story: Any, path: str, *, agent: str = "France", place: str = "Raqqa", day: str = FRIDAY,
            status: str = "asserted", name: str = "Omar Saad") -> Any:  # fmt: skip
    one = story(f"[{agent}](Place) killed [{name}](Person) in [{place}](Place).", path, "2021-03-06")
    return one.event(
        "killed", "Killing", lemma="kill", agent=agent, patient=name, place=place, time=day, status=status
    )


def fields(result: Any) -> list[str]:
    return [contradiction.field for contradiction in result.contradictions]


def values(contradiction: Contradiction) -> list[str]:
    return [claim.value for claim in contradiction.claims]


# ------------------------------------------------------------------ numbers


def test_two_tolls_of_one_blast_stay_side_by_side(story: Any, resolved: Callable[..., Any]) -> None:
    late = deaths(story, "a.txt", "19 people", published="2021-03-07", said="doctors", publisher="Post")
    early = deaths(story, "b.txt", "at least 21 people", published="2021-03-06", publisher="Courier")
    result = resolved(late, early)
    (event,) = result.events
    (found,) = result.contradictions
    assert (found.event, found.field, found.about) == (event.id, "number", "people")
    assert values(found) == ["21+", "19"]  # oldest first
    first, second = found.claims
    assert (first.publisher, str(first.published), first.attributed_to) == ("Courier", "2021-03-06", ())
    assert (second.publisher, [source.text for source in second.attributed_to]) == ("Post", ["doctors"])
    for claim, told in ((first, early), (second, late)):
        assert told.document.text[slice(*claim.span.range)] == claim.span.text
        assert told.document.text[slice(*claim.trigger.range)] == "killed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at least 130 people", "132 people"),
        ("12 people", "12 people"),
        ("dozens of people", "41 people"),
        ("12 people", "about 13 people"),
        ("12 people", "9 soldiers"),  # may be some of them
        ("people", "12 people"),
    ],
)
def test_numbers_that_can_both_be_true(
    one: str, other: str, story: Any, resolved: Callable[..., Any]
) -> None:
    assert resolved(deaths(story, "a.txt", one), deaths(story, "b.txt", other)).contradictions == ()


def test_a_third_who_repeats_is_listed_too(story: Any, resolved: Callable[..., Any]) -> None:
    tolls = ("12 people", "19 people", "12 people")
    result = resolved(*(deaths(story, f"{n}.txt", many) for n, many in enumerate(tolls)))
    assert [values(c) for c in result.contradictions] == [["12", "19", "12"]]


def test_two_sources_of_one_document(story: Any, resolved: Callable[..., Any]) -> None:
    text = "Police said a blast killed 12 people in [Graz](Place). Doctors said a blast killed 15 people in [Graz](Place)."
    one = story(text, "a.txt", FRIDAY)
    one.event(
        "killed", "Killing", lemma="kill", patient="12 people", place="Graz", time=FRIDAY, said="Police"
    )
    one.event(
        "killed",
        "Killing",
        lemma="kill",
        nth=2,
        patient="15 people",
        place="Graz#2",
        time=FRIDAY,
        said="Doctors",
    )
    result = resolved(one)
    assert len(result.events) == 1
    assert [values(c) for c in result.contradictions] == [["12", "15"]]


def test_one_source_does_not_contradict_itself(story: Any, resolved: Callable[..., Any]) -> None:
    text = "A blast killed 12 people in [Graz](Place). A blast killed 15 people in [Graz](Place)."
    one = story(text, "a.txt", FRIDAY)
    one.event("killed", "Killing", lemma="kill", patient="12 people", place="Graz", time=FRIDAY)
    one.event("killed", "Killing", lemma="kill", nth=2, patient="15 people", place="Graz#2", time=FRIDAY)
    assert resolved(one).contradictions == ()


# --------------------------------------------- days, places, actors, status


@pytest.mark.parametrize(
    ("other", "listed"),
    [
        ({"agent": "Russia"}, ["actor"]),
        ({"place": "Aleppo"}, ["place"]),
        ({"day": "2021-03-06"}, ["date"]),
        ({"agent": "Russia", "place": "Aleppo", "day": "2021-03-06"}, ["actor", "date", "place"]),
        ({"place": "Syria"}, []),  # Raqqa lies there
        ({}, []),
    ],
)
def test_a_death_told_differently_is_one_death(
    other: dict[str, str], listed: list[str], story: Any, resolved: Callable[..., Any]
) -> None:
    result = resolved(killing(story, "a.txt"), killing(story, "b.txt", **other))
    assert len(result.events) == 1
    assert fields(result) == listed


@pytest.mark.parametrize(
    "other", [{"name": "Ali Tamer", "agent": "Russia"}, {"day": "2021-05-06"}, {"name": "Ali Tamer"}]
)
def test_two_deaths_are_no_contradiction(
    other: dict[str, str], story: Any, resolved: Callable[..., Any]
) -> None:
    result = resolved(killing(story, "a.txt"), killing(story, "b.txt", **other))
    assert len(result.events) == 2
    assert result.contradictions == ()


@pytest.mark.parametrize(
    ("other", "events"),
    [({"day": "2021-03-06"}, 1), ({"agent": "Russia"}, 1), ({"agent": "Russia", "day": "2021-03-06"}, 2)],
)
def test_who_is_arrested_may_be_arrested_again(
    other: dict[str, str], events: int, story: Any, resolved: Callable[..., Any]
) -> None:
    def told(path: str, agent: str = "France", day: str = FRIDAY) -> Any:
        one = story(f"[{agent}](Place) arrested [Omar Saad](Person).", path, "2021-03-06")
        return one.event("arrested", "Arrest", lemma="arrest", agent=agent, patient="Omar Saad", time=day)

    result = resolved(told("a.txt"), told("b.txt", **other))
    assert len(result.events) == events
    assert len(result.contradictions) == 2 - events


def test_two_strikes_on_two_days_are_no_contradiction(story: Any, resolved: Callable[..., Any]) -> None:
    def strike(path: str, day: str) -> Any:
        one = story("[France](Place) bombed [Raqqa](Place).", path, "2021-03-06")
        return one.event("bombed", "Bombing", lemma="bomb", agent="France", patient="Raqqa", time=day)

    result = resolved(strike("a.txt", FRIDAY), strike("b.txt", "2021-03-06"))
    assert len(result.events) == 2
    assert result.contradictions == ()


def test_who_bombed_the_hospital(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str, agent: str) -> Any:
        one = story(f"[{agent}](Place) bombed [Saint Anne Hospital](Facility).", path, "2021-03-06")
        return one.event(
            "bombed", "Bombing", lemma="bomb", agent=agent, patient="Saint Anne Hospital", time=FRIDAY
        )

    result = resolved(told("a.txt", "France"), told("b.txt", "Russia"), told("c.txt", "France"))
    assert [len(event.mentions) for event in result.events] == [3]
    (found,) = result.contradictions
    assert found.field == "actor"
    assert sorted(values(found)) == ["France", "France", "Russia"]


def test_an_hour_is_no_day(story: Any, resolved: Callable[..., Any]) -> None:
    one, other = killing(story, "a.txt"), killing(story, "b.txt", day="2021-03-06")
    assert fields(resolved(one, other)) == ["date"]
    (mention,) = other.events
    hour = replace(mention.time, span=replace(mention.time.span, text="4:20 a.m."))
    other.events[:] = [replace(mention, time=hour)]
    assert fields(resolved(one, other)) == []


def test_partners_do_not_contradict_each_other(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str, *agents: str) -> Any:
        names = " and ".join(f"[{agent}](Place)" for agent in agents)
        one = story(f"{names} bombed [Saint Anne Hospital](Facility).", path, "2021-03-06")
        return one.event(
            "bombed", "Bombing", lemma="bomb", agent=list(agents), patient="Saint Anne Hospital", time=FRIDAY
        )

    both = told("b.txt", "France", "Russia")
    result = resolved(told("a.txt", "France"), both, told("c.txt", "Russia"))
    assert len(result.events) == 1
    assert result.contradictions == ()


def test_what_one_asserts_another_denies(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(killing(story, "a.txt"), killing(story, "b.txt", status="negated"))
    assert len(result.events) == 2
    (found,) = result.contradictions
    assert found.field == "status"
    assert values(found) == ["asserted", "negated"]
    assert next(e for e in result.events if e.id == found.event).status == "asserted"


@pytest.mark.parametrize("status", ["planned", "ordered", "possible"])
def test_a_plan_contradicts_nothing(status: str, story: Any, resolved: Callable[..., Any]) -> None:
    assert resolved(killing(story, "a.txt"), killing(story, "b.txt", status=status)).contradictions == ()


# -------------------------------------------------------------- properties


def test_the_order_of_documents_does_not_matter(story: Any) -> None:
    stories = [
        deaths(story, "a.txt", "12 people"),
        deaths(story, "b.txt", "19 people", published="2021-03-06"),
        deaths(story, "c.txt", "at least 14 people"),
        killing(story, "d.txt"),
        killing(story, "e.txt", status="negated"),
    ]
    seen = {
        resolve([s.document for s in order], [s.extraction for s in order]).contradictions
        for order in permutations(stories)
    }
    assert len(seen) == 1
    assert sorted(c.field for c in seen.pop()) == ["number", "status"]


@given(numbers=st.lists(st.integers(10, 19), min_size=2, max_size=5))
def test_all_numbers_are_kept_if_any_two_differ(numbers: list[int], story: Any) -> None:
    stories = [deaths(story, f"{n}.txt", f"{number} people") for n, number in enumerate(numbers)]
    result = resolve([s.document for s in stories], [s.extraction for s in stories])
    assert len(result.events) == 1
    told = [int(value) for c in result.contradictions for value in values(c)]
    assert told == (numbers if len(set(numbers)) > 1 else [])
