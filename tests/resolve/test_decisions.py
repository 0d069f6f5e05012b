"""Every step by which mentions become one entity is a decision that can be looked up and undone."""

from collections import defaultdict
from typing import Any

import pytest

from kg.ids import mention_id
from kg.resolve import Resolution, resolve
from kg.resolve.names import clean_name, name_key

TEXTS = [
    # acronyms, parentheses, aliases, spellings, short forms, a name that breaks off
    "The [Nordic Harbour Alliance](Organization) ([NHA](Organization)) met [NHA](Organization) staff. [ISIL](Organization)"
    " fled; [Daesh](Organization) fled. [Omar Mostefai](Person) saw [Omar Mostefaim](Person). [Halvorsen"
    " Shipping Ltd](Organization) met; [Halvorsen Shipping](Organization) voted.",
    # people by parts of their names, articles, titles, pronouns, chains
    "[Anna Tamarov](Person) met [Bashar al-Assad](Person) and [Assad](Person). [President Tamarov](Person) left."
    " [She](Person pronoun @Anna_Tamarov) ate. [The senator](Person nominal @She) slept. [Tamarov](Person) woke.",
    # nationalities, ground, places by other names, a government
    "[France](Place) sent [French](Group nominal FR) jets. [French territory](Place nominal FR) burned. [Raqqa](Place)"
    " and [Raqqah](Place) fell. [Paris](Place) demanded help from the [U.S.](Place) and the [United States](Place).",
    # descriptions
    "[Ansar Tamar](Group) fled. [The armed group](Group nominal) fell. [The stronghold](Place nominal) of [Kalma](Place)"
    " fell. [Kerland soldiers](Group nominal) met [the troops](Group nominal). [French police](Organization nominal FR)"
    " left [the gunmen](Group nominal) and [the gunmen](Group nominal).",
    # across documents
    "[Tamarov](Person) met [NHA](Organization) staff. [Omar Mostefai](Person) left [Raqqa](Place) for [France](Place)."
    " [French police](Organization nominal FR) saw [Islamic State](Organization). [Zubair Tamarov](Person) came.",
]


def merged(resolution: Resolution) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for decision in resolution.decisions:
        if decision.kind == "merge" and "/entity/" in decision.subject:
            found[decision.subject].add(decision.object)
    return found


@pytest.fixture
def resolution(story: Any) -> Resolution:
    stories = [story(text, f"{number}.txt") for number, text in enumerate(TEXTS)]
    stories[2].event("demanded", "Request", agent="Paris", recipient="U.S.")
    stories[3].event("fell", "Motion", patient="The armed group")
    stories[3].event("met", "Consult", agent="Kerland soldiers", recipient="the troops")
    stories[3].event("left", "Motion", patient=["the gunmen", "the gunmen#2"])
    return resolve([s.document for s in stories], [s.extraction for s in stories])


def test_the_texts_show_the_rules(resolution: Resolution) -> None:
    rules = {decision.rule for decision in resolution.decisions}
    assert rules >= {
        *("alias", "parenthesis", "spelling", "short-form", "person-name", "coreference", "nationality", "territory"),
        *("same-place", "capital-as-government", "one-sense", "description", "apposition", "synonym", "same-phrase"),
        *("same-name", "same-alias", "same-country", "acronym"),
    }  # fmt: skip


def test_all_mentions_but_the_first_were_taken_in_by_a_decision(resolution: Resolution) -> None:
    """A name that a document repeats has one decision for all of its places there."""
    objects = merged(resolution)
    for entity in resolution.entities:
        founders, seen = [], set()
        for mention in entity.mentions:
            key = mention.span.document, name_key(clean_name(mention.span.text))
            taken = mention_id(mention.span.document, *mention.span.range) in objects[entity.id]
            if not taken and not (mention.kind == "name" and key in seen):
                founders.append(mention.span.text)
            seen.add(key)
        assert len(founders) == 1, entity.label


def test_decisions_are_of_mentions_that_the_entity_has(resolution: Resolution) -> None:
    objects = merged(resolution)
    for entity in resolution.entities:
        own = {mention_id(m.span.document, *m.span.range) for m in entity.mentions}
        assert objects.pop(entity.id, set()) <= own
    assert not objects
