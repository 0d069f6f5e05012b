"""Finding and reading: search, the panel, the sentences and where they lead."""

from typing import Any

import pytest

from kg.graph import KnowledgeGraph


def test_it_opens_on_a_drawn_graph_and_an_overview(visit: Any) -> None:
    assert visit.heading() == "At a glance"
    drawn = visit.tab.evaluate(
        "() => { const c = document.querySelector('#net canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n += 1; return n; }"
    )
    assert drawn > 5000


def test_search_by_keyboard_leads_to_evidence(visit: Any) -> None:
    visit.tab.keyboard.press("/")
    visit.tab.keyboard.type("daesh")
    assert "Islamic State" in visit.tab.inner_text("#hits")
    assert "also Daesh" in visit.tab.inner_text("#hits")
    visit.tab.keyboard.press("Enter")
    assert visit.heading() == "Islamic State"
    assert "attacked Paris" in visit.panel()
    marks = visit.tab.eval_on_selector_all(
        "#panel mark", "all => all.map(m => [m.dataset.role, m.textContent])"
    )
    assert ["trigger", "attacked"] in marks
    assert ["patient", "Paris"] in marks


@pytest.mark.parametrize("words", ["francois hollande", "FRANÇOIS", "franc\u0327ois hollande"])
def test_accents_and_capitals_do_not_matter(visit: Any, words: str) -> None:
    visit.tab.fill("#query", words)
    first = visit.tab.locator("#hits [role=option]").first
    assert first.inner_text().startswith("François Hollande")
    assert first.locator("mark").inner_text().startswith("François")


def test_suggestions_come_in_groups_and_the_arrow_keys_walk_them(visit: Any) -> None:
    visit.tab.fill("#query", "raqqa")
    headings = visit.tab.locator("#hits [role=presentation]").all_inner_texts()
    assert headings == ["Names", "Events", "Sentences"]
    visit.tab.keyboard.press("ArrowDown")
    visit.tab.keyboard.press("ArrowDown")
    chosen = visit.tab.get_attribute("#query", "aria-activedescendant")
    words = visit.tab.locator(f"#{chosen} .hit-text").inner_text()
    visit.tab.keyboard.press("Enter")
    assert visit.heading() == words


def test_search_finds_words_of_sentences(visit: Any) -> None:
    visit.search("holds a passport")
    assert "Salah Abdeslam holds a passport of France." in visit.panel()


@pytest.mark.parametrize("dated", [True, False])
def test_an_event_always_tells_when_and_who_says_so(visit: Any, news: KnowledgeGraph, dated: bool) -> None:
    event = next(e for e in news.events if not e.attributed_to and (e.time is not None) is dated)
    visit.search(event.label)
    assert visit.heading() == event.label
    rows = visit.tab.inner_text("#panel dl.roles")
    assert ("no day is told; reported" in rows) is not dated
    assert "quoting nobody" in rows


def test_what_is_not_there_is_said(visit: Any) -> None:
    visit.tab.fill("#query", "xyzzy")
    assert "Nothing here has these words" in visit.tab.inner_text("#hits")
    visit.tab.keyboard.press("Enter")
    assert visit.heading() == "At a glance"


def test_an_event_shows_parts_status_sources_and_outlets(visit: Any) -> None:
    visit.search("french warplanes was ordered")
    panel = visit.panel()
    assert "AirStrike" in panel
    assert "ordered" in panel
    assert "3 reports in 3 articles of 3 outlets" in panel
    assert visit.tab.locator("#panel .roles dt").all_inner_texts()[:2] == ["who", "to whom or what"]
    evidence = visit.tab.locator("#panel section", has=visit.tab.locator("h3", has_text="Evidence"))
    assert evidence.locator("blockquote").count() == 3
    assert len(set(evidence.locator(".outlet").all_inner_texts())) == 3


def test_events_behind_an_event_are_listed_with_their_way(visit: Any) -> None:
    """The one who urges strikes on Raqqa is not among those who take part in the strikes; the place still leads there."""
    visit.search("raqqa")
    section = visit.tab.locator("#panel section", has=visit.tab.locator("h3", has_text="In connection"))
    card = section.locator(".card", has_text="François Hollande urged French defence ministry").first
    assert "by way of French warplanes was ordered to strike Raqqa" in card.inner_text()
    card.locator(".card-head .link").click()
    assert visit.heading().startswith("François Hollande urged")


def test_a_denied_event_is_struck_through(visit: Any) -> None:
    visit.search("belgium did not help")
    assert visit.tab.locator("#panel h2.negated-text").count() == 1
    line = visit.tab.eval_on_selector("#panel h2", "h => getComputedStyle(h).textDecorationLine")
    assert line == "line-through"


def test_a_source_link_points_into_the_article(visit: Any) -> None:
    visit.search("struck raqqa")
    link = visit.tab.locator("#panel a").first
    assert str(link.get_attribute("href")).startswith("https://news.example/")
    assert ":~:text=France%20struck%20Raqqa" in str(link.get_attribute("href"))
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_everything_by_keyboard(visit: Any) -> None:
    visit.keys("ArrowRight")
    first = visit.heading()
    visit.keys("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown")
    assert "At a glance" not in (first, visit.heading())
    visit.keys("Enter")
    assert visit.tab.evaluate("document.activeElement.id") == "panel"
    visit.keys("h")
    assert visit.tab.locator("#panel [aria-pressed=true]", has_text="2").count() == 1
    visit.keys("Escape")
    assert visit.heading() == "At a glance"
    visit.tab.keyboard.press("?")
    assert visit.tab.locator("#help").is_visible()
    visit.tab.keyboard.press("Escape")
    assert not visit.tab.locator("#help").is_visible()


def test_what_happens_is_told_to_those_who_do_not_see_it(visit: Any) -> None:
    visit.search("vienna")
    assert visit.tab.inner_text("#said") == "Vienna selected"
    assert visit.tab.get_attribute("#said", "aria-live") == "polite"


def test_an_address_restores_the_view(visit: Any) -> None:
    visit.search("le drian")
    visit.tab.click("#panel .actions button:has-text('2')")
    again = visit.again()
    assert again.panel() == visit.panel()
    assert "Jean-Yves Le Drian" in again.panel()
    again.check()
    again.context.close()


def test_back_and_forward(visit: Any) -> None:
    visit.search("vienna")
    visit.search("raqqa")
    visit.tab.click("#back")
    assert visit.heading() == "Vienna"
    visit.keys("]")
    assert visit.heading() == "Raqqa"
    visit.keys("[", "[")
    assert visit.heading() == "At a glance"
    assert visit.tab.locator("#back").is_disabled()
