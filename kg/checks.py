"""Checks of the tables against the texts, and of the files of a build against its manifest.

Every span that a table states is a `Piece`: where it stands, and the words that should stand there. Checking one is
one slice of the text, so the checks take time that grows with the number of spans and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.errors import OutputError
from kg.ids import fold
from kg.tables import TABLES, Row

__all__ = [
    "KINDS",
    "MALFORMED",
    "Failure",
    "Piece",
    "Places",
    "check_files",
    "check_piece",
    "check_value",
    "pieces",
    "pieces_of_mention",
    "references",
    "rejected_row",
]

#: What can fail: a file of the build, a document's bytes, the words at a span, how spans lie to each other and what
#: they refer to, and what the Turtle says of a mention.
KINDS = ("file", "document", "text", "structure", "turtle")

#: What reading a row raises that has not the fields of its table, or other values.
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)

_MENTION = re.compile(r"(.+)#char=(\d+),(\d+)")
_SHOWN = 60
_VOUCHED = (*(f"{table}.jsonl" for table in TABLES), "graph.ttl")


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold.

    Attributes:
        kind: one of `KINDS`.
        message: what is wrong, in one line, without the place.
        path: of the document, or the name of the file.
        document: its id.
        owner: id of the entity, event or relation that rests on it.
        part: what the span is: mention, trigger, sentence, the role of an argument, attribution, time expression, relation,
            subject, object, decision, claim.
        start, end: of the span.
        expected: the words that tables or Turtle have.
        found: the words that are there.
    """

    kind: str
    message: str
    path: str
    document: str | None = None
    owner: str | None = None
    part: str | None = None
    start: int | None = None
    end: int | None = None
    expected: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        place = "" if self.start is None else f" {self.start}-{self.end}"
        owner = f" of {self.owner.rsplit('/', 1)[-1]}" if self.owner else ""
        what = f" {self.part}{owner}" if self.part else owner.replace(" of ", " ", 1)
        words = [
            f"{text[:_SHOWN]!r}{'...' if len(text) > _SHOWN else ''} {where}"
            for text, where in ((self.expected, "was read"), (self.found, "is there"))
            if text is not None and self.start is not None
        ]
        return f"{self.path}{place}{what}: {self.message}{': ' if words else ''}{', '.join(words)}"


class Piece(NamedTuple):
    """A stretch of a document that a table speaks of.

    Attributes:
        owner: id of the entity, event or relation.
        part: as in `Failure`.
        text: the words, where the table states them.
        head: offsets of the head word, where there is one.
        inside: the stretch that must hold it, and what that is called.
        entity: id of the entity that has a mention here, where the table names one.
    """

    owner: str
    part: str
    document: str
    start: int
    end: int
    text: str | None = None
    head: tuple[int, int] | None = None
    inside: tuple[str, int, int] | None = None
    entity: str | None = None


# --------------------------------------------------------- what tables state


def pieces(table: str, row: Row) -> Iterator[Piece]:
    """Yield every stretch of text that a row of a table speaks of."""
    for mention in row.get("mentions", ()):
        yield from pieces_of_mention(table, row, mention)
    if table == "events" and (time := row["time"]):
        yield _of_time(row["id"], "time expression", time)
    for claim in row.get("claims", ()):
        yield from _of_claim(row["id"], claim)
    if table == "decisions" and (found := _MENTION.fullmatch(row["object"])):
        yield Piece(row["subject"], "decision", found[1], int(found[2]), int(found[3]), row["text"])


def pieces_of_mention(table: str, row: Row, mention: Row) -> Iterator[Piece]:
    """Yield the stretches of one mention of an entity, event or relation."""
    match table:
        case "entities":
            start, end = mention["start"], mention["end"]
            words = mention["text"]
            yield Piece(row["id"], "mention", mention["document"], start, end, words, entity=row["id"])
        case "events":
            yield from _of_event(row["id"], mention)
        case "relations":
            yield from _of_relation(row, mention)


