"""The server over HTTP: what is answered, what is refused, and that nothing else can be had."""

import http.client
import json
import socket
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.errors import OutputError
from kg.rdf.sparql.pool import QueryPool
from kg.serve import GraphServer, Site
from kg.serve.answers import Refusal
from kg.serve.protocol import MAX_BODY

from .conftest import LIMIT, Client, read

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
PERSONS = "SELECT ?label { ?x a kg:Person ; rdfs:label ?label }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ANSWER = [{"label": "Marta Ruiz"}]


def test_the_three_ways_to_ask(client: Client) -> None:
    ways = (
        client("GET", f"/sparql?query={quote(PERSONS)}"),
        client("POST", "/sparql", PERSONS.encode(), {"Content-Type": QUERY}),
        client("POST", "/sparql", f"query={quote(PERSONS)}".encode(), {"Content-Type": FORM}),
    )
    for got in ways:
        assert (got.status, got.type) == (200, "application/sparql-results+json")
        assert got.rows() == ANSWER


@pytest.mark.parametrize(
    ("query", "accept", "type", "words"),
    [
        (
            PERSONS,
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            "<literal>Marta Ruiz</literal>",
        ),
        (PERSONS, "text/csv", "text/csv", "label\r\nMarta Ruiz\r\n"),
        (PERSONS, "text/tab-separated-values", "text/tab-separated-values", '?label\n"Marta Ruiz"\n'),
        ("ASK {}", "", "application/sparql-results+json", "true"),
        ("CONSTRUCT { ?x a ?c } WHERE { ?x a kg:Person ; a ?c }", "", "text/turtle", "kg:Person"),
        ("DESCRIBE en:place-veldt", "application/n-triples", "application/n-triples", '"Veldt"'),
        ("aliases", "text/csv", "text/csv", "label,name,times,sentence"),
    ],
)
def test_an_answer_comes_as_it_is_wanted(
    client: Client, query: str, accept: str, type: str, words: str
) -> None:
    got = client.ask(query, accept)
    assert (got.status, got.type) == (200, type)
    assert words in got.text


def test_a_variable_is_bound_not_pasted(client: Client) -> None:
    query = "SELECT ?label { ?x rdfs:label ?label }"
    assert client.ask(query, bind="x=Veldt").rows() == [{"label": "Veldt"}]
    refused = client.ask(query, bind='x=Veldt" . ?a ?b ?c . #')
    assert (refused.status, "is named" in refused.text) == (400, True)


def test_more_than_the_limit_is_cut_and_said(client: Client) -> None:
    got = client.ask("SELECT * { ?s ?p ?o }")
    assert len(got.rows()) == LIMIT
    assert f"first {LIMIT}" in got.headers["kg-cut"]
    assert "kg-cut" not in client.ask(PERSONS).headers


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=SELECT", None, {}, 400),
        ("GET", "/sparql?query=no-such-question", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=http://x/", None, {}, 400),
        ("GET", "/sparql?query=CLEAR%20ALL", None, {}, 400),
        ("POST", "/sparql", b"update=CLEAR+ALL", {"Content-Type": FORM}, 400),
        ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY, "Content-Encoding": "gzip"}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY, "Transfer-Encoding": "chunked"}, 411),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": QUERY, "Content-Length": "six"}, 400),
        ("POST", "/sparql", b"#" * 10, {"Content-Type": QUERY, "Content-Length": str(MAX_BODY + 1)}, 413),
        ("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
        ("GET", "/sparql", None, {"Accept": "image/png"}, 406),
        ("PUT", "/sparql", b"", {}, 405),
        ("DELETE", "/graph.ttl", None, {}, 405),
        ("POST", "/", b"", {}, 405),
        ("GET", "/store.sqlite", None, {}, 404),
        ("GET", "/../report.md", None, {}, 404),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", None, {}, 404),
        ("GET", "/page.html%00", None, {}, 404),
        ("GET", "ftp://[", None, {}, 400),
        ("BREW", "/", None, {}, 501),
        ("GET", "/", None, {"Host": "rebound.example.org"}, 421),
        ("GET", "/graph.ttl", None, {"Origin": "https://example.org"}, 403),
        ("GET", "/" + "a" * 70_000, None, {}, 414),
    ],
)
def test_what_is_refused_is_refused_in_one_line(
    client: Client, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    got = client(method, path, body, headers)
    assert (got.status, got.type) == (status, "text/plain")
    assert len(got.text.splitlines()) == 1
    assert client.ask("ASK {}").status == 200


def test_a_query_over_its_time_is_stopped(out: Path) -> None:
    with (
        QueryPool(out / "graph.ttl", timeout=1.0, size=1) as pool,
        pytest.raises(Refusal, match="longer than 1 s") as refused,
    ):
        Site(out, pool).answer("GET", "/sparql", f"query={quote(ENDLESS)}", {})
    assert refused.value.status == 503


@pytest.mark.parametrize(
    ("path", "type", "words"),
    [
        ("/", "text/html", "Ask the graph"),
        ("/page.css", "text/css", "color-scheme"),
        ("/page.js", "text/javascript", "import"),
        ("/results.js", "text/javascript", "export"),
        ("/graph", "text/html", "the page"),
        ("/report", "text/plain", "# The report"),
        ("/graph.ttl", "text/turtle", "Marta Ruiz"),
        ("/ontology.ttl", "text/turtle", "owl:Ontology"),
    ],
)
def test_the_files_beside_the_endpoint(client: Client, path: str, type: str, words: str) -> None:
    got = client("GET", path)
    assert (got.status, got.type) == (200, type)
    assert words in got.text
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
    head = client("HEAD", path)
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(got.body)))


