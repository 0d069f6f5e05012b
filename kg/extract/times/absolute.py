"""Rules for what the calendar names: dates, months, years, decades, seasons, quarters, feasts. One rule a construction.

A date without a year is among them: which year is meant depends on the publication date and on the tense.

Not handled: business years ("fiscal 2014"), numeric dates whose order of day and month is open (12/03/2024), feasts whose
day differs between countries (Thanksgiving) or follows the moon's calendar (Ramadan).
"""

import re
from datetime import date

from kg.extract.times.days import (
    FEASTS,
    Interval,
    day_of,
    feast_of,
    half_of,
    joined,
    month_of,
    quarter_of,
    season_of,
    years_of,
)
from kg.extract.times.patterns import DAY, DAYS, MONTH, PART, QUARTER, SEASON, THE, YEAR, Match, Rule

__all__ = ["PARTIAL", "RULES"]

_TO = r" ?(?:-|–|—|to|until|till|through) ?"
_PAIR = r"(?P<between>between )?"
_LAST_DAY = r"(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
_ON = rf"(?:(?P<weekday>{'|'.join(DAYS)}) )?(?:the )?"
_AT = rf"(?: (?:in the )?(?P<part>{PART}))?"


def _iso(match: Match) -> Interval | None:
    """2015-11-17."""
    return day_of(date.fromisoformat(match.match[0]))


def _numeric(match: Match) -> Interval | None:
    """17.11.2015 (day first), 17/11/2015 and 11/17/15 where the number above twelve tells which is the day."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if match["mark"] == "." or first > 12:
        return day_of(date(year, second, first))
    return day_of(date(year, first, second)) if second > 12 or first == second else None


def _day_of_month(match: Match) -> Interval | None:
    """14 May 2013; May 14; Tuesday 14 May (of the year that has it on a Tuesday); 4 May in the evening."""
    month, day = match.month, int(match["day"])
    year = match.year_of(month, day)
    if year is None:
        return None
    if match["weekday"] and not match["year"]:
        fits = [y for y in (year, year - 1, year + 1) if _weekday_of(y, month, day) == match["weekday"]]
        year = fits[0] if fits else year
    return day_of(date(year, month, day), "part_of_day" if match["part"] else "day")


def _weekday_of(year: int, month: int, day: int) -> str:
    leap_day = (month, day) == (2, 29) and year % 4
    return "" if leap_day else DAYS[date(year, month, day).weekday()]


def _days_of_month(match: Match) -> Interval | None:
    """5-6 April 2016; between 5 and 7 April; June 5-7."""
    month, day, last = match.month, int(match["day"]), int(match["last"])
    year = match.year_of(month, day)
    if " and " in match.match[0] and not match["between"] and last - day > 1:
        return None  # two days, not those from one to the other
    return None if year is None else joined(day_of(date(year, month, day)), day_of(date(year, month, last)))


def _month(match: Match) -> Interval | None:
    """August; August 2013; August of last year; last August (before this month); next May; this June."""
    month = match.month
    if match["other"]:
        whole = match.within(match["other"])
        return month_of(whole.start.year, month) if whole and whole.granularity == "year" else None
    if match["turn"]:
        if (here := match.published) is None:
            return None
        behind, ahead = here.month <= month, here.month >= month
        return month_of(here.year + {-1: -behind, 0: 0, 1: ahead}[match.step], month)
    year = match.year_of(month)
    return None if year is None else month_of(year, month)


def _year(match: Match) -> Interval | None:
    """2013; the year 2013."""
    return years_of(int(match["year"]), int(match["year"]))


def _years(match: Match) -> Interval | None:
    """1961-1963; 2014-15; between 2010 and 2015."""
    first, last = match["year"], match["last"]
    return joined(_whole_year(int(first)), _whole_year(int(first[: 4 - len(last)] + last)))


def _whole_year(year: int) -> Interval:
    return years_of(year, year)


def _decade(match: Match) -> Interval | None:
    """The 1990s; the '90s."""
    year = int(match["decade"])
    year += 1900 if 20 <= year <= 90 else 0
    return years_of(year, year + 9, "decade")


def _century(match: Match) -> Interval | None:
    """The 19th century: 1801 to 1900."""
    last = (_CENTURIES.get(match["nth"]) or int(match["nth"])) * 100
    return years_of(last - 99, last, "century")


_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}


