"""Plots: as long as their numbers say, and no name becomes markup."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.render import chart, citations
from kg.render.chart import Bar, bars, columns, text_bar

NUMBERS = st.integers(0, 5000)


@pytest.mark.parametrize("module", [chart, citations])
def test_examples(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.attempted > 0, result.failed) == (True, 0)


@given(st.lists(st.tuples(st.text(), NUMBERS, NUMBERS), max_size=12))
def test_bars_are_as_long_as_their_numbers(rows: list[tuple[str, int, int]]) -> None:
    clean = [("".join(c for c in name if c.isprintable()), a, b) for name, a, b in rows]
    svg = etree.fromstring(str(bars([Bar(name, {"x": a, "y z": b}) for name, a, b in clean], caption="<c>")))
    drawn = svg.findall(".//rect")
    assert len(drawn) == 2 * len(rows)
    assert svg.get("aria-label") == "<c>"
    most = max((a + b for _, a, b in rows), default=0)
    for at, (_, a, b) in enumerate(rows):
        widths = [float(rect.get("width")) for rect in drawn[2 * at : 2 * at + 2]]
        assert sum(widths) == pytest.approx((a + b) / (most or 1) * 284, abs=0.2)
        assert drawn[2 * at + 1].get("class") == "part part-y-z"


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=60))
def test_columns_stand_on_each_other_inside_the_plot(counts: list[tuple[int, int]]) -> None:
    periods = {f"2020-{number:02}": {"a": a, "b": b} for number, (a, b) in enumerate(counts)}
    svg = etree.fromstring(str(columns(periods, caption="c")))
    drawn = svg.findall(".//rect")
    assert len(drawn) == sum((a > 0) + (b > 0) for a, b in counts)
    for rect in drawn:
        assert 0 <= float(rect.get("y")) <= 210
        assert 0 <= float(rect.get("x")) <= 640
    assert {line.get("class") for line in svg.findall(".//line")} <= {"grid"}


def test_names_stay_text_and_links_lead_on() -> None:
    text = bars([Bar("<script>x</script>", {'"><b>': 2}, "#e1")], caption='"<b>')
    svg = etree.fromstring(str(text))
    assert "<script" not in text
    assert svg.findall(".//a")[0].get("href") == "#e1"
    assert svg.findall(".//title")[0].text == '<script>x</script>: "><b> 2'


@given(NUMBERS, NUMBERS)
def test_text_bars_grow(one: int, other: int) -> None:
    most = max(one, other)
    assert (len(text_bar(one, most)) <= len(text_bar(other, most))) or one > other
    assert bool(text_bar(one, most)) is (one > 0)
