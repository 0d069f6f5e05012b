"""Pairs of names, in one document or in two: do they become one entity?"""

from collections.abc import Callable
from typing import Any

import pytest

# first name, its type, second name, its type, in how many documents, one entity?
PAIRS = [
    # people in one document
    ("François Hollande", "Person", "Hollande", "Person", 1, True),
    ("Hollande", "Person", "François Hollande", "Person", 1, True),
    ("Jean-Yves Le Drian", "Person", "Le Drian", "Person", 1, True),
    ("Ursula von der Leyen", "Person", "Von der Leyen", "Person", 1, True),
    ("Bashar al-Assad", "Person", "Assad", "Person", 1, True),
    ("Bashar al-Assad", "Person", "Bashar Assad", "Person", 1, True),
    ("al-Assad", "Person", "Assad", "Person", 1, True),
    ("Abu Bakr al-Baghdadi", "Person", "Baghdadi", "Person", 1, True),
    ("Vladimir Putin", "Person", "Vladimir Vladimirovich Putin", "Person", 1, True),
    ("Vladimir Putin", "Person", "Vladimir V. Putin", "Person", 1, True),
    ("François Hollande", "Person", "F. Hollande", "Person", 1, True),
    ("Salah Abdeslam", "Person", "Salah", "Person", 1, True),
    ("Salah Abdeslam", "Person", "Brahim Abdeslam", "Person", 1, False),
    ("Marine Le Pen", "Person", "Jean-Marie Le Pen", "Person", 1, False),
    ("Barack Obama", "Person", "Michelle Obama", "Person", 1, False),
    ("Hollande", "Person", "Valls", "Person", 1, False),
    ("François Hollande", "Person", "Hollande", "Organization", 1, True),
    ("François Hollande", "Person", "François Molins", "Person", 1, False),
    ("Michael Jordan", "Person", "Jordan", "Person", 1, True),
    ("Michael Jordan", "Person", "Jordan", "Place", 1, False),
    ("Paris Hilton", "Person", "Paris", "Place", 1, False),
    ("Omar Mostefai", "Person", "Omar Mostefaim", "Person", 1, True),
    ("Abdelhamid Abaaoud", "Person", "Abdel Hamid Abaaoud", "Person", 1, True),
    ("President Barack Obama", "Person", "Obama", "Person", 1, True),
    ("Charles Michel", "Person", "Michel Cadot", "Person", 1, False),
    # people in two documents
    ("François Hollande", "Person", "Francois Hollande", "Person", 2, True),
    ("François Hollande", "Person", "Hollande", "Person", 2, True),
    ("Hollande", "Person", "Hollande", "Person", 2, True),
    ("Bashar al-Assad", "Person", "Al-Assad", "Person", 2, True),
    ("Salah Abdeslam", "Person", "Brahim Abdeslam", "Person", 2, False),
    ("Salah Abdeslam", "Person", "Salah", "Person", 2, False),
    ("Charles de Gaulle", "Person", "Charles de Gaulle", "Product", 2, False),
    ("Ismael Mostefai", "Person", "Ismael Mostefaim", "Person", 2, True),
    ("Victoria", "Person", "Victoria", "Place", 2, False),
    # organizations and groups
    ("Islamic State", "Organization", "ISIL", "Organization", 1, True),
    ("IS", "Organization", "Daesh", "Organization", 1, True),
    ("Daesh", "Group", "Islamic State", "Organization", 2, True),
    ("ISIS", "Place", "Islamic State", "Organization", 2, True),
    ("European Union", "Organization", "EU", "Organization", 1, True),
    ("European Union", "Organization", "the E.U.", "Organization", 2, True),
    ("Harrow Bridge Institute", "Organization", "HBI", "Organization", 1, True),
    ("Harrow Bridge Institute", "Organization", "HBI", "Organization", 2, True),
    ("Harrow Bridge Institute", "Organization", "HBX", "Organization", 1, False),
    ("Harrow Bridge Institute", "Organization", "Harrow Bridge Institute", "Facility", 2, True),
    ("Barclays", "Organization", "Barclays Plc", "Organization", 1, True),
    ("Barclays Plc", "Organization", "Barclays", "Organization", 2, True),
    ("UN Security Council", "Organization", "Security Council", "Organization", 1, True),
    ("Free Tamar Army", "Organization", "Army", "Organization", 1, True),
    ("Interior Ministry", "Organization", "Interior Ministry", "Organization", 2, False),
    ("Ansar Tamar", "Group", "Ansar Tamar", "Organization", 2, True),
    ("Ansar Tamar", "Group", "Ansar Zubair", "Group", 1, False),
    ("Metrojet", "Organization", "Metro Jet", "Organization", 1, True),
    ("National Front", "Organization", "National Union", "Organization", 1, False),
    # places
    ("Raqqa", "Place", "Raqqah", "Place", 1, True),
    ("Raqqa", "Place", "Ar Raqqah", "Place", 2, True),
    ("United States", "Place", "U.S.", "Place", 1, True),
    ("United States", "Place", "America", "Place", 2, True),
    ("Britain", "Place", "UK", "Place", 1, True),
    ("Moscow", "Organization", "Moscow", "Place", 2, True),
    ("Austria", "Place", "Australia", "Place", 1, False),
    ("Iran", "Place", "Iraq", "Place", 1, False),
    ("Niger", "Place", "Nigeria", "Place", 2, False),
    ("Guinea", "Place", "Guinea-Bissau", "Place", 1, False),
    ("Saint-Denis", "Place", "St. Denis", "Place", 1, True),
    ("Bataclan", "Place", "Bataclan", "Facility", 2, True),
    ("Bataclan concert hall", "Facility", "Bataclan", "Facility", 1, True),
    ("A1 highway", "Facility", "A1", "Place", 1, True),
    ("Paris airport", "Facility", "Paris", "Place", 1, False),
    ("Stade de France", "Facility", "France", "Place", 1, False),
    ("North Korea", "Place", "South Korea", "Place", 1, False),
    # laws, products, works
    ("Article 42.7", "Law", "Article 42.7", "Law", 2, True),
    ("Article 42.7", "Law", "Article 42.8", "Law", 1, False),
    ("Resolution 2249", "Law", "Resolution 2250", "Law", 2, False),
    ("Article 42.7 of the Treaty", "Law", "Article 42.7", "Law", 1, True),
    ("Flight 9268", "Product", "Flight 9368", "Product", 1, False),
    ("Charlie Hebdo", "Work", "Charlie Hebdo", "Organization", 2, True),
]