def _of_event(owner: str, mention: Row) -> Iterator[Piece]:
    document, trigger = mention["document"], mention["trigger"]
    start, end = mention["sentence"]
    inside = ("sentence", start, end)
    yield Piece(owner, "trigger", document, trigger["start"], trigger["end"], trigger["text"], inside=inside)
    yield Piece(owner, "sentence", document, start, end)
    for part in mention["arguments"]:
        yield _of_phrase(owner, part["role"], document, part)._replace(head=_pair(part["head"]))
    for part in mention["attributed_to"]:
        yield _of_phrase(owner, "attribution", document, part)
    if time := mention["time"]:
        yield _of_time(owner, "time expression", time)


def _of_phrase(owner: str, part: str, document: str, phrase: Row) -> Piece:
    return Piece(
        owner, part, document, phrase["start"], phrase["end"], phrase["text"], entity=phrase["entity"]
    )


def _of_relation(row: Row, mention: Row) -> Iterator[Piece]:
    document, start, end = mention["document"], mention["start"], mention["end"]
    whole = ("relation", start, end)
    yield Piece(row["id"], "relation", document, start, end, mention["text"])
    for part in ("subject", "object"):
        if mention[part]:
            first, last = mention[part]
            yield Piece(row["id"], part, document, first, last, inside=whole, entity=row.get(part))


def _of_time(owner: str, part: str, time: Row) -> Piece:
    start, end = time["span"]
    return Piece(owner, part, time["document"], start, end, time["text"])


def _of_claim(owner: str, claim: Row) -> Iterator[Piece]:
    yield Piece(owner, "claim", claim["document"], claim["start"], claim["end"], claim["text"])
    start, end = claim["trigger"]
    yield Piece(owner, "trigger of a claim", claim["document"], start, end)


def _pair(offsets: list[int]) -> tuple[int, int]:
    start, end = offsets
    return start, end


# ------------------------------------------------------------------- checks


@dataclass(slots=True)
class Places:
    """What the tables say there is: paths and texts of documents, and where each entity is mentioned.

    Attributes:
        paths: by document id; all documents that the tables know.
        texts: by document id; those whose text could be read again.
        mentions: of each entity, by document.
        events: ids of the events.
    """

    paths: dict[str, str]
    texts: dict[str, str]
    mentions: dict[str, dict[str, list[tuple[int, int]]]] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)

    def add(self, table: str, row: Row) -> None:
        """Remember an entity with its mentions, or an event."""
        if table == "events":
            self.events.add(row["id"])
        elif table == "entities":
            where = self.mentions.setdefault(row["id"], {})
            for mention in row["mentions"]:
                where.setdefault(mention["document"], []).append((mention["start"], mention["end"]))


def check_piece(piece: Piece, places: Places) -> Iterator[Failure]:
    """Yield what does not hold of a stretch of text: its words, its place among the others, and what it refers to."""
    if not (isinstance(piece.owner, str) and isinstance(piece.text, str | None)):
        raise TypeError("an id or a text is no string")

    def failure(kind: str, message: str, found: str | None = None) -> Failure:
        return Failure(
            kind, message, places.paths.get(piece.document, piece.document), piece.document,
            piece.owner, piece.part, piece.start, piece.end, piece.text, found,
        )  # fmt: skip

    if piece.document not in places.paths:
        yield failure("structure", "no such document in documents.jsonl")
        return
    if not 0 <= piece.start < piece.end:
        yield failure("structure", "no stretch of text: it must begin at 0 or later and end after its begin")
        return
    text = places.texts.get(piece.document)
    if text is not None:
        words = text[piece.start : piece.end]
        if piece.end > len(text):
            yield failure("text", f"reaches beyond the text, which has {len(text)} characters", words)
        elif piece.text is not None and words != piece.text:
            yield failure("text", "other words", words)
    elif piece.text is not None and len(piece.text) != piece.end - piece.start:
        yield failure(
            "structure", f"{len(piece.text)} characters in the table, which is not what its offsets say"
        )
    yield from (failure("structure", message) for message in _misplaced(piece, places))


