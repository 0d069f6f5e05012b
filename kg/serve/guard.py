"""Who may ask: the checks that keep a page of some other site, open in the same browser, from reading the graph.

A server on loopback is reached by every program of the machine, the browser included. What is promised:

- A request under a name that is not this server's is refused (421), so a site cannot point its own name at this
  address and then read the answers as its own (DNS rebinding). Addresses in figures are no names, and are accepted.
- A request that a browser sends for a page of another site is refused (403), whether or not the page could read the
  answer. Pages on this machine's loopback addresses may ask and read (CORS).

It is no access control: whoever can reach the address without a browser is answered.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from kg.serve.answers import Headers, Refusal

__all__ = ["allowed_origin", "check_caller", "is_loopback"]


def is_loopback(host: str) -> bool:
    """Return whether a host as in an address is this machine's own: localhost, 127.0.0.0/8 or ::1."""
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and address.is_loopback)


def check_caller(headers: Headers, own: str) -> None:
    """Refuse a request that comes under a foreign name, or for a page of another site.

    Args:
        headers: of the request.
        own: the name or address that the server was told to listen on.

    Raises:
        Refusal: 421 or 403.
    """
    name = _host_of(f"//{headers.get('Host') or ''}")
    if not (is_loopback(name) or name == own.lower() or _address(name)):
        raise Refusal(421, f"this server does not go by the name {name or 'none'!r}: ask it by its address")
    if headers.get("Origin") is not None:
        if allowed_origin(headers) is None:
            raise Refusal(403, "a page of another site may not ask this server")
    elif headers.get("Sec-Fetch-Site") == "cross-site" and headers.get("Sec-Fetch-Mode") != "navigate":
        raise Refusal(403, "a page of another site may not ask this server")


def allowed_origin(headers: Headers) -> str | None:
    """Return the origin of the page that asks where it may read the answer: this server's, or one on loopback."""
    origin = headers.get("Origin")
    if origin is None:
        return None
    same = origin == f"http://{headers.get('Host') or ''}"
    return origin if same or is_loopback(_host_of(origin)) else None


def _host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None
