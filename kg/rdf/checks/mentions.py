"""The mentions that a Turtle file states, and how they compare with those of the tables.

What must agree, both ways: which mentions there are and of what kind, their offsets and words (twice: NIF and the Web
Annotation quote), which entity, event or relation each denotes, which time expression an event rests on, what fills
which role of an event mention, and the ends of each stated relation. What the Turtle quotes around a mention (sentence,
words before and after) must stand in the text. Mentions that stand for nothing known are in no table: their words must
stand in the text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.checks import Failure, Places
from kg.errors import OutputError
from kg.ids import claim_id, mention_id
from kg.rdf.checks.mention_parts import Part, Parts, argument_of_row, ends_of_row
from kg.rdf.terms import KG, NIF, OA, RDF
from kg.rdf.values import clean
from kg.tables import Row

__all__ = ["Mentions", "compare", "read_mentions"]

#: What a mention node says once, and the name that a failure gives it.
_ONCE = {
    NIF.anchorOf.value: "words",
    NIF.beginIndex.value: "begin",
    NIF.endIndex.value: "end",
    OA.hasSource.value: "source",
    KG.sentence.value: "sentence",
    OA.exact.value: "quote",
    OA.prefix.value: "prefix",
    OA.suffix.value: "suffix",
}
_EDGES = {KG.denotedBy.value: "denotes", KG.timeExpression.value: "time"}
_CLASSES = {
    KG.EntityMention.value: "entity",
    KG.EventMention.value: "event",
    KG.RelationMention.value: "relation",
    KG.TimeMention.value: "time",
}

Edge = tuple[str, str, str]
"""Subject, "denotes" or "time", and the mention; or a mention, "is a", and "entity", "event", "relation" or "time"."""


@dataclass(slots=True)
class Mentions:
    """Mentions of tables or Turtle: the words of each, by IRI, what leads to them, and what their parts are."""

    words: dict[str, str] = field(default_factory=dict)
    edges: set[Edge] = field(default_factory=set)
    unresolved: set[str] = field(default_factory=set)
    parts: set[Part] = field(default_factory=set)
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    twice: list[tuple[str, str]] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Add the mentions of a row of a table."""
        match table:
            case "entities":
                for mention in row["mentions"]:
                    self._add(row["id"], "entity", mention["document"], mention)
            case "events":
                self._add_event(row)
            case "relations":
                for mention in row["mentions"]:
                    self._add_relation(row["id"], mention)
            case "contradictions":
                for claim in row["claims"]:
                    self._add_claim(row["id"], claim)

    def _add_claim(self, contradiction: str, claim: Row) -> None:
        document, (start, end) = claim["document"], claim["trigger"]
        place = (claim["start"], claim["end"])
        owner = claim_id(contradiction, claim["value"], document, place, (start, end))
        self.edges.add((owner, "denotes", mention_id(document, start, end)))

    def _add_event(self, row: Row) -> None:
        self._add_time(row["id"], row["time"])
        for mention in row["mentions"]:
            node = self._add(row["id"], "event", mention["document"], mention["trigger"])
            self._add_time(node, mention["time"])
            for argument in mention["arguments"]:
                self.parts.add(argument_of_row(node, argument["role"], mention["document"], argument))
            for source in mention["attributed_to"]:
                self.parts.add(argument_of_row(node, "attribution", mention["document"], source))

    def _add_relation(self, relation: str, mention: Row) -> None:
        document = mention["document"]
        node = self._add(relation, "relation", document, mention)
        self.parts.add(ends_of_row(node, relation, mention))

    def _add(self, owner: str, kind: str, document: str, place: Row) -> str:
        node = mention_id(document, place["start"], place["end"])
        self.words[node] = place["text"]
        self.edges.add((owner, "denotes", node))
        self.edges.add((node, "is a", kind))
        return node

    def _add_time(self, owner: str, time: Row | None) -> None:
        if time is not None:
            node = mention_id(time["document"], *time["span"])
            self.words[node] = time["text"]
            self.edges.add((owner, "time", node))
            self.edges.add((node, "is a", "time"))


def read_mentions(path: Path) -> Mentions:
    """Return the mentions that a Turtle file states.

    Raises:
        OutputError: the file cannot be read or is no Turtle.
    """
    found, parts = Mentions(), Parts()
    try:
        with path.open("rb") as file:
            for triple in parse(file, RdfFormat.TURTLE):
                if isinstance(triple.subject, NamedNode):
                    _take(found, triple.subject.value, triple.predicate.value, triple.object)
                    parts.take(triple.subject.value, triple.predicate.value, triple.object)
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no Turtle: {' '.join(str(error).split())[:200]}") from error
    kinds = {edge[0] for edge in found.edges if edge[1] == "is a"}
    found.nodes = {id: node for id, node in found.nodes.items() if "words" in node or id in kinds}
    found.words = {id: node.get("words", "") for id, node in found.nodes.items()}
    found.parts = set(parts.found())
    return found


