"""The SPARQL 1.1 Protocol (W3C 2013): what a request asks, and in which format it wants to be answered.

Query only. A graph named in the request (`default-graph-uri`, `named-graph-uri`) is refused, as FROM is in a query. Beyond
the protocol, `query` may be the name of a query of `ontology/queries`, and `bind=NAME=VALUE` fixes a variable.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.answers import Refusal

__all__ = ["MAX_BODY", "Question", "chosen_type", "question"]

#: Bytes of a request's body at most; a longer query is a mistake.
MAX_BODY = 1_000_000

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"

_REFUSED = {
    "update": "updates are not accepted: the graph is only read",
    "default-graph-uri": "default-graph-uri is not accepted: the endpoint has one graph, leave it out",
    "named-graph-uri": "named-graph-uri is not accepted: the endpoint has one graph, leave it out",
    "using-graph-uri": "using-graph-uri is not accepted: the graph is only read",
    "using-named-graph-uri": "using-named-graph-uri is not accepted: the graph is only read",
}

#: Short names that clients send for the formats that the protocol registers longer ones for.
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query as a request asks it.

    Attributes:
        text: SPARQL, or the name of a query.
        bind: values for variables.
    """

    text: str
    bind: Mapping[str, str]


def question(search: str, body: bytes | None = None, content_type: str = "") -> Question | None:
    """Return what a request asks; None where it is a GET without a query.

    Args:
        search: what stands behind the "?" of the address.
        body: of a POST; None for a GET.
        content_type: of the body, as its header says it.

    Raises:
        Refusal: 400 or 415.
    """
    fields = _fields(search)
    if body is not None:
        kind, _, parameters = content_type.partition(";")
        charset = dict(parse_qsl(parameters.replace(" ", "").lower())).get("charset", "utf-8").strip('"')
        if charset not in ("utf-8", "utf8", "us-ascii"):
            raise Refusal(415, f"a query comes in UTF-8, not in {charset}")
        match kind.strip().lower():
            case "application/sparql-query":
                fields = [*fields, ("query", _text(body))]
            case "application/x-www-form-urlencoded":
                fields = [*fields, *_fields(_text(body))]
            case other:
                raise Refusal(415, f"a query comes as {QUERY} or {FORM}, not as {other or 'no type'}")
    for name, _ in fields:
        if name in _REFUSED:
            raise Refusal(400, _REFUSED[name])
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1 or (body is not None and not queries):
        raise Refusal(400, f"one query is needed, {len(queries)} came")
    return Question(queries[0], _bindings(fields)) if queries else None


def chosen_type(accept: str, offered: Sequence[str]) -> str:
    """Return which of some media types a client likes best, by its Accept header (RFC 9110, section 12.5.1).

    Args:
        accept: the header; "" accepts all.
        offered: the one that is preferred first.

    Raises:
        Refusal: 406, none is accepted.
    """
    ranges = dict(_ranges(accept)) or {"*/*": 1.0}
    best = max(offered, key=lambda name: _quality(name, ranges))
    if _quality(best, ranges) <= 0:
        raise Refusal(406, f"this can be had as {', '.join(offered)}, not as {accept[:100]}")
    return best


def _fields(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise Refusal(400, "the request is not in UTF-8") from None
    except ValueError:
        raise Refusal(400, "the request has more than 100 fields") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "the request is not in UTF-8") from None


def _bindings(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, value in fields:
        if field != "bind":
            continue
        name, sign, bound = value.partition("=")
        if not sign or not name.lstrip("?"):
            raise Refusal(400, f"bind={value[:60]} is not bind=NAME=VALUE")
        found[name.lstrip("?")] = bound
    return found


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    """Yield each media range of an Accept header with its quality; what cannot be read counts as not wanted."""
    for part in accept.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        if name:
            try:
                yield _ALIASES.get(name, name), min(1.0, float(quality))
            except ValueError:
                yield name, 0.0


def _quality(name: str, ranges: Mapping[str, float]) -> float:
    """Return how much a media type is wanted: by the range that names it most closely."""
    for wanted in (name, f"{name.partition('/')[0]}/*", "*/*"):
        if wanted in ranges:
            return ranges[wanted]
    return 0.0
