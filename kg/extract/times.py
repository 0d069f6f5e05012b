"""Time expressions of a document: where they stand, what they cover, and which token each hangs on."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date

from spacy.tokens import Doc, Span, Token

from kg.datamodel import Document, TimeExpression
from kg.datamodel import Span as TextSpan
from kg.extract.intervals import Interval, Tense, is_partial, resolve

__all__ = ["find_times", "tense_of", "unique"]

_LABELS = ("DATE", "TIME")
_FUTURE = ("will", "'ll", "’ll", "shall", "would", "may", "might", "could")


def find_times(document: Document, doc: Doc) -> dict[int, TimeExpression]:
    """Return the time expressions of a document, by the index of each of their tokens.

    Full dates are resolved first, so that "5 November" and "four days later" can take year or day from a date that the
    document states elsewhere; the nearest one before wins, else the first one after.
    """
    spans = [ent for ent in doc.ents if ent.label_ in _LABELS or _is_year(ent)]
    absolute = {span.start: interval for span in spans if (interval := _absolute(span))}
    places = sorted(absolute)
    found: dict[int, TimeExpression] = {}
    last: date | None = None
    for span in spans:
        interval = absolute.get(span.start)
        if interval is None:
            anchor = last
            if document.published is None and places and is_partial(span.text):
                anchor = absolute[_nearest(places, span.start)].start
            elif document.published is not None and last is None and places:
                anchor = absolute[places[0]].start
            interval = resolve(span.text, document.published, tense=tense_of(span.root), anchor=anchor)
        if interval is not None and interval.granularity in ("day", "part_of_day", "interval"):
            last = interval.start
        expression = _expression(document, span, interval)
        found |= {token.i: expression for token in span}
    return found


def _nearest(places: list[int], at: int) -> int:
    """Return the place nearest to another, of two equally near the first; `places` are sorted."""
    after = bisect_left(places, at)
    return min(places[max(after - 1, 0) : after + 1], key=lambda place: abs(place - at))


def _is_year(ent: Span) -> bool:
    """Tell whether a number before a noun is a year: "a *2008* raid", not "2008 raids"."""
    token = ent[0]
    plural = token.head.tag_ in ("NNS", "NNPS")
    return (
        len(ent) == 1 and _YEAR.fullmatch(token.text) is not None and token.dep_ in _MODIFIERS and not plural
    )


_YEAR = re.compile(r"(?:19|20)\d\d")
_MODIFIERS = ("compound", "nummod", "amod", "nmod:unmarked", "nmod:desc")


def _absolute(span: Span) -> Interval | None:
    """Return what an expression covers by itself, with no day to count from."""
    return resolve(span.text, None)


def _expression(document: Document, span: Span, interval: Interval | None) -> TimeExpression:
    text = TextSpan(
        document.id, span.start_char, span.end_char, document.text[span.start_char : span.end_char]
    )
    if interval is None:
        return TimeExpression(text)
    return TimeExpression(text, interval.start, interval.end, interval.granularity)


def tense_of(token: Token) -> Tense:
    """Return the direction of the clause that a time expression stands in: "will send on Thursday" -> future."""
    for ancestor in token.ancestors:
        if ancestor.pos_ not in ("VERB", "AUX") and not any(c.dep_ == "cop" for c in ancestor.children):
            continue
        helpers = [child for child in ancestor.children if child.dep_ in ("aux", "aux:pass", "mark")]
        if any(child.lower_ in _FUTURE for child in helpers):
            return "future"
        if ancestor.tag_ == "VB" and any(child.lower_ == "to" for child in helpers):
            return "future"
        if ancestor.tag_ in ("VBD", "VBN") or any(child.tag_ == "VBD" for child in helpers):
            return "past"
        if ancestor.tag_ == "VBG" and any(child.lower_ in ("is", "are", "am") for child in helpers):
            return "future" if ancestor.lemma_ in _SCHEDULED else "past"
    return "past"


# "is meeting on Thursday": the present progressive of these verbs announces; of others it tells what goes on.
_SCHEDULED = frozenset(
    "meet visit travel fly go come leave arrive hold host attend start begin open close".split()
)


def unique(times: Mapping[int, TimeExpression]) -> Iterator[TimeExpression]:
    """Yield each expression once, in text order."""
    seen: set[TextSpan] = set()
    for index in sorted(times):
        if times[index].span not in seen:
            seen.add(times[index].span)
            yield times[index]
