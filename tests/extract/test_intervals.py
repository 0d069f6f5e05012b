"""Time expressions: words -> days, against a publication date of Tuesday 17 November 2015."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.intervals import is_partial, resolve

PUBLISHED = date(2015, 11, 17)  # a Tuesday
ANCHOR = date(2005, 11, 5)

PAST = [
    ("Tuesday", "2015-11-17", "2015-11-17", "day"),
    ("Monday", "2015-11-16", "2015-11-16", "day"),
    ("Wednesday", "2015-11-11", "2015-11-11", "day"),
    ("last Friday", "2015-11-13", "2015-11-13", "day"),
    ("last Tuesday", "2015-11-10", "2015-11-10", "day"),
    ("next Monday", "2015-11-23", "2015-11-23", "day"),
    ("Tuesday morning", "2015-11-17", "2015-11-17", "part_of_day"),
    ("Monday night", "2015-11-16", "2015-11-17", "part_of_day"),
    ("early on Saturday", "2015-11-14", "2015-11-14", "part_of_day"),
    ("the early hours of Tuesday", "2015-11-17", "2015-11-17", "part_of_day"),
    ("overnight", "2015-11-16", "2015-11-17", "part_of_day"),
    ("yesterday", "2015-11-16", "2015-11-16", "day"),
    ("today", "2015-11-17", "2015-11-17", "day"),
    ("tomorrow night", "2015-11-18", "2015-11-18", "part_of_day"),
    ("this morning", "2015-11-17", "2015-11-17", "part_of_day"),
    ("last week", "2015-11-09", "2015-11-15", "week"),
    ("next week", "2015-11-23", "2015-11-29", "week"),
    ("last month", "2015-10-01", "2015-10-31", "month"),
    ("this year", "2015-01-01", "2015-12-31", "year"),
    ("earlier this year", "2015-01-01", "2015-11-17", "year"),
    ("later this month", "2015-11-17", "2015-11-30", "month"),
    ("the weekend", "2015-11-14", "2015-11-15", "interval"),
    ("three days ago", "2015-11-14", "2015-11-14", "day"),
    ("a week ago", "2015-11-10", "2015-11-10", "day"),
    ("two years ago", "2013-01-01", "2013-12-31", "year"),
    ("13 November", "2015-11-13", "2015-11-13", "day"),
    ("Nov. 13", "2015-11-13", "2015-11-13", "day"),
    ("November 13, 2015", "2015-11-13", "2015-11-13", "day"),
    ("Friday 13 November 2015", "2015-11-13", "2015-11-13", "day"),
    ("20 December", "2014-12-20", "2014-12-20", "day"),
    ("20 November", "2015-11-20", "2015-11-20", "day"),
    ("5-6 April 2016", "2016-04-05", "2016-04-06", "interval"),
    ("between 5 and 7 April", "2015-04-05", "2015-04-07", "interval"),
    ("June 5-7", "2015-06-05", "2015-06-07", "interval"),
    ("October", "2015-10-01", "2015-10-31", "month"),
    ("early November 2005", "2005-11-01", "2005-11-10", "month"),
    ("2011", "2011-01-01", "2011-12-31", "year"),
    ("1977-1979", "1977-01-01", "1979-12-31", "interval"),
    ("the 1990s", "1990-01-01", "1999-12-31", "decade"),
    ("the 19th century", "1801-01-01", "1900-12-31", "century"),
    ("Q3 2022", "2022-07-01", "2022-09-30", "quarter"),
    ("the first quarter of 2023", "2023-01-01", "2023-03-31", "quarter"),
    ("2015-11-17", "2015-11-17", "2015-11-17", "day"),
    ("four days later", "2005-11-09", "2005-11-09", "day"),
    ("the day before", "2005-11-04", "2005-11-04", "day"),
    ("the next day", "2005-11-06", "2005-11-06", "day"),
]

FUTURE = [
    ("Thursday", "2015-11-19"),
    ("Tuesday", "2015-11-17"),
    ("Monday", "2015-11-23"),
    ("3 January", "2016-01-03"),
]


@pytest.mark.parametrize(("words", "start", "end", "granularity"), PAST)
def test_expression_in_a_past_clause(words, start, end, granularity):
    interval = resolve(words, PUBLISHED, anchor=ANCHOR)
    assert interval is not None
    assert (str(interval.start), str(interval.end), interval.granularity) == (start, end, granularity)


@pytest.mark.parametrize(("words", "start"), FUTURE)
def test_expression_in_a_future_clause(words, start):
    interval = resolve(words, PUBLISHED, tense="future")
    assert interval is not None
    assert str(interval.start) == start


@pytest.mark.parametrize(
    "words",
    [
        "several weeks",
        "three months",
        "31 June",
        "recently",
        "now",
        "a few days ago",
        "the past decade",
        "12/03/2024",
    ],
)
def test_what_cannot_be_known_has_no_value(words):
    assert resolve(words, PUBLISHED, anchor=ANCHOR) is None


@pytest.mark.parametrize(
    "words", ["Tuesday", "yesterday", "last week", "13 November", "two years ago", "this morning"]
)
def test_nothing_is_guessed_without_a_publication_date(words):
    assert resolve(words, None) is None


def test_a_date_without_a_year_takes_the_year_of_its_anchor():
    assert is_partial("4 April")
    assert not is_partial("4 April 2016")
    interval = resolve("4 April", None, anchor=date(2016, 4, 6))
    assert interval is not None
    assert interval.start == date(2016, 4, 4)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from([row[0] for row in PAST]))
def test_start_is_never_after_end(published, words):
    interval = resolve(words, published, anchor=published)
    assert interval is None or interval.start <= interval.end


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from("Monday Tuesday Sunday".split()))
def test_a_bare_weekday_lies_within_the_last_or_next_seven_days(published, words):
    past, future = resolve(words, published), resolve(words, published, tense="future")
    assert past is not None
    assert future is not None
    assert timedelta(0) <= published - past.start < timedelta(7)
    assert timedelta(0) <= future.start - published < timedelta(7)


@given(st.text(max_size=30))
def test_any_text_is_survived(words):
    interval = resolve(words, PUBLISHED, anchor=ANCHOR)
    assert interval is None or interval.start <= interval.end
