"""Graphs whose every string is hostile: quotes, backslashes, control characters, surrogates, what looks like syntax.

`KG_EXAMPLES=10000` has the differential tests try that many; 200 by default.
"""

import os

from hypothesis import strategies as st

from kg.datamodel import (
    Attribution,
    Claim,
    Contradiction,
    Decision,
    Document,
    Entity,
    EntityMention,
    Event,
    EventMention,
    Participant,
    Relation,
    RelationMention,
    Source,
    Span,
)
from kg.graph import KnowledgeGraph
from kg.ids import document_id, entity_id, event_id

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "200"))

HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.sampled_from(
        [
            'x\n...\\"', '"""', '\\"""', "'''", "\\", '\\"', "a\r\nb", "\r", "\x85", "\u2028\u2029", "\x00\x1b[31m",
            "1º ª", "<script>alert(1)</script>", "https://x.org/a b", "http://[", "%zz", "@en", '"@en', "^^<x>", "#", ".",
            "\ud800", "\ufffe", "👩‍👩‍👧", "\u202eevil", "Vla\u200bdimir", "{}|^`<>", "\\u0041", "\\U0001F600", " ", "",
            "https://example.org/ok", "26", "-0", "٣", 'a"', '\\\\"', "\n\\", '"\n"', "geo:1,2", "//x.org", "_:b", "@id", "@type",
        ]
    ),
)  # fmt: skip
DAYS = st.none() | st.dates()
FLOATS = st.none() | st.floats()


@st.composite
def hostile_graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Return a graph whose every string is hostile, with ids as `kg.ids` mints them."""
    words = [draw(HOSTILE) for _ in range(12)]
    text = "".join(words) or "x"
    id = document_id(words[0], words[1], words[2])
    document = Document(id, text, words[0], words[1], words[2], words[3] or None, words[4], draw(DAYS), "en")
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    span = Span(id, start, end, text[start:end])
    mention = EntityMention(span, span.range, "Person", "name")
    entity = Entity(
        entity_id("Person", words[5]), "Person", words[5], (words[6],), (mention,), (), draw(FLOATS), draw(FLOATS)
    )  # fmt: skip
    event_mention = EventMention(
        span,
        Span(id, 0, len(text), text),
        words[7],
        words[8],
        "Event",
        (),
        "asserted",
        (Source(span),),
        None,
        words[9],
    )
    event = Event(
        event_id(words[8], text), "Event", None, words[8], words[10],
        (Participant("agent", words[5], entity.id), Participant("patient", words[11]), Participant("topic", "", entity.id)),
        "asserted", (Attribution(words[4]),), None, (event_mention,),
    )  # fmt: skip
    relations = tuple(
        Relation(entity.id, property, None, words[6], (RelationMention(mention, property, span, words[7]),))
        for property in ("age", "holdsPosition", "memberOf")
    )
    decision = Decision("merge", entity.id, words[6], words[7], words[8], words[9])
    claims = (Claim(words[0], span, span, (Attribution(words[1]),)), Claim(words[2], span, span))
    contradiction = Contradiction(event.id, "number", words[3], claims)
    return KnowledgeGraph(
        (document,), (entity,), (event,), relations, (decision,), contradictions=(contradiction,)
    )  # type: ignore[arg-type]
