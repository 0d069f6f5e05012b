"""Only reading: what writes or fetches is refused before the engine sees it, what merely looks like it is not."""

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.cli import main
from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.rdf import load_store, query, write_turtle
from kg.rdf.sparql.readonly import check_read_only, check_variables, restricted, tokens


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> Store:
    return load_store(graph)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback, and the requests that it got."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/", hits
        listening.shutdown()
        thread.join()


FETCHING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n# comment\n<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { ?a ?b true SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { ?a ?b trueSERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { ?a ?b 1SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { FILTER(1<2)SERVICE:x { ?s ?p ?o } }",
    "PREFIX a: <URL> SELECT * { ?a ?b a:c.SERVICE a:x { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    'SELECT * { ?a ?b "x\\u0022 . SERVICE <URL> { ?s ?p ?o } #" }',
    "SELECT * { # x\\u000A SERVICE <URL> { ?s ?p ?o }\n }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * FROM:x { ?s ?p ?o }",
    "DESCRIBE <x:y> FROM <URL>",
    "LOAD <URL>",
    "load silent <URL> into graph <x:y>",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA { <x:a> <x:b> <x:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX x: <URL> CLEAR ALL",
    "DROP DEFAULT",
    "CREATE GRAPH <x:y>",
    "ADD <x:a> TO <x:b>",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "ASK { } INSERT DATA { <x:a> <x:b> <x:c> }",
]


@pytest.mark.parametrize("text", FETCHING)
def test_refused_before_any_request(text: str, server: tuple[str, list[str]], store: Store) -> None:
    url, hits = server
    size = len(store)
    with pytest.raises(QueryError) as error:
        query(store, text.replace("URL", url))
    assert "\n" not in str(error.value)
    assert hits == []
    assert len(store) == size


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "PREFIX : <URL> SELECT * { FILTER(1<2)SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <URL> PREFIX kg: <https://w3id.org/kg/ontology#> SELECT * { ?a kg:age 41SERVICE:x { ?s ?p ?o } }",
    ],
)
def test_the_server_would_have_noticed(text: str, server: tuple[str, list[str]], store: Store) -> None:
    """The engine alone does fetch: the refusals above are what prevents it."""
    url, hits = server
    with pytest.raises((OSError, RuntimeError)):
        list(store.query(text.replace("URL", url)))  # type: ignore[arg-type]
    assert hits
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        query(store, text.replace("URL", url))


HARMLESS = [
    'SELECT * { ?s rdfs:label "SERVICE <http://x.org> { LOAD FROM }" }',
    "SELECT * { ?s rdfs:label 'INSERT DATA' }",
    'SELECT * { ?s rdfs:label """a " FROM "" b""" }',
    "SELECT * { ?s rdfs:label '''it's SERVICE''' }",
    'SELECT * { ?s rdfs:label "a\\" SERVICE" }',
    "SELECT ?service ?from $load { ?service ?from $load }",
    "SELECT * { ?s <http://x.org/SERVICE/FROM> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x.org> { }",
    "# LOAD <http://x.org>\nSELECT * { ?s ?p ?o }",
    "PREFIX ex: <http://x.org/> SELECT * { ?s ex:loadFrom ex:from, ex:insert, ex:drop }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) }",
    "BASE <http://x.org/> PREFIX a: <b> SELECT * { ?s a:c ?o }",
    "ASK { }",
    "DESCRIBE act:order",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "select distinct * { ?s ?p ?o } order by ?s limit 1",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_allowed(text: str, store: Store) -> None:
    query(store, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the query is empty"),
        ("# nothing", "the query is empty"),
        ("SELEC ?x { }", "not with 'SELEC'; did you mean SELECT?"),
        ("?x", "not with '?x'; kg query --list has questions by name"),
        ("PREFIX a: <b:>", "the query is empty"),
        ("SELECT * { ?s a <x:y> . SERVICE <x:y> {} }", "SERVICE is not allowed"),
        (
            "SELECT * { ?s a ex:MyService }",
            "in 'ex:MyService': write a name that holds these letters as a full <IRI>",
        ),
    ],
)
def test_refusals_say_why(text: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        check_read_only(text)
    assert message in str(error.value)


@given(st.text())
def test_any_text_is_tokenised_without_loss(text: str) -> None:
    """Tokens come in order and do not overlap; what is left between them is space or comment."""
    position = 0
    for token in tokens(text):
        assert text[token.start : token.start + len(token.text)] == token.text
        between = text[position : token.start]
        assert not between.strip() or "#" in between
        position = token.start + len(token.text)


@given(
    st.text(st.characters(exclude_characters="<\"'#\\")), st.text(st.characters(exclude_characters="<\"'#\\"))
)
def test_service_between_anything_but_literals_is_refused(before: str, after: str) -> None:
    text = f"SELECT * {{ {before} SERVICE <http://x.org> {{ {after} }} }}"
    with pytest.raises(QueryError):
        check_read_only(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?x WHERE { ?x a ?y }", "SELECT ?x WHERE { FILTER(?x IN (<a>, <b>)) { ?x a ?y }}"),
        ("ASK{?x a ?y}", "ASK{ FILTER(?x IN (<a>, <b>)) {?x a ?y}}"),
        (
            "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y }",
            "CONSTRUCT { ?x a ?y } WHERE { FILTER(?x IN (<a>, <b>)) { ?x a ?y }}",
        ),
        ("CONSTRUCT WHERE { ?x a ?y }", "CONSTRUCT WHERE { FILTER(?x IN (<a>, <b>)) { ?x a ?y }}"),
        (
            "SELECT (EXISTS { ?x a ?y } AS ?z) { ?x a ?y { SELECT ?x { ?x a ?z } } } LIMIT 1",
            "SELECT (EXISTS { ?x a ?y } AS ?z) { FILTER(?x IN (<a>, <b>)) { ?x a ?y { SELECT ?x { ?x a ?z } } }} LIMIT 1",
        ),
        ('SELECT ?x { ?x a "}" } # }', 'SELECT ?x { FILTER(?x IN (<a>, <b>)) { ?x a "}" }} # }'),
    ],
)
def test_a_bound_variable_is_filtered_around_the_where_group(text: str, expected: str) -> None:
    assert "".join(restricted(text, {"x": ["<a>", "<b>"]}).split()) == "".join(expected.split())


