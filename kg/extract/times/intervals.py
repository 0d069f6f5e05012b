"""Turns the words of a time expression into the days they cover, by news conventions.

Values follow TIMEX3 (TimeML, Pustejovsky et al. 2003) reduced to an interval of calendar days with a granularity. A weekday
or a date without a year is resolved against the publication date, in the direction that the tense of its clause
tells (HeidelTime's rule for news, Strötgen and Gertz 2013). Without a publication date a relative expression has no value:
nothing is guessed. A duration ("three days") has none either: it says how long, not when.
"""

import re
from datetime import date
from functools import lru_cache

from kg.extract.times import absolute, relative
from kg.extract.times.days import Interval
from kg.extract.times.patterns import NUMBER, UNIT, Match, Rule, Tense

__all__ = ["Interval", "Tense", "is_duration", "is_partial", "resolve"]

_LONGEST = 80  # characters that a time expression may have


def resolve(
    words: str, published: date | None, *, tense: Tense = "past", anchor: date | None = None
) -> Interval | None:
    """Return the days that a time expression covers, or None.

    Args:
        words: the expression as it stands in the text, with or without its preposition.
        published: the day that "today" means; None where it is not known.
        tense: of the clause, for expressions that could lie on either side of the publication date.
        anchor: the day that "the day before" and "two days later" count from, and whose year a date without a year
            takes where there is no publication date.

    Examples:
        >>> resolve("Tuesday morning", date(2015, 11, 18)).start
        datetime.date(2015, 11, 17)
        >>> resolve("early June 1994", None)
        Interval(start=datetime.date(1994, 6, 1), end=datetime.date(1994, 6, 10), granularity='month')
    """

    def within(inner: str) -> Interval | None:
        return resolve(inner, published, tense=tense, anchor=anchor)

    for match, rule in _readings(words):
        try:
            found = rule(Match(match, published, anchor, tense, within))
        except (ValueError, OverflowError):  # 31 June, year 0: said, but no day of the calendar
            continue
        if found is not None:
            return found
    return None


def is_partial(words: str) -> bool:
    """Tell whether an expression is a date without a year, which the dates around it can complete.

    It has no value by itself, and with a year to go by the same one from any day of that year.
    """
    if _COUNTED.search(words) or resolve(words, None) is not None:
        return False
    first, other = (resolve(words, None, anchor=day) for day in (date(2000, 1, 1), date(2000, 6, 15)))
    return first is not None and first == other


def is_duration(words: str) -> bool:
    """Tell whether an expression says how long, not when: "three days", "the 10-year" deal, "more than a month"."""
    return _DURATION.fullmatch(_normal(words)) is not None


_COUNTED = re.compile(
    r"\b(?:last|next|this|that|same|following|previous|later|earlier|before|after)\b", re.IGNORECASE
)
_DURATION = re.compile(
    rf"(?:the |for )?(?:(?:first|entire|whole|about|around|nearly|almost|over|another|more than|less than|at least) )*"
    rf"(?:{NUMBER}|many|some|(?:tens|dozens|hundreds|thousands) of|(?P<more>another)) ?(?:more |and a half )?[ -]?(?:{UNIT}|(?:second|centurie)s?)(?:[ -]long)?"
)


@lru_cache(maxsize=4096)
def _readings(words: str) -> tuple[tuple[re.Match[str], Rule], ...]:
    """Return the rules that an expression fits: as it stands, without its preposition, without its article."""
    text = _normal(words)
    if len(text) > _LONGEST:
        return ()
    found: list[tuple[re.Match[str], Rule]] = []
    for form in dict.fromkeys((text, bare := _PREPOSITION.sub("", text), bare.removeprefix("the "))):
        for pattern, rule in (*absolute.RULES, *relative.RULES):
            if match := pattern.fullmatch(form):
                found.append((match, rule))
    return tuple(found)


def _normal(words: str) -> str:
    text = re.sub(r"\s+", " ", words.casefold().replace("’", "'").replace(",", " ")).strip(' ."“”')
    return re.sub(r"(?<=[a-z])'s?$|(?<=s)'$", "", text)


_PREPOSITION = re.compile(
    r"^(?:(?:on|in|at|during|of|from|since|until|till|by|sometime|around|about|within|over)\s+)+"
)
