"""Which words of a document are time expressions.

The pipeline marks most of them. Here they are made whole ("the second quarter of" + 2016, "March" + "3, 2014"), joined
where two say one time ("September" + "last year"), and completed by what is counted from an event ("the day after the
attack"). Not handled: bare numbers of days ("on the 14th").
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.datamodel import Document
from kg.extract.parse import Parse, Token, Tokens
from kg.extract.times.intervals import is_duration, resolve
from kg.extract.times.patterns import MONTHS

__all__ = ["Words", "find_words", "is_dateline"]


@dataclass(frozen=True, slots=True)
class Words:
    """A time expression as it stands in the text.

    Attributes:
        tokens: that it covers, wholly or in part; `root` is their head.
        start, end: offsets in characters, half-open.
        text: to resolve; with "between" where that belongs to it ("between *5 and 7 April*"), empty for a comparison.
        preposition: just before it, in lower case; empty where there is none.
        event: what it is counted from and which way, for "two days *after the attack*".
        dateline: whether it is part of a dateline or a line of its own: it says when the text was written.
    """

    tokens: Tokens
    root: Token
    start: int
    end: int
    text: str
    preposition: str
    event: tuple[Token, str] | None
    dateline: bool


def find_words(document: Document, parse: Parse) -> list[Words]:
    """Return the time expressions of a document in text order; none overlaps another."""
    text = document.text
    bounds = [
        _widened(text, ent.start_char, ent.end_char)
        for ent in parse.ents
        if ent.label_ in _LABELS or _is_year(ent)
    ]
    if not _PARTS.isdisjoint(parse.columns.lower):  # the search costs more than all else here
        bounds += [match.span() for match in _QUARTER.finditer(text)]
    if not _PERIODS.isdisjoint(parse.columns.lower):
        bounds += [match.span("time") for match in _DAY_AFTER.finditer(text)]
    return [
        words
        for start, end in _joined(text, _apart(bounds))
        if (words := _words(document, parse, start, end))
    ]


_LABELS = ("DATE", "TIME")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MODIFIERS = ("compound", "nummod", "amod", "nmod:unmarked", "nmod:desc")


def _is_year(ent: Tokens) -> bool:
    """Tell whether a number before a noun is a year: "a *2010* raid", not "2010 raids"."""
    token = ent[0]
    plural = token.head.tag_ in ("NNS", "NNPS")
    return (
        len(ent) == 1 and _YEAR.fullmatch(token.text) is not None and token.dep_ in _MODIFIERS and not plural
    )


_NAME = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS if name != "september") + "|sept?(?:ember)?"
_FOUR = r"(?:1[5-9]|20)\d\d(?![,.]?\d)"
_CALENDAR = re.compile(
    rf"(?:\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_NAME})\b\.?|(?:{_NAME})\b\.?\s+\d\d?(?:st|nd|rd|th)?(?!\d))"
    rf"(?:,?\s+{_FOUR})?|(?:{_NAME})\b\.?,?\s+{_FOUR}|(?:1[5-9]|20)\d\d[-–](?:\d\d)?\d\d(?![-–\d])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:the\s+)?(?:(?:first|second|third|fourth|final|last)\s+(?:quarter|half|week|(?:few\s+)?days)|"
    r"year|spring|summer|autumn|winter)\s+of\s+(?:the\s+)?|\bthis\s+)$",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:the\s+)?(?:first|second|third|fourth|final|last)\s+(?:quarter|half)\s+of\s+(?:the|this|last|next)\s+year\b"
    r"|\bthe\s+(?:beginning|start|middle|end)\s+of\s+(?:the|this|last|next)\s+(?:week|month|year)\b"
    r"|\bQ[1-4]\s+(?:of\s+)?20\d\d\b|\b(?:the\s+)?last\s+quarter\b",
    re.IGNORECASE,
)
_PARTS = frozenset("quarter half beginning start middle end q1 q2 q3 q4".split())
_PERIODS = frozenset("day night week month year".split())
_DAY_AFTER = re.compile(
    rf"\b(?P<time>the\s+(?:{'|'.join(sorted(_PERIODS))}))\s+(?:after|before)\s+(?!last|next|yest|tomo)",
    re.IGNORECASE,
)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the whole date that begins with, or ends in, a part that was marked."""
    if (match := _CALENDAR.match(text, start)) and match.end() > end:
        end = match.end() - match[0].endswith(".")
    if match := _BEFORE.search(text, max(start - 40, 0), start):
        start = match.start()
    return start, end


def _apart(bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the longest of those that overlap, in text order."""
    last: tuple[int, int] | None = None
    for start, end in sorted(set(bounds), key=lambda b: (b[0], -b[1])):
        if last is not None and start < last[1]:
            last = max(last, (start, end), key=lambda b: b[1] - b[0])
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


_GAP = re.compile(r",?\s+(?:on\s+|of\s+(?:the\s+)?|in\s+)?")
_EXAMPLE = date(2000, 1, 5)  # any day will do to see whether words make one expression


def _joined(text: str, bounds: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join neighbours that say one time together: "September" + "last year", "9 a.m." + "on 3 May"."""
    last: tuple[int, int] | None = None
    for start, end in bounds:
        if last is not None:
            whole = text[last[0] : end]
            if _GAP.fullmatch(text, last[1], start) and resolve(whole, _EXAMPLE, anchor=_EXAMPLE) is not None:
                last = (last[0], end)
                continue
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _words(document: Document, parse: Parse, start: int, end: int) -> Words | None:
    offsets = parse.columns.offsets
    first, end_token = bisect_right(offsets, start) - 1, bisect_left(offsets, end)
    tokens = parse[max(first, 0) : end_token]
    if not len(tokens):
        return None
    before = parse[tokens.start - 1].lower_ if tokens.start else ""
    after = parse[tokens.end] if tokens.end < len(parse) else None
    text = document.text[start:end]
    if after is not None and after.lower_ == "than":  # "three days later than planned" compares
        text = ""
    if before == "between" and re.search(r"\sand\s", text):
        text = f"between {text}"
    return Words(
        tokens,
        tokens.root,
        start,
        end,
        text,
        before,
        _event(text, after),
        is_dateline(document.text, start, end),
    )


def _event(text: str, after: Token | None) -> tuple[Token, str] | None:
    """What "two days *after the attack*" is counted from: the head of the phrase or clause after it."""
    if (
        after is None
        or after.lower_ not in ("after", "before")
        or after.dep_ not in ("case", "mark", "advmod")
    ):
        return None
    if not is_duration(text) and not _UNIT.fullmatch(text):
        return None
    return (after.head, after.lower_) if after.head.i > after.i else None


_UNIT = re.compile(r"the\s+(?:day|night|week|month|year)", re.IGNORECASE)
_PLACE_LINE = re.compile(
    r"(?:[^\W\d_][\w.'’/-]*(?:\s[^\W\d_][\w.'’/-]*){0,3},\s*){0,3}(?:\([^()\n]{1,30}\)\s*)?"
)
_AFTER_LINE = re.compile(r"[.,]?\s*(?:\([^()\n]{1,30}\)\s*)?(?:[-–—]{1,2}\s|\n|$)")


def is_dateline(text: str, start: int, end: int) -> bool:
    """Tell whether a time stands in a dateline, or is a line of its own: "OSLO, 3 May (Agency) - Two ships ..."."""
    line = text.rfind("\n", 0, start) + 1
    return (
        start - line <= 60
        and _PLACE_LINE.fullmatch(text, line, start) is not None
        and _AFTER_LINE.match(text, end) is not None
    )
