"""A closed program: no socket, and no file but the named ones; a query that would fetch reaches nobody.

The commands run under an audit hook (PEP 578), their child processes too. Libraries written in C or Rust (SQLite,
ONNX Runtime, Oxigraph) open their files without Python's knowledge: of these the hook sees nothing, so what a query
could fetch is also tested against a server that counts.
"""

import http.client
import json
import os
import signal
import site
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph
import pytest

import kg
from kg.cli import app, main
from kg.config import ontology_dir
from kg.rdf.sparql.pool import QueryPool
from kg.serve import GraphServer

ROOT = Path(__file__).resolve().parent.parent
AUDIT = ROOT / "tests" / "audit"
ARTICLE = "President Anna Weber ordered strikes on Kalma on Monday.\n\nShe met Paul Ito, the foreign minister, in Geneva."

#: Python's own files and those of its libraries, the package, and its ontology.
INSTALLED = tuple(
    Path(folder).resolve()
    for folder in {
        sys.prefix,
        sys.base_prefix,
        *sysconfig.get_paths().values(),
        *site.getsitepackages(),
        site.getusersitepackages(),
        str(Path(kg.__file__).parent),
        str(ontology_dir()),
        str(AUDIT),
    }
)

#: What libraries read about the system when they are imported.
SYSTEM = {"/etc/os-release": "onnxruntime", "/proc/self/maps": "torch"}

#: spaCy imports requests, and urllib3 with it binds a socket of its own to ::1 to learn whether there is IPv6; nothing
#: listens on it, and nothing is sent.
PROBE = ("urllib3.util.connection", "socket < urllib3.util.connection")
PROBED = {"socket.__new__", "socket.bind"}

NETWORK = (
    "socket.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "imaplib.",
    "poplib.",
    "nntplib.",
    "telnetlib.",
    "webbrowser.",
)
PROCESSES = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.fork",
    "os.startfile",
    "pty.",
)

Event = dict[str, Any]


