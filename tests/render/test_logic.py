"""The scripts that know the data alone, run by Node without a page; skipped where there is no Node."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pyoxigraph
import pytest
from lxml import etree

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.rdf import to_turtle
from kg.render import view_model
from kg.render.page import SCRIPTS

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")

LOGIC = [name for name in SCRIPTS if name.startswith("logic/")]
Run = Callable[[str], Any]


def scripts_with(graph: KnowledgeGraph) -> str:
    """Return the scripts with the data of a graph."""
    view = view_model(graph, analyse(graph), title="News")
    texts = [files("kg.render").joinpath(f"templates/js/{name}.js").read_text("utf-8") for name in LOGIC]
    return f'"use strict";\nconst DATA = {json.dumps(view)};\n' + "\n".join(texts)


def run_node(scripts: str, program: str) -> Any:
    """Return what some lines of JavaScript return."""
    tail = f"\nprocess.stdout.write(JSON.stringify((() => {{ {program} }})() ?? null));\n"
    done = subprocess.run(["node", "-"], input=scripts + tail, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def run(news: KnowledgeGraph) -> Run:
    scripts = scripts_with(news)
    return lambda program: run_node(scripts, program)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("François Hollande", "francois", "François"),
        ("The ÉLAN of it", "elan", "ÉLAN"),
        ("a  b", "b", "b"),
        ("\U0001f600 Raqqa", "raqqa", "Raqqa"),
        ("ﬁre", "fi", "ﬁ"),  # one letter that folds to two
        ("nothing", "x", None),
    ],
)
def test_a_word_is_found_whatever_its_accents(run: Run, text: str, word: str, found: str | None) -> None:
    at = run(f"return foundAt({json.dumps(text)}, {json.dumps(word)})")
    assert (None if at is None else text[at[0] : at[1]]) == found


def test_search_ranks_whole_names_first(run: Run) -> None:
    hits = run("return find('france').map(([heading, entries]) => [heading, entries.map((e) => e.names[0])])")
    kinds = dict(hits)
    assert kinds["Names"][0] == "france"
    assert len(kinds["Names"]) <= 7
    assert all("france" in name for name in kinds["Sentences"])
    assert run("return find('  ')") == []


def test_a_question_finds_what_it_asks_for(run: Run) -> None:
    program = "return find('Who was ordered to strike Raqqa, and when?').map(([heading, entries]) => [heading, entries[0].names[0]])"
    assert dict(run(program))["Events"] == "french warplanes was ordered to strike raqqa on 15 november"
    assert run("return find('who met whom where')") == []


def test_offsets_count_characters_not_code_units(run: Run) -> None:
    assert run("return slice('\\u{1f600}\\u{1f600}ab', 2, 3)") == "a"
    assert run("return shorten('x'.repeat(10000), 5)") == "xxxx…"
    assert run("return shorten('abc', 5)") == "abc"


def test_neighbours_are_those_that_a_search_over_edges_finds(run: Run) -> None:
    program = """
      const edges = visible().edges, start = 0, sizes = [];
      for (const steps of [0, 1, 2, 3]) sizes.push(within(edges, start, steps).size);
      return { sizes, direct: new Set(edges.flatMap(({ edge }) => edge.from === start ? [edge.to] : edge.to === start ? [edge.from] : [])).size };
    """
    found = run(program)
    assert found["sizes"][0] == 1
    assert found["sizes"][1] == 1 + found["direct"]
    assert found["sizes"] == sorted(found["sizes"])


def test_a_shortest_path_is_one(run: Run) -> None:
    """As long as the number of steps after which its end is first reached, and every step an edge."""
    program = """
      const edges = DATA.networks.actors.edges.map(filteredEdge).filter(Boolean), told = [];
      for (const from of [0, 5, 9]) for (const to of [1, 20, 40]) {
        const path = shortestPath(edges, from, to);
        let steps = 0;
        while (steps < 60 && !within(edges, from, steps).has(to)) steps += 1;
        const linked = path && path.every((node, i) => !i || edges.some(({ edge }) => (edge.from === path[i - 1] && edge.to === node) || (edge.to === path[i - 1] && edge.from === node)));
        told.push([path && path.length - 1, steps, linked]);
      }
      return told;
    """
    paths = run(program)
    assert any(length is not None for length, _, _ in paths)
    for length, steps, linked in paths:
        assert (length is None and steps == 60) or (length == steps and linked)


def test_events_behind_events_lead_to_an_entity(run: Run, news: KnowledgeGraph) -> None:
    program = "return DATA.entities.map((entity, node) => [entity.label, inConnection(node).map(({ event, via }) => [event, via])])"
    number = {event.id: i for i, event in enumerate(news.events)}
    for label, found in run(program):
        entity = next(e for e in news.entities if e.label == label)
        direct = {e.id for e in news.events if any(p.entity == entity.id for p in e.participants)}
        wanted: set[str] = set()
        while True:
            reached = {
                e.id
                for e in news.events
                if e.id not in direct and any(p.event in direct | wanted for p in e.participants)
            }
            if reached == wanted:
                break
            wanted = reached
        assert {event for event, _ in found} == {number[id] for id in wanted}
        for _, via in found:
            assert news.events[via[-1]].id in direct


def test_filters_leave_the_events_they_name(run: Run, news: KnowledgeGraph) -> None:
    program = """
      state.off.status.add("asserted");
      const some = DATA.events.filter((_, i) => passes(i)).map((event) => event.status);
      state.off.status.clear();
      state.window = [dayNumber("2015-11-15"), dayNumber("2015-11-16")];
      state.undated = false;
      const days = DATA.events.filter((_, i) => passes(i)).map((event) => event.time.start);
      return { some, days };
    """
    found = run(program)
    assert len(found["some"]) == sum(event.status != "asserted" for event in news.events)
    assert set(found["days"]) == {"2015-11-15", "2015-11-16"}


def test_what_hides_a_node_is_taken_back_and_nothing_else(run: Run) -> None:
    program = """
      const i = DATA.events.findIndex((event) => event.status === "negated" && event.time === undefined);
      state.off.status.add("negated").add("planned");
      state.undated = false;
      const back = reveal(FIRST_EVENT + i);
      return { back, passes: passes(i), left: [...state.off.status] };
    """
    assert run(program) == {"back": ["negated", "events without a date"], "passes": True, "left": ["planned"]}


def test_an_address_says_all_of_the_state(run: Run) -> None:
    program = """
      state.mode = "events"; state.hops = 2; state.undated = false; state.grouped = true; state.open.add(1);
      state.off.type.add("Place"); state.off.line.clear();
      state.window = [dayNumber("2015-11-14"), dayNumber("2015-11-16")];
      const seen = [];
      for (const picked of [null, { kind: "node", node: 3 }, { kind: "pair", source: 1, target: 2 }, { kind: "path", from: 4, to: 5 },
        { kind: "relation", relation: 1 }, { kind: "sentence", sentence: 2 }, { kind: "group", group: 0 }, { kind: "bundle", source: -1, target: 7 }]) {
        state.selected = picked;
        const text = address();
        takeAddress("");
        const plain = address();
        takeAddress(text);
        seen.push([plain, address() === text, JSON.stringify(state.selected) === JSON.stringify(picked)]);
      }
      return seen;
    """
    assert run(program) == [["", True, True]] * 8


@pytest.mark.parametrize(
    "text", ["node=nobody&hops=9&view=x", "days=never~ever&no-type={", "pair=|&open=a.b.99", "table=__proto__", "%%%"]
)  # fmt: skip
def test_a_mistyped_address_does_no_harm(run: Run, text: str) -> None:
    assert run(f"takeAddress({json.dumps(text)}); return address()") == ""


def test_communities_add_up_what_lies_between_them(run: Run) -> None:
    program = """
      const plain = DATA.networks.actors.edges.map(filteredEdge).filter(Boolean);
      state.grouped = true;
      const edges = bundled(plain);
      const inside = plain.filter(({ edge }) => COMMUNITY[edge.from] !== null && COMMUNITY[edge.from] === COMMUNITY[edge.to]);
      const sum = (items) => items.reduce((total, item) => total + item.weight, 0);
      return [sum(edges) + sum(inside), sum(plain), edges.every(({ edge }) => edge.from !== edge.to)];
    """
    added, whole, apart = run(program)
    assert added == whole
    assert apart


def test_an_opened_community_pushes_no_other_onto_it(run: Run) -> None:
    program = """
      state.grouped = true; state.open.add(0); shown = visible();
      const places = positions();
      const all = [...shown.nodes].map((node) => places.get(node));
      let nearest = Infinity;
      all.forEach((a, i) => all.slice(i + 1).forEach((b) => { nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y)); }));
      return { nearest, members: DATA.communities[0].members.filter((node) => shown.nodes.has(node)).length };
    """
    found = run(program)
    assert found["members"] > 1
    assert found["nearest"] > 8


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", '"\'=1+1"'),
        ("-5 degrees", '"\'-5 degrees"'),
        (-5, '"-5"'),
        ('say "no"', '"say ""no"""'),
        ("a\nb", '"a\nb"'),
    ],
)
def test_no_cell_is_a_formula(run: Run, value: str | int, cell: str) -> None:
    assert run(f"return csvCell({json.dumps(value)})") == cell


