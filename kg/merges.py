"""The decisions of a build, as its table has them: what became one or was linked, why, and how to undo it."""

import json
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.ids import BASE, fold
from kg.tables import Row, read_table

__all__ = ["merges", "names_of", "undo"]


def merges(out: str | Path, name: str | None = None) -> Iterator[Row]:
    """Yield the rows of decisions.jsonl; with `name`, those on what has that id or name, or that took it in.

    Args:
        out: the folder that a build wrote.
        name: an id (IRI, prefixed as in "en:place-raqqa-a15c", or its last part), a label, or words that were taken in.

    Raises:
        InputError: no decision speaks of `name`.
        OutputError: the table is missing or damaged.
    """
    found = False
    for row in read_table(Path(out), "decisions"):
        if name is None or _speaks_of(row, name):
            found = True
            yield row
    if name is not None and not found:
        raise InputError(
            f"no decision in {out} speaks of {name!r}: give a name or an id, as kg merges {out} has them"
        )


def names_of(id: str) -> tuple[str, ...]:
    """Return the ways in which a person writes an id: in full, its last part, with a prefix.

    >>> names_of("https://w3id.org/kg/event/strike-7a02")[1:]
    ('event/strike-7a02', 'strike-7a02', 'ev:strike-7a02')
    """
    if not id.startswith(BASE):
        return (id,)
    path = id.removeprefix(BASE)
    folder, _, last = path.partition("/")
    return id, path, last, f"{_PREFIX.get(folder, folder)}:{last}"


_PREFIX = {"entity": "en", "event": "ev", "relation": "rel"}


def _speaks_of(row: Row, name: str) -> bool:
    if name in names_of(row["subject"]) or name in names_of(row["object"]):
        return True
    key = fold(name)
    words = (row["label"], row["text"], row["object"])
    return any(fold(text) == key for text in words if text is not None)


def undo(row: Row) -> str | None:
    """Return the entry of the file of pairs that undoes a merge; None for what no entry of that file undoes.

    A link goes with the place that the text means, so it cannot be taken back by itself; what such a file has decided
    is undone by taking it out there.
    """
    if row["kind"] != "merge" or row["rule"].startswith("must-"):
        return None
    other = "id" if row["object"].startswith(BASE) else "name"
    return (
        f"[[must_not_merge]]\none = {{ id = {_string(row['subject'])} }}\n"
        f"other = {{ {other} = {_string(row['object'])} }}\n"
    )


def _string(text: str) -> str:
    """Return a TOML string: JSON's, but for the one control character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
