"""Where paragraphs start: blank lines, and those single line breaks that are not line wrapping; after a dateline and in lists too."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from spacy.tokens import Doc

from kg.language.arrays import Columns

#: Lines longer than this are not wrapped to a width: their end is the end of a paragraph.
WIDEST_WRAP = 100

#: "PARIS, Nov. 14 (Sample Wire A) - ", "LONDON (Wire) — ", "MOSCOW, 17 November – ": place, and date or agency, and a dash.
DATELINE = re.compile(
    r"[A-Z][A-Z.'’/ -]{2,40}(?:, [A-Z][\w. ]{1,30}?)??"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})?(?: \([^()\n]{2,40}\))?| \([^()\n]{2,40}\))"
    r" ?(?:-{1,2}|–|—) "
)

#: "KALMA — Rains", "Kalma, March 12, 2014 (Wire) - The": in capitals without date and agency, or with a date in any case;
#: then a word with a capital.
SHORT_DATELINE = re.compile(
    r"(?:(?![A-Z]\.)[A-Z][A-Z.'’/ -]{2,40}(?:, [A-Z][\w. ]{1,30}?)?"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}"
    r",? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})?(?: \([^()\n]{2,40}\))?)"
    r" (?:-{1,2}|–|—) (?=[\"“‘']?(?:[A-Z][a-z]|[AI] ))"
)

#: What a line of a list or of a ticker begins with: a bullet, a number, a time of day.
_LISTED = re.compile(r"[ \t]*(?:([•‣▪◦●■·])|([-–—*])[ \t]+|(\d{1,2}[.)])[ \t]|([0-2]?\d[:.][0-5]\d)\b)(?=.)")

#: Lines of one list are no further apart than this.
NEAR = 6

#: Where paragraphs were run together without a space, as quotation marks show: "in Arden.“They", "a blast.”The".
_RUN_TOGETHER = re.compile(r"[.?!](?<=[^\W_]{2}.)(?:(?=[“‘«][A-Z])|(?<=\.)[”»](?=[A-Z][a-z]))")

_FINAL = frozenset(".!?:;\"'”’»)]…")


def paragraph_starts(doc: Doc | Columns) -> set[int]:
    """Return the positions of the tokens that start a paragraph.

    A blank line (also one of spaces) parts paragraphs. A single line break does if the next line does not start in lower
    case and the line before is finished: by its punctuation, by being much shorter than the longest line of the text
    (a headline), or by being too long for wrapped text. A headline wrapped over two full lines is not told from prose.
    Each line of a list or ticker starts one, and so does a story after its dateline, and a quotation that follows a full
    stop without a space.
    """
    columns = Columns.of(doc)
    certain = _listed(columns.text) | {match.end() for match in _RUN_TOGETHER.finditer(columns.text)}
    starts = _after_breaks(columns) | {i for i in _tokens_at(columns, certain) if not columns.blank[i]}
    return starts | _after_datelines(columns, starts)


def _after_breaks(columns: Columns) -> set[int]:
    """Return the positions of the first word and of those that blank lines or single breaks part from the word before."""
    lengths = [len(line) for line in columns.text.split("\n")]
    ends = dict(zip(accumulate(length + 1 for length in lengths), lengths, strict=True))
    longest = max(lengths)
    found: set[int] = set()
    last = ""  # the last token that is a word
    breaks = 0
    for i, (text, blank) in enumerate(zip(columns.texts, columns.blank, strict=True)):
        if blank:
            breaks += text.count("\n")
            if breaks == 1 and "\n" in text:
                length = ends.get(columns.offsets[i] + text.index("\n") + 1, 0)
            continue
        if not last or breaks > 1:
            found.add(i)
        elif breaks and not text[0].islower():
            finished = last[-1] in _FINAL
            if finished or length < 0.6 * longest or length > WIDEST_WRAP:
                found.add(i)
        last, breaks = text, 0
    return found


def _listed(text: str) -> set[int]:
    """Return where lines begin that belong to a list or a ticker: two near each other begin with the same sort of mark.

    Prose wrapped just before a dash or a number is not one, unless that happens twice within `NEAR` lines.
    """
    found: set[int] = set()
    last: dict[str, tuple[int, int]] = {}
    at = 0
    for number, line in enumerate(text.split("\n")):
        if match := _LISTED.match(line):
            sort = match[1] or match[2] or ("number" if match[3] else "time")
            start = at + len(line) - len(line.lstrip())
            if sort in last and number - last[sort][0] <= NEAR:
                found |= {start, last[sort][1]}
            last[sort] = number, start
        at += len(line) + 1
    return found


def _after_datelines(columns: Columns, starts: set[int]) -> set[int]:
    """Return the positions of the first words of stories that begin with a dateline: it is no part of the sentence."""
    text, offsets = columns.text, columns.offsets
    datelines = (DATELINE.match(text, offsets[i]) or SHORT_DATELINE.match(text, offsets[i]) for i in starts)
    return _tokens_at(columns, (dateline.end() for dateline in datelines if dateline))


def _tokens_at(columns: Columns, offsets: Iterable[int]) -> set[int]:
    """Return the positions of the tokens that start at `offsets`; where none does, there is none."""
    known = columns.offsets
    found = ((bisect_left(known, offset), offset) for offset in offsets)
    return {i for i, offset in found if i < len(known) and known[i] == offset}
