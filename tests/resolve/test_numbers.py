"""Numbers with their bounds, as news says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.numbers import Amount, read_amount


@pytest.mark.parametrize(
    ("phrase", "amount", "rest"),
    [
        ("129 people", "129", "people"),
        ("At least 130 people", "130+", "people"),
        ("no fewer than 12 of them", "12+", "them"),
        ("more than a dozen fighters", "13+", "fighters"),
        ("over 1,200 homes", "1201+", "homes"),
        ("up to 30 fighters", "up to 30", "fighters"),
        ("as many as 40 workers", "up to 40", "workers"),
        ("fewer than 20 of the miners", "up to 19", "miners"),
        ("nearly 200 people", "180-199", "people"),
        ("some 40 people", "36-44", "people"),
        ("130-140 people", "130-140", "people"),
        ("10 to 15 men", "10-15", "men"),
        ("between 10 and 15 men", "10-15", "men"),
        ("twenty-one passengers", "21", "passengers"),
        ("a hundred and twenty soldiers", "120", "soldiers"),
        ("two dozen cars", "24", "cars"),
        ("1.2 million voters", "1200000", "voters"),
        ("dozens of people", "24-199", "people"),
        ("dozens", "24-199", ""),
        ("tens of thousands of people", "20000+", "people"),
        ("hundreds", "200-1999", ""),
        ("the three men", "3", "men"),
        ("130", "130", ""),
    ],
)
def test_an_amount(phrase: str, amount: str, rest: str) -> None:
    found = read_amount(phrase)
    assert found is not None
    assert (str(found[0]), found[1]) == (amount, rest)


@pytest.mark.parametrize(
    "phrase",
    ["France", "the people", "five more people", "another 12 people", "19-year-old man", "2014 elections", "$40 billion",
     "12% of them", "the first man", "no people", "a group of 12 men", "half of the 12 men", ""],
)  # fmt: skip
def test_no_amount(phrase: str) -> None:
    assert read_amount(phrase) is None


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("at least 130 people", "132 people", True),
        ("at least 130 people", "129 people", False),
        ("more than 100 people", "129 people", True),
        ("dozens of people", "41 people", True),
        ("dozens of people", "300 people", False),
        ("up to 30 people", "about 32 people", True),
        ("12 people", "13 people", False),
    ],
)
def test_bounds_that_meet_do_not_conflict(one: str, other: str, agrees: bool) -> None:
    first, second = read_amount(one), read_amount(other)
    assert first is not None
    assert second is not None
    assert first[0].agrees(second[0]) is agrees


amounts = st.builds(
    lambda low, more: Amount(low, None if more is None else low + more),
    st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
)


@given(amounts, amounts)
def test_agreeing_is_mutual_and_near_is_wider(one: Amount, other: Amount) -> None:
    assert one.agrees(one)
    assert one.agrees(other) == other.agrees(one)
    assert one.near(other) == other.near(one)
    assert one.near(other) or not one.agrees(other)


@given(st.integers(1, 10**8))
def test_a_number_in_figures_is_itself(number: int) -> None:
    found = read_amount(f"{number:,} people")
    assert found == (Amount(number, number), "people")
