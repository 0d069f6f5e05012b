"""What tables and Turtle say of the parts of mentions: arguments with their roles, and the ends of stated relations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.datamodel import Span
from kg.ids import mention_id
from kg.rdf.mapping.implied import head
from kg.rdf.terms import KG, ROLE
from kg.rdf.values import clean
from kg.tables import Row

__all__ = ["Part", "Parts", "argument_of_row", "ends_of_row"]

_ROLE_OF = {term.value: role for role, term in ROLE.items()} | {KG.attributedTo.value: "attribution"}
#: What arguments and stated relations say once.
_OF_PARTS = {
    KG.role.value: "role",
    KG.phrase.value: "phrase",
    KG.words.value: "words",
    KG.head.value: "head",
    KG.statedAt.value: "at",
    KG.subjectMention.value: "subject",
    KG.objectMention.value: "object",
    KG.valuePhrase.value: "object",
}
_PARTS = (KG.argument.value, KG.statedRelation.value)

Part = tuple[str, str, str]
"""A mention; the role of an argument, or "relation" and which; and where its words and head, or its ends, stand."""


def argument_of_row(mention: str, role: str, document: str, phrase: Row) -> Part:
    """Return an argument or source of an event mention as a table has it."""
    span = Span(document, phrase["start"], phrase["end"], phrase["text"])
    first, last = phrase.get("head", head(span))
    where = "" if (first, last) == head(span) else mention_id(document, first, last)
    return mention, role, _argument(mention_id(document, *span.range), where, clean(span.text))


def ends_of_row(node: str, relation: str, mention: Row) -> Part:
    """Return the ends of a stated relation as a table has them."""
    document = mention["document"]
    subject, object = (
        mention_id(document, *mention[end]) if mention[end] else "" for end in ("subject", "object")
    )
    return node, f"relation {relation}", _ends(subject, object)


@dataclass(slots=True)
class Parts:
    """Arguments and stated relations, with what they belong to."""

    owners: list[tuple[str, str]] = field(default_factory=list)
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, subject: str, predicate: str, object: object) -> None:
        """Take in a triple if it is of a part."""
        value: str = getattr(object, "value", "")
        if name := _OF_PARTS.get(predicate):
            self.nodes.setdefault(subject, {})[name] = value
        elif predicate in _PARTS:
            self.owners.append((subject, value))

    def found(self) -> Iterator[Part]:
        """Yield the parts of mentions."""
        for owner, iri in self.owners:
            node = self.nodes.get(iri, {})
            if "role" in node:
                role = _ROLE_OF.get(node["role"], node["role"])
                yield (
                    owner,
                    role,
                    _argument(node.get("phrase", ""), node.get("head", ""), node.get("words", "")),
                )
            else:
                ends = _ends(node.get("subject", ""), node.get("object", ""))
                yield node.get("at", owner), f"relation {owner}", ends


def _argument(phrase: str, head: str, words: str) -> str:
    return f"{words!r} at {_offsets(phrase)}" + (f", head at {_offsets(head)}" if head else "")


def _ends(subject: str, object: str) -> str:
    return f"ends at {_offsets(subject)} and {_offsets(object)}"


def _offsets(address: str) -> str:
    return address.rpartition("#char=")[2].replace(",", "-")
