"""Pairs that a person has decided: what must be one, and what must stay two, whatever the rules say.

They stand in a TOML file beside the corpus (`must.toml`), which no run writes to:

    [[must_merge]]
    one = "Socialist president"
    other = { name = "François Hollande", document = "paris.txt", type = "Person" }
    why = "the text means the president"                  # optional, kept as evidence

    [[must_not_merge]]
    one = { name = "John Smith", document = "court.txt" }
    other = { name = "John Smith", document = "football.txt" }

    [[must_not_merge]]                                    # undoes a line of `kg merges`: its subject and its object
    one = { id = "https://w3id.org/kg/event/strike-7a02d1c94be05f36" }
    other = { id = "https://w3id.org/kg/document/wire-3b#char=210,217" }

A side is a name, or a table with a `name` (and `document`: its path or id; `type`: what the text layer took it for), or a
table with an `id`. A name is meant in every spelling that differs in case, accents, titles, "the" or 's only, in every
document that is not excluded; a description ("Socialist president") is named by its words without "the". An id is that of
an entity, an event or a mention (an IRI, or what follows https://w3id.org/kg/). Those of entities and events are looked up in
what the rules alone make of the documents, then in what they make of them with the pairs found so far. Events are named by id
only. Where one side holds the other, as an entity holds its mention, the other is taken out of it, and with the mention by
which a document joined the entity all that the document says of it.

A file that cannot be understood, and pairs that contradict each other, are an InputError; a pair that matches nothing in these
documents is a `Rejection`, for a corpus may lose a document and get it back.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.config import MUST
from kg.datamodel import ENTITY_TYPES, EntityType
from kg.errors import InputError
from kg.ids import BASE, DOCUMENT, ENTITY, EVENT
from kg.read.records import printable_path
from kg.resolve.names import name_key

__all__ = ["MUST", "NO_PAIRS", "Must", "Pair", "Side", "parse_must", "read_must"]

_Kind = Literal["must_merge", "must_not_merge"]
_KINDS: tuple[_Kind, ...] = ("must_merge", "must_not_merge")
_ENTRY = re.compile(r"\s*\[\[\s*(must_merge|must_not_merge)\s*\]\]")
_ALLOWED = 'a name, or a table with "name" (and "document", "type"), or a table with "id"'


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that a pair speaks of; exactly one of `name` and `id` is set."""

    name: str | None = None
    document: str | None = None
    type: EntityType | None = None
    id: str | None = None

    def __str__(self) -> str:
        if self.id is not None:
            return self.id
        where = f" in {self.document}" if self.document else ""
        return f'"{self.name}"{where}' + (f" ({self.type})" if self.type else "")


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of the file.

    Attributes:
        file: its name.
        where: the file's name and the line or number of the entry, for messages and evidence.
        why: the reason that the file gives.
    """

    kind: _Kind
    one: Side
    other: Side
    file: str
    where: str
    why: str | None = None

    @property
    def rule(self) -> str:
        """Name of the rule in decisions: "must-merge" or "must-not-merge"."""
        return self.kind.replace("_", "-")

    @property
    def evidence(self) -> str:
        """The entry in words."""
        what = "are one" if self.kind == "must_merge" else "are two"
        return f"{self.where}: {self.one} and {self.other} {what}" + (f" ({self.why})" if self.why else "")


@dataclass(frozen=True, slots=True)
class Must:
    """The pairs of a file, in its order. Equal files are equal, wherever they lie."""

    pairs: tuple[Pair, ...] = ()

    @property
    def has_ids(self) -> bool:
        """Whether a pair names an entity or event by its id, which the resolution has to find first."""
        ids = [side.id for pair in self.pairs for side in (pair.one, pair.other) if side.id]
        return any(id_.startswith((ENTITY, EVENT)) for id_ in ids)


NO_PAIRS = Must()


# --------------------------------------------------------------------- reading


def read_must(path: str | Path) -> Must:
    """Read a file of pairs.

    Raises:
        InputError: it cannot be read, is no TOML, has a key, type or side that is not allowed, or decides a pair both ways.
    """
    file = printable_path(Path(path).name)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is no TOML in UTF-8: {error}") from error
    return parse_must(text, file)


def parse_must(text: str, file: str = MUST) -> Must:
    """Do what `read_must` does with the text of a file of that name."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file} is no TOML in UTF-8: {error}") from error
    if unknown := sorted(found.keys() - set(_KINDS)):
        raise InputError(f"{file}: {unknown[0]!r} is not allowed: use {' and '.join(_KINDS)}")
    lines: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _ENTRY.match(line):
            lines[match[1]].append(number)
    pairs: list[Pair] = []
    for kind in _KINDS:
        entries = found.get(kind, [])
        if not isinstance(entries, list):
            raise InputError(f"{file}: {kind} is no list of tables: write each pair under [[{kind}]]")
        known = lines[kind] if len(lines[kind]) == len(entries) else None
        for index, entry in enumerate(entries):
            line = f"line {known[index]}, " if known else ""
            pairs.append(_pair(kind, entry, file, f"{file} {line}{kind} {index + 1}"))
    _refuse_contradictions(pairs)
    return Must(tuple(pairs))


