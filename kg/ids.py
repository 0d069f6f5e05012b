"""Names for things: IRIs minted from content (slug + hash), never from a counter, a clock or chance.

An IRI holds only ASCII letters, digits, "-", "_", "#", "=", "," after its base, so that every RDF writer
and reader agrees on it: a name never goes into an IRI as it is, only as a slug, and the hash keeps names apart.
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
    "claim_id",
    "contradiction_id",
    "digest",
    "document_id",
    "entity_id",
    "event_id",
    "fold",
    "mention_id",
    "relation_id",
    "slug",
]

BASE = "https://w3id.org/kg/"
ONTOLOGY = BASE + "ontology#"
ENTITY = BASE + "entity/"
EVENT = BASE + "event/"
DOCUMENT = BASE + "document/"
ACT = BASE + "act/"

_SLUG_LENGTH = 60
#: Hex digits in the ids of documents and events: two among a million are alike in one corpus of 37 million.
_LONG = 16
#: Latin letters that Unicode does not take apart, after case folding (which makes "ss" of "ß").
_UNFOLDED = str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ə": "a", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l"}
    | {"ŋ": "n", "ø": "o", "ŧ": "t"}
)


def fold(text: str) -> str:
    r"""Return the key under which two spellings of a name are equal; folding a key again changes nothing.

    Compatibility forms are decomposed (Unicode's NFKD), accents and format characters dropped, case folded, letters
    like "ø" and "æ" written in plain ones, curly apostrophes straight and white space as single spaces.

    >>> fold("Vla\u200bdimir  PUTIN"), fold("François Hollande’s")
    ('vladimir putin', "francois hollande's")
    """
    if text.isascii():  # nothing to take apart
        return " ".join(text.lower().split())
    kept = "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf", "Cs")
    )
    kept = unicodedata.normalize("NFKD", kept)  # marks between which a character went may be out of order
    return " ".join(kept.replace("’", "'").replace("‘", "'").casefold().translate(_UNFOLDED).split())


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
    return f"{DOCUMENT}{slug(stem)[:30].strip('-')}-{digest(path, sha256, *metadata, length=_LONG)}"


def entity_id(kind: str, label: str, *distinguishing: str | None) -> str:
    """Return the IRI of an entity; `distinguishing` keeps namesakes apart (country, document)."""
    return f"{ENTITY}{slug(kind)}-{slug(label)}-{digest(kind, fold(label), *distinguishing)}"


def event_id(predicate: str, *identity: str | None) -> str:
    """Return the IRI of an event; `identity` is all that makes it this event (type, roles, time, mentions)."""
    return f"{EVENT}{slug(predicate)}-{digest(predicate, *identity, length=_LONG)}"


def relation_id(property: str, subject: str, object: str | None, value: str | None) -> str:
    """Return the IRI of a relation: one for each two ends and the property between them."""
    return f"{BASE}relation/{property}-{digest(subject, property, object, value, length=10)}"


def claim_id(
    contradiction: str, value: str, document: str, span: tuple[int, int], trigger: tuple[int, int]
) -> str:
    """Return the IRI of a claim: what the words at `span` say about the event that `trigger` tells of."""
    return f"{contradiction}-{digest(value, document, *map(str, (*span, *trigger)))}"


def contradiction_id(event: str, field: str, about: str | None) -> str:
    """Return the IRI of a contradiction: one for each event, field and, of numbers, what is counted."""
    return f"{BASE}contradiction/{field}-{digest(event, field, about, length=10)}"


def mention_id(document: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of text (RFC 5147, as NIF uses it): `<document>#char=start,end`."""
    return f"{document}#char={start},{end}"
