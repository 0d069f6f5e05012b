"""Every block of `notebooks/sparql_clients.md` runs as it stands."""

import contextlib
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import app
from kg.graph import KnowledgeGraph
from kg.rdf import write_turtle

PAGE = (Path(__file__).resolve().parents[2] / "notebooks" / "sparql_clients.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
HAS_SERVE = "serve" in {command.name for command in app.registered_commands}


@pytest.fixture
def folder(graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds `out`, as the working directory."""
    (tmp_path / "out").mkdir()
    write_turtle(graph, tmp_path / "out" / "graph.ttl")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    return tmp_path


def test_each_block_is_of_a_kind_that_is_run() -> None:
    assert {kind for kind, _ in BLOCKS} == {"python", "sh", "console"}
    assert (len(PYTHON), len(SHELL)) == (3, 3)


@pytest.mark.parametrize(
    ("block", "words"),
    list(zip(PYTHON, ["jets of Arland - jets of Arland strike Veldt", "Veldt    2", "jets of Arland strike Veldt"], strict=True)),
    ids=["rdflib", "pandas-csv", "pandas"],
)  # fmt: skip
def test_python_blocks(folder: Path, block: str, words: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block, "sparql_clients.md", "exec"), {})
    assert words in printed.getvalue()


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """`kg serve out` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "kg.cli", "serve", "out", "--port", str(number)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(number, server)
            yield number
        finally:
            server.terminate()


def _wait(number: int, server: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail(f"kg serve ended: {server.communicate()[1]}")
        try:
            socket.create_connection(("127.0.0.1", number), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("kg serve did not listen within a minute")


@pytest.mark.skipif(not HAS_SERVE, reason="kg serve is not there yet")
@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_blocks(port: int) -> None:
    answers = []
    for block in SHELL:
        done = subprocess.run(
            ["sh", "-c", block.replace("7878", str(port))],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        answers.append(done.stdout)
    as_json, as_csv, turtle = answers
    (row,) = json.loads(as_json)["results"]["bindings"]
    assert (row["name"]["value"], row["age"]["value"]) == ("Marta Ruiz", "41")
    assert as_csv.split() == ["name,age", "Marta", "Ruiz,41"]
    assert len(list(parse(turtle, RdfFormat.TURTLE))) == 1
