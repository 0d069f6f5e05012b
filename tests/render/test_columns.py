"""Records by columns: whatever goes in comes out, in Python and in the page."""

import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import view_model
from kg.render.columns import packed, unpacked

START = files("kg.render").joinpath("templates/js/start.js").read_text(encoding="utf-8")
RECORDS: list[list[dict[str, Any]]] = [
    [],
    [{}],
    [{"id": 4}, {"id": 5}, {"id": 6}],
    [{"id": 0}, {}, {"id": 2}],
    [{"id": 3}, {"id": 3}, {"id": 7}],
    [{"id": 3}, {"id": 3}, {"id": 3}],
    [{"id": 7}, {"id": 3}, {"id": -8}],
    [{"text": "same"}, {"text": "same"}, {}, {"text": "same"}, {"text": ""}],
    [{"id": "https://example.org/a"}, {"id": "https://example.org/b"}],
    [{}, {}, {}, {}, {}, {"rare": True}, {}, {}, {}],
    [{"time": {"start": "2015-11-13"}}, {}, {"time": {"end": "2015-11-13", "text": "Friday"}}],
    [{"parts": [[0, 4, "agent"], [4, 6, "trigger"]]}, {"parts": []}, {"parts": [[1, 2, "agent"]]}, {}],
    [{"evidence": [{"parts": [[0, 1, "place"]]}]}, {"evidence": [{"said": ["he"]}, {}]}],
    [{"uneven": [[1], [1, 2]]}, {"uneven": ["text", 3]}, {"uneven": 1.5}],
]

values = st.recursive(
    st.booleans() | st.integers(-(2**40), 2**40) | st.sampled_from(["", "agent", "https://example.org/1"]) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize("records", RECORDS)
def test_a_table_gives_its_records_back(records: list[dict[str, Any]]) -> None:
    assert unpacked(json.loads(json.dumps(packed(records)))) == records


@given(st.lists(st.dictionaries(st.sampled_from("abc"), values, max_size=3), max_size=9))
def test_any_records_come_back(records: list[dict[str, Any]]) -> None:
    assert unpacked(packed(records)) == records


def in_page(expression: str) -> Any:
    """Return what an expression gives where the functions of start.js are known."""
    if (node := shutil.which("node")) is None:
        pytest.skip("no Node.js on this machine")
    functions = re.split(r"^const DATA", START, flags=re.MULTILINE)[0]
    program = f"{functions}\nconsole.log(JSON.stringify({expression}))"
    ran = subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(ran.stdout)


def test_the_page_reads_what_is_written() -> None:
    assert in_page(f"{json.dumps([packed(one) for one in RECORDS])}.map(unpacked)") == RECORDS


def test_the_page_makes_the_edges_of_roles_anew(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    edges = [edge for edge in view["networks"]["events"]["edges"] if "role" in edge]
    assert len(edges) > 100
    assert in_page(f"roleEdges({json.dumps(view['events'])}, {len(view['entities'])})") == edges
