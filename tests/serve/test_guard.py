"""Who may ask: names that the server goes by, and pages of other sites."""

import pytest

from kg.serve.answers import Refusal
from kg.serve.guard import allowed_origin, check_caller, is_loopback


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("::", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("", False),
    ],
)
def test_which_hosts_are_this_machine_alone(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Host": "127.0.0.1:7878"}, "127.0.0.1"),
        ({"Host": "localhost:9000"}, "127.0.0.1"),
        ({"Host": "LocalHost"}, "127.0.0.1"),
        ({"Host": "[::1]:7878"}, "::1"),
        ({"Host": "192.168.1.5:7878"}, "0.0.0.0"),
        ({"Host": "news-desk:7878"}, "News-Desk"),
        ({"Host": "localhost:1", "Origin": "http://localhost:1"}, "127.0.0.1"),
        ({"Host": "localhost:1", "Origin": "http://127.0.0.1:8888"}, "127.0.0.1"),
        ({"Host": "192.168.1.5:1", "Origin": "http://192.168.1.5:1"}, "0.0.0.0"),
        ({"Host": "localhost", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, "localhost"),
        ({"Host": "localhost", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, "localhost"),
        ({"Host": "localhost", "Sec-Fetch-Site": "none"}, "localhost"),
    ],
)
def test_who_may_ask(headers: dict[str, str], own: str) -> None:
    check_caller(headers, own)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 421),
        ({"Host": ""}, 421),
        ({"Host": "rebound.example.org:7878"}, 421),
        ({"Host": "localhost.example.org"}, 421),
        ({"Host": "127.0.0.1.example.org"}, 421),
        ({"Host": "localhost@example.org"}, 421),
        ({"Host": "[::1"}, 421),
        ({"Host": "localhost", "Origin": "https://example.org"}, 403),
        ({"Host": "localhost", "Origin": "http://localhost.example.org"}, 403),
        ({"Host": "localhost", "Origin": "null"}, 403),
        ({"Host": "localhost", "Origin": ""}, 403),
        ({"Host": "192.168.1.5", "Origin": "http://192.168.1.6"}, 403),
        ({"Host": "localhost", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ],
)
def test_who_may_not(headers: dict[str, str], status: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_caller(headers, "127.0.0.1")
    assert refused.value.status == status


def test_only_pages_of_this_machine_may_read() -> None:
    host = {"Host": "127.0.0.1:1"}
    assert allowed_origin(host) is None
    assert allowed_origin({**host, "Origin": "http://localhost:3000"}) == "http://localhost:3000"
    assert allowed_origin({**host, "Origin": "http://127.0.0.1:1"}) == "http://127.0.0.1:1"
    assert allowed_origin({**host, "Origin": "https://example.org"}) is None
