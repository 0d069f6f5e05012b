"""What belongs to what: memberOf, partOf, and locatedIn where a place owns a place."""

from collections.abc import Iterator

from kg.datamodel import Property, RelationMention
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.relations.record import is_stated, relate
from kg.extract.syntax import case_of, children, conjuncts, first_conjunct, has_child

__all__ = ["WHOLES", "compound_names", "of_phrases", "possessives", "wholes"]

_MEMBERS = frozenset(
    "member militant fighter supporter leader commander chief head founder soldier spokesman spokeswoman officer"
    " official employee deputy chairman operative".split()
)
# people that an organisation's or event's name before them does not own: "Paris attackers"
_NO_MEMBERS = frozenset("attacker suspect victim target critic opponent enemy survivor hostage".split())


# words of faith and outlook before a noun: "an Islamist group" has one, but belongs to no body
_CREEDS = frozenset(
    "buddhist catholic christian hindu islamic islamist jewish jihadist muslim orthodox protestant western".split()
)
_PARTS = frozenset(
    "affiliate arm branch component division faction offshoot part subsidiary unit wing".split()
)
WHOLES = _PARTS | {"member"}
"""Nouns that `wholes` looks at."""


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
    if mention is None or mention.kind == "pronoun" or _is_title(reading, token):
        return
    if token.lemma in reading.lexicon.kinds.get("wording", ()):  # a language: "the *English* edition"
        return
    for child in children(token, "compound", "amod", "nmod:desc"):
        owner = reading.mentions.of(child)
        if owner is None or owner is mention or owner.kind == "pronoun":
            continue
        body = owner.kind == "name" and owner.type in ("Organization", "Group")
        body = body and child.lower_ not in _CREEDS
        people = mention.kind == "nominal" and mention.type in ("Group", "Person")
        if people and body and token.lemma not in _NO_MEMBERS:
            yield from relate(reading, mention, "memberOf", owner, "compound")
        elif people and mention.type == "Person" and owner.country:
            yield from relate(reading, mention, "citizenOf", owner, "compound")
        elif mention.type in ("Organization", "Group", "Product") and (owner.country or body):
            yield from relate(reading, mention, "partOf", owner, "compound")


def _is_title(reading: Reading, token: Token) -> bool:
    """Tell whether a noun is a title before its name: "*Apple CEO* Tim Cook"."""
    after = reading.mentions.by_token.get(token.i + 1)
    return (
        token.dep_ not in ("appos",) and after is not None and after.type == "Person" and after.kind == "name"
    )


def of_phrases(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Phrases with "of": "*Article 42.7* of the *Lisbon Treaty*", "the *18th district* of *Paris*", "a *leader* of *IS*".

    And people by name: "*Berg* of the *Labour Party*". What a copula or an apposition says of somebody is left to others.
    """
    if token.dep_ != "nmod" or case_of(token) != "of":
        return
    if token.head.dep_ == "appos" and token.head.lemma in WHOLES:
        return  # left to `wholes`
    part, whole = reading.mention(token.head), reading.mention(token)
    if part is None or whole is None or whole.kind == "pronoun":
        return
    if (part.type == "Law" and whole.type in ("Law", "Organization")) or (
        part.type in ("Place", "Facility") and part.kind == "name" and whole.type == "Place"
    ):
        yield from relate(reading, part, "partOf", whole, "of")
    elif part.type in ("Group", "Person") and not has_child(token.head, "cop"):
        office = reading.names.is_position(f"{token.head.lower_} of {token.lower_}")
        named = part.kind == "name" and part.type == "Person" and whole.kind == "name"
        if (token.head.lemma in _MEMBERS and not office) or named:
            if whole.type in ("Organization", "Group"):
                yield from relate(reading, part, "memberOf", whole, "of")


def wholes(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Nouns for parts and members: "Britain is *a member of* NATO", "the raid was *part of* Operation X".

    Also as appositions: "the bank, *a unit of* Berg Holding", "Chad and Niger, both *members of* the union".
    """
    lemma = token.lemma
    property_: Property = "memberOf" if lemma == "member" else "partOf"
    if lemma not in WHOLES:
        return
    if has_child(token, "cop"):
        owners = (
            [t for c in children(token, "nsubj") for t in conjuncts(c)] if is_stated(reading, token) else []
        )
    elif token.dep_ == "appos":
        owners = conjuncts(token.head) if lemma == "member" and token.tag_ == "NNS" else [token.head]
        if token.head.dep_ == "conj" and token.tag_ == "NNS":
            owners = conjuncts(first_conjunct(token.head))
    else:
        return
    for whole in children(token, "nmod"):
        if case_of(whole) != "of":
            continue
        for owner in owners:
            part = reading.mention(owner)
            if part is not None and (property_ == "memberOf" or part.type != "Person"):
                yield from relate(reading, part, property_, reading.mention(whole), "part")