@pytest.mark.parametrize(("one", "type_one", "other", "type_other", "documents", "merge"), PAIRS)
def test_pair(
    one: str, type_one: str, other: str, type_other: str, documents: int, merge: bool,
    story: Any, resolved: Callable[..., Any],
) -> None:  # fmt: skip
    marks = f"Reporters saw [{one}]({type_one}) there.", f"Later they heard of [{other}]({type_other}) again."
    stories = (
        [story(" ".join(marks))] if documents == 1 else [story(m, f"{i}.txt") for i, m in enumerate(marks)]
    )
    entities = resolved(*stories).entities
    assert sum(len(e.mentions) for e in entities) == 2
    assert (len(entities) == 1) == merge, [(e.label, e.type) for e in entities]


def test_names_that_are_suffixes_only(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story(f"[Jr.](Person), [II](Person) and [{name}](Person) met.", f"{name}.txt")
        for name in ("Pope Francis", "Tamar Zubair Jr.")
    ]
    labels = {e.label: len(e.mentions) for e in resolved(*stories).entities}
    assert labels == {"Jr.": 2, "II": 2, "Pope Francis": 1, "Tamar Zubair Jr.": 1}


def test_enough_pairs() -> None:
    assert len(PAIRS) >= 60
    assert len(set(PAIRS)) == len(PAIRS)


def test_a_surname_of_two_people_stays_apart(story: Any, resolved: Callable[..., Any], label_of: Any) -> None:
    one = story("[Salah Abdeslam](Person) and [Brahim Abdeslam](Person) left. [Abdeslam](Person) drove.")
    result = resolved(one)
    assert label_of(result, one, "Abdeslam") == "Abdeslam"
    assert len(result.entities) == 3


def test_a_surname_of_two_people_of_the_corpus_stays_apart_in_each_document(
    story: Any, resolved: Callable[..., Any]
) -> None:
    stories = [
        story("[Salah Abdeslam](Person) left.", "a.txt"),
        story("[Brahim Abdeslam](Person) died.", "b.txt"),
        story("[Abdeslam](Person) drove.", "c.txt"),
        story("[Abdeslam](Person) slept.", "d.txt"),
    ]
    entities = resolved(*stories).entities
    assert [len(e.mentions) for e in entities] == [1, 1, 1, 1]
    assert len({e.id for e in entities}) == 4


