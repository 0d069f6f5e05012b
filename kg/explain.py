"""`explain`: why the graph has an entity, event or relation: its sentences, who says so, and the decisions behind it.

Everything comes from the tables of a build, and the sentences from the store beside them. Where there is no store the
sentences are put together from the words that the tables have, with "…" for those that no table has.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process

from kg.checks import Piece, pieces, pieces_of_mention
from kg.errors import InputError
from kg.ids import BASE, fold, mention_id
from kg.sentences import Sentences
from kg.tables import Row, read_table
from kg.texts import has_store, stored_texts

__all__ = ["GAP", "Explanation", "Part", "Passage", "explain", "marked", "segments"]

#: Stands for a character that no table has.
GAP = "…"
_KINDS = {"entities": "entity", "events": "event", "relations": "relation"}
_NEAR = 5
_GAPS = re.compile(f"{GAP}+")
_PREFIXED = re.compile(r"[a-z]+:(?!//)")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage and what it is there: the role of an argument, "trigger", "attribution", "time", "mention", "subject" or "object".

    Attributes:
        start, end: characters of the document.
        entity: name of the entity that it stands for.
    """

    role: str
    start: int
    end: int
    text: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that proves something.

    Attributes:
        document: id; `path`, `title`, `publisher` and `published` are those of the document.
        start, end: characters of the document.
        text: as long as it is in the document; `GAP` stands for each character that is not known.
        parts: in text order.
        status: of an event, as this sentence has it.
        said_by: who is reported as saying it, outermost first; empty when the publisher speaks.
        rule: the rule of extraction that fired; of entities, how they are mentioned: name, nominal, pronoun.
    """

    document: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None
    start: int
    end: int
    text: str
    parts: tuple[Part, ...]
    status: str | None
    said_by: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the tables have on one entity, event or relation.

    Attributes:
        kind: "entity", "event" or "relation".
        facts: what is known of it, by name: type, status, time, aliases, participants ...
        decisions: rows of decisions.jsonl on it, and on the mentions of others that its passages name.
    """

    kind: str
    id: str
    label: str
    facts: Mapping[str, Any]
    passages: tuple[Passage, ...]
    decisions: tuple[Row, ...]


def explain(out: str | Path, name: str) -> Explanation:
    """Return why the graph in the folder `out` has something.

    Args:
        out: the folder that a build wrote.
        name: an id (IRI, prefixed as in "ev:strike-7a02", or its last part), or a label or alias that only one has.

    Raises:
        InputError: nothing has that id or name, or several have; names them.
        OutputError: a table is missing or damaged.
    """
    return _Reader(Path(out)).explain(name)


# ------------------------------------------------------------------- marking


def marked(passage: Passage) -> str:
    """Return a passage with its parts in brackets: "[agent Paris] [trigger strikes] [patient Raqqa]".

    Parts within parts are nested; of two that overlap, the part of the second that stands in the first is left out.
    """
    return "".join(text for text, _ in segments(passage))


def segments(passage: Passage) -> Iterator[tuple[str, str | None]]:
    """Yield the pieces of `marked`, each with the innermost role that it belongs to."""
    roles: dict[tuple[int, int], list[str]] = {}
    for part in sorted(passage.parts, key=lambda part: (part.start, -part.end)):
        start, end = max(part.start, passage.start), min(part.end, passage.end)
        if start < end and part.role not in roles.setdefault((start, end), []):
            roles[start, end].append(part.role)
    open_: list[tuple[int, str]] = []
    position = passage.start

    def upto(end: int) -> tuple[str, str | None]:
        words = passage.text[position - passage.start : end - passage.start]
        return _GAPS.sub(GAP, words), open_[-1][1] if open_ else None

    for (start, end), names in roles.items():
        while open_ and open_[-1][0] <= start:
            yield upto(open_[-1][0])
            position = open_[-1][0]
            yield "]", open_.pop()[1]
        if open_ and end > open_[-1][0]:
            continue
        yield upto(start)
        position = start
        open_.append((end, names[0]))
        yield f"[{', '.join(names)} ", names[0]
    while open_:
        yield upto(open_[-1][0])
        position = open_[-1][0]
        yield "]", open_.pop()[1]
    yield upto(passage.end)


# ------------------------------------------------------------------- reading


