"""The queries that come with kg: `ontology/queries/*.rq`, each with a title, a description and its parameters.

A file opens with comments: the first line is the title, `# bind: name - what it is` names a variable that may be
bound, every other line describes.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.config import ontology_dir
from kg.errors import QueryError

__all__ = ["NamedQuery", "find_query", "named_queries", "named_query"]

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BIND = re.compile(r"bind:\s*(\w+)\s+-\s+(.+)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that answers one question.

    Attributes:
        name: of the file, without ".rq".
        title: one line.
        description: what is asked and how it is answered; may be empty.
        parameters: pairs of a variable that may be bound and what it is.
        text: the SPARQL, comments included.
    """

    name: str
    title: str
    description: str
    parameters: tuple[tuple[str, str], ...]
    text: str


@cache
def named_queries(folder: Path | None = None) -> tuple[NamedQuery, ...]:
    """Return the queries of a folder, `ontology/queries` by default, sorted by name."""
    folder = folder or ontology_dir() / "queries"
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def named_query(text: str) -> NamedQuery | None:
    """Return the query of that name; None where `text` is no name but the text of a query.

    Raises:
        QueryError: it is a name, and there is no such query.
    """
    return find_query(text) if _NAME.fullmatch(text.strip()) else None


def find_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: there is no such query; names the nearest.
    """
    known = {query.name: query for query in named_queries()}
    if found := known.get(name.strip()):
        return found
    near = get_close_matches(name.strip(), known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise QueryError(f"no query is named {name!r}: {hint}there are {', '.join(known)}")


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    comments = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comments.append(line.lstrip("# ").rstrip())
    parameters = tuple((found[1], found[2]) for line in comments if (found := _BIND.fullmatch(line)))
    description = " ".join(line for line in comments[1:] if line and not line.startswith("bind:"))
    return NamedQuery(path.stem, comments[0] if comments else path.stem, description, parameters, text)
