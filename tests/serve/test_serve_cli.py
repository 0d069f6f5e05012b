"""`kg serve` as a command: the address it prints, what it says of the network, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from .conftest import Client

PATIENCE = 300


@contextmanager
def serving(out: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until the block ends; yield the process and what it printed first, its address."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(out), "--port", "0", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # a shell's background job ignores Ctrl-C, and so would what it starts
    interruptible = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, text=True, encoding="utf-8", preexec_fn=interruptible, **pipes) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            first = "".join(next(lines) for _ in range(4 if "--json" in options else 1))
            yield process, first
        finally:
            process.kill()


@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_prints_its_address_answers_and_ends(out: Path, by: signal.Signals, code: int) -> None:
    with serving(out) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        client = Client("127.0.0.1", int(address.strip().rstrip("/").rpartition(":")[2]))
        assert client.ask("ASK { ?x a kg:Person }").text.endswith("true}")
        process.send_signal(by)
        _, complaints = process.communicate(timeout=PATIENCE)
        assert process.returncode == code
    assert f"{address.strip()}sparql" in complaints
    assert "Traceback" not in complaints


def test_the_address_as_json(out: Path) -> None:
    with serving(out, "--json") as (_, printed):
        facts = json.loads(printed)
    assert facts["endpoint"] == f"{facts['page']}sparql"


def test_it_says_what_another_host_opens(out: Path) -> None:
    with serving(out, "--host", "0.0.0.0") as (process, address):
        assert address.startswith("http://0.0.0.0:")
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)
    assert "whoever reaches 0.0.0.0 on the network can read" in complaints


def kg(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", "serve", *words],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=PATIENCE, env=os.environ,
    )  # fmt: skip


def test_a_port_in_use_is_one_line(out: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg(str(out), "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--port" in done.stderr


def test_a_folder_without_a_graph_is_one_line(tmp_path: Path, out: Path) -> None:
    done = kg(str(tmp_path))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    (tmp_path / "graph.ttl").write_text("no turtle", encoding="utf-8")
    done = kg(str(tmp_path), "--port", "0")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "is no Turtle" in done.stderr


@pytest.mark.parametrize("words", [("--port", "70000"), ("--limit", "0"), ("--timeout", "0")])
def test_wrong_usage(out: Path, words: tuple[str, str]) -> None:
    assert kg(str(out), *words).returncode == 2
