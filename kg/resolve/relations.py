"""From relation mentions to relations: the same statement about the same entities is one, wherever it stands."""

from collections import Counter
from collections.abc import Iterable

from kg.datamodel import Relation, RelationMention
from kg.ids import fold
from kg.resolve.entities import Entities
from kg.resolve.names import without_determiner

__all__ = ["resolve_relations"]

_OWNERS = frozenset("his her its their our my your whose".split())


def resolve_relations(mentions: Iterable[RelationMention], entities: Entities) -> tuple[Relation, ...]:
    """Return the relations that the mentions state, sorted by subject, property and object or value.

    Values are compared without case and accents; the most frequent writing is kept. A mention whose end is no entity, or that
    relates an entity to itself, states nothing here.
    """
    found: dict[tuple[str, str, str | None, str | None], list[RelationMention]] = {}
    for mention in mentions:
        subject, object_ = entities.of(mention.subject), entities.of(mention.object)
        if subject is None or (mention.object is not None and object_ is None) or object_ is subject:
            continue
        value = None if mention.value is None else fold(_value(mention))
        key = (subject.id, mention.property, object_.id if object_ else None, value)
        found.setdefault(key, []).append(mention)
    relations = [_relation(key, group) for key, group in found.items()]
    return tuple(sorted(relations, key=lambda r: (r.subject, r.property, r.object or "", r.value or "")))


def _relation(key: tuple[str, str, str | None, str | None], mentions: list[RelationMention]) -> Relation:
    writings = Counter(_value(m) for m in mentions if m.value is not None)
    value = min(writings, key=lambda w: (-writings[w], w)) if writings else None
    ordered = sorted(dict.fromkeys(mentions), key=_order)
    return Relation(key[0], mentions[0].property, key[2], value, tuple(ordered))


def _order(mention: RelationMention) -> tuple[object, ...]:
    """Sort by where it stands and what it says; equals stay in the order of the text layer."""
    other = mention.object.span if mention.object else mention.value_span
    behind = other.range if other else ()
    return mention.span, mention.rule, mention.subject.span, str(mention.value), behind


def _value(mention: RelationMention) -> str:
    words = without_determiner(" ".join((mention.value or "").split())).split()
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) in _OWNERS else words)
