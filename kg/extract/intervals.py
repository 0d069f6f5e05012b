"""Turns the words of a time expression into the days they cover, by news conventions.

Values follow TIMEX3 (TimeML, Pustejovsky et al. 2003) reduced to an interval of calendar days with a granularity. A weekday
or a date without a year is resolved against the publication date, in the direction that the tense of its clause
tells (HeidelTime's rule for news, Strötgen and Gertz 2013). Without a publication date a relative expression has no value:
nothing is guessed.

Not handled: times of day beyond the part of day, durations ("for three months"), holidays, fiscal years, "the
past decade", numeric dates whose order of day and month is open (12/03/2024).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kg.datamodel import Granularity

__all__ = ["Interval", "Tense", "is_partial", "resolve"]

Tense = Literal["past", "future"]

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": None, "several": None}

_MONTH = (
    r"(?P<month>"
    + "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "september" else "sept?(?:ember)?" for m in _MONTHS)
    + r")\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_TO = r"\s*(?:-|–|—|to|and|until|through)\s*"
_WEEKDAY = r"(?P<weekday>" + "|".join(_DAYS) + r")s?\b"
_PART = r"(?:(?:early|late|mid|earlier|later)[ -]?)?(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|dusk|daybreak|hours|lunchtime)"
_NUMBER = r"(?P<number>\d+|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|hour|minute|night)s?"


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` to `end`, both included."""

    start: date
    end: date
    granularity: Granularity


def resolve(
    words: str, published: date | None, *, tense: Tense = "past", anchor: date | None = None
) -> Interval | None:
    """Return the days that a time expression covers, or None.

    Args:
        words: the expression as it stands in the text, without its preposition.
        published: the day that "today" means; None where it is not known.
        tense: of the clause, for expressions that could lie on either side of the publication date.
        anchor: the day that "the day before" and "two days later" count from, and whose year a date without a year
            takes where there is no publication date.

    Examples:
        >>> resolve("Tuesday morning", date(2015, 11, 18)).start
        datetime.date(2015, 11, 17)
        >>> resolve("early November 2005", None)
        Interval(start=datetime.date(2005, 11, 1), end=datetime.date(2005, 11, 10), granularity='month')
    """
    text = _normal(words)
    for pattern, rule in _RULES:
        if match := pattern.fullmatch(text):
            try:
                return rule(_Reading(match, published, anchor, tense))
            except (ValueError, OverflowError):  # 31 June, year 0: said, but no day of the calendar
                return None
    return None


def is_partial(words: str) -> bool:
    """Tell whether an expression is a date without a year, which the dates around it can complete."""
    text = _normal(words)
    return any(
        pattern.fullmatch(text) for pattern, rule in _RULES if rule in (_day_of_month, _days_of_month, _month)
    ) and (re.search(r"\b(1[5-9]|20)\d\d\b", text) is None)


