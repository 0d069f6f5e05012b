"""Mentions of one document: pronouns, descriptions, nationality words, capitals as governments."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.resolve import Resolution


def entity_of(result: Resolution, one: Any, words: str, nth: int = 1) -> Any:
    mention = one.mention(words, nth)
    return next((e for e in result.entities if any(m.span == mention.span for m in e.mentions)), None)


def test_pronouns_and_descriptions_follow_their_antecedent(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "[Tamar Zubair](Person) came. [She](Person pronoun @Tamar_Zubair) left. [The minister](Person nominal @She) slept."
    )
    result = resolved(one)
    assert len(entity_of(result, one, "Tamar Zubair").mentions) == 3
    assert {d.rule for d in result.decisions} == {"coreference"}
    assert next(d.evidence for d in result.decisions).startswith('"She" refers back to "Tamar Zubair"')


def test_a_pronoun_without_antecedent_is_nobody(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[They](Group pronoun) said so.").event("said", "Statement", agent="They")
    assert resolved(one).entities == ()


def test_antecedents_in_a_circle_end(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[the army](Organization nominal) and [it](Other pronoun @the_army) fought.")
    first, second = one.mentions
    object.__setattr__(first, "antecedent", second.span)
    one.event("fought", "ArmedClash", agent="the army")
    (event,) = resolved(one).events
    assert [(p.role, p.text, p.entity) for p in event.participants] == [("agent", "the army", None)]


@pytest.mark.parametrize("blank", ["\u200b", "\u0301", " \u200d\ufe0f", "the \u200b", "\u2060\u2060"])
@pytest.mark.parametrize("kind", ["name", "nominal"])
def test_words_that_cannot_be_seen_take_part_without_entity(
    blank: str, kind: str, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"So [{blank}](Group {kind}) did not shoot [Tamar Zubair](Person).")
    one.event("shoot", "Shooting", agent=blank, patient="Tamar Zubair", status="negated")
    result = resolved(one)
    (event,) = result.events
    assert [e.label for e in result.entities] == ["Tamar Zubair"]
    assert [(p.role, p.text, p.entity) for p in event.participants] == [
        ("agent", blank.strip(), None),
        ("patient", "Tamar Zubair", result.entities[0].id),
    ]
    assert event.label == "Tamar Zubair is not shot"


@pytest.mark.parametrize(
    ("text", "agent", "label"),
    [
        ("[police](Organization nominal) fired.", "police", "police"),
        ("[The gunmen](Group nominal) fired.", "The gunmen", "gunmen"),
        ("[Gunmen](Group nominal) fired.", "Gunmen", "gunmen"),
        ("[a man](Person nominal) fired.", "a man", "man"),
        ("[French police](Organization nominal FR) fired.", "French police", "French police"),
        ("[EU member states](Group nominal) fired.", "EU member states", "EU member states"),
    ],
)
def test_a_description_that_takes_part_is_an_entity(
    text: str, agent: str, label: str, story: Any, resolved: Callable[..., Any]
) -> None:
    result = resolved(story(text).event("fired", "Shooting", agent=agent))
    assert [(e.label, e.aliases) for e in result.entities] == [(label, ())]
    assert result.events[0].participants[0].entity == result.entities[0].id


@pytest.mark.parametrize(
    ("phrase", "name", "entities"),
    [("the A1 highway", "A1", 1), ("the Zubair valley", "Zubair", 1), ("the Lyon area", "Lyon", 2)],
)
def test_a_description_that_opens_with_an_unknown_name(
    phrase: str, name: str, entities: int, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"They closed [{phrase}](Place nominal) at noon.")
    inner = one.find(name)
    one.mentions.append(type(one.mentions[0])(inner, inner.range, "Place", "name"))
    assert len(resolved(one).entities) == entities


def test_a_bare_description_without_part_is_none(story: Any, resolved: Callable[..., Any]) -> None:
    assert resolved(story("It was said of [the gunmen](Group nominal).")).entities == ()


def test_a_named_description_is_one_even_without_part(story: Any, resolved: Callable[..., Any]) -> None:
    assert [e.label for e in resolved(story("He saw [Kurdish forces](Group nominal) there.")).entities] == [
        "Kurdish forces"
    ]


def test_bare_descriptions_stay_in_their_document(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("[The police](Organization nominal) fired.", path).event(
            "fired", "Shooting", agent="The police"
        )
        for path in ("a.txt", "b.txt")
    ]
    entities = resolved(*stories).entities
    assert [e.label for e in entities] == ["police", "police"]
    assert len({e.id for e in entities}) == 2


def test_named_descriptions_are_shared(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("There [the French police](Organization nominal FR) fired.", path)
        for path in ("a.txt", "b.txt")
    ]
    result = resolved(*stories)
    assert [(e.label, len(e.mentions)) for e in result.entities] == [("French police", 2)]
    assert [d.rule for d in result.decisions] == ["same-phrase"]


@pytest.mark.parametrize(
    ("one", "other", "entities"),
    [
        ("[police](Organization nominal)", "[The police](Organization nominal)", 1),
        ("[the gunmen](Group nominal)", "[the gunmen](Group nominal)", 1),
        ("[a man](Person nominal)", "[a man](Person nominal)", 2),
        ("[two men](Group nominal)", "[two men](Group nominal)", 2),
        ("[some men](Group nominal)", "[the men](Group nominal)", 2),
        ("[his brother](Person nominal)", "[his brother](Person nominal)", 2),
        ("[the army](Organization nominal)", "[the navy](Organization nominal)", 2),
        ("[12 soldiers](Group nominal)", "[12 soldiers](Group nominal)", 2),
    ],
)
def test_equal_descriptions_in_one_document(
    one: str, other: str, entities: int, story: Any, resolved: Callable[..., Any]
) -> None:
    first, second = (mark[1 : mark.index("]")] for mark in (one, other))
    marked = story(f"There {one} fired. Later {other} left.")
    marked.event("fired", "Shooting", agent=first)
    marked.event("left", "Departure", agent=second if second != first else f"{first}#2")
    assert len(resolved(marked).entities) == entities


# ------------------------------------------------------------- nationalities


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("[French](Group nominal FR) jets flew.", "French", "France"),
        ("The [Russians](Group nominal RU) left.", "Russians", "Russians"),
        ("[the Russians](Group nominal RU) left.", "the Russians", "Russians"),
        ("Two [Belgians](Group nominal BE) left.", "Belgians", "Belgians"),
        ("A [Belgian](Group nominal BE) left.", "Belgian", "Belgian"),
        ("The [French](Group nominal FR) left.", "French", "French"),
        ("The [Frenchman](Group nominal FR) left.", "Frenchman", "Frenchman"),
        ("The [German](Group nominal DE) left.", "German", "German"),
        ("12 [Germans](Group nominal DE) left.", "Germans", "Germans"),
    ],
)
def test_nationality_words(
    text: str, words: str, label: str, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(text)
    one.event("flew" if "flew" in text else "left", "Departure", agent=words)
    assert entity_of(resolved(one), one, words).label == label


@pytest.mark.parametrize(
    ("text", "words", "trigger", "type_", "role", "label", "kind"),
    [
        ("[Chileans](Group nominal CL) registered firms.", "Chileans", "registered", "Activity", "agent", "Chileans", "Group"),
        ("The [French](Group nominal FR) said so.", "French", "said", "Statement", "agent", "French", "Group"),
        ("They shelled the [Chileans](Group nominal CL).", "Chileans", "shelled", "Attack", "patient", "Chileans", "Group"),
        ("[Chileans](Group nominal CL) agreed to it.", "Chileans", "agreed", "Agree", "agent", "Chileans", "Group"),
        ("The [Chileans](Group nominal CL) agreed to it.", "Chileans", "agreed", "Agree", "agent", "Chile", "Place"),
        ("The [French](Group nominal FR) agreed to it.", "French", "agreed", "Agree", "agent", "France", "Place"),
        ("[Chileans](Group nominal CL) bombed it.", "Chileans", "bombed", "AirStrike", "agent", "Chile", "Place"),
        ("They met the [French](Group nominal FR).", "French", "met", "Meeting", "recipient", "France", "Place"),
        ("The [French](Group nominal FR) marched.", "French", "marched", "Demonstration", "agent", "French", "Group"),
    ],
)  # fmt: skip
def test_a_people_and_its_state(
    text: str, words: str, trigger: str, type_: str, role: str, label: str, kind: str, story: Any,
    resolved: Callable[..., Any],
) -> None:  # fmt: skip
    one = story(text)
    one.event(trigger, type_, **{role: words})
    entity = entity_of(resolved(one), one, words)
    assert (entity.label, entity.type) == (label, kind)


def test_a_people_without_an_act(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("Homes of [Chileans](Group nominal CL) and ties with the [Peruvians](Group nominal PE).")
    assert [(e.label, e.type) for e in resolved(one).entities] == [("Chileans", "Group"), ("Peru", "Place")]


def test_nationality_and_name_are_one_country(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[French](Group nominal FR) jets left [France](Place).")
    (country,) = resolved(one).entities
    assert (country.label, country.aliases, country.same_as) == (
        "France",
        ("French",),
        ("https://sws.geonames.org/3017382/",),
    )


def test_the_people_of_a_region(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Kurds](Group) fled. [Kurdish](Group) towns fell.")
    assert [(e.label, e.type) for e in resolved(one).entities] == [("Kurds", "Group")]


# -------------------------------------------------- capitals as governments


@pytest.mark.parametrize(
    ("city", "trigger", "type_", "role", "label"),
    [
        ("Moscow", "supported", "Support", "agent", "Russia"),
        ("Paris", "called", "Appeal", "agent", "France"),
        ("London", "said", "Statement", "agent", "United Kingdom"),
        ("Washington", "warned", "Warning", "recipient", "United States"),
        ("Ankara", "bombed", "AirStrike", "agent", "Turkey"),
        ("Paris", "bombed", "AirStrike", "patient", "Paris"),
        ("Paris", "marched", "Demonstration", "agent", "Paris"),
        ("Paris", "grew", "Increase", "agent", "Paris"),
        ("Paris", "visited", "Visit", "destination", "Paris"),
        ("Paris", "met", "Meeting", "place", "Paris"),
        ("Brussels", "said", "Statement", "agent", "Brussels"),
        ("Lyon", "said", "Statement", "agent", "Lyon"),
    ],
)
def test_capitals(
    city: str, trigger: str, type_: str, role: str, label: str, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"On Monday [{city}](Place) {trigger} something.").event(trigger, type_, **{role: city})
    assert entity_of(resolved(one), one, city).label == label


def test_one_document_may_have_both(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "[Paris](Place) called for help after the attacks in [Paris](Place). [It](Other pronoun @Paris) sleeps."
    )
    one.mentions[2] = type(one.mentions[2])(
        one.mentions[2].span, one.mentions[2].head, "Other", "pronoun", one.mentions[0].span
    )
    one.event("called", "Appeal", agent="Paris").event("attacks", "Attack", rule="noun", place="Paris#2")
    result = resolved(one)
    assert entity_of(result, one, "Paris", 1).label == "France"
    assert entity_of(result, one, "Paris", 2).label == "Paris"
    assert entity_of(result, one, "It").label == "France"
    decision = next(d for d in result.decisions if d.rule == "capital-as-government")
    assert '"Paris" is the agent of "called"' in decision.evidence
    assert entity_of(result, one, "Paris", 1).aliases == ()


def test_a_source_is_a_government(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("A plane fell, [Moscow](Place) said.").event(
        "fell", "Crash", patient="A plane", said="Moscow"
    )
    result = resolved(one)
    assert entity_of(result, one, "Moscow").label == "Russia"
    assert result.events[0].attributed_to[0].entity == entity_of(result, one, "Moscow").id


def test_a_city_that_names_talks_is_no_government(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("The [Vienna](Place) peace talks ended.").event(
        "talks", "Negotiation", rule="noun", agent="Vienna"
    )
    assert entity_of(resolved(one), one, "Vienna").label == "Vienna"
