"""The sentence around a stretch of text, for mentions that do not carry their own.

Sentences that event mentions state are taken as they are; between them a text is cut at blank lines and after
`.`, `!`, `?` before a capital. Initials and the commonest titles do not end a sentence; other abbreviations may,
which makes a shown sentence too short but never moves a mention's own offsets.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["Sentences"]

_CUT = re.compile(
    r"(?<![\s.][A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bGen\.)(?<!\bCol\.)(?<!\bLt\.)(?<!\bSt\.)"
    r"(?<=[.!?\"”’')])(?<=[.!?].|.[.!?])\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n[^\S\n]*\n\s*"
)


class Sentences:
    """The sentences of one text.

    Args:
        text: of the document.
        known: offsets of sentences that are known for sure, in any order.
    """

    def __init__(self, text: str, known: Iterable[tuple[int, int]] = ()) -> None:
        self._text = text
        spans = sorted(set(known))
        taken, position = [], 0
        for start, end in spans:
            if start >= position:
                taken.append((start, end))
                position = end
        self._spans = _fill(text, taken)
        self._starts = [start for start, _ in self._spans]

    def around(self, start: int, end: int) -> str:
        """Return the text of the sentence, or the sentences, that hold `text[start:end]`."""
        begin, stop = self.span(start, end)
        return self._text[begin:stop].strip()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the sentence, or the sentences, that hold `text[start:end]`."""
        if not self._spans:
            return start, end
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(start, end - 1)) - 1, first)
        return min(self._spans[first][0], start), max(self._spans[last][1], end)


def _fill(text: str, known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `known` with the gaps between them cut into sentences."""
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in [*known, (len(text), len(text))]:
        for cut in _CUT.finditer(text, position, start):
            if position < cut.start():
                spans.append((position, cut.start()))
            position = cut.end()
        if position < start:
            spans.append((position, start))
        if start < end:
            spans.append((start, end))
        position = max(position, end)
    return spans
