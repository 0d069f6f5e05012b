"""Rules for what is counted from another day: from the publication date ("last week"), or from an anchor ("the day after").

One rule a construction. Weeks begin on Monday (ISO 8601). Not handled: counts that are open ("several days ago"), times of
day finer than the part of day, sets ("every Friday", "on Mondays").
"""

import re
from datetime import date, timedelta

from kg.extract.times.days import Interval, day_of, joined, moved, narrowed, week_of
from kg.extract.times.patterns import (
    CLOCK,
    DAYS,
    NUMBER,
    ONE,
    PART,
    THE,
    TURN,
    UNIT,
    WEEKDAY,
    Match,
    Rule,
)

__all__ = ["RULES"]

_DAY = timedelta(days=1)


# ------------------------------------------------------ from the publication date


def _weekday(match: Match) -> Interval | None:
    """Tuesday; last Friday (before today); next Monday; this Thursday (of this week); Tuesday morning; Monday last week.

    By itself it lies within the week up to the publication date in a past clause, from it on in any other.
    """
    if (here := match.published) is None:
        return None
    weekday = DAYS.index(match["weekday"])
    ahead = (weekday - here.weekday()) % 7
    turn = match["turn"]
    if match["other"]:
        week = match.within(match["other"])
        if week is None or week.granularity != "week":
            return None
        day = week.start + weekday * _DAY
    elif match.step == 1:
        day = here + (ahead or 7) * _DAY
    elif match.step == -1:
        day = here - (7 - ahead) * _DAY
    elif turn == "this" and not (match.tense == "future" and ahead + here.weekday() > 6):
        day = week_of(here).start + weekday * _DAY
    else:
        day = here + (ahead - 7 if ahead and match.tense == "past" else ahead) * _DAY
    return _at(day_of(day), match["part"])


def _at(day: Interval, part: str) -> Interval:
    """A part of a day; a night ends on the day after."""
    if not part:
        return day
    nights = 1 if "night" in part and "midnight" not in part else 0
    return Interval(day.start, day.end + nights * _DAY, "part_of_day")


def _deictic(match: Match) -> Interval | None:
    """Yesterday; today; tomorrow; tonight; overnight and last night (two days); this morning; yesterday evening."""
    if (here := match.published) is None:
        return None
    text = match.match[0]
    if "overnight" in text or "last night" in text:
        return Interval(here - _DAY, here, "part_of_day")
    step = -1 if "yesterday" in text else 1 if "tomorrow" in text else 0
    day = here + step * (2 if "day before" in text or "day after" in text else 1) * _DAY
    return day_of(day, "part_of_day" if re.search(rf"{PART}|tonight|early|late", text) else "day")


def _period(match: Match) -> Interval | None:
    """Last week; this month; next year; last quarter; last weekend; this decade: whole ones of the calendar."""
    if (here := match.published) is None or (unit := match["unit"]) in ("day", "night", "hour", "minute"):
        return None
    step = match.step * (2 if match["beyond"] else 1)
    if unit == "weekend" and match["turn"] in ("", "this", "coming"):
        step = -1 if here.weekday() < 5 and match["turn"] != "coming" and match.tense == "past" else 0
    return moved(here, unit, step)


def _side(match: Match) -> Interval | None:
    """Earlier this year; later this month; earlier in the week: the part before or after the publication date."""
    if (here := match.published) is None:
        return None
    whole = moved(here, match["unit"], 0)
    if match["side"] == "earlier":
        return Interval(whole.start, here, whole.granularity)
    return Interval(here, whole.end, whole.granularity)


def _rolling(match: Match) -> Interval | None:
    """The past two weeks; the last three years; the next six months; the past decade: up to or from the publication date."""
    if (here := match.published) is None or (count := match.count) is None:
        return None
    ahead = match.step == 1
    other = _far(here, match["unit"], count if ahead else -count)
    return joined(day_of(here), other) if ahead else joined(other, day_of(here))


