"""Names for things: IRIs minted from content (slug + hash), never from a counter, a clock or chance.

An IRI holds only ASCII letters, digits, "-", "_", "#", "=", "," after its base, so that every RDF writer
and reader agrees on it (FAULTS: names never go into an IRI as they are).
"""

import hashlib
import re
import unicodedata

__all__ = [
    "ACT",
    "BASE",
    "DOCUMENT",
    "ENTITY",
    "EVENT",
    "ONTOLOGY",
    "digest",
    "document_id",
    "entity_id",
    "event_id",
    "fold",
    "mention_id",
    "slug",
]

BASE = "https://w3id.org/kg/"
ONTOLOGY = BASE + "ontology#"
ENTITY = BASE + "entity/"
EVENT = BASE + "event/"
DOCUMENT = BASE + "document/"
ACT = BASE + "act/"

_SLUG_LENGTH = 60
_UNFOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "ı": "i"}
)


def fold(text: str) -> str:
    r"""Return the key under which two spellings of a name are equal: NFKC, no accents, no format characters.

    >>> fold("Vla\u200bdimir  PUTIN"), fold("François Hollande’s")
    ('vladimir putin', "francois hollande's")
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_UNFOLDED))
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf", "Cs"))
    return " ".join(kept.replace("’", "'").replace("‘", "'").casefold().split())


def slug(text: str) -> str:
    """Return 1 to 60 characters of [a-z0-9-] that remind a reader of `text`; not injective by itself.

    >>> slug("Abū Bakr al-Baghdādī"), slug("普京")
    ('abu-bakr-al-baghdadi', 'x')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text))[:_SLUG_LENGTH].strip("-") or "x"


def digest(*parts: str | None, length: int = 8) -> str:
    """Return `length` hex digits of a SHA-256 over `parts`; None differs from "", and boundaries count."""
    sha = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        sha.update(b"-" if part is None else str(len(data)).encode())
        sha.update(b":" + data)
    return sha.hexdigest()[:length]


def document_id(path: str, sha256: str, *metadata: str | None) -> str:
    """Return the IRI of a document: the same file with the same metadata has the same id on every machine."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return f"{DOCUMENT}{slug(stem)[:30].strip('-')}-{digest(path, sha256, *metadata, length=10)}"


def entity_id(kind: str, label: str, *distinguishing: str | None) -> str:
    """Return the IRI of an entity; `distinguishing` keeps namesakes apart (country, document)."""
    return f"{ENTITY}{slug(kind)}-{slug(label)}-{digest(kind, fold(label), *distinguishing)}"


def event_id(predicate: str, *identity: str | None) -> str:
    """Return the IRI of an event; `identity` is all that makes it this event (type, roles, time, mentions)."""
    return f"{EVENT}{slug(predicate)}-{digest(predicate, *identity, length=10)}"


def mention_id(document: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of text (RFC 5147, as NIF uses it): `<document>#char=start,end`."""
    return f"{document}#char={start},{end}"
