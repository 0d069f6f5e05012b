"""Namesakes: what documents say of them decides whether a name is one person's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.datamodel import Document, EntityMention, RelationMention, Span
from kg.extract.names import load_names
from kg.resolve.profiles import UNKNOWN, Profile, contradict, people_of, read_profile

TEXT = "Anna Tamarov"
SPAN = Span("d", 0, len(TEXT), TEXT)
MENTION = EntityMention(SPAN, SPAN.range, "Person", "name")


def told(property_: str, value: str, published: date | None = None) -> Profile:
    document = Document("d", TEXT, "d.txt", "0" * 64, published=published)
    relation = RelationMention(MENTION, property_, SPAN, "test", None, value)  # type: ignore[arg-type]
    return read_profile(document, [MENTION], {SPAN.range: [relation]}, load_names())


@pytest.mark.parametrize(
    ("position", "fields", "countries"),
    [
        ("minister", {"state"}, set()),
        ("British minister", {"state"}, {"GB"}),
        ("goalkeeper from Mexico", {"sport"}, set()),
        ("football coach and writer", set(), set()),
        ("police officer in Leeds", {"force"}, set()),
        ("president", set(), set()),  # of a country or of a company
        ("suspect", set(), set()),
    ],
)
def test_positions(position: str, fields: set[str], countries: set[str]) -> None:
    assert told("holdsPosition", position) == Profile(frozenset(fields), frozenset(countries))


def test_ages() -> None:
    young, old = told("age", "26", date(2015, 1, 1)), told("age", "71", date(2015, 1, 1))
    later = told("age", "31", date(2020, 1, 1))
    assert young.age == (26, 2015)
    assert contradict(young, old)
    assert not contradict(young, later)
    assert contradict(told("age", "20"), old)
    assert not contradict(told("age", "65"), old)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Profile(frozenset({"state"})), Profile(frozenset({"sport"})), True),
        (
            Profile(frozenset({"state"})),
            Profile(frozenset({"force"})),
            False,
        ),  # a general who became president
        (Profile(frozenset({"state"})), Profile(frozenset({"state", "sport"})), False),
        (Profile(countries=frozenset({"CL"})), Profile(countries=frozenset({"MX"})), True),
        (Profile(countries=frozenset({"CL"})), Profile(frozenset({"law"})), False),
        (UNKNOWN, Profile(frozenset({"sport"})), False),
    ],
)
def test_what_contradicts(one: Profile, other: Profile, expected: bool) -> None:
    assert contradict(one, other) is contradict(other, one) is expected


STATE, SPORT, BOTH = (Profile(frozenset(fields)) for fields in ({"state"}, {"sport"}, {"state", "sport"}))


@pytest.mark.parametrize(
    ("profiles", "company", "people"),
    [
        ([STATE, SPORT], {}, [[0], [1]]),
        ([STATE, UNKNOWN, UNKNOWN], {}, [[0, 1, 2]]),
        ([STATE, SPORT, UNKNOWN, UNKNOWN], {}, [[0], [1], [2], [3]]),  # who says nothing belongs to nobody
        ([STATE, SPORT, UNKNOWN], {1: ["eva holm"], 2: ["eva holm"]}, [[0], [1, 2]]),
        ([STATE, SPORT], {0: ["eva holm"], 1: ["eva holm"]}, [[0, 1]]),
        ([STATE, SPORT], {0: ["eva tamarov"], 1: ["eva tamarov"]}, [[0], [1]]),  # a surname is no company
        ([STATE, SPORT, BOTH], {}, [[0, 1, 2]]),
        ([STATE, SPORT, STATE, SPORT], {}, [[0, 2], [1, 3]]),
    ],
)
def test_people_of_one_name(
    profiles: list[Profile], company: dict[int, list[str]], people: list[list[int]]
) -> None:
    assert people_of(range(len(profiles)), dict(enumerate(profiles)), company, "tamarov") == people


def test_company_that_all_keep_tells_nothing() -> None:
    profiles = {index: (STATE, SPORT)[index % 2] for index in range(30)}
    company = dict.fromkeys(profiles, ("eva holm",))
    assert len(people_of(list(profiles), profiles, company, "tamarov")) == 2


def test_documents_keep_namesakes_apart(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("[Anna Tamarov](Person) left. [Tamarov](Person) slept.", "a.txt"),
        story("[Anna Tamarov](Person) ate. [Tamarov](Person) sang.", "b.txt"),
        story("[Tamarov](Person) drove.", "c.txt"),
    ]
    for one, position in zip(stories, ("left", "ate", "drove"), strict=True):
        jobs = {"left": "senator", "ate": "goalkeeper", "drove": "goalkeeper"}
        name = "Tamarov" if position == "drove" else "Anna Tamarov"
        one.relations.append(
            RelationMention(one.mention(name), "holdsPosition", one.find(name), "test", None, jobs[position])
        )
    entities = resolved(*stories).entities
    assert sorted(len(e.mentions) for e in entities) == [2, 3]
    assert len({e.id for e in entities}) == 2