def _normal(words: str) -> str:
    text = re.sub(r"\s+", " ", words.casefold().replace("’", "'").replace(",", " ")).strip(" .\"'“”")
    text = re.sub(r"'s?$", "", text)
    return re.sub(r"^(?:(?:on|in|at|during|of|the|from|since|until|by|sometime|around|about)\s+)+", "", text)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One match of a rule, and what it may be resolved against."""

    match: re.Match[str]
    published: date | None
    anchor: date | None
    tense: Tense

    def __getitem__(self, group: str) -> str | None:
        return self.match.groupdict().get(group)

    @property
    def month(self) -> int:
        return next(n for n, m in enumerate(_MONTHS, 1) if m.startswith((self["month"] or "")[:3]))

    def year_of(self, month: int, day: int) -> int | None:
        """The year said, or else the one that brings month and day nearest to where the text points."""
        if said := self["year"]:
            return int(said)
        if self.published is None:
            return self.anchor.year if self.anchor else None
        year = self.published.year
        if self.tense == "past" and (month, day) > (self.published.month, self.published.day):
            # "in December" said in November with a past tense; a few days ahead is an announced date all the same
            ahead = date(year, month, min(day, 28)) - self.published
            return year - 1 if ahead > timedelta(days=30) else year
        if self.tense == "future" and (month, day) < (self.published.month, self.published.day):
            return year + 1
        return year


def _whole(day: date, granularity: Granularity = "day") -> Interval:
    return Interval(day, day, granularity)


def _month_days(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _shift_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _back(day: date, unit: str, count: int) -> Interval:
    """The day, week, month or year that lies `count` units after `day` (before it, if negative)."""
    if unit in ("day", "night"):
        return _whole(day + timedelta(days=count))
    if unit in ("week", "fortnight"):
        shifted = day + timedelta(weeks=count * (2 if unit == "fortnight" else 1))
        return Interval(
            monday := shifted - timedelta(days=shifted.weekday()), monday + timedelta(days=6), "week"
        )
    if unit == "month":
        return _month_days(*_shift_month(day, count))
    if unit in ("year", "decade"):
        year = day.year + count * (10 if unit == "decade" else 1)
        return Interval(date(year, 1, 1), date(year, 12, 31), "year")
    return _whole(day)  # hours and minutes stay within the day


# ------------------------------------------------------------------- rules, one construction each


def _iso(reading: _Reading) -> Interval | None:
    """2015-11-17."""
    return _whole(date.fromisoformat(reading.match[0]))


def _day_of_month(reading: _Reading) -> Interval | None:
    """13 November 2015; November 13; Friday 13 November; Sept. 11."""
    month, day = reading.month, int(reading["day"] or 0)
    year = reading.year_of(month, day)
    return (
        None if year is None else _whole(date(year, month, day), "part_of_day" if reading["part"] else "day")
    )


def _days_of_month(reading: _Reading) -> Interval | None:
    """5-6 April 2016; between 5 and 7 April; June 5-7."""
    month, day, last = reading.month, int(reading["day"] or 0), int(reading["last"] or 0)
    year = reading.year_of(month, day)
    return None if year is None else Interval(date(year, month, day), date(year, month, last), "interval")


def _month(reading: _Reading) -> Interval | None:
    """October; October 2015; early November 2005 (first ten days); late March; last October; this June."""
    month = reading.month
    year = reading.year_of(month, 1)
    if year is None:
        return None
    whole = _month_days(year, month)
    return _part(whole, reading["part"])


def _part(whole: Interval, part: str | None) -> Interval:
    """Narrow a month or year to its early, middle or late third."""
    third = ((whole.end - whole.start).days + 1) // 3
    if part == "early":
        return Interval(whole.start, whole.start + timedelta(days=third - 1), whole.granularity)
    if part == "late":
        return Interval(whole.end - timedelta(days=third), whole.end, whole.granularity)
    if part == "mid":
        return Interval(
            whole.start + timedelta(days=third), whole.end - timedelta(days=third), whole.granularity
        )
    return whole


def _year(reading: _Reading) -> Interval | None:
    """2013; early 2014; late 2011."""
    year = int(reading["year"] or 0)
    return _part(Interval(date(year, 1, 1), date(year, 12, 31), "year"), reading["part"])


def _years(reading: _Reading) -> Interval | None:
    """1977-1979; between 2010 and 2015; 2014/15 is left out."""
    return Interval(
        date(int(reading["year"] or 0), 1, 1), date(int(reading["last"] or 0), 12, 31), "interval"
    )


def _decade(reading: _Reading) -> Interval | None:
    """The 1990s; the late 1990s."""
    year = int(reading["decade"] or 0)
    return Interval(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def _century(reading: _Reading) -> Interval | None:
    """The 19th century: 1801 to 1900."""
    last = int(reading["number"] or 0) * 100
    return Interval(date(last - 99, 1, 1), date(last, 12, 31), "century")


def _quarter(reading: _Reading) -> Interval | None:
    """Q3 2022; the first quarter of 2023."""
    said = reading["number"] or ""
    number = int(said) if said.isdigit() else ("first", "second", "third", "fourth").index(said) + 1
    year = reading["year"] or (str(reading.published.year) if reading.published else None)
    if year is None:
        return None
    return Interval(date(int(year), number * 3 - 2, 1), _month_days(int(year), number * 3).end, "quarter")


def _weekday(reading: _Reading) -> Interval | None:
    """Tuesday; last Friday; next Monday; early on Saturday; Tuesday morning; the early hours of Tuesday."""
    if reading.published is None:
        return None
    weekday = _DAYS.index(reading["weekday"] or "")
    which = reading["which"] or ""
    back = (reading.published.weekday() - weekday) % 7
    if which in ("next", "coming", "following"):
        day = reading.published + timedelta(days=7 - back)
    elif which in ("last", "past", "previous"):
        day = reading.published - timedelta(days=back or 7)
    elif which == "this" or reading.tense == "future":
        day = reading.published + timedelta(days=(7 - back) % 7)
        if which == "this" and reading.tense == "past":
            day = reading.published - timedelta(days=back)
    else:
        day = reading.published - timedelta(days=back)
    part = reading["part"] or reading["before"]
    return (
        Interval(
            day,
            day + timedelta(days=1 if part and "night" in part and "midnight" not in part else 0),
            "part_of_day",
        )
        if part
        else _whole(day)
    )


def _deictic(reading: _Reading) -> Interval | None:
    """yesterday; today; tomorrow; tonight; overnight and last night (two days); this morning; yesterday evening."""
    if reading.published is None:
        return None
    text = reading.match[0]
    day = reading.published
    if text.startswith(("overnight", "last night")):
        return Interval(day - timedelta(days=1), day, "part_of_day")
    shift = -1 if "yesterday" in text else 1 if "tomorrow" in text else 0
    part = re.search(_PART + "|tonight", text)
    day += timedelta(days=(shift * 2 if text.startswith(("day before", "day after")) else shift))
    return _whole(day, "part_of_day" if part else "day")


def _period(reading: _Reading) -> Interval | None:
    """Last week; this month; next year; earlier this year; later this week; last weekend."""
    if reading.published is None:
        return None
    count = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(reading["which"] or "", 0)
    unit, side, day = reading["unit"] or "", reading["side"], reading.published
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7) + timedelta(weeks=max(count, 0))
        if count == 0 and reading.tense == "future" and day.weekday() < 5:
            saturday += timedelta(weeks=1)
        return Interval(saturday, saturday + timedelta(days=1), "interval")
    whole = _back(day, unit, count)
    if side == "earlier":
        return Interval(whole.start, min(whole.end, day), whole.granularity)
    return Interval(max(whole.start, day), whole.end, whole.granularity) if side == "later" else whole


def _ago(reading: _Reading) -> Interval | None:
    """Three days ago; a week ago; two years ago (the whole year); nothing for "several days ago"."""
    count = _count(reading)
    if reading.published is None or count is None:
        return None
    unit = reading["unit"] or ""
    if unit == "week":
        return _whole(reading.published - timedelta(weeks=count))
    return _back(reading.published, unit, -count)


def _anaphoric(reading: _Reading) -> Interval | None:
    """Two days later; a year earlier; the day before; the next day: counted from the anchor."""
    if reading.anchor is None:
        return None
    count = _count(reading) if reading["number"] else 1
    if count is None:
        return None
    sign = 1 if (reading["direction"] or "") in ("later", "after", "next", "following") else -1
    if reading["direction"] in ("same", "that"):
        sign = 0
    unit = reading["unit"] or ""
    if unit == "week":
        return _whole(reading.anchor + timedelta(weeks=sign * count))
    return _back(reading.anchor, unit, sign * count)


def _count(reading: _Reading) -> int | None:
    said = reading["number"] or "1"
    return int(said) if said.isdigit() else _NUMBERS.get(said)


_EDGE = r"(?P<part>early|late|mid)?[ -]?"
_WHICH = r"(?:(?P<which>last|past|previous|next|coming|following|this)\s+)?"
_RULES: tuple[tuple[re.Pattern[str], Callable[[_Reading], Interval | None]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\d{4}-\d\d-\d\d", _iso),
        (
            rf"(?:{'|'.join(_DAYS)})?\s*{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s+{_YEAR})?(?:\s+(?P<part>{_PART}))?",
            _day_of_month,
        ),
        (
            rf"(?:{'|'.join(_DAYS)})?\s*{_MONTH}\s+(?:the\s+)?{_DAY}(?:\s+{_YEAR})?(?:\s+(?P<part>{_PART}))?",
            _day_of_month,
        ),
        (
            rf"(?:between\s+)?{_DAY}{_TO}(?P<last>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+{_YEAR})?",
            _days_of_month,
        ),
        (
            rf"(?:between\s+)?{_MONTH}\s+{_DAY}{_TO}(?P<last>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+{_YEAR})?",
            _days_of_month,
        ),
        (rf"{_EDGE}(?:last |this |next )?{_MONTH}(?:\s+(?:of\s+)?{_YEAR})?", _month),
        (rf"{_EDGE}{_YEAR}", _year),
        (rf"(?:between\s+)?{_YEAR}{_TO}(?P<last>(?:1[5-9]|20)\d\d)", _years),
        (r"(?:early |late |mid-?)?(?P<decade>(?:1[5-9]|20)\d0)'?s", _decade),
        (r"(?P<number>\d\d?)(?:st|nd|rd|th) century", _century),
        (
            rf"(?:q|(?=[fst]))(?P<number>[1-4]|first|second|third|fourth)(?: quarter)?(?:\s+(?:of\s+)?{_YEAR})?",
            _quarter,
        ),
        (
            rf"(?P<before>(?:early|late|earlier|later)(?:\s+(?:on|in))?\s+|(?:early|late) hours of\s+|night of\s+|morning of\s+|evening of\s+|afternoon of\s+)?{_WHICH}{_WEEKDAY}(?:\s+(?P<part>{_PART}))?",
            _weekday,
        ),
        (
            rf"overnight|last night|tonight|(?:late |early |later |earlier )?(?:yesterday|today|tomorrow)(?: {_PART})?|this (?:{_PART})|day (?:before yesterday|after tomorrow)",
            _deictic,
        ),
        (
            r"(?:(?P<side>earlier|later)\s+)?(?P<which>last|past|previous|next|coming|this)\s+(?P<unit>week|month|year|weekend)",
            _period,
        ),
        (r"(?:over )?(?:the )?(?P<unit>weekend)", _period),
        (rf"{_NUMBER}\s+{_UNIT}\s+ago", _ago),
        (
            rf"(?:just |only |barely )?{_NUMBER}\s+{_UNIT}\s+(?P<direction>later|earlier|before|after|afterwards)",
            _anaphoric,
        ),
        (r"(?P<unit>day|week|month|year|night)\s+(?P<direction>before|after|earlier|later)", _anaphoric),
        (
            r"(?P<direction>next|following|same|previous|that)\s+(?P<unit>day|week|month|year|night)",
            _anaphoric,
        ),
    )
)