def test_binding_needs_a_group_and_a_known_variable() -> None:
    with pytest.raises(QueryError, match="has no WHERE"):
        restricted("DESCRIBE ?x", {"x": ["<a>"]})
    with pytest.raises(
        QueryError, match=r"no variable \?persn to bind: did you mean \?person\? it has \?person, \?x"
    ):
        check_variables("SELECT * { ?person a ?x }", ["persn"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("?s a kg:Order. ?s ?p ?o", ["kg:Order"]),
        ("?s a kg:a.b. ?s a x:.", ["kg:a.b", "x:"]),
        (r"?s a x:a\. .", [r"x:a\."]),
    ],
)
def test_a_full_stop_ends_a_triple_and_no_name(text: str, names: list[str]) -> None:
    assert [token.text for token in tokens(text) if token.kind == "name"] == names


AUDITED = """
import json, sys
from pathlib import Path
from kg.errors import QueryError
from kg.rdf import load_store, query

out, texts = sys.argv[1], json.loads(sys.stdin.read())
seen = []
WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.posix_spawn", "os.exec", "os.fork", "urllib.", "http.")

def hook(event, arguments):
    if watching and event.startswith(WATCHED):
        seen.append((event, str(arguments[0])))

watching = False
sys.addaudithook(hook)
store = load_store(out)
for text in texts:  # what is loaded on the way to a refusal is loaded now
    try:
        query(store, text)
    except QueryError:
        pass
watching = True
refused = 0
for text in texts:
    for source, timeout in ((store, None), (out, None), (Path(out) / "none", None), (out, 5.0)):
        try:
            query(source, text, timeout=timeout)
        except QueryError:
            refused += 1
watching = False
print(json.dumps([refused, seen]))
"""


def test_a_refused_query_opens_no_socket_no_file_and_no_process(
    graph: KnowledgeGraph, server: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Not the graph's own file either: it is refused by its text alone."""
    url, hits = server
    write_turtle(graph, tmp_path / "graph.ttl")
    texts = [text.replace("URL", url) for text in FETCHING]
    done = subprocess.run(
        [sys.executable, "-c", AUDITED, tmp_path],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parents[2],
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [4 * len(texts), []]
    assert hits == []


def test_the_command_refuses_without_a_request(
    graph: KnowledgeGraph, server: tuple[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, hits = server
    write_turtle(graph, tmp_path / "graph.ttl")
    for text in FETCHING:
        with pytest.raises(SystemExit) as caught:
            main(["query", str(tmp_path), text.replace("URL", url)])
        assert caught.value.code == 1, text
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert hits == []
