"""`verify`: reads the texts again and says for each span of a build whether it still holds.

For every mention of the tables the document's hash is compared and the words at its offsets; triggers must lie in their
sentences, heads in their arguments, arguments where their entity is mentioned; the files must be those that
manifest.json vouches for, and the Turtle's mentions those of the tables. Tables and Turtle are read in a stream; in
memory are the texts and the places of the mentions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.checks import (
    KINDS,
    MALFORMED,
    Failure,
    Piece,
    Places,
    check_files,
    check_piece,
    check_value,
    pieces,
    references,
    rejected_row,
)
from kg.config import STORE
from kg.datamodel import Document
from kg.errors import OutputError
from kg.ids import document_id
from kg.rdf.checks.mentions import Mentions, compare, read_mentions
from kg.tables import TABLES, Row, read_table
from kg.texts import Found, from_corpus, from_store, has_store

__all__ = ["Verification", "verify"]

_COUNTED = {
    "mention": "entity mentions",
    "trigger": "event mentions",
    "sentence": "sentences",
    "attribution": "attributions",
    "time expression": "time expressions",
    "relation": "relation mentions",
    "subject": "ends of relations",
    "object": "ends of relations",
    "decision": "mentions in decisions",
    "claim": "claims",
    "trigger of a claim": "claims",
}
_SHOWN = 40
_ORDER = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what does not hold.

    Attributes:
        texts: where the texts were read again: "corpus" or "store".
        counts: how many of each were checked.
        failures: files first, then by document: what happened to it, then its spans in text order.
    """

    texts: str
    counts: Mapping[str, int]
    failures: tuple[Failure, ...]

    def __bool__(self) -> bool:
        """Tell whether everything holds."""
        return not self.failures


def verify(out: str | Path, *, corpus: str | Path | Sequence[str | Path] = ()) -> Verification:
    """Return what still holds of the folder `out`, with the texts read again.

    Args:
        out: the folder that a build wrote.
        corpus: what it was built from: files, folders, patterns. Without it, the texts that the store in `out` has
            are read again; their hash is that of the bytes that they were decoded from.

    Raises:
        OutputError: `out` is no output of kg, or has no store and no corpus is named.
        InputError: `corpus` has a manifest that cannot be used.
    """
    out = Path(out)
    if not corpus and not has_store(out):
        check_files(out)  # says where there is no build at all
        raise OutputError(f"{out} holds no texts ({STORE}): name the articles with --corpus")
    return _Verifier(out, [corpus] if isinstance(corpus, str | Path) else corpus).run()


