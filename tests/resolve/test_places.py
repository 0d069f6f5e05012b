"""Names of places and their company -> GeoNames ids. Ids are checked against the compiled table by name and country below."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.gazetteer import Place, load_gazetteer
from kg.resolve.places import dateline_of, distance

# the name, what else the document names, GeoNames id or None
PLACES = [
    ("Paris", "", 2988507),
    ("Paris", "[France](Place) and [Lyon](Place)", 2988507),
    ("Paris", "[Dallas](Place), [Houston](Place) and [Texas](Place)", 4717560),
    ("Paris", "the [United States](Place) and [Washington](Place)", 2988507),
    ("London", "", 2643743),
    ("London", "[Toronto](Place), [Ottawa](Place) and [Ontario](Place)", 6058560),
    ("Georgia", "[Russia](Place) and [Tbilisi](Place)", 614540),
    ("Georgia", "the [United States](Place) and [Atlanta](Place)", 4197000),
    ("Georgia", "", 614540),
    ("Georgia", "[Atlanta](Place)", 4197000),
    ("Georgia", "[Atlanta](Place) in the [U.S.](Place), [Tbilisi](Place)", 614540),
    ("Washington", "[Congress](Organization)", 4140963),
    ("Washington", "[Seattle](Place) and [Tacoma](Place) in the [United States](Place)", 5815135),
    ("Cambridge", "[Britain](Place) and [London](Place)", 2653941),
    ("Cambridge", "[Boston](Place), [Massachusetts](Place)", 4931972),
    ("Birmingham", "[Britain](Place)", 2655603),
    ("Birmingham", "[Alabama](Place) and [Montgomery](Place)", 4049979),
    ("Springfield", "", None),
    ("Springfield", "[Illinois](Place) and [Chicago](Place)", 4250542),
    ("Raqqa", "", 172955),
    ("Raqqah", "[Syria](Place)", 172955),
    ("Kobani", "[Syria](Place)", 172256),
    ("Saint-Denis", "[Paris](Place), [France](Place)", 2980916),
    ("Saint-Denis", "[Réunion](Place) and [France](Place)", 935264),
    ("Sharm el-Sheikh", "", 349340),
    ("Brussels", "", 2800866),
    ("The Hague", "", 2747373),
    ("New York", "", 5128581),
    ("Vienna", "", 2761369),
    ("Hyderabad", "[India](Place)", 1269843),
    ("Hyderabad", "[Pakistan](Place) and [Karachi](Place)", 1176734),
    ("Tripoli", "[Libya](Place)", 2210247),
    ("Tripoli", "[Lebanon](Place) and [Beirut](Place)", 266826),
    ("Europe", "", 6255148),
    ("Chechnya", "[Russia](Place)", 569665),
    ("Scotland", "", 2638360),
    ("Mediterranean", "", None),
    ("Sinai", "[Egypt](Place)", None),
    ("Middle East", "", None),
    ("Kurdistan", "", None),
    ("Zubairtown", "", None),
    ("South Korea", "", 1835841),
    ("Kosovo", "", 831053),
    ("Mostar", "[Bosnia](Place)", 3194828),
]  # fmt: skip


def geonames(entity: Any) -> int | None:
    return int(entity.same_as[0].split("/")[-2]) if entity.same_as else None


@pytest.mark.parametrize(("name", "company", "expected"), PLACES)
def test_place(
    name: str, company: str, expected: int | None, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"They went to [{name}](Place) on Monday. The report also named {company} once.")
    entity = next(e for e in resolved(one).entities if any(m.span.text == name for m in e.mentions))
    assert geonames(entity) == expected
    assert entity.type == "Place"


def test_enough_places() -> None:
    assert len(PLACES) >= 25


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("He lives in [Paris](Place), [Texas](Place), since May.", "Paris", 4717560),
        ("He lives in [Paris, Texas](Place) since May.", "Paris, Texas", 4717560),
        ("In [Paris](Place), [U.S.](Place) officials met.", "Paris", 2988507),
        ("From [Athens](Place), [Ga.](Place), by bus.", "Athens", 4180386),
        ("From [Athens](Place) by bus.", "Athens", 264371),
        ("They left [Cambridge](Place), [Massachusetts](Place).", "Cambridge", 4931972),
    ],
)
def test_the_place_behind_a_place(
    text: str, name: str, expected: int, story: Any, resolved: Callable[..., Any]
) -> None:
    entity = next(e for e in resolved(story(text)).entities if e.mentions[0].span.text == name)
    assert geonames(entity) == expected


def test_one_name_for_two_places(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("From [Paris](Place), [Texas](Place), to [Paris](Place), [France](Place).")
    found = [geonames(e) for e in resolved(one).entities if e.label == "Paris"]
    assert sorted(found) == [2988507, 4717560]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "[ROME](Place), [Ga.](Place) (Wire) — A mill burnt. Police from [Athens](Place) came.",
            "Athens",
            4180386,
        ),
        ("[ROME](Place) (Wire) — A mill burnt. Police from [Athens](Place) came.", "Athens", 264371),
        ("[TRIPOLI](Place), [Lebanon](Place) — A bus burnt.", "TRIPOLI", 266826),
        ("From [Lincoln](Place) to [Skegness](Place) by bus.", "Lincoln", 2644487),
        ("From [Lincoln](Place) to [Omaha](Place) by bus.", "Lincoln", 5072006),
        ("From [Gaza](Place), [Iowa](Place), to [Virginia](Place).", "Virginia", 6254928),
        ("They live in [Zermatt](Place).", "Zermatt", None),
        ("They live in [Zermatt](Place) in [Switzerland](Place).", "Zermatt", 2657928),
    ],
)
def test_what_else_decides(
    text: str, name: str, expected: int | None, story: Any, resolved: Callable[..., Any]
) -> None:
    """The dateline, what is near, and that a small town needs more than its name."""
    one = resolved(story(text))
    entity = next(e for e in one.entities if any(m.span.text == name for m in e.mentions))
    assert geonames(entity) == expected


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("[Gina Houston](Person) sang, and [Houston](Place) smiled.", True),
        ("[Gina Houston](Person) flew to [Houston](Place).", False),
        ("[Houston](Place) was hot, and [Gina Houston](Person) sang.", False),
        ("[Gina Houston](Person) sang in [Houston](Place), [Texas](Place).", False),
        ("[Gina Jordan](Person) sang, and [Jordan](Place) smiled.", True),
        ("[Gina Jordan](Person) sang in [Jordan](Place).", False),
    ],
)
def test_a_place_called_like_a_person_before_it(
    text: str, person: bool, story: Any, resolved: Callable[..., Any]
) -> None:
    types = {m.span.text: e.type for e in resolved(story(text)).entities for m in e.mentions}
    assert (types["Houston" if "Houston" in types else "Jordan"] == "Person") is person


@given(st.tuples(*[st.floats(-90, 90), st.floats(-180, 180)] * 2))
def test_distances(positions: tuple[float, float, float, float]) -> None:
    one, other = (Place(None, "city", None, None, 0, *positions[i : i + 2], name="") for i in (0, 2))
    assert distance(one, one) == 0
    assert 0 <= distance(one, other) <= 20_040
    assert distance(one, other) == pytest.approx(distance(other, one), abs=1e-6)


def test_the_distance_of_two_cities() -> None:
    lyon, turin = (load_gazetteer().candidates(name) for name in ("Lyon", "Turin"))
    assert distance(lyon[0].place, turin[0].place) == pytest.approx(239, abs=15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LAHORE (Wire) — A mill burnt.", "LAHORE"),
        ("Mill burns\nBy A. Writer\n\nMEXICO CITY, March 3 (Wire) - A mill burnt.", "MEXICO CITY"),
        ("St. Louis -- A mill burnt.", "St. Louis"),
        ("A mill burnt in Lahore.", None),
        ("", None),
    ],
)
def test_datelines(text: str, expected: str | None) -> None:
    assert dateline_of(text) == expected


def test_two_documents_two_places(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("In [Tripoli](Place), [Libya](Place), it rained.", "a.txt"),
        story("In [Tripoli](Place), [Lebanon](Place), it rained.", "b.txt"),
    ]
    entities = [e for e in resolved(*stories).entities if e.label == "Tripoli"]
    assert {geonames(e) for e in entities} == {2210247, 266826}
    assert len({e.id for e in entities}) == 2


def test_a_linked_place_has_position_reason_and_runner_up(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(story("They saw [Paris](Place) in [France](Place)."))
    paris = next(e for e in result.entities if e.label == "Paris")
    assert (round(paris.latitude), round(paris.longitude)) == (49, 2)
    decision = next(d for d in result.decisions if d.kind == "link" and d.subject == paris.id)
    assert decision.object == paris.same_as[0] == "https://sws.geonames.org/2988507/"
    assert "capital" in decision.evidence
    assert "FR" in decision.evidence
    assert decision.runner_up == "https://sws.geonames.org/4717560/"


def test_people_and_organizations_are_not_linked(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(story("[Victoria Springfield](Person) of [Lagos Holdings](Organization) spoke."))
    assert all(not e.same_as and e.latitude is None for e in result.entities)
    assert not [d for d in result.decisions if d.kind == "link"]


@pytest.mark.parametrize(("name", "company", "expected"), [row for row in PLACES if row[2]])
def test_the_expected_ids_are_in_the_gazetteer(name: str, company: str, expected: int) -> None:
    assert expected in [c.place.geonames for c in load_gazetteer().candidates(name)]