def _far(day: date, unit: str, count: int) -> Interval:
    """The very day that lies so many units away: a month has the same day of the month, as far as it has one."""
    if unit in ("week", "fortnight"):
        return day_of(day + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
    if unit in ("month", "quarter", "year", "decade", "century"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * count
        target = moved(day, "month", months)
        return day_of(min(target.start + (day.day - 1) * _DAY, target.end))
    return moved(day, unit, count)


def _ago(match: Match) -> Interval | None:
    """Three days ago; a week ago (that day); two years ago (the whole year); nothing for "several days ago"."""
    if (here := match.published) is None or (count := match.count) is None:
        return None
    unit = match["unit"]
    return _far(here, unit, -count) if unit in ("week", "fortnight") else _coarse(here, unit, -count)


def _coarse(day: date, unit: str, count: int) -> Interval:
    """So many units away, as exactly as the unit is: a decade or a century ago is a year."""
    years = {"decade": 10, "century": 100}.get(unit)
    return moved(day, "year", count * years) if years else moved(day, unit, count)


def _ahead(match: Match) -> Interval | None:
    """In two weeks; in three days' time; within a month (any day of it): from now on, in a clause about the future."""
    if (here := match.published) is None or match.tense != "future" or (count := match.count) is None:
        return None
    unit = match["unit"]
    if match["within"]:
        return joined(day_of(here), _far(here, unit, count))
    return _far(here, unit, count) if unit in ("week", "fortnight") else _coarse(here, unit, count)


# --------------------------------------------------------------- from an anchor


def _anaphoric(match: Match) -> Interval | None:
    """Two days later; a year earlier; the day before; the next day; the following week; that night; the same day."""
    if (anchor := match.anchor) is None or (count := match.count) is None:
        return None
    direction, unit = match["direction"], match["unit"]
    sign = {"same": 0, "that": 0, "earlier": -1, "before": -1, "previous": -1}.get(direction, 1)
    if unit in ("week", "fortnight") and match["number"]:
        return _far(anchor, unit, sign * count)
    found = _coarse(anchor, unit, sign * count)
    return _at(found, unit) if unit == "night" else found


def _that_part(match: Match) -> Interval | None:
    """That morning; the same evening; the next morning; the following night: a part of the anchor's day, or of the next."""
    if (anchor := match.anchor) is None:
        return None
    days = {"next": 1, "following": 1, "previous": -1}.get(match["direction"], 0)
    return _at(day_of(anchor + days * _DAY), match["part"])


def _clock(match: Match) -> Interval | None:
    """5.30 pm on Wednesday; 9 a.m.; 18:00 UTC; midnight: a part of the day named with it, or else of the anchor."""
    if match["other"]:
        day = match.within(match["other"])
        return day and Interval(day.start, day.start, "part_of_day")
    return day_of(match.anchor, "part_of_day") if match.anchor else None


# --------------------------------------------------------------- parts of another


def _edge(match: Match) -> Interval | None:
    """Early June; late last year; mid-2013; the end of May; the beginning of the year; early on Sunday.

    A third of a month, a year or more; a part of a day.
    """
    other = match["other"]
    whole = match.within(
        f"this {other}" if other in ("week", "month", "year", "decade", "century") else other
    )
    if whole is None:
        return None
    if whole.granularity in ("day", "part_of_day"):
        return Interval(whole.start, whole.end, "part_of_day")
    part = match["edge"]
    if part in ("earlier", "later"):
        return whole
    return narrowed(
        whole, {"start": "early", "beginning": "early", "end": "late", "close": "late"}.get(part, part)
    )


def _part_of(match: Match) -> Interval | None:
    """The morning of 4 July; the early hours of Saturday; the night of 3 May; the eve of 1 April (the day before)."""
    day = match.within(match["other"])
    if day is None or day.start != day.end:
        return None
    if match["part"] == "eve":
        return day_of(day.start - _DAY)
    return _at(day, match["part"])


def _nth_week(match: Match) -> Interval | None:
    """The first week of May (1 to 7 May); the last week of May; the first days of May; the week of 5 June."""
    whole = match.within(match["other"])
    if whole is None:
        return None
    if not match["nth"]:
        return week_of(whole.start) if whole.granularity == "day" else None
    if match["unit"] == "day":
        return narrowed(whole, "late" if match["nth"] in ("last", "final") else "early")
    if match["nth"] in ("last", "final"):
        return Interval(whole.end - 6 * _DAY, whole.end, "week")
    start = whole.start + 7 * ("first", "second", "third", "fourth").index(match["nth"]) * _DAY
    return Interval(start, start + 6 * _DAY, "week")


def _range(match: Match) -> Interval | None:
    """Monday to Wednesday; from April to June 2015; between 5 May and 7 June; May or June of this year.

    With "and" or "or" only what follows one on the other; the year of the last holds for the first.
    """
    last = match.within(match["last"])
    if last is None:
        return None
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", match["last"])
    first = match.within(
        match["first"] + (f" {year[0]}" if year and not re.search(r"\d{4}", match["first"]) else "")
    )
    if first is None:
        return None
    if first.granularity != last.granularity and "month" not in (first.granularity, last.granularity):
        return None
    if match["to"] in ("and", "or") and not match["between"] and last.start - first.end != _DAY:
        return None
    if first.start > last.start and first.granularity == "day" and match["first"] in DAYS:
        first = day_of(first.start - 7 * _DAY)
    return joined(first, last)


_ABOUT = r"(?:(?:about|around|nearly|almost|more than|over|just over|less than|under|roughly|some|just|only|barely) )?"
_SPAN = rf"{_ABOUT}{NUMBER}[ -]{UNIT}"
_ANY = r"(?P<other>.{3,40})"

RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"(?:{TURN} )?{WEEKDAY}(?: (?P<part>{PART}))?", _weekday),
        (
            rf"{WEEKDAY} (?:of )?(?P<other>(?:last|next|this) week|the following week|the previous week)",
            _weekday,
        ),
        (
            rf"overnight|last night|tonight|(?:(?:late|early|later|earlier) )?(?:yesterday|today|tomorrow)(?: {PART})?"
            rf"|this {PART}|{THE}day (?:before yesterday|after tomorrow)",
            _deictic,
        ),
        (rf"(?P<turn>last|previous|next|coming|this) {ONE}", _period),
        (rf"{THE}{ONE} (?P<beyond>before) (?P<turn>last)", _period),
        (rf"{THE}{ONE} (?P<beyond>after) (?P<turn>next)", _period),
        (r"(?:over )?the (?P<unit>weekend)", _period),
        (r"the (?P<turn>last|past|coming) (?P<unit>quarter|weekend)", _period),
        (r"(?P<side>earlier|later) (?:this|in the|in this) (?P<unit>week|month|quarter|year|decade)", _side),
        (rf"{THE}(?P<turn>last|past|next|coming) {NUMBER}[ -]{UNIT}", _rolling),
        (r"the (?P<turn>past|last|coming) (?P<unit>week|month|year|decade|century)", _rolling),
        (r"(?P<turn>past) (?P<unit>week|month|year|decade)", _rolling),
        (rf"{_SPAN} ago", _ago),
        (rf"(?:in|(?P<within>within)) {_SPAN}(?:'?s? time)?", _ahead),
        (rf"{_SPAN} (?P<direction>later|earlier|before|after|afterwards)", _anaphoric),
        (
            r"(?:the )?(?P<unit>day|week|month|year|night) (?P<direction>before|after|earlier|later)",
            _anaphoric,
        ),
        (
            r"the (?P<direction>next|following|same|previous) (?P<unit>day|week|month|year|night|weekend)",
            _anaphoric,
        ),
        (
            r"(?P<direction>following|previous|same|that) (?P<unit>day|week|month|year|night|weekend)",
            _anaphoric,
        ),
        (r"(?P<direction>next) (?P<unit>day)", _anaphoric),
        (rf"(?:the )?(?P<direction>same|that|next|following|previous) (?P<part>{PART})", _that_part),
        (rf"(?:{CLOCK}|midnight|noon|midday)(?:,? (?:on |the )?(?P<other>.{{3,40}}))?", _clock),
        (rf"(?P<edge>early|late|mid|earlier|later)[ -](?:on |in )?(?:the )?{_ANY}", _edge),
        (rf"{THE}(?P<edge>start|beginning|end|close|middle) of (?:the )?{_ANY}", _edge),
        (rf"{THE}(?P<part>early hours|small hours|{PART}|eve) of (?:the )?{_ANY}", _part_of),
        (
            rf"{THE}(?:(?P<nth>first|second|third|fourth|last|final) )?(?:few )?(?P<unit>week|day)s? of (?:the )?{_ANY}",
            _nth_week,
        ),
        (
            r"(?P<between>(?:between|from) )?(?P<first>.{3,40}?)"
            r"(?: (?P<to>to|and|or|until|till|through) | ?[-–—] ?)(?P<last>.{3,40})",
            _range,
        ),
    )
)