def test_a_file_that_the_folder_lacks(tmp_path: Path, out: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes((out / "graph.ttl").read_bytes())
    site = Site(tmp_path, QueryPool(tmp_path / "graph.ttl"))
    with pytest.raises(Refusal, match=r"no graph\.html"):
        site.answer("GET", "/graph", "", {})


def test_the_endpoint_describes_itself_and_leads_a_browser_to_the_page(client: Client) -> None:
    described = client("GET", "/sparql", headers={"Accept": "text/turtle"})
    assert (described.status, described.type) == (200, "text/turtle")
    assert f"<http://127.0.0.1:{client.port}/sparql>" in described.text
    led = client("GET", "/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (led.status, led.headers["location"]) == (303, "/")


def test_what_the_page_needs_to_know(client: Client) -> None:
    setup = json.loads(client("GET", "/setup.json").body)
    assert setup["limit"] == LIMIT
    assert setup["prefixes"]["kg"] == "https://w3id.org/kg/ontology#"
    asked = {query["name"]: query for query in setup["queries"]}
    assert asked["who-did-what"]["text"].startswith("SELECT")
    assert asked["who-did-what"]["parameters"][0].keys() == {"name", "is"}


def test_a_page_of_this_machine_may_read_the_answer(client: Client) -> None:
    origin = {"Origin": "http://localhost:8888"}
    preflight = client("OPTIONS", "/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert (preflight.status, preflight.body) == (204, b"")
    answer = client("GET", "/sparql?query=ASK%7B%7D", headers=origin)
    for got in (preflight, answer):
        assert got.headers["access-control-allow-origin"] == origin["Origin"]
    assert "access-control-allow-origin" not in client("GET", "/sparql?query=ASK%7B%7D").headers


def test_a_connection_is_kept_for_the_next_request(client: Client) -> None:
    connection = http.client.HTTPConnection(client.host, client.port, timeout=120)
    try:
        for path, status in (
            ("/sparql?query=SELECT", 400),
            ("/nowhere", 404),
            ("/sparql?query=ASK%7B%7D", 200),
        ):
            connection.request("GET", path)
            assert read(connection).status == status
    finally:
        connection.close()


def test_a_request_that_ends_early_is_refused(client: Client) -> None:
    with socket.create_connection((client.host, client.port), timeout=120) as connection:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: 9\r\n\r\n"
        )
        connection.sendall(head.encode() + b"ASK")
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b" 400 " in answer.partition(b"\r\n")[0]
    assert answer.endswith(b"the request ended after 3 of 9 bytes\n")


def test_a_request_that_does_not_arrive_is_given_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.server._Handler.timeout", 0.2)
    with socket.create_connection((client.host, client.port), timeout=120) as connection:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: 9\r\n\r\n"
        )
        connection.sendall(head.encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b" 408 " in answer.partition(b"\r\n")[0]


def test_a_client_that_goes_away_is_no_error(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    for text in (b"GET /sparql?query=ASK", b"GET /graph.ttl HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        with socket.create_connection((client.host, client.port), timeout=120) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(text)
    assert client.ask("ASK {}").status == 200
    assert capfd.readouterr().err == ""


def test_many_ask_at_once(client: Client) -> None:
    with ThreadPoolExecutor(12) as threads:
        for got in threads.map(lambda _: client.ask(PERSONS), range(36)):
            assert got.rows() == ANSWER


def test_an_address_that_cannot_be_had_is_told(out: Path, client: Client) -> None:
    pool = QueryPool(out / "graph.ttl")
    with pytest.raises(OutputError, match=f"port {client.port}.*--port"):
        GraphServer(out, "127.0.0.1", client.port, pool)
    with pytest.raises(OutputError, match=r"cannot listen on 192\.0\.2\.1"):
        GraphServer(out, "192.0.2.1", 0, pool)
