"""What belongs to what: memberOf, partOf, and locatedIn where a place owns a place."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.datamodel import Property, RelationMention
from kg.extract.events.predicates import lemma_of
from kg.extract.reading import Reading
from kg.extract.relations.record import relate
from kg.extract.syntax import case_of, children, has_child

__all__ = ["compound_names", "copular_parts", "of_phrases", "possessives"]

_MEMBERS = frozenset(
    "member militant fighter supporter leader commander chief head founder soldier spokesman spokeswoman officer"
    " official employee deputy chairman operative".split()
)
# people that an organisation's or event's name before them does not own: "Paris attackers"
_NO_MEMBERS = frozenset("attacker suspect victim target critic opponent enemy survivor hostage".split())


def possessives(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Possessives before names: "*Russia's* Federal Security Service", "*Egypt's* Sinai peninsula"."""
    if token.dep_ != "nmod:poss":
        return
    owner, owned = reading.mention(token), reading.mention(token.head)
    if owner is None or owned is None or owned.kind != "name":
        return
    if owned.type == "Place" and owner.type == "Place":
        yield from relate(reading, owned, "locatedIn", owner, "possessive")
    elif owned.type in ("Organization", "Facility", "Law") and owner.type in ("Place", "Organization"):
        yield from relate(reading, owned, "partOf", owner, "possessive")


def compound_names(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Names before nouns: "*Islamic State* militants" are members, "*RAF* Tornado bombers" and "*French* police" parts."""
    mention = reading.mentions.by_head.get(token.i)
    if mention is None or mention.kind == "pronoun":
        return
    for child in children(token, "compound", "amod", "nmod:desc"):
        owner = reading.mentions.of(child)
        if owner is None or owner is mention or owner.kind == "pronoun":
            continue
        body = owner.kind == "name" and owner.type in ("Organization", "Group")
        people = mention.kind == "nominal" and mention.type in ("Group", "Person")
        if people and body and lemma_of(token) not in _NO_MEMBERS:
            yield from relate(reading, mention, "memberOf", owner, "compound")
        elif people and mention.type == "Person" and owner.country:
            yield from relate(reading, mention, "citizenOf", owner, "compound")
        elif mention.type in ("Organization", "Group", "Product") and (owner.country or body):
            yield from relate(reading, mention, "partOf", owner, "compound")


def of_phrases(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Phrases with "of": "*Article 42.7* of the *Lisbon Treaty*", "the *18th district* of *Paris*", "a *member* of *IS*"."""
    if token.dep_ != "nmod" or case_of(token) != "of":
        return
    part, whole = reading.mention(token.head), reading.mention(token)
    if part is None or whole is None or whole.kind == "pronoun":
        return
    if (part.type == "Law" and whole.type in ("Law", "Organization")) or (
        part.type in ("Place", "Facility") and part.kind == "name" and whole.type == "Place"
    ):
        yield from relate(reading, part, "partOf", whole, "of")
    elif part.type in ("Group", "Person") and lemma_of(token.head) in _MEMBERS:
        if whole.type in ("Organization", "Group"):
            yield from relate(reading, part, "memberOf", whole, "of")


def copular_parts(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Copulas: "Britain is *a member of* NATO", "the raid was *part of* Operation X"."""
    property_: Property
    if lemma_of(token) == "member":
        property_ = "memberOf"
    elif lemma_of(token) == "part":
        property_ = "partOf"
    else:
        return
    if not has_child(token, "cop"):
        return
    for owner in children(token, "nsubj"):
        for whole in children(token, "nmod"):
            if case_of(whole) == "of":
                yield from relate(
                    reading, reading.mention(owner), property_, reading.mention(whole), "copula"
                )