class _Reader:
    """Reads the tables of one folder."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._labels: dict[str, str] = {}
        self._sentences: dict[str, Sentences] = {}
        self._texts: dict[str, str] = {}
        self._documents: dict[str, Row] = {}

    def explain(self, name: str) -> Explanation:
        table, row = self._find(name)
        spans = [piece for piece in pieces(table, row) if piece.part != "sentence"]
        self._load({piece.document for piece in spans})
        passages = tuple(self._passages(table, row))
        return Explanation(
            _KINDS[table],
            row["id"],
            self._label(table, row),
            dict(self._facts(table, row)),
            passages,
            tuple(self._decisions(row["id"], spans)),
        )

    # --------------------------------------------------------------- finding

    def _find(self, name: str) -> tuple[str, Row]:
        """Return table and row of the only thing that has this id, label or alias."""
        last = _PREFIXED.sub("", name.rsplit("/", 1)[-1])
        key = fold(name)
        by_label: list[tuple[str, Row]] = []
        by_alias: list[tuple[str, Row]] = []
        names: set[str] = set()
        for table in _KINDS:
            for row in read_table(self._out, table):
                if row["id"] == name or row["id"].rsplit("/", 1)[-1] == last:
                    return table, row
                label, aliases = row.get("label", ""), row.get("aliases", ())
                if fold(label) == key:
                    by_label.append((table, row))
                elif key in map(fold, aliases):
                    by_alias.append((table, row))
                names.update((label, *aliases, row["id"].rsplit("/", 1)[-1]))
        found = by_label or by_alias
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(row["id"].removeprefix(BASE) for _, row in found[:_NEAR])
            more = f" and {len(found) - _NEAR} more" if len(found) > _NEAR else ""
            raise InputError(f"{len(found)} have the name {name!r}: {ids}{more}; name one by its id")
        raise InputError(f"nothing in {self._out} has the id or name {name!r}{_near(key, names)}")

    # --------------------------------------------------------------- loading

    def _load(self, documents: set[str]) -> None:
        """Read all that is needed around the mentions in these documents."""
        self._documents = {
            row["id"]: row for row in read_table(self._out, "documents") if row["id"] in documents
        }
        stored = has_store(self._out)
        known: defaultdict[str, list[Piece]] = defaultdict(list)
        sentences: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        for table in _KINDS:
            for row in read_table(self._out, table):
                self._labels[row["id"]] = row.get("label", "")
                if not any(mention["document"] in documents for mention in row["mentions"]):
                    continue
                for piece in pieces(table, row):
                    if piece.document not in documents:
                        continue
                    if piece.part == "sentence":
                        sentences[piece.document].add((piece.start, piece.end))
                    elif not stored and piece.text is not None:
                        known[piece.document].append(piece)
        texts = stored_texts(self._out) if stored else {}
        for id, row in self._documents.items():
            self._texts[id] = texts[id] if stored else _put_together(row["characters"], known[id])
            self._sentences[id] = Sentences(self._texts[id], sentences[id])

    # -------------------------------------------------------------- passages

    def _passages(self, table: str, row: Row) -> Iterator[Passage]:
        """Yield a passage for each sentence of an entity, and for each mention of an event or relation."""
        together: dict[tuple[object, ...], tuple[list[Part], list[Row]]] = {}
        for number, mention in enumerate(row["mentions"]):
            found = [*pieces_of_mention(table, row, mention)]
            where = self._sentence(found)
            key = (mention["document"], *where, 0 if table == "entities" else number)
            parts, mentions = together.setdefault(key, ([], []))
            parts += [self._part(piece) for piece in found if piece.part not in ("sentence", "relation")]
            mentions.append(mention)
        for (document, start, end, _), (parts, mentions) in together.items():
            yield self._passage(str(document), (start, end), parts, mentions)  # type: ignore[arg-type]

    def _sentence(self, found: Sequence[Piece]) -> tuple[int, int]:
        for piece in found:
            if piece.part == "sentence":
                return piece.start, piece.end
        return self._sentences[found[0].document].span(found[0].start, found[0].end)

    def _passage(
        self, id: str, where: tuple[int, int], parts: Iterable[Part], mentions: Sequence[Row]
    ) -> Passage:
        document = self._documents[id]
        start, end = where
        said = (source for mention in mentions for source in mention.get("attributed_to", ()))
        rules = (mention.get("rule") or mention["kind"] for mention in mentions)
        return Passage(
            id,
            document["path"],
            document["title"],
            document["publisher"],
            document["published"],
            start,
            end,
            self._texts[id][start:end],
            tuple(sorted(parts, key=lambda part: (part.start, -part.end, part.role))),
            mentions[0].get("status"),
            tuple(dict.fromkeys(self._labels.get(source["entity"], "") or source["text"] for source in said)),
            ", ".join(dict.fromkeys(rules)),
        )

    def _part(self, piece: Piece) -> Part:
        text = self._texts[piece.document][piece.start : piece.end] if piece.text is None else piece.text
        entity = None if piece.part == "mention" or piece.entity is None else self._labels.get(piece.entity)
        role = "time" if piece.part == "time expression" else piece.part
        return Part(role, piece.start, piece.end, text, entity)

    # ----------------------------------------------------------------- facts

    def _label(self, table: str, row: Row) -> str:
        if table != "relations":
            return str(row["label"])
        end = row["value"] if "value" in row else self._labels.get(row["object"], row["object"])
        return f"{self._labels.get(row['subject'], row['subject'])} {row['property']} {end}"

    def _facts(self, table: str, row: Row) -> Iterator[tuple[str, Any]]:
        match table:
            case "entities":
                yield from ((name, row[name]) for name in ("type", "aliases", "same_as"))
                yield "events", list(self._events_of(row["id"]))
                yield "relations", list(self._relations_of(row["id"]))
            case "events":
                for name in ("type", "plover", "predicate", "status", "time"):
                    yield name, row[name]
                yield "part_of", [{"id": id, "label": self._labels.get(id)} for id in row["part_of"]]
                yield "participants", [self._named(part) for part in row["participants"]]
                yield "said_by", [self._named(said) for said in row["attributed_to"]]
                yield "contradictions", list(self._contradictions(row["id"]))
            case _:
                yield "subject", {"id": row["subject"], "label": self._labels.get(row["subject"])}
                yield "property", row["property"]
                if "value" in row:
                    yield "value", row["value"]
                else:
                    yield "object", {"id": row["object"], "label": self._labels.get(row["object"])}

    def _named(self, part: Row) -> Row:
        return {**part, "label": self._labels.get(part["entity"]) if part["entity"] else None}

    def _contradictions(self, id: str) -> Iterator[Row]:
        """Yield what sources say differently of an event, with what each says."""
        for row in read_table(self._out, "contradictions"):
            if row["event"] == id:
                yield {name: row[name] for name in ("id", "field", "about", "claims")}

    def _events_of(self, id: str) -> Iterator[Row]:
        for row in read_table(self._out, "events"):
            roles = [part["role"] for part in row["participants"] if part["entity"] == id]
            roles += ["attribution" for said in row["attributed_to"] if said["entity"] == id]
            if roles:
                roles = list(dict.fromkeys(roles))
                yield {"roles": roles, "id": row["id"], "label": row["label"], "status": row["status"]}

    def _relations_of(self, id: str) -> Iterator[Row]:
        for row in read_table(self._out, "relations"):
            if id in (row["subject"], row.get("object")):
                yield {"id": row["id"], "label": self._label("relations", row)}

    def _decisions(self, id: str, spans: Sequence[Piece]) -> Iterator[Row]:
        """Yield the decisions on `id`, then those by which the words of its passages became their entities."""
        taken_in = {(s.entity, mention_id(s.document, s.start, s.end)) for s in spans if s.entity}
        taken_in |= {(s.entity, s.text) for s in spans if s.entity and s.text}
        others: list[Row] = []
        for row in read_table(self._out, "decisions"):
            if id in (row["subject"], row["object"]):
                yield row
            elif (row["subject"], row["object"]) in taken_in:
                others.append(row)
        yield from others


def _put_together(length: int, known: Iterable[Piece]) -> str:
    """Return a text as far as its spans tell it."""
    characters = [GAP] * length
    for piece in known:
        if piece.end <= length and piece.text is not None and len(piece.text) == piece.end - piece.start:
            characters[piece.start : piece.end] = piece.text
    return "".join(characters)


def _near(key: str, names: Iterable[str]) -> str:
    folded = {fold(name): name for name in sorted(names) if name}
    best = process.extract(key, folded.keys(), limit=_NEAR, score_cutoff=70)
    return f"; near ones: {', '.join(repr(folded[found]) for found, *_ in best)}" if best else ""
