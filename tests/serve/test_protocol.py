"""Requests read and formats chosen, without a socket."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.answers import Refusal
from kg.serve.protocol import Question, chosen_type, question

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
OFFERED = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")


@pytest.mark.parametrize(
    ("search", "body", "type", "asked"),
    [
        ("", None, "", None),
        ("x=y", None, "", None),
        ("query=ASK+%7B%7D", None, "", Question("ASK {}", {})),
        ("query=", None, "", Question("", {})),
        (
            "query=a&bind=x%3DRuiz&bind=%3Fy%3Da%3Db",
            None,
            "",
            Question("a", {"x": "Ruiz", "y": "a=b"}),
        ),
        ("", b"query=caf%C3%A9", FORM, Question("café", {})),
        ("", b"query=a", f"{FORM}; charset=UTF-8", Question("a", {})),
        ("", "ASK { 'é' }".encode(), QUERY, Question("ASK { 'é' }", {})),
        ("bind=x%3D1", b"ASK {}", f"{QUERY};charset=utf-8", Question("ASK {}", {"x": "1"})),
    ],
)
def test_what_a_request_asks(search: str, body: bytes | None, type: str, asked: Question | None) -> None:
    assert question(search, body, type) == asked


@pytest.mark.parametrize(
    ("search", "body", "type", "status", "words"),
    [
        ("default-graph-uri=http://x/", None, "", 400, "default-graph-uri"),
        ("query=a&named-graph-uri=http://x/", None, "", 400, "named-graph-uri"),
        ("", b"update=CLEAR+ALL", FORM, 400, "updates are not accepted"),
        ("", b"query=a&using-graph-uri=b", FORM, 400, "using-graph-uri"),
        ("query=a&query=b", None, "", 400, "2 came"),
        ("query=a", b"ASK {}", QUERY, 400, "2 came"),
        ("", b"", FORM, 400, "0 came"),
        ("", b"CLEAR ALL", "application/sparql-update", 415, "application/sparql-query"),
        ("", b"ASK {}", "", 415, "no type"),
        ("", b"ASK {}", "text/plain", 415, "text/plain"),
        ("", b"ASK {}", f"{QUERY}; charset=latin-1", 415, "UTF-8"),
        ("", b"\xff", QUERY, 400, "UTF-8"),
        ("query=%FF", None, "", 400, "UTF-8"),
        ("&".join(["a=b"] * 101), None, "", 400, "100 fields"),
        ("query=a&bind=Ruiz", None, "", 400, "NAME=VALUE"),
        ("query=a&bind=%3D1", None, "", 400, "NAME=VALUE"),
    ],
)
def test_what_a_request_may_not_ask(
    search: str, body: bytes | None, type: str, status: int, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        question(search, body, type)
    assert refused.value.status == status
    assert words in refused.value.reason


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", OFFERED[0]),
        ("*/*", OFFERED[0]),
        ("text/csv", "text/csv"),
        ("TEXT/CSV ; Q=0.5", "text/csv"),
        ("application/json", OFFERED[0]),
        ("application/xml", OFFERED[1]),
        ("text/*", "text/csv"),
        ("text/csv;q=0.8, application/sparql-results+xml", OFFERED[1]),
        ("text/csv;q=0.8, application/sparql-results+xml;q=0.7, */*;q=0.1", "text/csv"),
        ("*/*, application/sparql-results+json;q=0", OFFERED[1]),
        ("application/*;q=0.1, text/html", OFFERED[0]),
        ("text/csv;q=1;charset=utf-8", "text/csv"),
    ],
)
def test_the_format_that_the_client_likes_best(accept: str, chosen: str) -> None:
    assert chosen_type(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    "accept", ["text/html", "text/csv;q=0", "text/csv;q=high", "image/*, text/html", "text"]
)
def test_no_format_that_the_client_accepts(accept: str) -> None:
    with pytest.raises(Refusal, match="text/csv") as refused:
        chosen_type(accept, OFFERED)
    assert refused.value.status == 406


def outcome(call: Callable[..., object], *words: object) -> object:
    """Return what a call gives, or the refusal that it raises."""
    try:
        return call(*words)
    except Refusal as refusal:
        return refusal


@given(st.text(max_size=80), st.none() | st.binary(max_size=80), st.sampled_from([FORM, QUERY, "text/plain"]))
def test_any_request_is_read_or_refused_in_one_line(search: str, body: bytes | None, type: str) -> None:
    got = outcome(question, search, body, type)
    if isinstance(got, Refusal):
        assert got.status in (400, 415)
        assert "\n" not in got.reason
    else:
        assert got is None or isinstance(got, Question)


@given(st.text(max_size=80))
def test_any_accept_header_chooses_or_is_refused(accept: str) -> None:
    got = outcome(chosen_type, accept, OFFERED)
    assert got in OFFERED or (isinstance(got, Refusal) and got.status == 406)
