"""Stretches of one text, searched by bisection, so that a document of any length is not compared with itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

__all__ = ["Range", "Ranges"]

Range = tuple[int, int]


class Ranges:
    """Ranges of offsets in characters, half-open; they may nest and overlap."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [start for start, _ in self._ranges]
        self._furthest = list(accumulate((end for _, end in self._ranges), max))

    def furthest(self, offset: int) -> int:
        """Return the last end of the ranges that start at an offset or before it; -1 where none does.

        >>> Ranges([(0, 9), (2, 4)]).furthest(2), Ranges([(2, 4)]).furthest(1)
        (9, -1)
        """
        before = bisect_right(self._starts, offset)
        return self._furthest[before - 1] if before else -1

    def opening(self, start: int, end: int) -> Sequence[Range]:
        """Return the ranges that start at or after `start` and before `end`, in text order.

        >>> Ranges([(0, 9), (2, 4), (6, 8)]).opening(0, 6)
        [(0, 9), (2, 4)]
        """
        return self._ranges[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
