"""How the rules write a relation down."""

from collections.abc import Iterator

from kg.datamodel import EntityMention, Property, RelationMention, Span
from kg.extract.parse import Token, Tokens
from kg.extract.reading import Reading

__all__ = ["is_body", "is_stated", "person_named", "relate"]


def relate(
    reading: Reading,
    subject: EntityMention | None,
    property: Property,
    object: EntityMention | Tokens | None,
    rule: str,
) -> Iterator[RelationMention]:
    """Yield the relation; nothing where an end is missing, or both ends are one entity."""
    if subject is None or object is None:
        return
    if isinstance(object, EntityMention):
        if (subject.antecedent or subject.span) == (object.antecedent or object.span):
            return
        end, mention, value = object.span, object, None
    else:
        end, mention, value = reading.span(object), None, object.text
    start, stop = min(subject.span.start, end.start), max(subject.span.end, end.end)
    span = Span(reading.document.id, start, stop, reading.document.text[start:stop])
    yield RelationMention(subject, property, span, rule, mention, value, None if mention else end)


def person_named(reading: Reading, token: Token) -> EntityMention | None:
    """Return the mention of a person by name that a phrase with this head is."""
    mention = reading.mention(token)
    return mention if mention is not None and mention.type == "Person" and mention.kind == "name" else None


def is_body(mention: EntityMention) -> bool:
    """Tell whether a mention names something that has members or posts: an organisation, group or country."""
    return mention.type in ("Organization", "Group", "Place") and mention.kind != "pronoun"


def is_stated(reading: Reading, head: Token) -> bool:
    """Tell whether a clause states what it says: not denied, future, possible or conditional.

    "is *not* a member", "*could* become president", "*if* he is elected"; but "*would later* become president" is stated.
    """
    words = reading.lexicon.status
    for child in head.children:
        lemma = child.lemma
        if child.dep_ in ("advmod", "det") and (child.lower_ in words.negators or lemma in words.negators):
            return False
        if child.dep_ == "mark" and child.lower_ in words.subordinators and child.lower_ != "to":
            return False
        if child.dep_ == "aux" and lemma in words.modals:
            return lemma == "would" and any(c.lower_ in _AFTERWARDS for c in head.children)
    return True


_AFTERWARDS = frozenset("later subsequently eventually ultimately".split())
