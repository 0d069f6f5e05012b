"""Days of the calendar: stretches of days with a granularity, and how far one lies from another.

A season is that of the northern half of the earth, in whole months (spring is March to May, winter December to February and
named after the year that it begins in). Feasts are those with a fixed day, and those that Easter fixes (Western, by the
anonymous Gregorian algorithm of 1876).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.datamodel import Granularity

__all__ = [
    "FEASTS",
    "SEASONS",
    "Interval",
    "day_of",
    "feast_of",
    "half_of",
    "joined",
    "month_of",
    "moved",
    "narrowed",
    "quarter_of",
    "season_of",
    "week_of",
    "years_of",
]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` to `end`, both included."""

    start: date
    end: date
    granularity: Granularity


def day_of(day: date, granularity: Granularity = "day") -> Interval:
    """Return one day."""
    return Interval(day, day, granularity)


def week_of(day: date) -> Interval:
    """Return the week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def month_of(year: int, month: int) -> Interval:
    """Return a month."""
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def quarter_of(year: int, number: int) -> Interval:
    """Return a calendar quarter; the quarters of a business year are another matter."""
    return Interval(date(year, number * 3 - 2, 1), month_of(year, number * 3).end, "quarter")


def half_of(year: int, number: int) -> Interval:
    """Return half a calendar year."""
    return Interval(date(year, number * 6 - 5, 1), month_of(year, number * 6).end, "interval")


def season_of(year: int, name: str) -> Interval:
    """Return a season: three whole months, winter from December of that year."""
    first = date(year, SEASONS[name], 1)
    return Interval(first, month_of(*_shifted(first, 2)).end, "interval")


def years_of(first: int, last: int, granularity: Granularity = "year") -> Interval:
    """Return the years from the first to the last."""
    return Interval(date(first, 1, 1), date(last, 12, 31), granularity)


def joined(first: Interval, last: Interval) -> Interval | None:
    """Return the days from the start of one to the end of another; None where they are the wrong way round."""
    return Interval(first.start, last.end, "interval") if first.start <= last.end else None


def moved(day: date, unit: str, count: int) -> Interval:
    """Return the day, week, month, year or decade that lies `count` units after a day (before it, if negative).

    Hours and minutes stay within the day as long as they are fewer than a day's.
    """
    match unit:
        case "day" | "night":
            return day_of(day + timedelta(days=count))
        case "week" | "fortnight":
            return week_of(day + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
        case "weekend":
            saturday = week_of(day + timedelta(weeks=count)).start + timedelta(days=5)
            return Interval(saturday, saturday + timedelta(days=1), "interval")
        case "month":
            return month_of(*_shifted(day, count))
        case "quarter":
            year, month = _shifted(day, 3 * count)
            return quarter_of(year, (month + 2) // 3)
        case "year":
            return years_of(day.year + count, day.year + count)
        case "decade":
            first = day.year // 10 * 10 + 10 * count
            return years_of(first, first + 9, "decade")
        case "century":
            first = (day.year - 1) // 100 * 100 + 1 + 100 * count
            return years_of(first, first + 99, "century")
        case _:
            hours = count if unit == "hour" else 0
            return day_of(day + timedelta(days=int(hours / 24)))


def _shifted(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def narrowed(whole: Interval, part: str) -> Interval:
    """Return the first ("early"), middle ("mid") or last ("late") third of a stretch of days, with its granularity."""
    days = (whole.end - whole.start).days + 1
    third = timedelta(days=days // 3)
    day = timedelta(days=1)
    if part == "early":
        return Interval(whole.start, whole.start + third - day, whole.granularity)
    if part == "late":
        return Interval(whole.end - third + day, whole.end, whole.granularity)
    return Interval(whole.start + third, whole.end - third, whole.granularity)


#: Feasts with a day of their own (month, day), or so many days from Easter Sunday.
FEASTS: dict[str, tuple[int, int] | int] = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "bastille day": (7, 14),
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
}


def feast_of(name: str, year: int) -> date:
    """Return the day of a feast of `FEASTS` in a year."""
    rule = FEASTS[name]
    if isinstance(rule, tuple):
        return date(year, *rule)
    return _easter(year) + timedelta(days=rule)


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm that Nature printed in 1876)."""
    cycle, (century, rest) = year % 19, divmod(year, 100)
    skipped, leap = divmod(century, 4)
    moon = (19 * cycle + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * leap + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (cycle + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
