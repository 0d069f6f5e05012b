"""The file of pairs: how it is read, what it does to entities and events, and what it says when it cannot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.datamodel import Decision
from kg.errors import InputError
from kg.resolve import MUST, NO_PAIRS, Must, Resolution, read_must, resolve

Apply = Callable[..., Resolution]


@pytest.fixture
def pairs(tmp_path: Path) -> Callable[[str], Must]:
    """Pairs from the text of a file."""

    def read(text: str) -> Must:
        path = tmp_path / MUST
        path.write_text(text, encoding="utf-8")
        return read_must(path)

    return read


@pytest.fixture
def applied(pairs: Callable[[str], Must]) -> Apply:
    """Resolution of stories under the pairs of a text."""

    def run(text: str, *stories: Any) -> Resolution:
        return resolve([s.document for s in stories], [s.extraction for s in stories], must=pairs(text))

    return run


def by_hand(resolution: Resolution) -> list[Decision]:
    return [d for d in resolution.decisions if d.rule in ("must-merge", "must-not-merge")]


# --------------------------------------------------------------------- reading


def test_a_file_of_all_forms(pairs: Callable[[str], Must]) -> None:
    must = pairs(
        """
        [[must_merge]]
        one = "Socialist president"
        other = { name = "Anna Tamarov", document = "a.txt", type = "Person" }
        why = "the text  means her"

        [[must_not_merge]]
        one = { id = "entity/person-anna-1" }
        other = { id = "https://w3id.org/kg/document/a-1#char=1,2" }
        """
    )
    assert [pair.rule for pair in must.pairs] == ["must-merge", "must-not-merge"]
    assert must.pairs[0].evidence == (
        'must.toml line 2, must_merge 1: "Socialist president" and "Anna Tamarov" in a.txt (Person) are one '
        "(the text means her)"
    )
    assert must.pairs[1].one.id == "https://w3id.org/kg/entity/person-anna-1"


def test_an_empty_file_has_no_pairs(pairs: Callable[[str], Must]) -> None:
    assert pairs("# nothing yet\n") == NO_PAIRS


PAIR = '[[must_merge]]\none = "A"\nother = '


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one = [", "must.toml is no TOML in UTF-8"),
        ('[[must_marge]]\none = "A"', "must.toml: 'must_marge' is not allowed: use must_merge and must_not_merge"),
        ('must_merge = "A"', "must.toml: must_merge is no list of tables"),
        ('must_merge = ["A"]', "must.toml must_merge 1: 'A' is no table"),
        ('[[must_merge]]\none = "A"', "must.toml line 1, must_merge 1: 'other' is missing: give a name, or a table"),
        (PAIR + '"B"\nwhen = 1', "must.toml line 1, must_merge 1: 'when' is not allowed: use one, other and why"),
        (PAIR + '"B"\nwhy = 1', "why is 1: give a string"),
        (PAIR + "7", "must_merge 1, other: 7 is not allowed"),
        (PAIR + '{ name = "B", in = "C" }', "must_merge 1, other: 'in' is not allowed"),
        (PAIR + '{ name = " " }', "must_merge 1, other: name is ' '"),
        (PAIR + '{ name = "..." }', "has no letter or digit"),
        (PAIR + '{ document = "B" }', "must_merge 1, other: document together are not allowed"),
        (PAIR + '{ id = "event/x-1", name = "B" }', "id, name together are not allowed"),
        (PAIR + '{ id = "x-1" }', "id is 'x-1': give that of an entity, event or mention"),
        (PAIR + '{ name = "B", type = "Animal" }', "type is 'Animal': use one of Person, Organization"),
        (PAIR + '"A"', "both sides are \"A\": tell them apart"),
        (PAIR + '"B"\n[[must_not_merge]]\none = "B"\nother = "A"', "must_not_merge 1 contradicts must.toml line 1"),
    ],
)  # fmt: skip
def test_what_is_not_allowed(text: str, message: str, pairs: Callable[[str], Must]) -> None:
    with pytest.raises(InputError) as caught:
        pairs(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must\.toml cannot be read: No such file"):
        read_must(tmp_path / MUST)


# -------------------------------------------------------------------- entities


def test_a_description_is_one_with_a_name_of_another_document(
    story: Any, applied: Apply, label_of: Any
) -> None:
    one = story("[Anna Tamarov](Person) spoke.", "a.txt")
    two = story(
        "[the Socialist president](Person nominal) left. [She](Person pronoun @the_Socialist_president) ate.",
        "b.txt",
    )
    result = applied(
        '[[must_merge]]\none = "Socialist president"\nother = "President Anna TAMAROV"', one, two
    )
    assert [(e.label, len(e.mentions)) for e in result.entities] == [("Anna Tamarov", 3)]
    assert by_hand(result)[0].subject == result.entities[0].id
    assert "must.toml line 1" in by_hand(result)[0].evidence


def test_a_pair_outdoes_the_antecedent(story: Any, applied: Apply, label_of: Any) -> None:
    one = story(
        "[Anna Tamarov](Person) met [Boris Kalin](Person). "
        "[The minister](Person nominal @Boris_Kalin) spoke and [he](Person pronoun @The_minister) left."
    )
    assert label_of(applied("", one), one, "The minister") == "Boris Kalin"
    result = applied('[[must_merge]]\none = "minister"\nother = "Anna Tamarov"', one)
    assert label_of(result, one, "The minister") == label_of(result, one, "he") == "Anna Tamarov"
    assert label_of(result, one, "Boris Kalin") == "Boris Kalin"


def test_known_things_become_one_where_a_person_says_so(story: Any, applied: Apply) -> None:
    stories = [
        story("In [France](Place) it rained.", "a.txt"),
        story("In [Belgium](Place) it rained.", "b.txt"),
    ]
    result = applied('[[must_merge]]\none = "France"\nother = "Belgium"', *stories)
    assert [len(e.mentions) for e in result.entities] == [2]


def test_namesakes_of_two_documents_stay_two(story: Any, applied: Apply) -> None:
    stories = [
        story("[John Tamar](Person) spoke. [Tamar](Person) left.", "a.txt"),
        story("[John Tamar](Person) sang.", "b.txt"),
        story("[John Tamar](Person) slept.", "c.txt"),
    ]
    text = """
        [[must_not_merge]]
        one = { name = "John Tamar", document = "a.txt" }
        other = { name = "John Tamar", document = "b.txt" }
        [[must_not_merge]]
        one = { name = "John Tamar", document = "a.txt" }
        other = { name = "John Tamar", document = "c.txt" }
    """
    result = applied(text, *stories)
    assert sorted(len(e.mentions) for e in result.entities) == [2, 2]
    assert len({e.id for e in result.entities}) == 2
    assert {d.kind for d in by_hand(result)} == {"apart"}
    assert {d.subject for d in by_hand(result)} < {e.id for e in result.entities}
    assert {d.object for d in by_hand(result)} < {e.id for e in result.entities}


def test_a_short_name_of_the_document_stays_apart(story: Any, applied: Apply, label_of: Any) -> None:
    one = story("[Anna Tamarov](Person) spoke. [Tamarov](Person) left.")
    result = applied('[[must_not_merge]]\none = "Anna Tamarov"\nother = "Tamarov"', one)
    assert label_of(result, one, "Tamarov") == "Tamarov"


def test_a_merge_is_undone_by_its_decision(story: Any, applied: Apply, resolved: Any) -> None:
    """Each merge of a run, given back as a pair of its subject and its object, is not made again."""
    stories = [
        story("[Anna Tamarov](Person) spoke. [She](Person pronoun @Anna_Tamarov) left.", "a.txt"),
        story("[Tamarov](Person) slept. [The French](Place nominal FR) met in [France](Place).", "b.txt"),
        story("[Anna Tamarov](Person) ate, and [Anna Tamarov](Person) drank.", "c.txt"),
    ]
    merges = [d for d in resolved(*stories).decisions if d.kind == "merge" and "#char=" in d.object]
    assert len(merges) >= 3
    for merge in merges:
        text = f'[[must_not_merge]]\none = {{ id = "{merge.subject}" }}\nother = {{ id = "{merge.object}" }}'
        result = applied(text, *stories)
        assert not result.unmatched
        assert merge.object not in [d.object for d in result.decisions if d.kind == "merge"]
        assert [d.kind for d in by_hand(result)] == ["apart"]


def test_a_document_is_taken_out_as_a_whole(story: Any, applied: Apply, resolved: Any) -> None:
    stories = [
        story("[Anna Tamarov](Person) spoke. [She](Person pronoun @Anna_Tamarov) left.", "a.txt"),
        story(
            "[Tamarov](Person) ate. [She](Person pronoun @Tamarov) and [Anna Tamarov](Person) drank.", "b.txt"
        ),
    ]
    (merge,) = (d for d in resolved(*stories).decisions if d.rule == "same-name")
    text = f'[[must_not_merge]]\none = {{ id = "{merge.subject}" }}\nother = {{ id = "{merge.object}" }}'
    assert sorted(len(e.mentions) for e in applied(text, *stories).entities) == [2, 3]


def test_one_of_several_mentions_of_a_name_is_another(story: Any, applied: Apply) -> None:
    one = story("[Anna Tamarov](Person) spoke. [Tamarov](Person) met [Tamarov](Person).")
    last = one.mention("Tamarov", 2).span
    id_ = f"{last.document}#char={last.start},{last.end}"
    result = applied(f'[[must_not_merge]]\none = "Anna Tamarov"\nother = {{ id = "{id_}" }}', one)
    assert sorted(len(e.mentions) for e in result.entities) == [1, 2]


def test_an_id_that_a_pair_brought_about(story: Any, applied: Apply) -> None:
    stories = [
        story(f"[{name}](Person) spoke.", f"{name[0]}.txt") for name in ("Anna Tamarov", "Boris", "Clara")
    ]
    text = '[[must_merge]]\none = "Boris"\nother = "Clara"'
    (both,) = (e for e in applied(text, *stories).entities if len(e.mentions) == 2)
    more = f'{text}\n[[must_merge]]\none = {{ id = "{both.id}" }}\nother = "Anna Tamarov"'
    assert [len(e.mentions) for e in applied(more, *stories).entities] == [3]


# ---------------------------------------------------------------------- events


def strikes(story: Any) -> list[Any]:
    return [
        story("[France](Place) struck [Raqqa](Place).", "a.txt", "2015-11-16").event(
            "struck", "AirStrike", agent="France", patient="Raqqa", time="2015-11-15", lemma="strike"
        ),
        story("[France](Place) struck [Raqqa](Place) again.", "b.txt", "2015-11-16").event(
            "struck", "AirStrike", agent="France", patient="Raqqa", time="2015-11-15", lemma="strike"
        ),
        story("[Russia](Place) bombed [Raqqa](Place).", "c.txt", "2015-11-20").event(
            "bombed", "AirStrike", agent="Russia", patient="Raqqa", time="2015-11-19", lemma="bomb"
        ),
    ]


def test_events_by_their_ids(story: Any, applied: Apply, resolved: Any) -> None:
    stories = strikes(story)
    before = resolved(*stories)
    assert sorted(len(e.mentions) for e in before.events) == [1, 2]
    small, large = sorted(before.events, key=lambda e: len(e.mentions))
    text = f'[[must_merge]]\none = {{ id = "{small.id}" }}\nother = {{ id = "{large.id}" }}'
    result = applied(text, *stories)
    assert [len(e.mentions) for e in result.events] == [3]
    assert any(d.rule == "must-merge" and d.subject == result.events[0].id for d in result.decisions)


def test_an_event_is_two_again(story: Any, applied: Apply, resolved: Any) -> None:
    stories = strikes(story)
    (merge,) = (d for d in resolved(*stories).decisions if d.rule == "same-event")
    text = f'[[must_not_merge]]\none = {{ id = "{merge.subject}" }}\nother = {{ id = "{merge.object}" }}'
    result = applied(text, *stories)
    assert [len(e.mentions) for e in result.events] == [1, 1, 1]
    assert [d.kind for d in by_hand(result)] == ["apart"]


# ------------------------------------------------------------ nothing, too much


def test_a_pair_that_matches_nothing_is_reported(story: Any, applied: Apply) -> None:
    one = story("[Anna Tamarov](Person) spoke.")
    result = applied(
        '[[must_merge]]\none = "Anna Tamarov"\nother = { name = "Boris", document = "a.txt" }', one
    )
    (rejection,) = result.unmatched
    assert rejection.path == "must.toml"
    assert (
        rejection.reason
        == 'must-merge pair matches nothing: no mention of "Boris" in a.txt in these documents'
    )
    assert rejection.location == "must.toml line 1, must_merge 1"
    assert not by_hand(result)


def test_a_pair_of_one_name_is_reported(story: Any, applied: Apply) -> None:
    one = story("[Anna Tamarov](Person) spoke.")
    result = applied('[[must_not_merge]]\none = "Anna Tamarov"\nother = "Ms Anna Tamarov"', one)
    assert "same mentions on both sides" in result.unmatched[0].reason


def test_pairs_that_contradict_each_other_by_what_they_match(story: Any, applied: Apply) -> None:
    stories = [
        story(f"[{name}](Person) spoke.", f"{name[0]}.txt") for name in ("Anna Tamarov", "Boris", "Clara")
    ]
    text = """
        [[must_merge]]
        one = "Anna Tamarov"
        other = "Boris"
        [[must_merge]]
        one = "Boris"
        other = "Clara"
        [[must_not_merge]]
        one = "Clara"
        other = { name = "Anna Tamarov", document = "A.txt" }
    """
    with pytest.raises(InputError, match=r"must_merge \d contradicts must.toml line 8, must_not_merge 1"):
        applied(text, *stories)


def test_an_entity_and_an_event_are_no_pair(story: Any, applied: Apply, resolved: Any) -> None:
    stories = strikes(story)
    event = resolved(*stories).events[0].id
    with pytest.raises(InputError, match="are an entity and an event"):
        applied(f'[[must_merge]]\none = "France"\nother = {{ id = "{event}" }}', *stories)


def test_the_order_of_documents_does_not_matter(story: Any, pairs: Callable[[str], Must]) -> None:
    stories = [
        story("[John Tamar](Person) spoke.", "a.txt"),
        story("[John Tamar](Person) sang.", "b.txt"),
        story("[Tamar](Person) slept.", "c.txt"),
    ]
    must = pairs('[[must_not_merge]]\none = { name = "John Tamar", document = "a.txt" }\nother = "Tamar"')
    forth = resolve([s.document for s in stories], [s.extraction for s in stories], must=must)
    stories.reverse()
    assert resolve([s.document for s in stories], [s.extraction for s in stories], must=must) == forth
