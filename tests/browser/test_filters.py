"""Legend and timeline: what they leave, what they hide, how it comes back."""

from typing import Any


def rows(visit: Any) -> int:
    visit.keys("3") if visit.tab.get_attribute("[data-mode=table]", "aria-pressed") != "true" else None
    return int(visit.tab.locator("#table tbody tr").count())


def row_of(visit: Any, facet: str, value: str) -> Any:
    box = visit.tab.locator(f"[data-facet={facet}]")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    return box.locator("li", has=visit.tab.locator(f"span[title='{value}']"))


def test_only_leaves_what_it_says(visit: Any) -> None:
    row_of(visit, "status", "negated").locator(".only").click(force=True)
    assert "6 of 80 events match" in visit.tab.inner_text("#notice")
    visit.keys("3")
    assert visit.column(2) == ["negated"] * 6
    visit.tab.click("text=Clear filters")
    assert rows(visit) == 80


def test_every_number_in_the_legend_is_what_only_leaves(visit: Any) -> None:
    visit.keys("3")
    for facet in ("status", "category", "outlet"):
        for row in visit.tab.locator(f"[data-facet={facet}] li").all()[:3]:
            number = int(row.locator(".n").text_content())
            row.locator(".only").dispatch_event("click")
            assert rows(visit) == number
        visit.tab.locator(f"[data-facet={facet}] .all").dispatch_event("click")
        assert rows(visit) == 80


def test_none_and_all(visit: Any) -> None:
    visit.tab.locator("[data-facet=type] .none").dispatch_event("click")
    assert "Nothing matches these filters" in visit.tab.inner_text("#empty")
    visit.tab.locator("[data-facet=type] .all").dispatch_event("click")
    assert visit.tab.locator("#empty").is_hidden()


def test_relations_can_be_left_out_by_kind(visit: Any) -> None:
    visit.keys("3")
    visit.tab.click("#table [data-kind=relations]")
    before = rows(visit)
    row_of(visit, "property", "lies in").locator("input").uncheck()
    assert rows(visit) == before - 2
    assert "lies in" not in visit.column(1)


def test_a_filter_by_keyboard(visit: Any) -> None:
    check = row_of(visit, "type", "Place").locator("input")
    check.focus()
    visit.tab.keyboard.press("Space")
    assert not check.is_checked()
    assert "no-type" in visit.tab.url
    again = visit.again()
    assert not row_of(again, "type", "Place").locator("input").is_checked()
    again.context.close()


def test_what_is_asked_for_by_name_comes_back_and_says_so(visit: Any) -> None:
    row_of(visit, "type", "Place").locator("input").uncheck()
    visit.search("vienna")
    assert visit.heading() == "Vienna"
    assert "Place" in visit.tab.inner_text("#toast")
    assert row_of(visit, "type", "Place").locator("input").is_checked()


def test_an_event_that_is_filtered_away_comes_back(visit: Any) -> None:
    row_of(visit, "status", "negated").locator("input").uncheck()
    visit.search("belgium did not help")
    assert "negated" in visit.tab.inner_text("#toast")
    assert row_of(visit, "status", "negated").locator("input").is_checked()


def test_the_timeline_narrows_by_keyboard(visit: Any) -> None:
    slider = visit.tab.locator("#timeline .last")
    slider.focus()
    for _ in range(7):
        visit.tab.keyboard.press("ArrowLeft")
    visit.tab.uncheck("#undated")
    visit.keys("3")
    assert set(visit.column(0)) == {"2015-11-13"}
    assert "13 Nov 2015" in str(slider.get_attribute("aria-valuetext"))
    assert "days=2015-11-13" in visit.tab.url
    visit.tab.click("#all-days")
    assert visit.tab.inner_text("#window-text") == "All days"


def test_the_window_is_drawn_and_moved_by_mouse(visit: Any) -> None:
    box = visit.tab.locator("#timeline svg").bounding_box()

    def drag(start: float, end: float) -> str:
        y = box["y"] + box["height"] / 2
        visit.tab.mouse.move(box["x"] + start * box["width"], y)
        visit.tab.mouse.down()
        visit.tab.mouse.move(box["x"] + end * box["width"], y, steps=4)
        visit.tab.mouse.up()
        return str(visit.tab.inner_text("#window-text"))

    assert drag(0.3, 0.55) == "15 Nov 2015 – 17 Nov 2015"
    assert drag(0.45, 0.7) == "17 Nov 2015 – 19 Nov 2015"
    assert "days=2015-11-17" in visit.tab.url
