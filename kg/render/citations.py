"""The evidence of a report: its sentences, numbered as they are first cited, and what each number counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kg.datamodel import Attribution, EntityMention, Event, EventMention, Source
from kg.graph import KnowledgeGraph
from kg.render.evidence import SentencePool, paint
from kg.render.view import web_url

__all__ = ["Citations", "Number", "text_fragment"]

_ITEMS = 25
"""Items that the list behind one number has at most; the page has them all."""

_SENTENCES = 3
_ENDS = 5  # words at either end of a sentence that find it again in its article


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the report and the anchor of what it counts, or None where nothing is cited."""

    value: int
    href: str | None = None

    def __str__(self) -> str:
        return str(self.value)


def text_fragment(url: str, text: str) -> str:
    """Return an address that scrolls to a text (WICG Scroll to Text Fragment): whole if short, else by its two ends.

    >>> text_fragment("https://a.org/x", "One, two - three")
    'https://a.org/x#:~:text=One%2C%20two%20%2D%20three'
    """
    words = text.split()
    if len(words) <= 2 * _ENDS:
        found = _encoded(words)
    else:
        found = f"{_encoded(words[:_ENDS])},{_encoded(words[-_ENDS:])}"
    return f"{url}{'' if '#' in url else '#'}:~:text={found}"


def _encoded(words: Sequence[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


class Citations:
    """Numbers what is cited, and keeps what each number of the report counts.

    Attributes:
        groups: what stands behind the numbers: anchor, heading, items, and how many are left out.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.groups: list[dict[str, Any]] = []
        self._graph = graph
        self._pool = SentencePool(graph)
        self._order: dict[int, int] = {}
        self._parts: dict[int, list[tuple[int, int, str]]] = {}

    def of_event(self, mention: EventMention) -> int:
        """Return the number of the sentence that tells of an event."""
        return self._cite(*self._pool.of_event(mention))

    def of_mention(self, mention: EntityMention) -> int:
        """Return the number of the sentence that names an entity."""
        sentence, start, end = self._pool.of_span(mention.span)
        return self._cite(sentence, [[start, end, "mention"]])

    def said_by(self, sources: Sequence[Source | Attribution]) -> list[str]:
        """Return who is reported as saying something: their words, for "he" the name."""
        return self._pool.said_by(sources)

    def _cite(self, sentence: int, parts: Iterable[Sequence[Any]]) -> int:
        number = self._order.setdefault(sentence, len(self._order) + 1)
        self._parts.setdefault(sentence, []).extend((start, end, role) for start, end, role in parts)
        return number

    def count(self, anchor: str, heading: str, events: Sequence[Event]) -> Number:
        """Return how many events there are, with a list of them and their sentences behind the number."""
        items = [
            {
                "label": event.label,
                "status": event.status,
                "sentences": self._distinct(event.mentions[:_SENTENCES]),
                "more": max(0, len(event.mentions) - _SENTENCES),
            }
            for event in events[:_ITEMS]
        ]
        return self._group(anchor, heading, items, len(events))

    def reports(self, anchor: str, event: Event) -> Number:
        """Return how many reports there are of an event; a single one leads right to its sentence."""
        if len(event.mentions) == 1:
            return Number(1, f"#s{self.of_event(event.mentions[0])}")
        items = []
        for mention in event.mentions[:_ITEMS]:
            quoted = self.quote(mention)
            label = ": ".join(filter(None, (quoted["source"], quoted["article"])))
            items.append(
                {"label": label, "status": mention.status, "sentences": [quoted["number"]], "more": 0}
            )
        return self._group(anchor, f"Reports: {event.label}", items, len(event.mentions))

    def mentions(self, anchor: str, heading: str, mentions: Sequence[EntityMention]) -> Number:
        """Return how often an entity is mentioned, with the sentences behind the number."""
        sentences = list(dict.fromkeys(self.of_mention(mention) for mention in mentions[:_ITEMS]))
        items = [{"label": None, "status": None, "sentences": sentences, "more": 0}] if sentences else []
        return self._group(anchor, heading, items, len(mentions), shown=min(len(mentions), _ITEMS))

    def _distinct(self, mentions: Iterable[EventMention]) -> list[int]:
        return list(dict.fromkeys(self.of_event(mention) for mention in mentions))

    def _group(
        self, anchor: str, heading: str, items: list[dict[str, Any]], total: int, *, shown: int | None = None
    ) -> Number:
        if not items:
            return Number(total)
        left_out = total - (len(items) if shown is None else shown)
        self.groups.append({"anchor": anchor, "heading": heading, "items": items, "more": left_out})
        return Number(total, f"#{anchor}")

    def quote(self, mention: EventMention) -> dict[str, Any]:
        """Return one sentence as it is quoted in the text of the report."""
        number = self.of_event(mention)
        sentence, parts = self._pool.of_event(mention)
        return self._record(sentence, number, parts)

    def sentences(self) -> list[dict[str, Any]]:
        """Return all cited sentences in the order of their numbers, each with all its parts that matter."""
        return [
            self._record(
                sentence, number, paint(self._parts[sentence], len(self._pool.records[sentence]["text"]))
            )
            for sentence, number in self._order.items()
        ]

    def _record(self, sentence: int, number: int, parts: Sequence[Sequence[Any]]) -> dict[str, Any]:
        record = self._pool.records[sentence]
        document = self._graph.documents[record["document"]]
        cut = record.get("cut", ())
        url = web_url(document.url)
        return {
            "number": number,
            "text": f"{'…' * ('start' in cut)}{' '.join(record['text'].split())}{'…' * ('end' in cut)}",
            "pieces": _pieces(record["text"], parts),
            "cut": cut,
            "source": document.publisher or document.title or document.path,
            "published": document.published,
            "article": document.title or document.path,
            "url": url and text_fragment(url, record["text"]),
        }


def _pieces(text: str, parts: Sequence[Sequence[Any]]) -> list[tuple[str, str | None]]:
    """Return a sentence as stretches of text, each with its role or None."""
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for start, end, role in parts:
        pieces += [(text[at:start], None), (text[start:end], role)]
        at = end
    return [(words, role) for words, role in [*pieces, (text[at:], None)] if words]
