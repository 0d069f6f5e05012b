"""One sentence a construction -> what it tells, from hand-checked trees (`parses.conllu`) to `told.txt`.

A line in `told.txt` is an event: predicate[class] status | role=phrase ... | by source | at day; or a relation.
"""

from pathlib import Path

import pytest

TOLD = Path(__file__).with_name("told.txt")


def expectations() -> dict[str, list[str]]:
    blocks = TOLD.read_text(encoding="utf-8").strip().split("\n\n")
    return {block.split(":", 1)[0]: [line.strip() for line in block.split("\n")[1:]] for block in blocks}


EXPECTED = expectations()


@pytest.mark.parametrize("name", EXPECTED)
def test_construction(name, lines):
    assert lines(name) == EXPECTED[name]


def test_every_tree_has_an_expectation(parses):
    assert parses.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_span_is_a_slice_of_the_text(name, read):
    document, extraction = read(name)
    spans = [m.span for m in extraction.entity_mentions] + [t.span for t in extraction.time_expressions]
    for event in extraction.event_mentions:
        spans += [
            event.trigger,
            event.sentence,
            *(a.span for a in event.arguments),
            *(s.span for s in event.attributed_to),
        ]
        assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end
        for argument in event.arguments:
            assert argument.span.start <= argument.head[0] < argument.head[1] <= argument.span.end
    spans += [r.span for r in extraction.relation_mentions]
    for span in spans:
        assert document.text[span.start : span.end] == span.text


@pytest.mark.parametrize("name", EXPECTED)
def test_one_event_a_trigger_and_one_mention_a_span(name, read):
    _, extraction = read(name)
    triggers = [m.trigger for m in extraction.event_mentions]
    assert len(set(triggers)) == len(triggers)
    spans = [m.span for m in extraction.entity_mentions]
    assert len(set(spans)) == len(spans)
