"""What the rules share: regular expressions over the text, turned into spans of tokens."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

UNITS_OF_TEN = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
LARGE = "hundred|thousand|million|billion|trillion"

#: A number in digits or words, with its magnitude.
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:{UNITS_OF_TEN})(?:-(?:{SMALL}))?|(?:{SMALL})|half\s+a"
    rf"|an?(?=\s+(?:{LARGE})\b))(?:\s+(?:and\s+a\s+half\s+)?(?:{LARGE}))*"
)

#: A number word at the start of a sentence.
NUMBER_CAPITAL = "(?:" + "|".join(word.capitalize() for word in f"{SMALL}|{UNITS_OF_TEN}".split("|")) + ")"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a verbose pattern that starts and ends at word boundaries."""
    return re.compile(rf"(?<![\w])(?:{pattern})(?!\w)", re.VERBOSE | flags)


def matches(doc: Doc, pattern: re.Pattern[str], label: str) -> Iterator[Span]:
    """Yield a span for each match that starts and ends with a token and does not cross sentences."""
    for match in pattern.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), label=label)
        if span is not None and not any(doc[i].is_sent_start for i in range(span.start + 1, span.end)):
            yield span
