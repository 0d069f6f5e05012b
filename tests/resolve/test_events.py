"""Which event mentions are one event, and what the event is made of."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.datamodel import TimeExpression


def strike(story: Any, path: str, *, agent: str = "France", patient: str = "Raqqa", published: str | None = None,
           verb: str = "bombed", type_: str = "AirStrike", **options: Any) -> Any:  # fmt: skip
    one = story(f"Jets of [{agent}](Place) {verb} [{patient}](Place) again.", path, published)
    return one.event(verb, type_, lemma=verb.removesuffix("ed"), agent=agent, patient=patient, **options)


DAY = "2015-11-17"


@pytest.mark.parametrize(
    ("one", "other", "events"),
    [
        ({"time": DAY}, {"time": DAY}, 1),
        ({"time": DAY}, {"time": DAY, "verb": "shelled", "type_": "Attack"}, 1),
        ({"time": DAY}, {"time": DAY, "verb": "attacked", "type_": "Event"}, 2),
        ({"time": DAY}, {"time": "2015-11-19"}, 2),
        ({"time": DAY}, {"time": DAY, "agent": "Russia"}, 2),
        ({"time": DAY}, {"time": DAY, "patient": "Mosul"}, 2),
        ({"time": DAY}, {"time": DAY, "status": "ordered"}, 2),
        ({"time": DAY, "status": "negated"}, {"time": DAY}, 2),
        ({"time": DAY, "status": "planned"}, {"time": DAY, "status": "planned"}, 1),
        ({"time": DAY, "status": "possible"}, {"time": DAY, "status": "possible"}, 2),
        ({"time": DAY, "type_": "Statement"}, {"time": DAY, "type_": "Statement"}, 2),
        ({"time": DAY}, {"published": DAY}, 1),
        ({"time": DAY}, {"published": "2015-12-24"}, 2),
        ({"time": DAY}, {"published": "2015-11-01"}, 2),
        ({"published": DAY}, {"published": DAY}, 1),
        ({"published": DAY}, {"published": "2016-11-17"}, 2),
        ({}, {}, 2),
        ({"time": DAY}, {}, 2),
    ],
)
def test_told_in_two_documents(
    one: dict[str, str], other: dict[str, str], events: int, story: Any, resolved: Callable[..., Any]
) -> None:
    result = resolved(strike(story, "a.txt", **one), strike(story, "b.txt", **other))
    assert len(result.events) == events
    assert len([d for d in result.decisions if d.rule == "same-event"]) == 2 - events


def test_a_merge_says_why(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(strike(story, "a.txt", time=DAY), strike(story, "b.txt", time=DAY))
    (decision,) = [d for d in result.decisions if d.rule == "same-event"]
    assert decision.subject == result.events[0].id
    assert decision.object.endswith("b.txt#char=15,21")
    assert "same agent: France" in decision.evidence
    assert "both on 2015-11-17" in decision.evidence


def test_overlapping_weeks_alone_are_thin(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str, agent: str) -> Any:
        one = story(f"[{agent}](Place) and others trained in [Mali](Place).", path)
        span = one.find("trained")
        week = TimeExpression(span, date(2015, 11, 16), date(2015, 11, 22), "week")
        return one.event("trained", "MilitaryExercise", agent=agent, time=week)

    assert len(resolved(told("a.txt", "France"), told("b.txt", "France")).events) == 2


def test_a_person_is_killed_once(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str) -> Any:
        one = story("Police killed [Zubair Tamarov](Person) there.", path, "2015-11-18")
        return one.event("killed", "Killing", lemma="kill", patient="Zubair Tamarov")

    assert len(resolved(told("a.txt"), told("b.txt")).events) == 1


def test_many_killings_of_the_unnamed_stay_apart(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str) -> Any:
        one = story("Police killed [two men](Group nominal) there.", path, "2015-11-18")
        return one.event("killed", "Killing", lemma="kill", patient="two men")

    assert len(resolved(told("a.txt"), told("b.txt")).events) == 2


def test_french_jets_are_france(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[French jets](Product nominal FR) bombed [Raqqa](Place).", "a.txt")
    one.event("bombed", "AirStrike", lemma="bomb", agent="French jets", patient="Raqqa", time=DAY)
    other = strike(story, "b.txt", time=DAY)
    other.mentions.append(
        type(other.mentions[0])(
            other.find("Jets"), other.find("Jets").range, "Product", "nominal", None, "FR"
        )
    )
    assert len(resolved(one, other).events) == 1


def test_two_places_of_one_country_are_two_events(story: Any, resolved: Callable[..., Any]) -> None:
    def told(path: str, place: str) -> Any:
        one = story(f"[France](Place) met [Russia](Place) in [{place}](Place).", path)
        return one.event(
            "met", "Meeting", lemma="meet", agent="France", patient="Russia", place=place, time=DAY
        )

    assert len(resolved(told("a.txt", "Lyon"), told("b.txt", "Lille")).events) == 2
    assert len(resolved(told("a.txt", "Lyon"), told("b.txt", "Lyon")).events) == 1


def test_chains_do_not_join_contradicting_ends(story: Any, resolved: Callable[..., Any]) -> None:
    one = strike(story, "a.txt", time=DAY)
    other = strike(story, "b.txt", time="2015-11-18")
    undated = strike(story, "c.txt", published="2015-11-19")
    events = resolved(one, other, undated).events
    assert sorted(len(e.mentions) for e in events) == [1, 2]
    assert all(len({m.time for m in e.mentions if m.time}) <= 1 for e in events)


# ------------------------------------------------------------- what it is made of


def test_participants_are_united_in_the_order_of_roles(story: Any, resolved: Callable[..., Any]) -> None:
    one = strike(story, "a.txt", time=DAY)
    other = story("On [Raqqa](Place) in [Syria](Place) bombs of [France](Place) and allies fell.", "b.txt")
    other.event(
        "fell",
        "AirStrike",
        lemma="bomb",
        patient="Raqqa",
        agent=["allies", "France"],
        place="Syria",
        time=DAY,
    )
    result = resolved(one, other)
    (event,) = result.events
    labels = {e.id: e.label for e in result.entities}
    assert [(p.role, labels.get(p.entity, p.text)) for p in event.participants] == [
        ("agent", "allies"), ("agent", "France"), ("patient", "Raqqa"), ("place", "Syria"),
    ]  # fmt: skip


def test_who_suffers_is_no_place_too(story: Any, resolved: Callable[..., Any]) -> None:
    one = strike(story, "a.txt", time=DAY)
    other = story("Bombs of [France](Place) fell in [Raqqa](Place).", "b.txt")
    other.event("fell", "AirStrike", lemma="bomb", agent="France", place="Raqqa", time=DAY)
    (event,) = resolved(one, other).events
    assert [p.role for p in event.participants] == ["agent", "patient"]


def test_an_event_may_take_part_in_another(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Tamar Zubair](Person) ordered strikes on [Raqqa](Place).")
    one.event("strikes", "AirStrike", lemma="strike", rule="noun", patient="Raqqa", status="ordered")
    one.event("ordered", "Order", lemma="order", agent="Tamar Zubair", topic="strikes on Raqqa")
    result = resolved(one)
    order, attack = sorted(result.events, key=lambda e: e.type, reverse=True)
    assert (order.type, attack.type) == ("Order", "AirStrike")
    assert [p.event for p in order.participants] == [None, attack.id]
    assert order.label == "Tamar Zubair orders strikes on Raqqa"
    assert attack.label == "ordered strikes on Raqqa"
    assert (order.plover, attack.plover) == ("REQUEST", "ASSAULT")


def test_two_events_that_hold_each_other_have_ids(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[France](Place) ordered strikes.")
    one.event("strikes", "AirStrike", rule="noun", agent="France")
    one.event("ordered", "Order", agent="France", topic="strikes")
    first = one.events[0]
    argument = one.events[1].arguments[1]
    circular = type(argument)(
        "topic", one.events[1].trigger, one.events[1].trigger.range, None, one.events[1].trigger
    )
    one.events[0] = type(first)(
        **{f: getattr(first, f) for f in first.__slots__ if f != "arguments"},
        arguments=(*first.arguments, circular),
    )
    events = resolved(one).events
    assert len({e.id for e in events}) == 2
    assert {p.event for e in events for p in e.participants if p.event} == {e.id for e in events}


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["asserted", "asserted"], "asserted"),
        (["planned", "planned"], "planned"),
        (["negated", "negated"], "negated"),
    ],
)
def test_status(statuses: list[str], status: str, story: Any, resolved: Callable[..., Any]) -> None:
    stories = [strike(story, f"{i}.txt", time=DAY, status=s) for i, s in enumerate(statuses)]
    assert [e.status for e in resolved(*stories).events] == [status]


def test_the_most_exact_time_and_the_most_special_class_win(story: Any, resolved: Callable[..., Any]) -> None:
    one = strike(story, "a.txt", time=DAY, type_="Attack")
    other = strike(story, "b.txt")
    week = TimeExpression(other.find("again"), date(2015, 11, 16), date(2015, 11, 18), "interval")
    other.events.clear()
    other.event("bombed", "AirStrike", lemma="bomb", agent="France", patient="Raqqa", time=week)
    (event,) = resolved(one, other).events
    assert (event.type, event.plover, event.predicate) == ("AirStrike", "ASSAULT", "bomb")
    assert event.time is not None
    assert (event.time.start, event.time.end) == (date(2015, 11, 17), date(2015, 11, 17))


def test_attribution_is_united(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("Jets of [France](Place) bombed [Raqqa](Place), [Zubair Tamarov](Person) said.", "a.txt")
    one.event("bombed", "AirStrike", agent="France", patient="Raqqa", time=DAY, said="Zubair Tamarov")
    other = story("Jets of [France](Place) bombed [Raqqa](Place), [Tamarov](Person) and a man said.", "b.txt")
    other.event("bombed", "AirStrike", agent="France", patient="Raqqa", time=DAY, said="Tamarov")
    result = resolved(one, other)
    (event,) = result.events
    (said,) = event.attributed_to
    assert {e.id: e.label for e in result.entities}[said.entity] == "Zubair Tamarov"


def test_ids_tell_apart_what_differs(story: Any, resolved: Callable[..., Any]) -> None:
    result = resolved(strike(story, "a.txt", time=DAY), strike(story, "b.txt", time="2015-11-19"))
    assert len({e.id for e in result.events}) == 2
    assert all("/event/bomb-" in e.id for e in result.events)
