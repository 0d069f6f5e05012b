"""The sentences that prove nodes and edges, each kept once, with the stretches that matter in them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kg.datamodel import Attribution, EventMention, RelationMention, Source, Span
from kg.graph import KnowledgeGraph

__all__ = ["SentencePool", "paint", "source_name"]

_LONGEST = 600
_BREAK = re.compile(r"[.!?][\"'”’)]*\s|\n")
_PRONOUNS = frozenset("i we he she it they him her them who which that this these those".split())

Part = tuple[int, int, str]
"""Start and end inside the sentence, and the role of what stands there."""


def paint(parts: Sequence[Part], length: int) -> list[list[Any]]:
    """Return the stretches that do not overlap, in text order; of nested ones the shorter wins.

    >>> paint([(0, 10, "patient"), (4, 6, "trigger")], 12)
    [[0, 4, 'patient'], [4, 6, 'trigger'], [6, 10, 'patient']]
    """
    clipped = {(max(0, start), min(end, length), role) for start, end, role in parts}
    inside = sorted(part for part in clipped if part[0] < part[1])
    if all(one[1] < other[0] for one, other in pairwise(inside)):
        return [list(part) for part in inside]
    cuts = sorted({cut for start, end, _ in inside for cut in (start, end)})
    painted: list[list[Any]] = []
    for start, end in pairwise(cuts):
        over = [part for part in inside if part[0] <= start and part[1] >= end]
        if not over:
            continue
        role = min(over, key=lambda part: (part[1] - part[0], part[0], part[2]))[2]
        if painted and painted[-1][1] == start and painted[-1][2] == role:
            painted[-1][1] = end
        else:
            painted.append([start, end, role])
    return painted


def source_name(graph: KnowledgeGraph, source: Source | Attribution) -> str:
    """Return who is reported as saying something in the words of the text; for "he" the name, where it is known."""
    text = source.text if isinstance(source, Attribution) else source.span.text
    if text.casefold() not in _PRONOUNS:
        return text
    if isinstance(source, Attribution):
        entity = graph.entity(source.entity) if source.entity else None
    else:
        entity = graph.entity_of(source.mention)
    return entity.label if entity else text


class SentencePool:
    """Numbers the sentences that are shown. A very long one is cut to a window around what it proves.

    Attributes:
        records: what the page shows: number of the document, offset in it, text, and "cut" where text was left away.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.records: list[dict[str, Any]] = []
        self._graph = graph
        self._document_number = {document.id: i for i, document in enumerate(graph.documents)}
        self._number: dict[tuple[str, int, int], int] = {}
        known: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for event in graph.events:
            for mention in event.mentions:
                known[mention.sentence.document].add(mention.sentence.range)
        self._known = {document: sorted(ranges) for document, ranges in known.items()}

    def of_event(self, mention: EventMention) -> tuple[int, list[list[Any]]]:
        """Return the sentence of an event mention and its painted parts (roles, "trigger", "attribution", "time")."""
        spans = [(mention.trigger, "trigger")]
        spans += [(argument.span, argument.role) for argument in mention.arguments]
        spans += [(source.span, "attribution") for source in mention.attributed_to]
        if mention.time:
            spans.append((mention.time.span, "time"))
        return self._add(mention.sentence, mention.trigger, spans)

    def of_relation(self, mention: RelationMention) -> tuple[int, list[list[Any]]]:
        """Return the sentence of a relation mention and its painted parts ("subject", "object")."""
        spans = [(mention.subject.span, "subject")]
        if mention.object:
            spans.append((mention.object.span, "object"))
        if mention.value_span:
            spans.append((mention.value_span, "object"))
        return self._add(self._around(mention.span), mention.span, spans)

    def of_span(self, span: Span) -> tuple[int, int, int]:
        """Return the sentence around a mention, and where the mention stands in it."""
        number, window = self._number_of(self._around(span), span)
        start, end = max(span.start, window[0]) - window[0], min(span.end, window[1]) - window[0]
        return number, start, end

    def said_by(self, sources: Sequence[Source | Attribution]) -> list[str]:
        """Return who is reported as saying something, as `source_name` has it."""
        return [source_name(self._graph, source) for source in sources]

    def _around(self, span: Span) -> Span:
        """Return the sentence that holds a span: a known one, else what stands between full stops or lines."""
        ranges = self._known.get(span.document, [])
        at = bisect_right(ranges, (span.start, float("inf"))) - 1
        text = self._graph.document(span.document).text
        if at >= 0 and ranges[at][1] >= span.end:
            start, end = ranges[at]
        else:
            earliest = max(0, span.start - _LONGEST)
            breaks = list(_BREAK.finditer(text, earliest, span.start))
            start = breaks[-1].end() if breaks else earliest
            stop = _BREAK.search(text, span.end, span.end + _LONGEST)
            end = stop.end() if stop else min(len(text), span.end + _LONGEST)
            end = start + len(text[start:end].rstrip())
        return Span(span.document, start, max(end, span.end), text[start : max(end, span.end)])

    def _add(
        self, sentence: Span, focus: Span, spans: Sequence[tuple[Span, str]]
    ) -> tuple[int, list[list[Any]]]:
        number, (first, last) = self._number_of(sentence, focus)
        parts = [
            (span.start - first, span.end - first, role)
            for span, role in spans
            if span.document == sentence.document
        ]
        return number, paint(parts, last - first)

    def _number_of(self, sentence: Span, focus: Span) -> tuple[int, tuple[int, int]]:
        """Return the number of a sentence, new or known, and where in the document what is shown of it stands."""
        start, end = sentence.start, sentence.end
        if end - start > _LONGEST:
            start = max(start, focus.start - _LONGEST // 2)
            end = min(end, start + _LONGEST)
        key = (sentence.document, start, end)
        if key not in self._number:
            self._number[key] = len(self.records)
            number = self._document_number[sentence.document]
            text = sentence.text[start - sentence.start : end - sentence.start]
            record: dict[str, Any] = {"document": number, "at": start, "text": text}
            if cut := [
                name
                for name, is_cut in (("start", start > sentence.start), ("end", end < sentence.end))
                if is_cut
            ]:
                record["cut"] = cut
            self.records.append(record)
        return self._number[key], (start, end)
