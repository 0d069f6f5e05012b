"""What the rules for time expressions share: the words of time as patterns, and one match with what it is read against."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kg.extract.times.days import SEASONS, Interval

__all__ = [
    "CLOCK",
    "DAY",
    "DAYS",
    "MONTH",
    "MONTHS",
    "NUMBER",
    "ONE",
    "PART",
    "QUARTER",
    "SEASON",
    "THE",
    "TURN",
    "UNIT",
    "WEEKDAY",
    "YEAR",
    "Match",
    "Rule",
    "Tense",
]

Tense = Literal["past", "present", "future"]

MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS: dict[str, int | None] = {
    **{word: n for n, word in enumerate(_ONES.split())},
    **{word: 10 * n for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)},
    **{"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a dozen": 12, "a few": None, "several": None},
}
_ORDINALS = ("first", "second", "third", "fourth")


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


MONTH = (
    r"(?P<month>"
    + "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "september" else "sept?(?:ember)?" for m in MONTHS)
    + r")\b\.?"
)
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
WEEKDAY = rf"(?P<weekday>{'|'.join(DAYS)})\b"
SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
PART = (
    r"(?:(?:early|late|mid)[ -]?)?"
    r"(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|dusk|daybreak|hours|lunchtime)"
)
NUMBER = rf"(?P<number>\d+|{_any_of(list(_NUMBERS))})"
QUARTER = rf"(?:q(?P<q>[1-4])|(?:the )?(?P<nth>{'|'.join(_ORDINALS)}|final|last) (?P<share>quarter|half))"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|hour|minute|night|quarter|weekend|century)s?"
ONE = UNIT.removesuffix("s?")
TURN = r"(?:this (?=past|coming))?(?P<turn>last|past|previous|next|coming|following|this)"
_ZONE = (
    r"(?: ?\(?(?:gmt|utc|ce?s?t|es?d?t|ps?t|bst|ist|msk|hours|hrs|(?:local|[a-z]+) time)\b(?: ?[+-]\d+)?\)?)?"
)
CLOCK = rf"(?:\d\d?(?:[:.]\d\d)? ?(?:[ap]\.?m\b\.?|o'clock)|\d\d?[:.]\d\d){_ZONE}"
THE = r"(?:the )?"

_SLACK = timedelta(days=30)  # how far ahead a day without a year may lie for its clause to have a past tense


@dataclass(frozen=True, slots=True)
class Match:
    """One match of a rule, and what it may be resolved against.

    Attributes:
        published: the day that "today" means; None where it is not known.
        anchor: the day that "the day before" counts from; None where there is none.
        tense: of the clause that the expression stands in.
        within: resolves an expression inside this one against the same days.
    """

    match: re.Match[str]
    published: date | None
    anchor: date | None
    tense: Tense
    within: Callable[[str], Interval | None]

    def __getitem__(self, group: str) -> str:
        """Return the text of a named group, empty where the rule has no such group or it matched nothing."""
        return self.match.groupdict().get(group) or ""

    @property
    def month(self) -> int:
        """Number of the month named."""
        return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(self["month"][:3]))

    @property
    def count(self) -> int | None:
        """The number said; None where it is open ("several")."""
        said = self["number"] or "1"
        return int(said) if said.isdigit() else _NUMBERS[said]

    @property
    def nth(self) -> int:
        """Which quarter or half."""
        if said := self["q"]:
            return int(said)
        last = 4 if self["share"] == "quarter" else 2
        return last if self["nth"] in ("final", "last") else _ORDINALS.index(self["nth"]) + 1

    @property
    def step(self) -> int:
        """-1 for "last", 1 for "next", 0 for "this" or nothing."""
        turn = self["turn"]
        return (
            -1
            if turn in ("last", "past", "previous")
            else 1
            if turn in ("next", "coming", "following")
            else 0
        )

    def year_of(self, month: int, day: int = 0) -> int | None:
        """Return the year said, or else the one that brings a month (`day` 0) or a day to where the tense points.

        "in December", said in November of what has happened, is last year's; a day some weeks ahead is an announced date
        all the same. Without a publication date it is the year of the anchor.
        """
        if said := self["year"]:
            return int(said)
        here = self.published
        if here is None:
            return self.anchor.year if self.anchor else None
        if self.tense == "present":
            near = (here.year - 1, here.year, here.year + 1)
            return min(near, key=lambda year: abs(date(year, month, min(day or 15, 28)) - here))
        that, now = (month, day), (here.month, here.day if day else 0)
        if self.tense == "past" and that > now:
            ahead = date(here.year, month, min(day or 28, 28)) - here
            return here.year if day and ahead <= _SLACK else here.year - 1
        return here.year + 1 if self.tense == "future" and that < now else here.year


Rule = Callable[[Match], Interval | None]
