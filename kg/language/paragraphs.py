"""Where paragraphs start: blank lines, and those single line breaks that are not line wrapping; after a dateline and in lists too."""

import re
from itertools import accumulate

from spacy.tokens import Doc

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
_RUN_TOGETHER = re.compile(r"[^\W_]{2}(?:[.?!](?=[“‘«][A-Z])|\.[”»](?=[A-Z][a-z]))")

_FINAL = frozenset(".!?:;\"'”’»)]…")


def paragraph_starts(doc: Doc) -> set[int]:
    """Return the positions of the tokens that start a paragraph.

    A blank line (also one of spaces) parts paragraphs. A single line break does if the next line does not start in lower
    case and the line before is finished: by its punctuation, by being much shorter than the longest line of the text
    (a headline), or by being too long for wrapped text. A headline wrapped over two full lines is not told from prose.
    Each line of a list or ticker starts one, and so does a story after its dateline, and a quotation that follows a full
    stop without a space.
    """
    certain = _listed(doc.text) | {match.end() for match in _RUN_TOGETHER.finditer(doc.text)}
    lengths = [len(line) for line in doc.text.split("\n")]
    ends = dict(zip(accumulate(length + 1 for length in lengths), lengths, strict=True))
    longest = max(lengths)
    starts: set[int] = set()
    last = None  # the last token that is a word
    breaks = 0
    for token in doc:
        if token.is_space:
            breaks += token.text.count("\n")
            if breaks == 1 and "\n" in token.text:
                length = ends.get(token.idx + token.text.index("\n") + 1, 0)
            continue
        first = token.text[0]
        if last is None or breaks > 1:
            starts.add(token.i)
        elif breaks == 1 and not first.islower():
            finished = doc[last].text[-1] in _FINAL
            if finished or length < 0.6 * longest or length > WIDEST_WRAP:
                starts.add(token.i)
        if token.idx in certain:
            starts.add(token.i)
        last, breaks = token.i, 0
    return starts | _after_datelines(doc, starts)


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


def _after_datelines(doc: Doc, starts: set[int]) -> set[int]:
    """Return the positions of the first words of stories that begin with a dateline: it is no part of the sentence."""
    found: set[int] = set()
    text = doc.text  # put together anew at each call
    for i in starts:
        at = doc[i].idx
        if dateline := DATELINE.match(text, at) or SHORT_DATELINE.match(text, at):
            found |= {token.i for token in doc[i : i + 40] if token.idx == dateline.end()}
    return found
