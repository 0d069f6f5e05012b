"""A folder as a build leaves it, small enough to know by heart, and a server on it."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.rdf import PREFIXES
from kg.rdf.sparql.pool import QueryPool
from kg.serve import GraphServer

HOSTILE = "</script><img src=x onerror=alert(1)>"
TURTLE = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()) + """
en:person-ruiz a kg:Person ; rdfs:label "Marta Ruiz" ; skos:prefLabel "Marta Ruiz" ; skos:altLabel "Ruiz" .
en:place-veldt a kg:Place ; rdfs:label "Veldt" .
en:other-hostile a kg:OtherEntity ; rdfs:label "</script><img src=x onerror=alert(1)>" .
ev:visit-1 a kg:Visit ; rdfs:label "Marta Ruiz visits Veldt" ; kg:predicate "visit" ; kg:status kg:Planned ;
    kg:agent en:person-ruiz ; kg:place en:place-veldt ; sem:hasBeginTimeStamp "2015-11-17"^^xsd:date .
"""  # fmt: skip
LIMIT = 7


@dataclass(frozen=True)
class Got:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0] if "content-type" in self.headers else ""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def rows(self) -> list[dict[str, str]]:
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in bindings]


class Client:
    """Asks a server of this machine."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    def __call__(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, Any] | None = None
    ) -> Got:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            connection.request(method, path, body, dict(headers or {}))
            return read(connection)
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "", **fields: str) -> Got:
        body = urlencode({"query": query, **fields}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | (
            {"Accept": accept} if accept else {}
        )
        return self("POST", "/sparql", body, headers)


def read(connection: http.client.HTTPConnection) -> Got:
    response = connection.getresponse()
    return Got(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    (folder / "graph.ttl").write_text(TURTLE, encoding="utf-8")
    (folder / "graph.html").write_text("<!doctype html><title>the page</title>", encoding="utf-8")
    (folder / "report.md").write_text("# The report\n", encoding="utf-8")
    (folder / "store.sqlite").write_text("not for the network", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def client(out: Path) -> Iterator[Client]:
    with (
        QueryPool(out / "graph.ttl", timeout=30.0, limit=LIMIT) as pool,
        GraphServer(out, "127.0.0.1", 0, pool) as server,
    ):
        pool.start()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Client("127.0.0.1", server.server_port)
        server.shutdown()
        thread.join()