def _season(match: Match) -> Interval | None:
    """Summer 2014; the spring of 2015; last winter (the latest over); next spring; this autumn; the summer."""
    name = match["season"]
    if said := match["year"]:
        return season_of(int(said), name)
    if (here := match.published) is None:
        return None
    seasons = [season_of(year, name) for year in range(here.year - 2, here.year + 3)]
    if match.step == 1 or (not match.step and match.tense == "future"):
        return next(s for s in seasons if s.start > here or (not match["turn"] and s.end >= here))
    if match.step == -1:
        return next(s for s in reversed(seasons) if s.end < here)
    if match["turn"]:
        return min(seasons, key=lambda s: max((s.start - here).days, (here - s.end).days))
    return next(s for s in reversed(seasons) if s.start <= here)


def _quarter(match: Match) -> Interval | None:
    """Q3 2022; the first quarter of 2023; the second half of last year; the third quarter (by the tense)."""
    share = half_of if match["share"] == "half" else quarter_of
    if match["other"]:
        whole = match.within(match["other"])
        return share(whole.start.year, match.nth) if whole and whole.granularity == "year" else None
    if match.published is None or (match["nth"] == "last" and match["share"] == "quarter"):
        return None  # "the last quarter" is the one before this
    found = share(match.published.year, match.nth)
    if match.tense == "past" and found.start > match.published:
        return share(match.published.year - 1, match.nth)
    if match.tense == "future" and found.end < match.published:
        return share(match.published.year + 1, match.nth)
    return found


def _feast(match: Match) -> Interval | None:
    """Christmas Day; Easter Monday 2014: the year said, or the one that the tense points to."""
    name = match["feast"]
    if said := match["year"]:
        return day_of(feast_of(name, int(said)))
    if (here := match.published) is None:
        return None
    days = [feast_of(name, year) for year in (here.year - 1, here.year, here.year + 1)]
    if match.tense == "past":
        return day_of(max(day for day in days if day <= here))
    if match.tense == "future":
        return day_of(min(day for day in days if day >= here))
    return day_of(min(days, key=lambda day: abs(day - here)))


#: Rules for dates that may lack their year.
PARTIAL: tuple[Rule, ...] = (_day_of_month, _days_of_month, _month)

RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\d{4}-\d\d-\d\d", _iso),
        (r"(?P<first>\d\d?)(?P<mark>[/.])(?P<second>\d\d?)(?P=mark)(?P<year>\d{4}|\d\d)", _numeric),
        (rf"{_ON}{DAY} (?:of )?{MONTH}(?: {YEAR})?{_AT}", _day_of_month),
        (rf"{_ON}{MONTH} (?:the )?{DAY}(?: {YEAR})?{_AT}", _day_of_month),
        (rf"(?:the )?{DAY}{_TO}{_LAST_DAY} (?:of )?{MONTH}(?: {YEAR})?", _days_of_month),
        (rf"{_PAIR}(?:the )?{DAY} and {_LAST_DAY} (?:of )?{MONTH}(?: {YEAR})?", _days_of_month),
        (rf"{MONTH} {DAY}{_TO}{_LAST_DAY}(?: {YEAR})?", _days_of_month),
        (rf"{_PAIR}{MONTH} {DAY} and {_LAST_DAY}(?: {YEAR})?", _days_of_month),
        (rf"(?:(?P<turn>last|past|next|this) )?{MONTH}", _month),
        (rf"{MONTH} (?:of )?{YEAR}", _month),
        (rf"{MONTH} (?:of )?(?P<other>(?:last|this|next|the previous|the following|that) year)", _month),
        (rf"(?:the year )?{YEAR}", _year),
        (rf"{YEAR}{_TO}(?P<last>(?:1[5-9]|20)\d\d)", _years),
        (rf"between {YEAR} and (?P<last>(?:1[5-9]|20)\d\d)", _years),
        (rf"{YEAR}(?:-|–)(?P<last>\d\d)", _years),
        (rf"{THE}(?P<decade>(?:1[5-9]|20)\d0)'?s", _decade),
        (rf"{THE}'?(?P<decade>[2-9]0)'?s", _decade),
        (rf"{THE}(?P<nth>\d\d?)(?:st|nd|rd|th)[ -]century", _century),
        (rf"{THE}(?P<nth>{'|'.join(_CENTURIES)})[ -]century", _century),
        (rf"{THE}{SEASON}(?: (?:of )?{YEAR})?", _season),
        (rf"(?P<turn>last|past|next|this) {SEASON}", _season),
        (rf"{QUARTER}(?: (?:of )?(?P<other>(?:the )?(?:[a-z]+ year|year \d{{4}}|\d{{4}})))?", _quarter),
        (rf"(?P<feast>{'|'.join(sorted(FEASTS, key=len, reverse=True))})(?: {YEAR})?", _feast),
    )
)