def audited(log: Path) -> dict[str, str]:
    """Return the environment in which a command tells what it does."""
    path = os.pathsep.join([str(AUDIT), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"KG_AUDIT": str(log), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def events(log: Path) -> list[Event]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def run(tmp_path: Path, *command: str | Path) -> list[Event]:
    """Run Python with these words, and return what it did."""
    log = tmp_path / "audit.log"
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=audited(log), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return events(log)


def network(found: list[Event]) -> list[Event]:
    """Return what touches the network, but for the one probe."""
    return [
        event
        for event in found
        if event["event"].startswith(NETWORK)
        and not (
            event["event"] in PROBED
            and event["by"].startswith(PROBE)
            and "spacy" in event["by"]
            and (event["event"] != "socket.bind" or event["arguments"][1:] == ["('::1', 0)"])
        )
    ]


def processes(found: list[Event]) -> list[Any]:
    """Return the words of each process that is started."""
    return [event["arguments"][1] for event in found if event["event"].startswith(PROCESSES)]


def within(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def strangers(
    found: list[Event], cwd: Path, read: tuple[Path, ...], written: tuple[Path, ...]
) -> list[Event]:
    """Return what opens, makes or removes a file that is in none of the folders and files named."""
    return [event for event in found if not _named(event, cwd, read, written)]


def _named(event: Event, cwd: Path, read: tuple[Path, ...], written: tuple[Path, ...]) -> bool:
    name, arguments = event["event"], event["arguments"]
    if name == "sqlite3.connect":
        return within(Path(urlsplit(arguments[0]).path).resolve(), written)
    if name == "open":
        path, mode, flags = (*arguments, None, None)[:3]
        if isinstance(path, int) or (path in SYSTEM and SYSTEM[path] in event["by"]):
            return True
        changes = bool(set(mode or "") & set("wax+")) or bool(
            (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        return within((cwd / path).resolve(), written if changes else (*read, *written, *INSTALLED))
    if name.startswith(("os.", "shutil.", "tempfile.")):
        paths = [cwd / word for word in arguments if isinstance(word, str)]
        return bool(paths) and all(within(path.resolve(), written) for path in paths)
    return True


# --------------------------------------------------------------- the commands


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Event]]:
    """A folder that was built under the hook, and what the build did."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "beside.txt").write_text("not named", encoding="utf-8")
    return folder, run(folder, "-m", "kg.cli", "build", "in", "-o", "out")


def test_a_build_opens_what_it_was_told_to(built: tuple[Path, list[Event]]) -> None:
    folder, found = built
    opened = {str(event["arguments"][0]) for event in found if event["event"] == "open"}
    assert str(folder / "in" / "a.txt") in opened or "in/a.txt" in opened
    assert network(found) == []
    assert processes(found) == []
    assert strangers(found, folder, (folder / "in",), (folder / "out",)) == []


COMMANDS = {
    "query": (["ASK { ?x a kg:Person }"], [["-m", "kg.rdf.sparql.worker"]]),
    "validate": ([], []),
}
#: `kg validate` is tested from the day on which there is one.
KNOWN = [command.name for command in app.registered_commands if command.name in COMMANDS]


@pytest.mark.parametrize("name", KNOWN)
def test_a_command_that_reads_opens_its_folder_alone(
    name: str, built: tuple[Path, list[Event]], tmp_path: Path
) -> None:
    words, started = COMMANDS[name]
    out = built[0] / "out"
    found = run(tmp_path, "-m", "kg.cli", name, out, *words)
    assert any(
        event["event"] == "open" and str(event["arguments"][0]) == str(out / "graph.ttl") for event in found
    )
    assert network(found) == []
    assert processes(found) == [[sys.executable, *words] for words in started]
    assert len({event["process"] for event in found}) == 1 + len(started)
    assert strangers(found, tmp_path, (out,), ()) == []


def test_the_server_listens_on_loopback_and_writes_nothing(
    built: tuple[Path, list[Event]], tmp_path: Path
) -> None:
    out, log = built[0] / "out", tmp_path / "audit.log"
    command = [sys.executable, "-m", "kg.cli", "serve", str(out), "--port", "0"]
    with subprocess.Popen(
        command,
        env=audited(log),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        # a shell's background job ignores Ctrl-C, and so would what it starts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stdout is not None
            address = urlsplit(process.stdout.readline().strip())
            connection = http.client.HTTPConnection(address.netloc, timeout=300)
            connection.request("GET", "/sparql?query=" + quote("ASK { ?x a kg:Person }"))
            assert json.loads(connection.getresponse().read())["boolean"] is True
            connection.close()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=300) == 0
        finally:
            process.kill()
    found = events(log)
    bound = [event["arguments"][1] for event in network(found) if event["event"] == "socket.bind"]
    assert bound == ["('127.0.0.1', 0)"]
    assert {event["event"] for event in network(found)} <= {"socket.__new__", "socket.bind"}
    assert processes(found) == [[sys.executable, "-m", "kg.rdf.sparql.resident"]]
    assert strangers(found, tmp_path, (out,), ()) == []


MISDEEDS = """
import os, socket, subprocess, sys, urllib.request
open(sys.argv[1]).close()
open(sys.argv[2], "w").close()
os.mkdir(sys.argv[2] + ".d")
os.remove(sys.argv[2])
socket.socket().close()
subprocess.run([sys.executable, "-c", "open(" + repr(sys.argv[1]) + ")"], check=True)
"""


def test_the_hook_sees_what_it_looks_for(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("", encoding="utf-8")
    found = run(tmp_path, "-W", "ignore", "-c", MISDEEDS, tmp_path / "secret", tmp_path / "written")
    assert [event["event"] for event in network(found)] == ["socket.__new__"]
    assert len(processes(found)) == 1
    strange = strangers(found, tmp_path, (), ())
    assert [event["event"] for event in strange] == ["open", "open", "os.mkdir", "os.remove", "open"]
    assert len({event["process"] for event in strange}) == 2
    assert len(strangers(found, tmp_path, (tmp_path,), ())) == 3


# ------------------------------------------------------- queries that fetch


@pytest.fixture
def counted() -> Iterator[tuple[str, list[str]]]:
    """A server that notes each request: its address and the notes."""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/x", hits
        server.shutdown()


FETCHING = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "select * { service <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(true)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { # }\n SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <y> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?g) SERVICE ?g { ?s ?p ?o } }",
    "ASK { SERVICE <URL> {} }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FR\\u004FM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "L\\u004FAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <URL>",
    "ASK {} ; LOAD <URL>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fetching")
    text = '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "a" .\n'
    (folder / "graph.ttl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[GraphServer]:
    with QueryPool(folder / "graph.ttl", size=1) as pool, GraphServer(folder, "127.0.0.1", 0, pool) as server:
        pool.start()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_counter_counts(counted: tuple[str, list[str]]) -> None:
    address, hits = counted
    with pytest.raises(OSError, match="404"):
        list(pyoxigraph.Store().query(FETCHING[0].replace("URL", address)))  # type: ignore[arg-type]
    assert hits


@pytest.mark.parametrize("query", FETCHING)
def test_a_query_on_the_command_line_reaches_nobody(
    query: str, folder: Path, counted: tuple[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    address, hits = counted
    with pytest.raises(SystemExit) as ended:
        main(["query", str(folder), query.replace("URL", address)])
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out, len(printed.err.splitlines())) == (1, "", 1)
    assert hits == []


@pytest.mark.parametrize("query", FETCHING)
def test_a_query_to_the_server_reaches_nobody(
    query: str, server: GraphServer, counted: tuple[str, list[str]]
) -> None:
    address, hits = counted
    text = query.replace("URL", address)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, path, body, headers, statuses in (
        ("GET", f"/sparql?{urlencode({'query': text})}", None, {}, {400}),
        ("POST", "/sparql", urlencode({"query": text}), form, {400}),
        ("POST", "/sparql", urlencode({"update": text}), form, {400}),
        ("POST", "/sparql", text, {"Content-Type": "application/sparql-query"}, {400}),
        ("POST", "/sparql", text, {"Content-Type": "application/sparql-update"}, {415}),
        ("GET", f"/sparql?{urlencode({'query': 'ASK {}', 'default-graph-uri': address})}", None, {}, {400}),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=300)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        assert (answer.status in statuses, len(answer.read().splitlines())) == (True, 1)
        connection.close()
    assert hits == []