def _misplaced(piece: Piece, places: Places) -> Iterator[str]:
    """Yield how a piece lies wrong, by offsets alone."""
    if piece.inside:
        name, start, end = piece.inside
        if not start <= piece.start < piece.end <= end:
            yield f"outside its {name} at {start}-{end}"
    if piece.head and not piece.start <= piece.head[0] < piece.head[1] <= piece.end:
        yield f"its head at {piece.head[0]}-{piece.head[1]} is outside"
    if piece.entity is not None and piece.part != "mention":
        known = places.mentions.get(piece.entity)
        if known is None:
            yield f"no such entity in entities.jsonl: {piece.entity}"
        elif not any(start < piece.end and piece.start < end for start, end in known.get(piece.document, ())):
            yield f"no mention of {piece.entity} is here"


def check_value(row: Row, places: Places) -> Iterator[Failure]:
    """Yield the mentions of a relation whose words are not the value that the relation has."""
    if (value := row.get("value")) is None:
        return
    for piece in pieces("relations", row):
        text = places.texts.get(piece.document)
        if piece.part == "object" and text is not None:
            words = text[piece.start : piece.end]
            if not fold(words).endswith(fold(value)):
                yield Failure(
                    "text", "the value is not what stands here", places.paths[piece.document], piece.document,
                    piece.owner, "object", piece.start, piece.end, value, words,
                )  # fmt: skip


def references(table: str, row: Row) -> Iterator[str]:
    """Yield the ids of entities and events that a row names, apart from those at its spans."""
    match table:
        case "events":
            yield from (
                part["entity"] for part in (*row["participants"], *row["attributed_to"]) if part["entity"]
            )
            yield from row["part_of"]
        case "relations":
            yield from filter(None, (row["subject"], row.get("object")))
        case "decisions":
            yield row["subject"]
        case "contradictions":
            yield row["event"]
            said = (part["entity"] for claim in row["claims"] for part in claim["attributed_to"])
            yield from filter(None, said)


def rejected_row(table: str, number: int, error: Exception) -> Failure:
    """Return the failure of a row that has not the fields, or not the values, of its table."""
    what = f"no field {error}" if isinstance(error, KeyError) else str(error)
    return Failure("structure", f"line {number} is no row of this table: {what}", f"{table}.jsonl")


# --------------------------------------------------------------------- files


def check_files(out: Path) -> tuple[int, list[Failure]]:
    """Return how many files the manifest vouches for, and those that are missing or not what it says.

    Raises:
        OutputError: there is no manifest, or it is not kg's.
    """
    files = _vouched(out)
    failures = [
        Failure("file", "manifest.json has no checksum of it", name) for name in _VOUCHED if name not in files
    ]
    for name, facts in sorted(files.items()):
        failures += _check_file(out / name, facts)
    return len(files), failures


def _vouched(out: Path) -> Mapping[str, Row]:
    path = out / "manifest.json"
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        if not all(Path(name).name == name and isinstance(facts, dict) for name, facts in files.items()):
            raise ValueError("an entry of files is not that of a file in this folder")
    except FileNotFoundError:
        raise OutputError(
            f"{out} is no output of kg (no manifest.json): run kg build INPUT -o {out}"
        ) from None
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{path} is damaged ({error}): run kg build again") from error
    return files  # type: ignore[no-any-return]


def _check_file(path: Path, facts: Row) -> Iterable[Failure]:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        return [Failure("file", message, path.name)]
    if found != facts.get("sha256"):
        message = "not the file that the build wrote: its sha256 is another"
        return [Failure("file", message, path.name, expected=str(facts.get("sha256")), found=found)]
    return []
