from collections.abc import Callable
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