class _Verifier:
    """One run over a folder; `failures` grows step by step."""

    def __init__(self, out: Path, corpus: Sequence[str | Path]) -> None:
        self._out = out
        self._corpus = corpus
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._spans: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self._lost: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self._first: dict[str, int] = {}
        self._unknown: list[tuple[str, str, str | None]] = []
        self._changed: dict[str, tuple[Row, str]] = {}
        self._tables = Mentions()
        self._places = Places({}, {})

    def run(self) -> Verification:
        self._counts["files"], wrong = check_files(self._out)
        self._failures += wrong
        self._documents()
        for table in TABLES[1:]:
            self._each(table, self._check)
        self._failures += self._dangling()
        self._turtle()
        self._failures += self._changes()
        ordered = sorted(self._failures, key=_order)
        return Verification("corpus" if self._corpus else "store", dict(self._counts), tuple(ordered))

    def _each(self, table: str, check: Callable[[str, Row], None]) -> None:
        """Check each row of a table; one that is none, and a table that cannot be read, become failures."""
        try:
            for number, row in enumerate(read_table(self._out, table), 1):
                try:
                    check(table, row)
                except MALFORMED as error:
                    self._failures.append(rejected_row(table, number, error))
        except OutputError as error:
            self._failures.append(Failure("file", str(error), f"{table}.jsonl"))

    # ------------------------------------------------------------ documents

    def _documents(self) -> None:
        rows: list[Row] = []

        def take(table: str, row: Row) -> None:
            if _id(row) != row["id"]:
                self._fail(
                    row, "its id does not follow from path, checksum and metadata: one of them is another"
                )
            self._places.paths[row["id"]] = row["path"]
            self._counts["documents"] += 1
            rows.append(row)

        self._each("documents", take)
        for row, found in self._read_again(rows):
            if isinstance(found, Document):
                self._text(row, found)
            elif found is None:
                where = "corpus: name all that kg build read" if self._corpus else f"{STORE}: build again"
                self._fail(row, f"not in the {where}")
            else:
                self._fail(row, f"cannot be read any more: {found.reason}")

    def _read_again(self, rows: list[Row]) -> Iterator[Found]:
        if self._corpus:
            yield from from_corpus(rows, self._corpus)
            return
        try:
            yield from from_store(rows, self._out)
        except OutputError as error:
            self._failures.append(Failure("file", str(error), STORE))

    def _text(self, row: Row, found: Document) -> None:
        self._places.texts[row["id"]] = found.text
        if found.sha256 != row["sha256"]:
            self._changed[row["id"]] = (row, found.sha256)
        elif len(found.text) != row["characters"]:
            self._fail(
                row, f"{len(found.text)} characters, not {row['characters']} as documents.jsonl has it"
            )

    def _fail(self, row: Row, message: str) -> None:
        self._failures.append(Failure("document", message, row["path"], row["id"]))

    def _changes(self) -> Iterator[Failure]:
        """Yield for each document with other bytes one line that says what became of it and of its spans."""
        before = self._before() if self._corpus and self._changed else {}
        for id, (row, sha256) in sorted(self._changed.items()):
            text, lost = self._places.texts[id], len(self._lost.get(id, ()))
            where = _difference(before[id], text) if id in before else self._first_difference(id)
            longer = len(text) - row["characters"]
            size = (
                f", {abs(longer)} character{'s'[: abs(longer) > 1]} {'longer' if longer > 0 else 'shorter'}"
            )
            message = (
                f"not the text that was read: other bytes{size if longer else ''}; {where}; "
                f"{lost} of {len(self._spans[id])} spans no longer hold"
            )
            yield Failure("document", message, row["path"], id, expected=row["sha256"], found=sha256)

    def _before(self) -> dict[str, str]:
        """Return the texts as they were read, by document id, where the folder has them."""
        try:
            found = from_store([row for row, _ in self._changed.values()], self._out)
            return {row["id"]: item.text for row, item in found if isinstance(item, Document)}
        except OutputError:  # there is none, or it is damaged: then the spans have to tell
            return {}

    def _first_difference(self, id: str) -> str:
        """Say where the text differs by the first words of a span that are not there."""
        if id not in self._first:
            return "no span with words is touched"
        return f"in its spans it differs from character {self._first[id]} on"

    # --------------------------------------------------------------- tables

    def _check(self, table: str, row: Row) -> None:
        self._places.add(table, row)
        found: list[Failure] = []
        for id in references(table, row):
            if id not in self._places.mentions and id not in self._places.events:
                self._unknown.append((id, table, row.get("id")))  # yet: an event may name a later one
        for piece in pieces(table, row):
            found += self._check_piece(piece)
        if table == "relations":
            found += check_value(row, self._places)
        self._tables.add(table, row)
        self._failures += found

    def _dangling(self) -> Iterator[Failure]:
        for id, table, owner in self._unknown:
            if id not in self._places.mentions and id not in self._places.events:
                yield Failure("structure", f"names {id}, which no table has", f"{table}.jsonl", owner=owner)

    def _check_piece(self, piece: Piece) -> list[Failure]:
        self._counts[_COUNTED.get(piece.part, "arguments")] += 1
        span = (piece.start, piece.end)
        self._spans[piece.document].add(span)
        found = [*check_piece(piece, self._places)]
        for failure in found:
            if failure.kind == "text":
                self._lost[piece.document].add(span)
                first = piece.start + _common(failure.expected or "", failure.found or "")
                self._first[piece.document] = min(first, self._first.get(piece.document, first))
        return found

    # --------------------------------------------------------------- Turtle

    def _turtle(self) -> None:
        try:
            turtle = read_mentions(self._out / "graph.ttl")
        except OutputError as error:
            self._failures.append(Failure("file", str(error), "graph.ttl"))
            return
        self._counts["mentions in the Turtle"] = len(turtle.words)
        self._failures += compare(self._tables, turtle, self._places)


def _id(row: Row) -> str:
    metadata = (row[name] for name in ("title", "publisher", "url", "published", "language"))
    return document_id(row["path"], row["sha256"], *metadata)


def _difference(before: str, after: str) -> str:
    """Say in one line how a text became another."""
    if before == after:
        return "the same characters"
    start = _common(before, after)
    shorter = min(len(before), len(after)) - start
    end = min(_common(before[start:][::-1], after[start:][::-1]), shorter)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(old), len(new)) > _SHOWN:
        return f"it differs from character {start} on"
    return f"it differs from character {start} on ({old!r} was read, {new!r} is there)"


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _order(failure: Failure) -> tuple[object, ...]:
    """Sort by file or document, and there by what it is: the bytes, the words, their order, the Turtle."""
    span = (-1, -1) if failure.start is None else (failure.start, failure.end)
    of_document = failure.document is not None
    return of_document, failure.path, _ORDER[failure.kind], *span, failure.owner or "", failure.message
