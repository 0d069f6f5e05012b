"""Time expressions of a document: where they stand and what they cover.

Three times stay apart: the day of publication (`Document.published`), when somebody said something (the time of the event of
saying, and datelines), and when something happened (the time of each other event, `kg.extract.events.dating`).

`days` is the calendar, `absolute` and `relative` hold the rules, `intervals` applies them, `spans` finds the words,
`tense` the direction of their clause and `hosts` the word that they belong to.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from kg.datamodel import Document, TimeExpression
from kg.datamodel import Span as TextSpan
from kg.extract.frames import Lexicon
from kg.extract.parse import Parse, Token
from kg.extract.syntax import has_child
from kg.extract.times.hosts import host_of
from kg.extract.times.intervals import Interval, is_duration, is_partial, resolve
from kg.extract.times.spans import Words, find_words, is_dateline
from kg.extract.times.tense import tense_of

__all__ = ["find_times", "host_of", "is_dateline", "is_duration", "unique"]

_NEAR = 80  # tokens back to a time that "the day before" may count from
_SEASON = 120  # days that a story goes on without naming its year again
_EXACT = ("part_of_day", "day", "interval")
#: Granularities that a unit can be counted from: "two days later" from no month, "a year later" from anything.
_FINE = {
    "week": (*_EXACT, "week"),
    "month": (*_EXACT, "week", "month"),
    "year": (*_EXACT, "week", "month", "quarter", "year"),
}


def find_times(document: Document, parse: Parse, lexicon: Lexicon) -> dict[int, TimeExpression]:
    """Return the time expressions of a document, by the index of each of their tokens.

    Full dates are resolved first, so that "5 November" can take its year from a date that the document states elsewhere, and
    "two days after the attack on 3 May" its day; what is counted back or ahead goes from the time before it.
    """
    found = find_words(document, parse)
    resolver = _Resolver(document, found, lexicon)
    times: dict[int, TimeExpression] = {}
    for words in found:
        expression = _expression(document, words, resolver.resolve(words))
        times |= dict.fromkeys(range(words.tokens.start, words.tokens.end), expression)
    return times


class _Resolver:
    """Resolves the expressions of a document in text order, each with those before it."""

    def __init__(self, document: Document, found: list[Words], lexicon: Lexicon) -> None:
        self.published = document.published
        self.lexicon = lexicon
        self.absolute = {w.tokens.start: i for w in found if (i := resolve(w.text, None)) is not None}
        self.places = sorted(self.absolute)
        self.by_token = {i: w for w in found for i in range(w.tokens.start, w.tokens.end)}
        self.last: tuple[int, Interval] | None = None
        self.year: tuple[int, date] | None = None
        self.events: dict[str, Interval] = {}

    def resolve(self, words: Words) -> Interval | None:
        """Return what an expression covers; it may become what the next ones count from."""
        interval = self.absolute.get(words.tokens.start) or self._relative(words)
        if interval is not None and not words.dateline:
            self.last = (words.tokens.start, interval)
            self.events[words.root.head.lemma] = interval
            if words.tokens.start not in self.absolute:
                self.year = self.year if is_partial(words.text) else None
            elif interval.granularity in ("part_of_day", "day", "month") and words.root.dep_ == "obl":
                self.year = (words.tokens.start, interval.start)
        return interval

    def _relative(self, words: Words) -> Interval | None:
        tense = tense_of(words.root, self.lexicon)
        if words.event is not None:
            return self._from_event(words.text, words.tokens.end, *words.event)
        ahead = tense == "future" and words.preposition in ("in", "within")
        text = f"{words.preposition} {words.text}" if ahead else words.text
        if is_partial(words.text):
            if (anchor := self._year_told(words, tense)) is not None:
                return resolve(words.text, None, anchor=anchor)
        return resolve(text, self.published, tense=tense, anchor=self._anchor(words))

    def _year_told(self, words: Words, tense: str) -> date | None:
        """A date without a year: in an undated document it has that of the nearest full date, and in a story of an earlier
        year ("In March 2003 the war began. On 9 April the city fell.") that of the story, if it follows on there.
        """
        at = words.tokens.start
        if self.published is None:
            return self.absolute[_nearest(self.places, at)].start if self.places else None
        if tense != "past" or self.year is None or at - self.year[0] > _NEAR:
            return None
        told = self.year[1]
        then = resolve(words.text, None, anchor=told)
        earlier = told.year < self.published.year
        return told if earlier and then and 0 <= (then.start - told).days <= _SEASON else None

    def _anchor(self, words: Words) -> date | None:
        """The time told last, if it is near enough and as exact as what is counted from it."""
        if self.last is None or words.tokens.start - self.last[0] > _NEAR:
            return None
        text = words.text.lower()
        unit = next((unit for unit in ("week", "month", "year") if unit in text), "")
        return self.last[1].start if self.last[1].granularity in _FINE.get(unit, _EXACT) else None

    def _from_event(self, text: str, after: int, head: Token, direction: str) -> Interval | None:
        """Count from the time that an event has there, or had before: "two days after *the attack on Friday*"."""
        inside = (self.by_token.get(t.i) for t in islice(head.subtree, _NEAR) if t.i >= after)
        anchor = next((i for w in inside if w and (i := self._plain(w))), None)
        if anchor is None and head.pos_ == "NOUN" and has_child(head, "det"):
            anchor = self.events.get(head.lemma)
        if anchor is None or anchor.granularity not in (*_EXACT, "week", "month", "year"):
            return None
        if anchor.granularity in ("month", "year") and "year" not in text:
            return None
        return resolve(f"{text} {direction}", None, anchor=anchor.start)

    def _plain(self, words: Words) -> Interval | None:
        return resolve(words.text, self.published, tense=tense_of(words.root, self.lexicon))


def _nearest(places: list[int], at: int) -> int:
    """Return the place nearest to another, of two equally near the first; `places` are sorted."""
    after = bisect_left(places, at)
    return min(places[max(after - 1, 0) : after + 1], key=lambda place: abs(place - at))


def _expression(document: Document, words: Words, interval: Interval | None) -> TimeExpression:
    text = TextSpan(document.id, words.start, words.end, document.text[words.start : words.end])
    if interval is None:
        return TimeExpression(text)
    return TimeExpression(text, interval.start, interval.end, interval.granularity)


def unique(times: Mapping[int, TimeExpression]) -> Iterator[TimeExpression]:
    """Yield each expression once, in text order."""
    seen: set[TextSpan] = set()
    for index in sorted(times):
        if times[index].span not in seen:
            seen.add(times[index].span)
            yield times[index]
