"""What stands at which address, and how it is answered.

/            the query page                /graph        the page of the build
/sparql      the SPARQL 1.1 endpoint       /report       its report
/setup.json  what the query page needs     /graph.ttl    the graph, /ontology.ttl its terms
"""

import json
from itertools import dropwhile
from pathlib import Path
from urllib.parse import quote

from kg.config import ontology_dir
from kg.errors import KgError, OutputError
from kg.rdf import PREFIXES, named_queries
from kg.rdf.sparql.pool import QueryPool, TimeLimitError
from kg.rdf.sparql.protocol import GRAPH_TYPES, described, media_types
from kg.serve.answers import TEXT, Headers, Refusal, Reply
from kg.serve.protocol import Question, chosen_type, question

__all__ = ["ENDPOINT", "Site"]

ENDPOINT = "/sparql"

_PAGE = Path(__file__).parent / "page"
_HTML, _TURTLE = "text/html; charset=utf-8", "text/turtle; charset=utf-8"
_SCRIPT = "text/javascript; charset=utf-8"
#: The query page may load its own two files and ask this server, nothing else. The page of a build brings its own.
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
_NO_FRAMES = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Site:
    """Answers requests about one output folder.

    Args:
        out: the folder of a build.
        pool: answers the queries on its graph.ttl.
    """

    def __init__(self, out: Path, pool: QueryPool) -> None:
        self.pool = pool
        self._files = {
            "/": (_PAGE / "page.html", _HTML, _POLICY + _NO_FRAMES),
            "/page.css": (_PAGE / "page.css", "text/css; charset=utf-8", _NO_FRAMES),
            "/page.js": (_PAGE / "page.js", _SCRIPT, _NO_FRAMES),
            "/results.js": (_PAGE / "results.js", _SCRIPT, _NO_FRAMES),
            "/graph": (out / "graph.html", _HTML, _NO_FRAMES),
            "/report": (out / "report.md", TEXT, _NO_FRAMES),
            "/graph.ttl": (out / "graph.ttl", _TURTLE, _NO_FRAMES),
            "/ontology.ttl": (ontology_dir() / "kg.ttl", _TURTLE, _NO_FRAMES),
        }

    def answer(
        self, method: str, path: str, search: str, headers: Headers, body: bytes | None = None
    ) -> Reply:
        """Answer a request.

        Args:
            method: of HTTP.
            path: of the address, decoded.
            search: what stands behind its "?".
            headers: of the request.
            body: of a POST.

        Raises:
            Refusal: it is not answered.
        """
        known = path == ENDPOINT or path == "/setup.json" or path in self._files
        if not known:
            raise Refusal(
                404, f"nothing is at {path[:100]}: the query page is at /, the endpoint at {ENDPOINT}"
            )
        allowed = "GET, HEAD, POST, OPTIONS" if path == ENDPOINT else "GET, HEAD, OPTIONS"
        if method == "OPTIONS":
            return Reply(b"", "", {"Allow": allowed}, 204)
        if method not in allowed.split(", "):
            raise Refusal(
                405, f"{method} is not allowed here, only {allowed}: the graph is only read", Allow=allowed
            )
        if path == ENDPOINT:
            return self._endpoint(search, headers, body)
        if path == "/setup.json":
            return Reply(self._setup(), "application/json")
        file, type, policy = self._files[path]
        if not file.is_file():
            raise Refusal(404, f"the folder holds no {file.name}: build it again")
        return Reply(file, type, {"Content-Security-Policy": policy})

    def _endpoint(self, search: str, headers: Headers, body: bytes | None) -> Reply:
        accept = headers.get("Accept") or ""
        asked = question(search, body, headers.get("Content-Type") or "")
        try:
            if asked is None:
                return self._description(accept, headers.get("Host") or "")
            return self._ask(asked, accept)
        except TimeLimitError as error:
            raise Refusal(503, str(error)) from None
        except OutputError as error:
            raise Refusal(500, str(error)) from None
        except KgError as error:
            raise Refusal(400, str(error)) from None

    def _ask(self, asked: Question, accept: str) -> Reply:
        media_type = chosen_type(accept, media_types(asked.text))
        answer = self.pool.ask(asked.text, media_type, bind=asked.bind)
        headers = {}
        if answer.cut:
            headers["KG-Cut"] = f"only the first {self.pool.limit}, the server allows no more"
        if answer.warnings:
            headers["KG-Warning"] = quote("; ".join(answer.warnings), safe=" !\"#$&'()*+,/:;<=>?@[]_`{|}~")
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        return Reply(answer.body, media_type + charset, headers)

    def _description(self, accept: str, host: str) -> Reply:
        """Describe the service, or lead a browser to the query page."""
        media_type = chosen_type(accept, (*GRAPH_TYPES, "text/html"))
        if media_type == "text/html":
            return Reply(b"", "", {"Location": "/"}, 303)
        body = described(f"http://{host}{ENDPOINT}", self.pool.start(), media_type)
        return Reply(body, media_type)

    def _setup(self) -> bytes:
        """Return what the query page needs to know, as JSON."""
        queries = [
            {
                "name": query.name,
                "title": query.title,
                "description": query.description,
                "parameters": [{"name": name, "is": what} for name, what in query.parameters],
                "text": _without_comments(query.text),
            }
            for query in named_queries()
        ]
        limits = {"limit": self.pool.limit, "timeout": self.pool.timeout, "infer": self.pool.infer}
        return json.dumps({"prefixes": PREFIXES, "queries": queries, **limits}, ensure_ascii=False).encode()


def _without_comments(text: str) -> str:
    """Return a query without the comments above it, which the page shows as title, description and fields."""
    lines = text.splitlines()
    return "\n".join(dropwhile(lambda line: not line.strip() or line.startswith("#"), lines))
