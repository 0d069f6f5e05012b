"""The competency questions on the fixture: answers come with their sentence and document, and every parameter binds.

`test_questions.py` has all of them on the sample corpus.
"""

from datetime import date
from typing import Any

import pytest
from pyoxigraph import Store

from kg.graph import KnowledgeGraph
from kg.rdf import load_store, named_queries, query

DAY = date(2015, 11, 17)
ORDERED = "Marta Ruiz, 41, president of Arland, ordered strikes on Veldt on Tuesday."
TOLD = "Defence minister Ivo Lang told parliament that two jets had hit Veldt at night."
STRUCK = 'Jets of Arland (Republic of Arland) struck Veldt, "the rebel city", on 17 November.'
PLANS = "Ruiz plans to visit Veldt."
DENIED = "Lang denied that civilians were killed."
FLED = "Karl Osk, a rebel, escaped to Port Sela."
SOLD = "A witness said Osk had sold arms."
INVOKED = "Arland invoked Article 5 of the Coast Pact."
MET = "Ivo Lang met Karl Osk in Port Sela on 18 November."
NONE_HIT = "The parliament said no jets struck Veldt."
HIT = "jets of Arland strike Veldt"
TELLS = "Ivo Lang tells parliament that jets of Arland struck Veldt"

EXPECTED: dict[str, tuple[dict[str, str], list[tuple[Any, ...]]]] = {
    "aliases": ({"entity": "Republic of Arland"}, [
        ("Arland", "Arland", 2, ORDERED), ("Arland", "Republic of Arland", 1, STRUCK),
    ]),
    "attributions-per-outlet": ({}, [("Northern Post", "Ivo Lang", 2, TOLD), ("South Wire", "A witness", 1, SOLD)]),
    "casualties": ({}, [
        ("civilians", "", "killing", None, None, "negated", None, "Ivo Lang", "Northern Post", DAY, DENIED),
    ]),
    "contradictions": ({}, [("Veldt", HIT, TOLD), ("Veldt", HIT, STRUCK)]),
    "denials": ({}, [("civilians are killed", "Ivo Lang", DENIED), ("no jets strike Veldt", "parliament", NONE_HIT)]),
    "escapes-and-movements": ({"kind": "escape"}, [("Karl Osk", "escape", None, "Port Sela", "asserted", None, FLED)]),
    "first-reports": ({}, [(HIT, 2, DAY, "Northern Post", TOLD)]),
    "most-active-actors": ({}, [
        ("Karl Osk", 2, FLED), ("Arland", 1, INVOKED), ("Ivo Lang", 1, MET), ("Marta Ruiz", 1, ORDERED),
        ("jets of Arland", 1, TOLD),
    ]),
    "planned-not-reported-done": ({}, [("Marta Ruiz visits Veldt", "planned", "Marta Ruiz", None, PLANS)]),
    "positions-held": ({}, [
        ("Ivo Lang", "Defence minister", None, TOLD), ("Marta Ruiz", "president", "Arland", ORDERED),
    ]),
    "relations": ({"entity": "Marta Ruiz"}, [
        ("Marta Ruiz", "age", 41, ORDERED), ("Marta Ruiz", "has position in", "Arland", ORDERED),
        ("Marta Ruiz", "holds position", "president", ORDERED),
    ]),
    "statements-by-person": ({"speaker": "Lang"}, [
        ("Ivo Lang", TELLS, "asserted", TOLD), ("Ivo Lang", "civilians are killed", "negated", DENIED),
        ("Ivo Lang", HIT, "asserted", TOLD),
    ]),
    "strikes-by-place-and-day": ({"place": "Veldt", "day": "2015-11-17", "kind": "air strike"}, [
        ("Veldt", DAY, "jets of Arland", "air strike", TOLD), ("Veldt", DAY, "jets of Arland", "air strike", STRUCK),
    ]),
    "timeline": ({"actor": "Veldt"}, [(DAY, DAY, HIT, "asserted", TOLD), (DAY, DAY, HIT, "asserted", STRUCK)]),
    "who-did-what": ({"actor": "Karl Osk", "status": "asserted"}, [
        ("Karl Osk", "escape", None, "Port Sela", None, "asserted", FLED),
        ("Karl Osk", "sell", "arms", None, None, "asserted", SOLD),
    ]),
    "who-invoked-what": ({}, [("Arland", "Article 5", "asserted", None, INVOKED)]),
    "who-met-whom": ({}, [("Ivo Lang", "Karl Osk", "meeting", "asserted", date(2015, 11, 18), MET)]),
    "who-ordered-what": ({"target": "Veldt"}, [
        ("Marta Ruiz", "strikes on Veldt", "Veldt", DAY, None, None, "Northern Post", DAY, ORDERED),
    ]),
    "who-told-whom": ({}, [ ("Ivo Lang", "parliament", "tell", HIT, TOLD),
    ]),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> Store:
    return load_store(graph)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_query_answers(store: Store, graph: KnowledgeGraph, name: str) -> None:
    bind, expected = EXPECTED[name]
    result = query(store, name, bind=bind)
    place = result.variables.index("sentence")
    assert sorted((row[: place + 1] for row in result.rows), key=str) == sorted(expected, key=str)
    texts = {document.id: document.text for document in graph.documents}
    for row in result.records():
        assert row["sentence"] in texts[str(row["document"])]
        assert row["article"]


@pytest.mark.parametrize("named", named_queries(), ids=lambda named: named.name)
def test_every_parameter_can_be_bound(store: Store, named: Any) -> None:
    unbound = query(store, named.name)
    assert unbound.rows or named.name not in EXPECTED
    for parameter, _ in named.parameters:
        bound = query(store, named.name, bind={parameter: "kg:NoSuchThing"})
        assert bound.rows == ()
        assert bound.variables == unbound.variables


def test_answers_are_in_a_fixed_order(graph: KnowledgeGraph, store: Store) -> None:
    again = load_store(graph)
    for named in named_queries():
        assert query(again, named.name) == query(store, named.name)