def test_a_surname_alone_is_the_one_whom_the_corpus_knows_far_better(
    story: Any, resolved: Callable[..., Any], label_of: Any
) -> None:
    often = " ".join(["[Anna Tamarov](Person) spoke."] * 3)
    stories = [
        story(often, "a.txt"),
        story(often, "b.txt"),
        story("[Boris Tamarov](Person) sang.", "c.txt"),
        story("[Tamarov](Person) left.", "d.txt"),
        story("[Boris Tamarov](Person) sang. [Tamarov](Person) slept.", "e.txt"),
    ]
    result = resolved(*stories[:4])
    assert label_of(result, stories[3], "Tamarov") == "Anna Tamarov"
    assert any("by far the most frequent" in d.evidence for d in result.decisions)
    reverse = resolved(*stories[3::-1])
    assert {frozenset(m.span for m in e.mentions) for e in reverse.entities} == {
        frozenset(m.span for m in e.mentions) for e in result.entities
    }
    own = resolved(*stories)  # Boris is named more often now, and first of all by the document itself
    assert label_of(own, stories[4], "Tamarov") == "Boris Tamarov"
    assert label_of(own, stories[3], "Tamarov") == "Tamarov"


@pytest.mark.parametrize(
    "marks",
    [
        # one document only knows her, however often
        (" ".join(["[Anna Tamarov](Person) spoke."] * 9), "[Boris Tamarov](Person) sang.", "[Tamarov](Person) left."),
        # the document names two of them itself
        ("[Anna Tamarov](Person), [Anna Tamarov](Person), [Anna Tamarov](Person).", "[Anna Tamarov](Person) spoke.",
         "[Anna Tamarov](Person) and [Boris Tamarov](Person) came. [Tamarov](Person) left."),
    ],
)  # fmt: skip
def test_a_surname_alone_stays_apart(
    marks: tuple[str, ...], story: Any, resolved: Callable[..., Any], label_of: Any
) -> None:
    stories = [story(text, f"{n}.txt") for n, text in enumerate(marks)]
    assert label_of(resolved(*stories), stories[-1], "Tamarov") == "Tamarov"


def test_a_person_and_a_place_of_one_word_in_two_documents(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("[Anna Tamarov](Person) spoke. [Tamarov](Person) left.", "a.txt"),
        story("They dredged [Tamarov](Place) and left [Tamarov](Place) to the sea.", "b.txt"),
    ]
    found = sorted((e.label, e.type, len(e.mentions)) for e in resolved(*stories).entities)
    assert found == [("Anna Tamarov", "Person", 2), ("Tamarov", "Place", 2)]


def test_what_joins_a_person_of_the_document_is_a_person(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Anna Tamarov](Person) spoke. " + "[Tamarov](Place) left. " * 4)
    assert [(e.label, e.type) for e in resolved(one).entities] == [("Anna Tamarov", "Person")]


def test_an_acronym_of_two_names_stays_apart(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "The [Harrow Bridge Institute](Organization), the [Holm Bay Institute](Organization), [HBI](Organization)."
    )
    assert len(resolved(one).entities) == 3


