"""The report: what a desk editor needs stands in it, and no name breaks it."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.analyse import analyse
from kg.datamodel import Attribution, Claim, Contradiction
from kg.graph import KnowledgeGraph
from kg.read.records import Rejection
from kg.render import render_report, render_report_page
from kg.render.content import report_content
from kg.render.report import escape_markdown


def report(graph: KnowledgeGraph, **more: object) -> str:
    return render_report(graph, analyse(graph), title="News", provenance={"Made by": "kg"}, **more)  # type: ignore[arg-type]


def page(graph: KnowledgeGraph, **more: object) -> html.HtmlElement:
    return html.document_fromstring(page_text(graph, **more))


def page_text(graph: KnowledgeGraph, **more: object) -> str:
    made = {"title": "News", "provenance": {"Made by": "kg"}} | more
    return render_report_page(graph, analyse(graph), **made)  # type: ignore[arg-type]


def test_it_has_all_parts_in_order(news: KnowledgeGraph) -> None:
    text = report(news, rejected=[Rejection("bad.bin", "no text")])
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Who",
        "Who to whom",
        "With and against each other",
        "What, day by day",
        "Where",
        "Who says so",
        "Denied or disputed",
        "Planned, ordered or asked for",
        "Who belongs together",
        "Evidence",
        "Sentences",
        "Articles",
        "For the lexicon: predicates without an event class",
        "Not read",
        "How this was made",
    ]
    assert "- bad.bin: no text" in text
    assert "| shadow |" in text


def test_every_event_comes_with_its_sentence_and_source(small_graph: KnowledgeGraph) -> None:
    text = report(small_graph)
    assert (
        "- **Jean Dupont orders strikes on Kalma**, according to Élan: [1](#s1) report in 1 article" in text
    )
    assert "> Minister Jean Dupont, 51, ordered strikes on Kalma on Monday" in text
    assert "([Wire “A”, 17 November 2015](<https://example.org/1#:~:text=Minister%20Jean%20Dupont" in text
    assert '<a id="s1"></a>\n1\\. Minister Jean Dupont' in text


def test_a_denied_event_is_no_event_of_its_day(news: KnowledgeGraph) -> None:
    text = report(news)
    days = text[text.index("## What") : text.index("## Where")]
    assert "did not" not in days
    assert "did not" in text


def test_sources_that_contradict_each_other_stand_side_by_side(small_graph: KnowledgeGraph) -> None:
    event = small_graph.events[0]
    trigger = event.mentions[0].trigger
    claims = (
        Claim("12", trigger, trigger, (Attribution("doctors"),), "Post", date(2021, 3, 5)),
        Claim("at least *19*", trigger, trigger),
    )
    graph = replace(small_graph, contradictions=(Contradiction(event.id, "number", "people", claims),))
    text = report(graph)
    part = text.partition("## Where sources contradict each other")[2].partition("\n## ")[0]
    assert f"- **{escape_markdown(event.label)}**: number of people" in part
    assert "  - **12**, according to doctors: " in part
    assert "  - **at least \\*19\\***: " in part
    assert part.count(escape_markdown(" ".join(event.mentions[0].sentence.text.split()))) == 2
    assert "contradict each other" not in report(small_graph)


def test_nothing_was_read() -> None:
    text = report(KnowledgeGraph())
    assert "No article was read." in text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["How this was made"]


@given(st.text())
def test_escaped_text_is_one_line_without_marks(text: str) -> None:
    shown = escape_markdown(text)
    assert "\n" not in shown
    assert "\r" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<>\[\]|~]", shown)


@pytest.mark.parametrize("start", ["# x", "- x", "+ x", "1. x", "12) x", "> x", "* x", "=== x"])
def test_escaped_text_begins_no_block(start: str) -> None:
    assert escape_markdown(start)[: len(start)] != start


def test_hostile_names_become_neither_markup_nor_table_cells(small_graph: KnowledgeGraph) -> None:
    from dataclasses import replace

    bad = "a|b <script>x</script> [t](javascript:x)\n# h"
    entities = tuple(replace(entity, label=bad, same_as=("javascript:x",)) for entity in small_graph.entities)
    events = tuple(replace(event, label=bad) for event in small_graph.events)
    text = report(replace(small_graph, entities=entities, events=events))
    assert "a\\|b \\<script\\>" in text
    assert "<script" not in re.sub(r"\\<", "", text)
    assert "\n# h" not in text
    assert not re.search(r"[^\\]\]\(<?javascript", text)


# --------------------------------------------------------------------- HTML


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_both_say_the_same(news: KnowledgeGraph) -> None:
    markdown, twin = report(news), page(news)
    headings = [heading.text_content() for heading in twin.iter("h2")]
    assert headings == re.findall(r"^## (.*)$", markdown, re.MULTILINE)
    linked = [link.text_content() for link in twin.iter("a") if link.get("class") == "n"]
    assert sorted(linked) == sorted(re.findall(r"\[(\d+)\]\(", markdown))
    said = set(words(" ".join(twin.body.itertext())))
    plain = re.sub(r"\]\(<[^>]*>\)|\]\([^)]*\)|<a id=[^>]*>|\\\\|█|▏", " ", markdown)
    assert set(words(plain)) - said == set()


def test_every_link_inside_leads_to_a_place(news: KnowledgeGraph) -> None:
    twin, markdown = page(news), report(news)
    places = [element.get("id") for element in twin.iter() if element.get("id")]
    assert len(places) == len(set(places))
    inside = {href[1:] for href in twin.xpath("//a/@href") if href.startswith("#")}
    assert inside <= set(places)
    assert set(re.findall(r"\]\(#([^)]*)\)", markdown)) <= set(re.findall(r'<a id="([^"]*)">', markdown))


def test_every_number_counts_its_evidence(news: KnowledgeGraph) -> None:
    content = report_content(news, analyse(news), title="", provenance={}, rejected=())
    groups = {group["anchor"]: group for group in content["groups"]}
    numbers = [actor[key] for actor in content["actors"] for key in ("acts", "affected")]
    numbers += [row["events"] for key in ("pairs", "places", "sources") for row in content[key]]
    for number in numbers:
        assert (number.href is None) == (number.value == 0)
        if number.href:
            group = groups[number.href[1:]]
            assert len(group["items"]) + group["more"] == number.value
            assert all(item["sentences"] for item in group["items"])
    cited = {number for group in groups.values() for item in group["items"] for number in item["sentences"]}
    assert cited <= {sentence["number"] for sentence in content["sentences"]}


def test_the_page_is_closed(news: KnowledgeGraph) -> None:
    text = page_text(news)
    twin = html.document_fromstring(text)
    (policy,) = twin.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert not twin.xpath(
        "//script | //link | //img | //iframe | //*[@style] | //@*[starts-with(name(), 'on')]"
    )
    assert "url(" not in text
    assert "@import" not in text
    digest = base64.b64encode(hashlib.sha256(twin.xpath("//style")[0].text.encode()).digest()).decode()
    assert digest in policy


def test_sentences_have_their_parts_marked_and_lead_to_their_article(small_graph: KnowledgeGraph) -> None:
    twin = page(small_graph)
    (sentence,) = twin.xpath("//li[@id='s1']")
    marked = {mark.text_content(): mark.get("title") for mark in sentence.iter("mark")}
    assert marked["ordered"] == "trigger"
    assert marked["Monday"] == "time"
    assert sentence.xpath(".//cite/a/@href")[0].startswith("https://example.org/1#:~:text=Minister%20Jean")


def test_nothing_was_read_in_html() -> None:
    twin = page(KnowledgeGraph())
    assert "No article was read." in twin.text_content()
    assert [heading.text_content() for heading in twin.iter("h2")] == ["How this was made"]


@pytest.mark.parametrize(
    "bad", ["<script>x</script>", '"><img src=x onerror=x>', "</style><b>", "&lt;\u202e{{ 7*7 }}"]
)
def test_hostile_names_stay_text_in_html(small_graph: KnowledgeGraph, bad: str) -> None:
    entities = tuple(replace(e, label=bad, same_as=("javascript:x",)) for e in small_graph.entities)
    events = tuple(replace(event, label=bad) for event in small_graph.events)
    documents = tuple(replace(d, title=bad, publisher=bad, url="javascript:x") for d in small_graph.documents)
    graph = replace(small_graph, entities=entities, events=events, documents=documents)
    twin = page(graph, title=bad, provenance={bad: bad}, rejected=[Rejection(bad, bad)])
    assert not twin.xpath("//script | //img | //b | //@onerror")
    assert not [href for href in twin.xpath("//@href") if "javascript" in href]
    assert twin.xpath("//h1")[0].text_content() == bad


def test_the_same_graph_gives_the_same_bytes(news: KnowledgeGraph) -> None:
    shuffled = replace(news, events=tuple(reversed(news.events)), entities=tuple(reversed(news.entities)))
    assert page_text(news) == page_text(shuffled)
    assert report(news) == report(shuffled)