def _take(found: Mentions, subject: str, predicate: str, object: object) -> None:
    value: str = getattr(object, "value", "")
    if name := _ONCE.get(predicate):
        node = found.nodes.setdefault(subject.replace("#quote=", "#char="), {})
        if node.setdefault(name, value) != value:
            found.twice.append((subject, name))
    elif name := _EDGES.get(predicate):
        found.edges.add((subject, name, value))
    elif predicate == RDF.type.value and (name := _CLASSES.get(value)):
        found.edges.add((subject, "is a", name))
    elif predicate == RDF.type.value and value == KG.UnresolvedMention.value:
        found.unresolved.add(subject)


# --------------------------------------------------------------- comparison


def compare(tables: Mentions, turtle: Mentions, places: Places) -> Iterator[Failure]:
    """Yield where the Turtle's mentions are not those of the tables, or quote what is not in the text."""
    for id in sorted(tables.words.keys() - turtle.words.keys()):
        yield _failure(id, places, "the Turtle has no such mention", expected=tables.words[id])
    for id in sorted(turtle.unresolved - tables.words.keys()):
        yield from _compare_unresolved(id, turtle.nodes.get(id, {}), places)
    for id in sorted(turtle.words.keys() - tables.words.keys() - turtle.unresolved):
        yield _failure(id, places, "in the Turtle only: no table has this mention", found=turtle.words[id])
    both = tables.words.keys() & turtle.words.keys()
    for id, name in sorted(set(turtle.twice)):
        yield _failure(id, places, f"the Turtle states its {name} twice, differently")
    for id in sorted(both):
        yield from _compare_node(id, tables.words[id], turtle.nodes[id], places)
    yield from _compare_edges(tables.edges - turtle.edges, both, places, "not in the Turtle")
    yield from _compare_edges(turtle.edges - tables.edges, both, places, "in the Turtle only")
    yield from _compare_parts(tables.parts - turtle.parts, both, places, "not in the Turtle")
    yield from _compare_parts(turtle.parts - tables.parts, both, places, "in the Turtle only")


def _compare_unresolved(id: str, node: Mapping[str, str], places: Places) -> Iterator[Failure]:
    """Compare a mention that no table has with the text, if it can be read."""
    document, start, end = _place(id)
    text = places.texts.get(document)
    if text is not None and start is not None and end is not None:
        yield from _compare_node(id, text[start:end], node, places)


def _compare_parts(
    parts: Iterable[Part], both: Iterable[str], places: Places, where: str
) -> Iterator[Failure]:
    """Yield parts of one side; those of mentions that one side has not are told with the mention."""
    known = set(both)
    for mention, what, facts in sorted(parts):
        if mention in known:
            yield _failure(mention, places, f"{where}: its {what}, {facts}")


def _compare_node(id: str, words: str, node: Mapping[str, str], places: Places) -> Iterator[Failure]:
    document, start, end = _place(id)
    expected = {"words": clean(words), "quote": clean(words), "source": document}
    expected |= {"begin": str(start), "end": str(end)}
    for name, value in expected.items():
        if node.get(name) != value:
            yield _failure(
                id, places, f"the Turtle has another {name}", expected=value, found=node.get(name, "nothing")
            )
    text = places.texts.get(document)
    if text is None or start is None or end is None:
        return
    if wrong := [*_wrong_context(node, text, start, end)]:
        yield _failure(id, places, f"what stands around it is not the Turtle's {' and '.join(wrong)}")


def _wrong_context(node: Mapping[str, str], text: str, start: int, end: int) -> Iterator[str]:
    """Yield which of the texts that the Turtle quotes around a mention are not there."""
    before, after, sentence = node.get("prefix", ""), node.get("suffix", ""), node.get("sentence", "")
    if clean(text[max(start - len(before), 0) : start]) != before:
        yield "prefix"
    if clean(text[end : end + len(after)]) != after:
        yield "suffix"
    length = len(sentence)
    around = clean(text[max(end - length, 0) : start + length])
    if length < len(text[start:end].strip()) or sentence not in around:
        yield "sentence"


def _compare_edges(
    edges: Iterable[Edge], both: Iterable[str], places: Places, where: str
) -> Iterator[Failure]:
    """Yield edges of one side; those of mentions that one side has not are told with the mention."""
    known = set(both)
    for subject, name, object in sorted(edges):
        mention = subject if name == "is a" else object
        if mention not in known:
            continue
        if name == "is a":
            yield _failure(mention, places, f"{where}: that it is a mention of kind {object}")
        else:
            what = "as a mention" if name == "denotes" else "as a time expression"
            yield _failure(mention, places, f"{where}: that {subject} has it {what}", owner=subject)


def _failure(
    id: str,
    places: Places,
    message: str,
    *,
    owner: str | None = None,
    expected: str | None = None,
    found: str | None = None,
) -> Failure:
    document, start, end = _place(id)
    path = places.paths.get(document, "graph.ttl")
    return Failure("turtle", message, path, document, owner, None, start, end, expected, found)


def _place(id: str) -> tuple[str, int | None, int | None]:
    """Return document and offsets of a mention's IRI; None for offsets that it has not."""
    document, _, place = id.replace("#quote=", "#char=").partition("#char=")
    start, _, end = place.partition(",")
    if start.isdecimal() and end.isdecimal():
        return document, int(start), int(end)
    return document, None, None