def test_parentheses_explain_an_acronym_whose_letters_differ(
    story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(
        "The [Tamar Border Service](Organization) ([TSB](Organization)) spoke. The [TSB](Organization) left."
    )
    result = resolved(one)
    assert [e.label for e in result.entities] == ["Tamar Border Service"]
    assert result.entities[0].aliases == ("TSB",)
    assert any(d.rule == "parenthesis" and "in parentheses" in d.evidence for d in result.decisions)


def test_a_name_that_carries_its_acronym(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("The [Tamar Border Service (TBS)](Organization) spoke. [TBS](Organization) left.")
    assert [e.label for e in resolved(one).entities] == ["Tamar Border Service"]


def test_most_mentions_decide_the_type(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "[Zubair Tamar](Person) spoke. [Tamar](Organization) left. [Tamar](Person) slept. [Tamar](Person) woke."
    )
    entities = resolved(one).entities
    assert [(e.label, e.type, len(e.mentions)) for e in entities] == [("Zubair Tamar", "Person", 4)]


def test_institutions_of_one_country_are_one(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("In [France](Place) the [Interior Ministry](Organization) spoke.", "a.txt"),
        story("In [Lyon](Place), [France](Place), the [Interior Ministry](Organization) spoke.", "b.txt"),
        story("In [Germany](Place) the [Interior Ministry](Organization) spoke.", "c.txt"),
    ]
    ministries = [e for e in resolved(*stories).entities if e.type == "Organization"]
    assert sorted(len(e.mentions) for e in ministries) == [1, 2]


def test_another_country_may_have_a_foreign_office(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("In [Britain](Place) the [Foreign Office](Organization) spoke.", "a.txt"),
        story("In [Germany](Place) the [Foreign Office](Organization) spoke.", "b.txt"),
    ]
    assert len([e for e in resolved(*stories).entities if e.type == "Organization"]) == 2


def test_mistyped_surname_of_the_corpus(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("[Zubair Tamarov](Person) spoke. [Tamarov](Person) left.", "a.txt"),
        story("[Tamarov](Organization) called.", "b.txt"),
    ]
    assert [e.label for e in resolved(*stories).entities] == ["Zubair Tamarov"]


@pytest.mark.parametrize(
    ("names", "type_", "label", "aliases"),
    [
        (["Francois Hollande", "Hollande", "Hollande", "François Hollande"], "Person", "François Hollande",
         ("Francois Hollande", "Hollande")),
        (["Vladimir V. Putin", "Vladimir Putin", "Vladimir Putin"], "Person", "Vladimir Putin", ("Vladimir V. Putin",)),
        (["US", "United States", "America"], "Place", "United States", ("America", "US")),
        (["Daesh", "ISIL", "ISIL"], "Organization", "Islamic State", ("Daesh", "ISIL")),
        (["VERSAILLES", "Versailles"], "Place", "Versailles", ()),
        (["HBI", "HBI", "HBI", "Harrow Bridge Institute"], "Organization", "Harrow Bridge Institute", ("HBI",)),
        (["ATHENS", "ATHENS"], "Place", "Athens", ()),
        (["Tamar"], "Organization", "Tamar", ()),
    ],
)  # fmt: skip
def test_label_and_aliases(
    names: list[str],
    type_: str,
    label: str,
    aliases: tuple[str, ...],
    story: Any,
    resolved: Callable[..., Any],
) -> None:
    (entity,) = resolved(story("; ".join(f"[{name}]({type_})" for name in names))).entities
    assert (entity.label, entity.aliases) == (label, aliases)


def test_a_person_marked_as_a_place_follows_the_corpus(
    story: Any, resolved: Callable[..., Any], label_of: Any
) -> None:
    stories = [
        story("[Zubair Tamarov](Person) spoke. [Tamarov](Person) left.", "a.txt"),
        story("[Tamarov](Person) slept.", "b.txt"),
        story("[Tamarov](Place) warned of floods.", "c.txt").event("warned", "Threaten", agent="Tamarov"),
        story("They dredged [Tamarov](Place).", "d.txt"),
    ]
    result = resolved(*stories)
    assert label_of(result, stories[2], "Tamarov") == "Tamarov"  # marked as a place as often as a person
    result = resolved(*stories[:3])
    assert label_of(result, stories[2], "Tamarov") == "Zubair Tamarov"
    assert len(result.entities) == 1


def test_people_named_in_one_breath_are_two(story: Any, resolved: Callable[..., Any], label_of: Any) -> None:
    stories = [
        story(
            "[Tamarov](Person) and his wife [Anna Tamarov](Person) danced. [Tamarov](Person) left.", "a.txt"
        ),
        story("[Zubair Tamarov](Person) spoke.", "b.txt"),
    ]
    assert label_of(resolved(stories[0]), stories[0], "Tamarov") == "Tamarov"
    assert label_of(resolved(*stories), stories[0], "Tamarov", 2) == "Zubair Tamarov"


def test_a_name_that_the_text_says_is_another(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "The [German Ball League](Organization), also known as the [DFL](Organization), met. [DFL](Organization) won."
    )
    assert [(e.label, len(e.mentions)) for e in resolved(one).entities] == [("German Ball League", 3)]


@pytest.mark.parametrize(("bare", "expected"), [("[DFL](Organization) left.", [1, 2, 2]), ("", [2, 2])])
def test_an_acronym_of_two_names_of_the_corpus_stays_apart(
    bare: str, expected: list[int], story: Any, resolved: Callable[..., Any]
) -> None:
    stories = [
        story("The [Dorn Farm League](Organization) ([DFL](Organization)) met.", "a.txt"),
        story("The [Delta Fishing Line](Organization) ([DFL](Organization)) left.", "b.txt"),
        *([story(bare, "c.txt")] if bare else []),
    ]
    assert sorted(len(e.mentions) for e in resolved(*stories).entities) == expected


def test_a_name_that_breaks_off_is_whole(story: Any, resolved: Callable[..., Any]) -> None:
    one = story(
        "The [Liberation Front of](Organization) [Kerland](Place) ([LFK](Organization)) met. [LFK](Organization) won."
    )
    found = sorted((e.label, len(e.mentions)) for e in resolved(one).entities)
    assert found == [("Kerland", 1), ("Liberation Front of Kerland", 3)]


@pytest.mark.parametrize(
    ("long", "short", "expected"),
    [("Teatro Colmena", "Colmena", 1), ("New Kalma", "Kalma", 2), ("Kalma East", "East", 1)],
)
def test_parts_of_names_of_unknown_places(
    long: str, short: str, expected: int, story: Any, resolved: Callable[..., Any]
) -> None:
    one = story(f"The [{long}](Place) burned. Nobody saved the [{short}](Place).")
    assert len(resolved(one).entities) == expected
