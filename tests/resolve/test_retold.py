"""What a document tells again, what one outlet tells after another, and what is part of what."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from kg.datamodel import TimeExpression
from kg.resolve import resolve

FRIDAY = "2021-03-05"


def sizes(result: Any) -> list[int]:
    return sorted(len(event.mentions) for event in result.events)


def rules(result: Any) -> set[str]:
    return {decision.rule for decision in result.decisions} & {"headline", "definite-noun", "same-event"}


# ------------------------------------------------------------- the headline


def headlined(story: Any, head: str, body: str) -> Any:
    return story(f"{head}\n\n{body}", "a.txt", FRIDAY)


def test_the_first_sentence_tells_the_headline_again(story: Any, resolved: Callable[..., Any]) -> None:
    one = headlined(
        story, "[Tarn Foods](Organization) shuts plant", "The maker [Tarn Foods](Organization) has shut it."
    )
    one.event("shuts", "Ending", lemma="shut", agent="Tarn Foods", patient="plant")
    one.event("has shut", "Ending", lemma="shut", agent="Tarn Foods#2")
    result = resolved(one)
    assert sizes(result) == [2]
    assert rules(result) == {"headline"}


@pytest.mark.parametrize(
    ("lead", "options"),
    [
        ("[Velo Bank](Organization) has shut it.", {"agent": "Velo Bank"}),  # another one does it
        ("[Tarn Foods](Organization) has shut it.", {"agent": "Tarn Foods#2", "status": "planned"}),
        ("[Tarn Foods](Organization) twice has shut it.", {"agent": "Tarn Foods#2"}),
    ],
)
def test_another_event_of_the_word_in_the_lead(
    lead: str, options: dict[str, str], story: Any, resolved: Callable[..., Any]
) -> None:
    one = headlined(story, "[Tarn Foods](Organization) shuts plant", lead)
    one.event("shuts", "Ending", lemma="shut", agent="Tarn Foods", patient="plant")
    trigger = "shut it" if "twice" in lead else "has shut"
    one.event(trigger, "Ending", lemma="shut", **options)
    assert sizes(resolved(one)) == [1, 1]


def test_a_text_without_headline_has_no_lead(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("Crews searched the hills. They searched the coast.", "a.txt", FRIDAY)
    one.event("searched", "Search", lemma="search", patient="the hills")
    one.event("searched", "Search", lemma="search", nth=2, patient="the coast")
    assert sizes(resolved(one)) == [1, 1]


# ------------------------------------------------------------ descriptions


def test_the_raid_goes_back_to_a_raid(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("Police raided a flat in [Lyon](Place). Nobody was hurt in the raid, they say.", "a.txt")
    one.event("raided", "Raid", lemma="raid", patient="a flat", place="Lyon")
    one.event("raid", "Raid", nth=2, rule="noun")
    result = resolved(one)
    assert sizes(result) == [2]
    assert rules(result) == {"definite-noun"}
    (decision,) = [d for d in result.decisions if d.rule == "definite-noun"]
    assert '"raid" goes back to "raided"' in decision.evidence


def test_a_blast_is_what_exploded(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("A tank exploded in [Graz](Place). The blast broke windows.", "a.txt")
    one.event("exploded", "Explosion", lemma="explode", patient="A tank", place="Graz")
    one.event("blast", "Explosion", rule="noun")
    assert sizes(resolved(one)) == [2]


@pytest.mark.parametrize(
    ("tail", "trigger", "options"),
    [
        ("A raid is what they fear.", "raid", {}),  # not the one told of
        ("One of the raids failed.", "raids", {}),
        ("They spoke of the second raid.", "raid", {}),
        ("The raids failed.", "raids", {}),  # several
        ("They fear the raid.", "raid", {"status": "possible"}),
        ("They saw the raid on [Metz](Place).", "raid", {"patient": "Metz"}),  # says itself which
    ],
)
def test_not_every_noun_goes_back(
    tail: str, trigger: str, options: dict[str, str], story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"Police raided a flat in [Lyon](Place). {tail}", "a.txt")
    one.event("raided", "Raid", lemma="raid", patient="a flat", place="Lyon")
    nth = 2 if trigger == "raid" else 1  # "raided" holds the first
    one.event(trigger, "Raid", nth=nth, lemma="raid", rule="noun", **options)
    assert sizes(resolved(one)) == [1, 1]


def test_of_two_raids_it_is_neither(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "Police raided a flat in [Lyon](Place). Police raided a club in [Lille](Place). The raid went wrong.",
        "a.txt",
    )
    one.event("raided", "Raid", lemma="raid", patient="a flat", place="Lyon")
    one.event("raided", "Raid", nth=2, lemma="raid", patient="a club", place="Lille")
    one.event("raid", "Raid", nth=3, rule="noun")
    assert sizes(resolved(one)) == [1, 1, 1]


# --------------------------------------------------------- two outlets


def toll(
    story: Any, path: str, many: str, *, place: str = "Graz", day: str | None = FRIDAY, **options: Any
) -> Any:
    """A report of a toll; `cause` is what did it."""
    cause = options.pop("cause", "A blast")
    one = story(f"{cause} killed {many} in [{place}](Place) on Friday.", path, day)
    return one.event(
        "killed", "Killing", lemma="kill", agent=cause, patient=many, place=place, time=day, **options
    )


@pytest.mark.parametrize(
    ("one", "other", "events"),
    [
        ({"many": "12 people"}, {"many": "19 people"}, 1),  # a toll that grew
        ({"many": "12 people"}, {"many": "at least 14 people"}, 1),
        ({"many": "12 people"}, {"many": "90 people"}, 2),  # too far apart to be one thing
        ({"many": "12 people"}, {"many": "19 people", "cause": "A gunman"}, 2),
        ({"many": "12 people"}, {"many": "12 people", "place": "Linz"}, 2),
        ({"many": "12 people"}, {"many": "12 people", "day": "2021-03-07"}, 2),
        ({"many": "12 people"}, {"many": "12 people", "status": "negated"}, 2),
        ({"many": "12 people"}, {"many": "12 people", "place": "Austria"}, 2),  # a whole country is no scene
    ],
)
def test_two_outlets_tell_of_deaths(
    one: dict[str, Any], other: dict[str, Any], events: int, story: Any, resolved: Callable[..., Any]
) -> None:
    result = resolved(toll(story, "a.txt", **one), toll(story, "b.txt", **other))
    assert len(result.events) == events


def test_one_text_with_two_tolls_tells_of_two_events(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "A blast killed 12 people in [Graz](Place). A blast killed 19 people in [Graz](Place).", "a.txt"
    )
    one.event("killed", "Killing", lemma="kill", patient="12 people", place="Graz", time=FRIDAY)
    one.event("killed", "Killing", lemma="kill", nth=2, patient="19 people", place="Graz#2", time=FRIDAY)
    assert sizes(resolved(one)) == [1, 1]


def test_a_strike_brings_its_place_to_what_it_did(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str, many: str) -> Any:
        one = story(f"A strike on [Graz](Place) killed {many}.", path, FRIDAY)
        one.event("strike", "AirStrike", patient="Graz", time=FRIDAY, rule="noun")
        return one.event("killed", "Killing", lemma="kill", agent="strike", patient=many, time=FRIDAY)

    result = resolved(told("a.txt", "12 people"), told("b.txt", "15 people"))
    assert sizes(result) == [2, 2]


# ------------------------------------------------------------------ parts


def test_what_happens_during_an_operation_is_part_of_it(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "Soldiers arrested [Omar Saad](Person) during the operation in [Graz](Place).", "a.txt", FRIDAY
    )
    one.event("operation", "MilitaryOperation", place="Graz", rule="noun")
    one.event("arrested", "Arrest", lemma="arrest", patient="Omar Saad", topic="operation")
    result = resolved(one)
    whole = next(e for e in result.events if e.type == "MilitaryOperation")
    part = next(e for e in result.events if e.type == "Arrest")
    assert part.part_of == (whole.id,)
    assert whole.part_of == ()


@pytest.mark.parametrize("link", ["after", "despite", "because of"])
def test_other_words_make_no_part(link: str, story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        f"Soldiers arrested [Omar Saad](Person) {link} the operation in [Graz](Place).", "a.txt", FRIDAY
    )
    one.event("operation", "MilitaryOperation", place="Graz", rule="noun")
    one.event("arrested", "Arrest", lemma="arrest", patient="Omar Saad", topic="operation")
    assert all(event.part_of == () for event in resolved(one).events)


def attacks(story: Any, day: str, place: str = "Graz", path: str = "a.txt") -> Any:
    one = story(f"The attacks shocked [Graz](Place). A bomb exploded in [{place}](Place).", path, FRIDAY)
    one.event("attacks", "Attack", lemma="attack", place="Graz", time=FRIDAY, rule="noun")
    return one.event(
        "exploded",
        "Explosion",
        lemma="explode",
        patient="A bomb",
        place=f"{place}#{1 + (place == 'Graz')}",
        time=day,
    )


def test_one_of_the_attacks_stays_itself(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(attacks(story, FRIDAY))
    part = next(e for e in result.events if e.type == "Explosion")
    whole = next(e for e in result.events if e.type == "Attack")
    assert part.part_of == (whole.id,)


@pytest.mark.parametrize(("day", "place"), [("2021-02-01", "Graz"), (FRIDAY, "Linz")])
def test_elsewhere_or_another_day_is_no_part(
    day: str, place: str, story: Any, resolved: Callable[..., Any]
) -> None:
    assert all(event.part_of == () for event in resolved(attacks(story, day, place)).events)


def test_several_are_not_one_of_them(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "The attacks in [Graz](Place) shocked many. Gunmen attacked a hall in [Graz](Place).", "a.txt", FRIDAY
    )
    one.event("attacks", "Attack", lemma="attack", place="Graz", time=FRIDAY, rule="noun")
    one.event(
        "attacked", "Attack", lemma="attack", agent="Gunmen", patient="a hall", place="Graz#2", time=FRIDAY
    )
    result = resolved(one)
    assert sizes(result) == [1, 1]
    assert sorted(len(event.part_of) for event in result.events) == [0, 1]


# -------------------------------------------------------------- properties


def test_the_order_of_documents_does_not_matter(story: Any) -> None:
    stories = [
        toll(story, "a.txt", "12 people"),
        toll(story, "b.txt", "at least 14 people"),
        toll(story, "c.txt", "15 people"),
        attacks(story, FRIDAY, path="d.txt"),
    ]
    seen = {
        resolve([s.document for s in order], [s.extraction for s in order]) for order in permutations(stories)
    }
    assert len(seen) == 1


def test_a_week_is_no_day_for_parts(story: Any, resolved: Callable[..., Any]) -> None:
    one = attacks(story, FRIDAY)
    week = TimeExpression(one.find("bomb"), date(2021, 3, 1), date(2021, 3, 7), "week")
    one.events[-1] = type(one.events[-1])(
        **{name: getattr(one.events[-1], name) for name in one.events[-1].__slots__} | {"time": week}
    )
    assert all(event.part_of == () for event in resolved(one).events)
