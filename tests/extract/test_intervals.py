"""Time expressions: words -> days, against a publication date of Tuesday 17 November 2015."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times.days import feast_of
from kg.extract.times.intervals import is_duration, is_partial, resolve

PUBLISHED = date(2015, 11, 17)  # a Tuesday
ANCHOR = date(2006, 3, 9)

PAST = [
    ("Tuesday", "2015-11-17", "2015-11-17", "day"),
    ("Monday", "2015-11-16", "2015-11-16", "day"),
    ("Wednesday", "2015-11-11", "2015-11-11", "day"),
    ("last Friday", "2015-11-13", "2015-11-13", "day"),
    ("last Tuesday", "2015-11-10", "2015-11-10", "day"),
    ("next Monday", "2015-11-23", "2015-11-23", "day"),
    ("Tuesday morning", "2015-11-17", "2015-11-17", "part_of_day"),
    ("Monday night", "2015-11-16", "2015-11-17", "part_of_day"),
    ("early on Sunday", "2015-11-15", "2015-11-15", "part_of_day"),
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
    ("Sunday 6 December", "2015-12-06", "2015-12-06", "day"),
    ("Saturday 6 December", "2014-12-06", "2014-12-06", "day"),
    ("20 December", "2014-12-20", "2014-12-20", "day"),
    ("20 November", "2015-11-20", "2015-11-20", "day"),
    ("8-9 July 2013", "2013-07-08", "2013-07-09", "interval"),
    ("between 5 and 7 April", "2015-04-05", "2015-04-07", "interval"),
    ("June 5-7", "2015-06-05", "2015-06-07", "interval"),
    ("October", "2015-10-01", "2015-10-31", "month"),
    ("early June 1994", "1994-06-01", "1994-06-10", "month"),
    ("2011", "2011-01-01", "2011-12-31", "year"),
    ("1961-1963", "1961-01-01", "1963-12-31", "interval"),
    ("the 1990s", "1990-01-01", "1999-12-31", "decade"),
    ("the 19th century", "1801-01-01", "1900-12-31", "century"),
    ("Q3 2022", "2022-07-01", "2022-09-30", "quarter"),
    ("the first quarter of 2023", "2023-01-01", "2023-03-31", "quarter"),
    ("2015-11-17", "2015-11-17", "2015-11-17", "day"),
    ("late last year", "2014-09-02", "2014-12-31", "year"),
    ("the end of May", "2015-05-22", "2015-05-31", "month"),
    ("the beginning of the month", "2015-11-01", "2015-11-10", "month"),
    ("the first week of May", "2015-05-01", "2015-05-07", "week"),
    ("the week of 5 June", "2015-06-01", "2015-06-07", "week"),
    ("the late 1960s", "1966-09-02", "1969-12-31", "decade"),
    ("the '90s", "1990-01-01", "1999-12-31", "decade"),
    ("the twentieth century", "1901-01-01", "2000-12-31", "century"),
    ("December", "2014-12-01", "2014-12-31", "month"),
    ("last November", "2014-11-01", "2014-11-30", "month"),
    ("next March", "2016-03-01", "2016-03-31", "month"),
    ("September last year", "2014-09-01", "2014-09-30", "month"),
    ("summer 2014", "2014-06-01", "2014-08-31", "interval"),
    ("last winter", "2014-12-01", "2015-02-28", "interval"),
    ("next spring", "2016-03-01", "2016-05-31", "interval"),
    ("the second half of 2014", "2014-07-01", "2014-12-31", "interval"),
    ("the third quarter of last year", "2014-07-01", "2014-09-30", "quarter"),
    ("the last quarter", "2015-07-01", "2015-09-30", "quarter"),
    ("the past two weeks", "2015-11-03", "2015-11-17", "interval"),
    ("the next six months", "2015-11-17", "2016-05-17", "interval"),
    ("the past decade", "2005-11-17", "2015-11-17", "interval"),
    ("the year before last", "2013-01-01", "2013-12-31", "year"),
    ("this Thursday", "2015-11-19", "2015-11-19", "day"),
    ("this past Saturday", "2015-11-14", "2015-11-14", "day"),
    ("Tuesday last week", "2015-11-10", "2015-11-10", "day"),
    ("the morning of 4 July", "2015-07-04", "2015-07-04", "part_of_day"),
    ("5.30 pm on Monday", "2015-11-16", "2015-11-16", "part_of_day"),
    ("7:15 p.m. (GMT +2)", "2006-03-09", "2006-03-09", "part_of_day"),
    ("more than a year ago", "2014-01-01", "2014-12-31", "year"),
    ("Easter Monday 2014", "2014-04-21", "2014-04-21", "day"),
    ("Christmas Eve", "2014-12-24", "2014-12-24", "day"),
    ("Saturday and Sunday", "2015-11-14", "2015-11-15", "interval"),
    ("Saturday to Monday", "2015-11-14", "2015-11-16", "interval"),
    ("April to June 2014", "2014-04-01", "2014-06-30", "interval"),
    ("between 2010 and 2012", "2010-01-01", "2012-12-31", "interval"),
    ("2014-15", "2014-01-01", "2015-12-31", "interval"),
    ("7 and 8 July", "2015-07-07", "2015-07-08", "interval"),
    ("25.12.2014", "2014-12-25", "2014-12-25", "day"),
    ("10/25/2014", "2014-10-25", "2014-10-25", "day"),
    ("that night", "2006-03-09", "2006-03-10", "part_of_day"),
    ("the following morning", "2006-03-10", "2006-03-10", "part_of_day"),
    ("the following week", "2006-03-13", "2006-03-19", "week"),
    ("a year later", "2007-01-01", "2007-12-31", "year"),
    ("three days later", "2006-03-12", "2006-03-12", "day"),
    ("the day before", "2006-03-08", "2006-03-08", "day"),
    ("the next day", "2006-03-10", "2006-03-10", "day"),
]

FUTURE = [
    ("Thursday", "2015-11-19"),
    ("Tuesday", "2015-11-17"),
    ("Monday", "2015-11-23"),
    ("3 January", "2016-01-03"),
    ("March", "2016-03-01"),
    ("in two weeks", "2015-12-01"),
    ("within a month", "2015-11-17"),
    ("Christmas Day", "2015-12-25"),
]

PRESENT = [
    ("Saturday", "2015-11-21"),
    ("1 January", "2016-01-01"),
    ("20 October", "2015-10-20"),
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


@pytest.mark.parametrize(("words", "start"), PRESENT)
def test_expression_in_a_present_clause(words, start):
    interval = resolve(words, PUBLISHED, tense="present")
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
        "12/03/2024",
        "every Friday",
        "Mondays",
        "last months",
        "fiscal 2014",
        "5 and 7 July",
        "in two weeks",
    ],
)
def test_what_cannot_be_known_has_no_value(words):
    assert resolve(words, PUBLISHED, anchor=ANCHOR) is None


@pytest.mark.parametrize(
    "words",
    [
        "Tuesday",
        "yesterday",
        "last week",
        "13 November",
        "two years ago",
        "this morning",
        "last summer",
        "the past week",
    ],
)
def test_nothing_is_guessed_without_a_publication_date(words):
    assert resolve(words, None) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("three days", True),
        ("the 10-year", True),
        ("more than a month", True),
        ("another two weeks", True),
        ("several years", True),
        ("three days ago", False),
        ("the last three days", False),
        ("Friday", False),
    ],
)
def test_a_duration_says_how_long(words, expected):
    assert is_duration(words) is expected


@pytest.mark.parametrize(
    ("year", "day"), [(1998, "1998-04-12"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2019, "2019-04-21")]
)
def test_easter(year, day):
    assert str(feast_of("easter", year)) == day


def test_a_date_without_a_year_takes_the_year_of_its_anchor():
    assert is_partial("4 April")
    assert is_partial("early April")
    assert not is_partial("4 April 2016")
    assert not is_partial("the following year")
    interval = resolve("18 September", None, anchor=date(2013, 9, 20))
    assert interval is not None
    assert interval.start == date(2013, 9, 18)


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
