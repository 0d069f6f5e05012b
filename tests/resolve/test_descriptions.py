"""Descriptions that the text layer leaves open, and what they are found to describe."""

from collections.abc import Callable
from typing import Any

import pytest

Resolved = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        # the same phrase
        ("[Norvik](Product), [the car](Product nominal @Norvik), burned. [The car](Product nominal) smoked.",
         "The car", "Norvik"),
        ("[Norvik](Product), [a car](Product nominal @Norvik), burned. [The car](Product nominal) smoked.", "The car", "car"),
        # other nouns for the same people
        ("[Coalition forces](Group nominal) won. [The coalition troops](Group nominal) left.",
         "The coalition troops", "Coalition forces"),
        ("[Kerland soldiers](Group nominal) won. [The troops](Group nominal) left.", "The troops", "Kerland soldiers"),
        ("[Kerland soldiers](Group nominal) met [rebel fighters](Group nominal). [The troops](Group nominal) left.",
         "The troops", "Kerland soldiers"),
        ("[Kerland soldiers](Group nominal) met [Norland troops](Group nominal). [The troops](Group nominal) left.",
         "The troops", "troops"),
        ("[Kerland soldiers](Group nominal) won. [Ten troops](Group nominal) left.", "Ten troops", "Ten troops"),
        # general nouns
        ("Homes burned in [Kalma](Place). [The fortified city](Place nominal) fell.", "The fortified city", "Kalma"),
        ("[Ansar Tamar](Organization) fled. [The Islamist group](Group nominal) fell.", "The Islamist group", "Ansar Tamar"),
        ("[Ansar Tamar](Organization) fled. [The Kurdish group](Group nominal) fell.", "The Kurdish group", "Kurdish group"),
        ("[Ansar Tamar](Group) met [Norvik](Organization). [The armed group](Group nominal) fell.",
         "The armed group", "armed group"),
        ("[Ansar Tamar](Group) fled. It rained. It snowed. It froze. [The armed group](Group nominal) fell.",
         "The armed group", "armed group"),
        ("[Ansar Tamar](Group) fled. [An armed group](Group nominal) fell.", "An armed group", "armed group"),
        # a country's ground, and nouns that "of" puts beside a name
        ("[France](Place) waited. [French territory](Place nominal FR) burned.", "French territory", "France"),
        ("[The stronghold](Place nominal) of [Kalma](Place) fell.", "The stronghold", "Kalma"),
        ("[The capital](Place nominal) of [France](Place) fell.", "The capital", "capital"),
        # what it cannot be
        ("[Commanders](Group nominal @Operation_Dawn) met in [Operation Dawn](Event).", "Commanders", "Commanders"),
    ],
)  # fmt: skip
def test_description(
    text: str, words: str, label: str, story: Any, resolved: Resolved, label_of: Any
) -> None:
    if "@Operation_Dawn" in text:
        text = "[Operation Dawn](Event) began. " + text
    one = story(text)
    for mention in one.mentions:  # a description counts where it takes part in something
        if mention.kind == "nominal":
            one.event(
                one.document.text[mention.span.end + 1 :].split()[0].strip("."),
                "Motion",
                agent=mention.span.text,
            )
    found = label_of(resolved(one), one, words)
    assert (found or "").lower() == label.lower()


@pytest.mark.parametrize(("category", "label"), [("Assault", "Ansar Tamar"), ("Statement", "common enemy")])
def test_a_foe_is_whom_the_document_has_attack(
    category: str, label: str, story: Any, resolved: Resolved, label_of: Any
) -> None:
    one = story(
        "[Norvik](Organization) heard that [Ansar Tamar](Group) acted. It will fight [this common enemy](Group nominal)."
    )
    one.event("acted", category, agent="Ansar Tamar").event("fight", "Assault", patient="this common enemy")
    assert label_of(resolved(one), one, "this common enemy") == label


def test_every_step_is_a_decision(story: Any, resolved: Resolved) -> None:
    one = story("[Ansar Tamar](Group) fled. [The armed group](Group nominal) fell.")
    one.event("fell", "Motion", agent="The armed group")
    (decision,) = resolved(one).decisions
    assert decision.rule == "description"
    assert decision.evidence == '"The armed group" describes what the document calls "Ansar Tamar"'
    assert decision.object.endswith("#char=18,33")
