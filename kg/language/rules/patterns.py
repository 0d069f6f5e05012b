"""What the rules share: regular expressions over the text, turned into spans of tokens."""

import re
from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Doc, Span

from kg.language.arrays import Columns

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

#: What a number begins with, as `Expression` wants it.
NUMBER_BEGINS = f"0 a an half {UNITS_OF_TEN} {SMALL}".replace("|", " ")

#: A number word at the start of a sentence.
NUMBER_CAPITAL = "(?:" + "|".join(word.capitalize() for word in f"{SMALL}|{UNITS_OF_TEN}".split("|")) + ")"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a verbose pattern that starts and ends at word boundaries."""
    return re.compile(rf"(?<![\w])(?:{pattern})(?!\w)", re.VERBOSE | flags)


class Expression:
    """A regular expression that is tried only where it can match: most words of a text begin none of them.

    Attributes:
        pattern: it must match at the beginning of a word only, or at one of `$£€¥'’`.
        begins: what its matches begin with, as `Columns.beginnings` has it.
    """

    def __init__(self, pattern: re.Pattern[str], begins: str) -> None:
        """Take all the words that matches may begin with (their first three letters will do, of shorter words all), in
        either case and parted by white space; `0` stands for any digit. Words with letters beyond ASCII are always tried.
        """
        self.pattern = pattern
        self.begins = frozenset({"", *(word[:3].lower() for word in begins.split())})

    def finditer(self, columns: Columns) -> Iterator[re.Match[str]]:
        """Yield the matches that the pattern's own `finditer` finds."""
        places = columns.beginnings
        end = 0
        for start in sorted(chain.from_iterable(places[begin] for begin in self.begins & places.keys())):
            if start >= end and (match := self.pattern.match(columns.text, start)):
                yield match
                end = match.end()


def matches(doc: Doc | Columns, pattern: re.Pattern[str] | Expression, label: str) -> Iterator[Span]:
    """Yield a span for each match that starts and ends with a token and does not cross sentences.

    Rules share the columns of a Doc; from the Doc itself they are read anew.
    """
    columns = Columns.of(doc)
    found = pattern.finditer(columns) if isinstance(pattern, Expression) else pattern.finditer(columns.text)
    for match in found:
        span = columns.doc.char_span(match.start(), match.end(), label=label)
        if span is not None and columns.sentences[span.start] == columns.sentences[span.end - 1]:
            yield span