def _pair(kind: _Kind, entry: object, file: str, where: str) -> Pair:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: {entry!r} is no table: write each pair under [[{kind}]]")
    if unknown := sorted(entry.keys() - {"one", "other", "why"}):
        raise InputError(f"{where}: {unknown[0]!r} is not allowed: use one, other and why")
    if missing := [key for key in ("one", "other") if key not in entry]:
        raise InputError(f"{where}: {missing[0]!r} is missing: give {_ALLOWED}")
    why = entry.get("why")
    if why is not None and not isinstance(why, str):
        raise InputError(f"{where}: why is {why!r}: give a string")
    one, other = (_side(entry[key], f"{where}, {key}") for key in ("one", "other"))
    if one == other:
        raise InputError(f"{where}: both sides are {one}: tell them apart by document, type or id")
    return Pair(kind, one, other, file, where, " ".join(why.split()) if why else None)


def _side(value: Any, where: str) -> Side:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, dict):
        raise InputError(f"{where}: {value!r} is not allowed: give {_ALLOWED}")
    if unknown := sorted(value.keys() - {"name", "document", "type", "id"}):
        raise InputError(f"{where}: {unknown[0]!r} is not allowed: give {_ALLOWED}")
    if wrong := sorted(k for k, v in value.items() if not isinstance(v, str) or not v.strip()):
        raise InputError(f"{where}: {wrong[0]} is {value[wrong[0]]!r}: give a string that is not empty")
    if ("name" in value) == ("id" in value) or ("id" in value and len(value) > 1):
        raise InputError(f"{where}: {', '.join(sorted(value))} together are not allowed: give {_ALLOWED}")
    if value.get("type", "Person") not in ENTITY_TYPES:
        raise InputError(f"{where}: type is {value['type']!r}: use one of {', '.join(ENTITY_TYPES)}")
    if "name" in value and not name_key(value["name"]):
        raise InputError(f"{where}: name is {value['name']!r}, which has no letter or digit")
    id_ = value.get("id")
    if id_ is not None:
        id_ = id_ if id_.startswith(BASE) else BASE + id_
        if not id_.startswith((ENTITY, EVENT, DOCUMENT)):
            raise InputError(f"{where}: id is {value['id']!r}: give that of an entity, event or mention")
    return Side(value.get("name"), value.get("document"), value.get("type"), id_)


def _refuse_contradictions(pairs: Sequence[Pair]) -> None:
    seen: dict[frozenset[Side], Pair] = {}
    for pair in pairs:
        before = seen.setdefault(frozenset((pair.one, pair.other)), pair)
        if before.kind != pair.kind:
            raise InputError(f"{pair.where} contradicts {before.where} on {pair.one} and {pair.other}")
