from collections.abc import Callable
from dataclasses import replace
from typing import Any


def test_equal_statements_are_one_relation(story: Any, resolved: Callable[..., Any]) -> None:
    stories = [
        story("[Tamar Zubair](Person), Foreign Minister, spoke.", "a.txt").relation(
            "Tamar Zubair", "holdsPosition", value="Foreign Minister"
        ),
        story("[Tamar Zubair](Person), foreign minister, left.", "b.txt").relation(
            "Tamar Zubair", "holdsPosition", value="foreign minister"
        ),
        story("[Tamar Zubair](Person), the foreign minister, slept.", "c.txt").relation(
            "Tamar Zubair", "holdsPosition", value="the foreign minister"
        ),
    ]
    result = resolved(*stories)
    (relation,) = result.relations
    assert relation.subject == result.entities[0].id
    assert (relation.value, relation.object, len(relation.mentions)) == ("foreign minister", None, 3)


def test_relations_between_entities(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Raqqa](Place) in [Syria](Place), [Raqqah](Place).")
    one.relation("Raqqa", "locatedIn", "Syria").relation("Raqqah", "locatedIn", "Syria")
    result = resolved(one)
    (relation,) = result.relations
    labels = {e.id: e.label for e in result.entities}
    assert (labels[relation.subject], relation.property, labels[relation.object]) == (
        "Raqqa",
        "locatedIn",
        "Syria",
    )
    assert len(relation.mentions) == 2


def test_an_entity_is_not_related_to_itself(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Raqqa](Place) or [Raqqah](Place).").relation("Raqqa", "locatedIn", "Raqqah")
    assert resolved(one).relations == ()


def test_an_end_that_is_nobody_states_nothing(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[he](Person pronoun) in [Syria](Place).").relation("he", "bornIn", "Syria")
    assert resolved(one).relations == ()


def test_owners_are_no_part_of_a_position(story: Any, resolved: Callable[..., Any]) -> None:
    one = story("[Tamar Zubair](Person), his aide, spoke.").relation(
        "Tamar Zubair", "holdsPosition", value="his aide"
    )
    assert resolved(one).relations[0].value == "aide"


def test_mentions_that_differ_in_their_place_only_are_in_text_order(
    story: Any, resolved: Callable[..., Any]
) -> None:
    one = story("[Tamar Zubair](Person) was" + " aide" * 9 + " there.")
    for nth in range(9, 0, -1):
        one.relation("Tamar Zubair", "holdsPosition", value="aide")
        one.relations[-1] = replace(one.relations[-1], value_span=one.find("aide", nth))
    (relation,) = resolved(one).relations
    assert [m.value_span for m in relation.mentions] == [one.find("aide", nth) for nth in range(1, 10)]


def test_mentions_that_differ_in_nothing_sorted_keep_their_order(
    story: Any, resolved: Callable[..., Any]
) -> None:
    one = story("[Raqqa](Place) in [Syria](Place).").relation("Raqqa", "locatedIn", "Syria")
    first = one.relations[0]
    others = [replace(first, subject=replace(first.subject, head=(0, end))) for end in (4, 1, 3, 2, 0)]
    one.relations += [*others, first]
    (relation,) = resolved(one).relations
    assert relation.mentions == (first, *others)
