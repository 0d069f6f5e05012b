"""What the network sees of a word: sub-word ids, its casing, and the gap before it.

Shared by the run time and the training recipe, so that both read a text in the same way. The encoder is uncased;
the two small codes give back what lower-casing and tokenising take away.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

PADDING, DIGITS, NO_LETTER, LOWER, UPPER, ONE_UPPER, TITLE, MIXED, ALPHANUMERIC = range(9)
CASES = 9

#: What stands before a word: nothing known, a space, no space, a line break between paragraphs.
UNKNOWN, SPACE, GLUED, PARAGRAPH = range(4)
GAPS = 4

#: Longer words are cut: no word needs more sub-words than this to be understood.
MAX_SUBWORDS = 8


def word_case(word: str) -> int:
    """Return the casing code of `word`."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return DIGITS if any(c.isdigit() for c in word) else NO_LETTER
    if any(c.isdigit() for c in word):
        return ALPHANUMERIC
    if all(c.islower() for c in letters):
        return LOWER
    if all(c.isupper() for c in letters):
        return UPPER if len(letters) > 1 else ONE_UPPER
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return TITLE
    return MIXED


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window as numbers.

    Attributes:
        ids: sub-word ids with the start and end marks of the encoder.
        cases: casing code for each sub-word.
        gaps: gap code for each sub-word (that of its word).
        first: index in `ids` of the first sub-word of each word.
        last: index in `ids` of the last sub-word of each word.
    """

    ids: NDArray[np.int64]
    cases: NDArray[np.int64]
    gaps: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


@dataclass(slots=True)
class WordEncoder:
    """Cuts words into sub-words; remembers the words it has seen.

    Attributes:
        tokenizer: a WordPiece tokenizer with the marks [CLS], [SEP] and [UNK].
    """

    tokenizer: Tokenizer
    _cache: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict)
    _marks: tuple[int, int, int] = field(init=False)

    #: More distinct words than this are not remembered, so that long runs keep their memory.
    CACHE_LIMIT = 100_000

    def __post_init__(self) -> None:
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._marks = (self.number("[CLS]"), self.number("[SEP]"), self.number("[UNK]"))

    def number(self, mark: str) -> int:
        """Return the id of a mark such as `[MASK]`.

        Raises:
            ValueError: the tokenizer has no such mark.
        """
        found = self.tokenizer.token_to_id(mark)
        if found is None:
            raise ValueError(f"the tokenizer has no {mark}; it must be the one of a BERT")
        return int(found)

    def subwords(self, word: str) -> tuple[int, ...]:
        """Return the sub-word ids of `word`: at least one, at most `MAX_SUBWORDS`."""
        return self._look_up(word)[0]

    def _look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return the sub-word ids and the casing code of `word`."""
        found = self._cache.get(word)
        if found is None:
            # The encoder reads at most 100 characters of a word anyway; cutting first bounds the time.
            ids = self.tokenizer.encode(word[:100], add_special_tokens=False).ids[:MAX_SUBWORDS]
            found = tuple(ids) or (self._marks[2],), word_case(word)
            if len(self._cache) < self.CACHE_LIMIT:
                self._cache[word] = found
        return found

    def codes(self, words: Sequence[str], gaps: Sequence[int]) -> "Codes":
        """Return a text as numbers, with the gap code before each word."""
        looked_up = [self._look_up(word) for word in words]
        return Codes(
            ids=[number for ids, _ in looked_up for number in ids],
            cases=[case for ids, case in looked_up for _ in ids],
            gaps=[gap for (ids, _), gap in zip(looked_up, gaps, strict=True) for _ in ids],
            bounds=list(accumulate((len(ids) for ids, _ in looked_up), initial=0)),
            marks=self._marks[:2],
        )

    def encode(self, words: Sequence[str], gaps: Sequence[int]) -> Encoded:
        """Encode the words of one window with the gap code before each."""
        return self.codes(words, gaps).window(0, len(words))


@dataclass(frozen=True, slots=True)
class Codes:
    """A text as numbers, to cut windows from.

    Attributes:
        ids: sub-word ids.
        cases: casing code for each sub-word.
        gaps: gap code for each sub-word.
        bounds: for each word and for the end of the text, the number of sub-words before it.
        marks: ids of the marks that the encoder wants at the start and at the end of a window.
    """

    ids: list[int]
    cases: list[int]
    gaps: list[int]
    bounds: list[int]
    marks: tuple[int, int]

    def reach(self, start: int, limit: int) -> int:
        """Return the end of the longest run of words from `start` that has at most `limit` sub-words."""
        return bisect_right(self.bounds, self.bounds[start] + limit) - 1

    def window(self, start: int, end: int) -> Encoded:
        """Return the words `start:end` for the network."""
        first, last = self.bounds[start], self.bounds[end]
        columns = (
            [self.marks[0], *self.ids[first:last], self.marks[1]],
            [PADDING, *self.cases[first:last], PADDING],
            [UNKNOWN, *self.gaps[first:last], UNKNOWN],
            [bound - first + 1 for bound in self.bounds[start:end]],
            [bound - first for bound in self.bounds[start + 1 : end + 1]],
        )
        return Encoded(*(np.array(column, dtype=np.int64) for column in columns))
