"""Where paragraphs start: blank lines, and those single line breaks that are not line wrapping; after a dateline too."""

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

_FINAL = frozenset(".!?:;\"'”’»)]…")


def paragraph_starts(doc: Doc) -> set[int]:
    """Return the positions of the tokens that start a paragraph.

    A blank line (also one of spaces) parts paragraphs. A single line break does if the next line does not start in lower
    case and the line before is finished: by its punctuation, by being much shorter than the longest line of the text
    (a headline), or by being too long for wrapped text. A headline wrapped over two full lines is not told from prose.
    """
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
        last, breaks = token.i, 0
    return starts | _after_datelines(doc, starts)


def _after_datelines(doc: Doc, starts: set[int]) -> set[int]:
    """Return the positions of the first words of stories that begin with a dateline: it is no part of the sentence."""
    found: set[int] = set()
    for i in starts:
        if dateline := DATELINE.match(doc.text, doc[i].idx):
            found |= {token.i for token in doc[i : i + 40] if token.idx == dateline.end()}
    return found
