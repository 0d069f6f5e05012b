"""Numbers as news says them, with their bounds: "129", "at least 130", "two dozen", "between 10 and 15", "dozens".

Not handled: fractions ("half a million"), ordinals, money, percentages, and numbers in words above the hundreds ("two
thousand five hundred" is read up to "thousand").
"""

import re
from dataclasses import dataclass

from kg.ids import fold

__all__ = ["Amount", "read_amount"]

_UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 10**9,
}
# as few and as many as a writer may mean; None: no upper bound
_VAGUE: dict[str, tuple[int, int | None]] = {
    "couple": (2, 3), "few": (2, 9), "several": (3, 19), "dozens": (24, 199), "scores": (40, 199), "tens": (20, 99),
    "hundreds": (200, 1_999), "thousands": (2_000, 19_999), "millions": (2_000_000, None),
}  # fmt: skip
_MANY = {"dozens": 12, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000}
_LEAST = re.compile(r"\b(?:at least|no fewer than|no less than|not less than|a minimum of)\b")
_MOST = re.compile(r"\b(?:up to|at most|no more than|not more than|as many as|a maximum of)\b")
_ABOVE = re.compile(r"\b(?:more than|over|above|upwards of|in excess of)\b")
_BELOW = re.compile(r"\b(?:fewer than|less than|under|below|almost|nearly)\b")
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|approximately|an estimated)\b")
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")
_AND = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*")
_MORE = frozenset("more other others another further additional".split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUGH = 10  # "about 130" is right within a tenth


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of things: not below `low`, not above `high` (None: no upper bound).

    >>> str(Amount(129, 129)), str(Amount(130, None)), str(Amount(10, 15)), str(Amount(0, 30))
    ('129', '130+', '10-15', 'up to 30')
    """

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}-{self.high}" if self.low else f"up to {self.high}"

    def agrees(self, other: "Amount") -> bool:
        """Tell whether some number is both.

        >>> Amount(130, None).agrees(Amount(132, 132)), Amount(130, None).agrees(Amount(129, 129))
        (True, False)
        """
        return (other.high is None or self.low <= other.high) and (
            self.high is None or other.low <= self.high
        )

    def near(self, other: "Amount") -> bool:
        """Tell whether they agree, or the one is at most twice the other: early counts of one thing may be so far apart."""
        low, high = sorted((self, other), key=lambda a: a.low)
        return self.agrees(other) or high.low <= (low.high or low.low) * 2


def read_amount(phrase: str) -> tuple[Amount, str] | None:
    """Return how many of what a phrase speaks of, or None where it counts nothing.

    Returns:
        The amount and the rest of the phrase, folded. None too where it counts what comes on top of something
        ("two more people"): such a number says nothing about the whole.

    >>> read_amount("at least 1,300 civilians")
    (Amount(low=1300, high=None), 'civilians')
    >>> read_amount("between 10 and 15 Syrian soldiers")
    (Amount(low=10, high=15), 'syrian soldiers')
    >>> read_amount("two dozen people"), read_amount("the people"), read_amount("two more people")
    ((Amount(low=24, high=24), 'people'), None, None)
    """
    text = fold(phrase)
    found = _number(text, 0)
    if found is None:
        return None
    first, start, end = found
    before, amount = text[:start], first
    joint = _AND.match(text, end)
    if joint and (second := _number(text, joint.end())) and second[1] == joint.end():
        is_range = joint[0].strip() != "and" or "between" in before
        if is_range and first.low <= second[0].low:
            amount, end = Amount(first.low, second[0].high), second[2]
    rest = text[end:].strip()
    rest = rest.removeprefix("of ").removeprefix("the ")
    if amount.low == 0 or (_YEAR.fullmatch(text[start:end]) and not before):
        return None
    if not _opens(before) or rest[:1] in ("%", "/", ":", ".", "-", "'") or _MORE & set(rest.split()[:1]):
        return None
    return _bounded(amount, before), rest


def _opens(before: str) -> bool:
    """Tell whether nothing stands before a number but words that bound it or point at it."""
    for pattern in (_LEAST, _MOST, _ABOVE, _BELOW, _ABOUT):
        before = pattern.sub(" ", before)
    return set(before.split()) <= {
        "the",
        "a",
        "an",
        "all",
        "these",
        "those",
        "between",
        "from",
        "only",
        "just",
    }


def _bounded(amount: Amount, before: str) -> Amount:
    low, high = amount.low, amount.high
    if _LEAST.search(before):
        return Amount(low, None)
    if _MOST.search(before):
        return Amount(0, high)
    if _BELOW.search(before):
        near = "almost" in before or "nearly" in before
        return Amount(low - low // _ROUGH if near else 0, max(low - 1, 0))
    if _ABOVE.search(before):
        return Amount(low + 1, None)
    if _ABOUT.search(before) and high is not None:
        return Amount(low - low // _ROUGH, high + high // _ROUGH)
    return amount


def _number(text: str, at: int) -> tuple[Amount, int, int] | None:
    """Return the first number from an offset on, with where it starts and ends."""
    for match in _TOKEN.finditer(text, at):
        word = match[0]
        if word in _VAGUE:
            end = match.end()
            of = re.compile(r"\s+of\s+(dozens|hundreds|thousands|millions)\b").match(text, end)
            if of:
                return Amount(_VAGUE[word][0] * _MANY[of[1]], None), match.start(), of.end()
            return Amount(*_VAGUE[word]), match.start(), end
        if word[0].isdigit() or word in _UNITS or word in _TENS or word in _SCALES:
            return _exact(text, match)
    return None


def _exact(text: str, match: re.Match[str]) -> tuple[Amount, int, int] | None:
    value, end = _value(match[0]), match.end()
    while following := re.compile(r"(?:\s+(?:and\s+)?|-)([a-z]+)").match(text, end):
        word = following[1]
        if word in _SCALES and value < _SCALES[word] * 1_000:
            value *= _SCALES[word]
        elif word in _UNITS and (
            (20 <= value % 100 < 100 and value % 10 == 0) or (value >= 100 and value % 100 == 0)
        ):
            value += _UNITS[word]
        elif word in _TENS and value >= 100 and value % 100 == 0:
            value += _TENS[word]
        else:
            break
        end = following.end()
    if value != int(value):
        return None
    return Amount(int(value), int(value)), match.start(), end


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(word.replace(",", ""))
    return _UNITS.get(word) or _TENS.get(word) or _SCALES.get(word) or 0
