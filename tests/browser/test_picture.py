"""The picture: nodes, edges, neighbours, communities, paths."""

from typing import Any


def test_a_click_on_a_node_shows_its_evidence(visit: Any) -> None:
    visit.tab.mouse.click(*visit.mouse_over("France ·"))
    assert "\nPlace\n" in visit.panel()
    assert "France struck Raqqa" in visit.panel()
    assert "node=entity" in visit.tab.url


def test_a_click_on_an_edge_shows_what_happened_between_the_two(visit: Any) -> None:
    visit.tab.mouse.click(*visit.mouse_over("France → Raqqa"))
    assert "Between two actors" in visit.panel()
    assert "France struck Raqqa" in visit.panel()


def test_a_click_on_a_relation_shows_its_sentence(visit: Any) -> None:
    visit.tab.mouse.click(*visit.mouse_over("Raqqa → Syria"))
    assert "A lasting relation" in visit.panel()
    assert "Raqqa lies in Syria." in visit.panel()


def test_a_click_on_an_event_shows_it(visit: Any) -> None:
    visit.keys("2")
    visit.tab.mouse.click(*visit.mouse_over("France struck Raqqa"))
    assert visit.heading().startswith("France struck Raqqa")


def test_a_click_beside_everything_clears_the_selection(visit: Any) -> None:
    visit.search("raqqa")
    visit.tab.wait_for_timeout(350)  # else two clicks are one double click
    box = visit.tab.locator("#net").bounding_box()
    visit.tab.mouse.click(box["x"] + 6, box["y"] + box["height"] - 6)
    visit.tab.wait_for_function("document.querySelector('#panel h2').textContent === 'At a glance'")


def test_neighbours_within_more_steps_are_more(visit: Any) -> None:
    visit.search("turkey")
    told = []
    for hops in "123":
        visit.tab.click(f"#panel .actions button:has-text('{hops}')")
        told.append(int(visit.tab.inner_text("#said").split()[0]))
    assert told[0] < told[1] <= told[2]


def test_events_view_says_what_it_leaves_out(visit: Any) -> None:
    visit.keys("2")
    assert visit.tab.get_attribute("[data-mode=events]", "aria-pressed") == "true"
    assert "most reported" in visit.tab.inner_text("#notice")
    visit.tab.click("text=Show all")
    assert "most reported" not in visit.tab.inner_text("#notice")
    visit.tab.click("#back")
    assert visit.tab.get_attribute("[data-mode=actors]", "aria-pressed") == "true"


def test_communities_stand_for_their_members_and_open(visit: Any) -> None:
    visit.keys("g")
    assert visit.tab.get_attribute("#grouped", "aria-pressed") == "true"
    assert "community of actors" in visit.tab.inner_text("#notice")
    visit.keys("ArrowRight")
    name = visit.heading()
    assert "closely" in visit.panel()
    visit.keys("Enter")
    assert "open=" in visit.tab.url
    assert visit.tab.locator("#panel button", has_text="Close it").count() == 1
    again = visit.again()
    assert again.heading() == name
    again.context.close()
    visit.keys("Enter", "g")
    assert "groups" not in visit.tab.url


def test_who_is_looked_for_is_found_in_a_community(visit: Any) -> None:
    visit.keys("g")
    visit.search("sinai")
    assert visit.heading() == "Sinai"
    assert "open=" in visit.tab.url


def test_a_line_between_communities_lists_its_pairs(visit: Any) -> None:
    visit.tab.click("#grouped")
    bundle = visit.tab.evaluate(
        "() => JSON.parse(document.querySelector('#data').textContent).communities.rows"
    )
    assert bundle > 1
    visit.tab.goto(f"{visit.tab.url.split('#')[0]}#groups=yes&bundle=group+0%7Cgroup+1")
    visit.tab.wait_for_function(
        "document.querySelector('#panel').textContent.includes('Between two communities')"
    )


def test_a_path_comes_with_its_chain_of_evidence(visit: Any) -> None:
    visit.search("turkey")
    visit.tab.click("text=Find a path to")
    assert "where the path shall lead" in visit.tab.inner_text("#notice")
    visit.search("kremlin")
    assert "shortest path" in visit.panel()
    steps = visit.tab.locator("#panel .chain h3").all_inner_texts()
    assert steps[0].startswith("Turkey")
    assert "Kremlin" in steps[-1]
    assert len(steps) >= 2
    assert visit.tab.locator("#panel blockquote").count() >= len(steps)
    again = visit.again()
    assert again.panel() == visit.panel()
    again.context.close()


def test_a_path_by_keyboard_and_out_of_it(visit: Any) -> None:
    visit.search("turkey")
    visit.keys("p")
    assert "where the path shall lead" in visit.tab.inner_text("#notice")
    visit.keys("Escape")
    assert "path" not in visit.tab.inner_text("#notice")
    assert visit.heading() == "Turkey"


def test_zoom_by_buttons_and_keys(visit: Any) -> None:
    def picture() -> bytes:
        return bytes(visit.tab.locator("#net").screenshot())

    whole = picture()
    visit.tab.click("#zoom-in")
    closer = picture()
    visit.keys("-")
    visit.keys("+", "+")
    closest = picture()
    visit.keys("f")
    assert len({whole, closer, closest}) == 3
    visit.tab.locator("#zoom-in").focus()
