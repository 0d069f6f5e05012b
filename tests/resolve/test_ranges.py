from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.ranges import Range, Ranges

OFFSETS = st.integers(0, 12)
RANGES = st.lists(st.tuples(OFFSETS, OFFSETS).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(RANGES, OFFSETS)
def test_the_furthest_end(ranges: list[Range], offset: int) -> None:
    assert Ranges(ranges).furthest(offset) == max((e for s, e in ranges if s <= offset), default=-1)


@given(RANGES, OFFSETS, OFFSETS)
def test_what_opens_between_two_offsets(ranges: list[Range], start: int, end: int) -> None:
    assert list(Ranges(ranges).opening(start, end)) == sorted(r for r in ranges if start <= r[0] < end)