def test_rows_sort_with_the_missing_last(run: Run) -> None:
    program = "return [false, true].map((descending) => tableRows({ kind: 'events', sort: 0, descending, text: '' }).map((row) => row.cells[0]))"
    for days, reverse in zip(run(program), (False, True), strict=True):
        dated = [day for day in days if day]
        assert dated == sorted(dated, reverse=reverse)
        assert days[len(dated) :] == [""] * (len(days) - len(dated))


def test_turtle_says_nothing_that_the_graph_does_not(run: Run, news: KnowledgeGraph) -> None:
    text = run("state.mode = 'table'; return turtleText(chosen())")
    found = {str(q) for q in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)}
    whole = {str(q) for q in pyoxigraph.parse(to_turtle(news), format=pyoxigraph.RdfFormat.TURTLE)}
    assert len(found) > 500
    assert found <= whole


BAD = "\"\\\n\t\r<>^`{|} \x00\x07\ud800 é \u2028 ]]> &amp; '"


def test_turtle_and_graphml_stay_well_formed_whatever_the_text(small_graph: KnowledgeGraph) -> None:
    entities = tuple(replace(e, label=BAD, aliases=(BAD, "x")) for e in small_graph.entities)
    graph = replace(small_graph, entities=entities)
    turtle, graphml = run_node(
        scripts_with(graph), "state.mode = 'table'; return [turtleText(chosen()).toWellFormed(), graphmlText(chosen()).toWellFormed()]"
    )  # fmt: skip
    assert list(pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert etree.fromstring(graphml.encode()).tag.endswith("graphml")


def test_of_labels_that_would_meet_only_the_first_is_written(run: Run) -> None:
    program = """
      const room = makeRoom(), written = [];
      for (let node = 0; node < 200; node += 1) room.add({ x0: (node * 37) % 800 - 5, x1: (node * 37) % 800 + 5, y0: (node * 53) % 600 - 5, y1: (node * 53) % 600 + 5, node });
      for (let node = 0; node < 200; node += 1) {
        const box = labelBoxes({ x: (node * 37) % 800, y: (node * 53) % 600, broad: 5, high: 5, width: 90, node }).find((spot) => room.free(spot, node));
        if (box) { room.add({ ...box, node: null }); written.push([box.x0, box.x1, box.y0, box.y1]); }
      }
      return written;
    """
    boxes = run(program)
    assert 20 < len(boxes) < 200
    for i, (x0, x1, y0, y1) in enumerate(boxes):
        assert not any(x1 >= a0 and x0 <= a1 and y1 >= b0 and y0 <= b1 for a0, a1, b0, b1 in boxes[:i])
