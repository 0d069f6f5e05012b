"""Where places lie and organisations are based: locatedIn, basedIn."""

from collections.abc import Iterator

from kg.datamodel import EntityMention, RelationMention
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.relations.record import relate
from kg.extract.syntax import case_of, children

__all__ = ["BASES", "bases", "place_in_place", "places_of_nominals"]

BASES = frozenset(("based", "headquarter"))
"""Words that `bases` looks at."""
_INSIDE = ("in", "inside", "within")
_PLACES = ("Place", "Facility")


def place_in_place(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """A place beside the larger one: "*Raqqa* in northern *Syria*", "*Lyon*, *France*", "met in *X* in *Y*"."""
    outer = reading.mention(token)
    if outer is None or outer.type != "Place" or outer.kind == "pronoun" or outer.country:
        return
    if token.dep_ in ("nmod", "nmod:unmarked", "appos"):
        inner = reading.mention(token.head)
        if inner is None or inner.kind == "pronoun" or inner.type not in (*_PLACES, "Organization"):
            return
        listed = not case_of(token) and token.dep_ != "nmod" and outer.kind == "name" and inner.kind == "name"
        if listed and _is_country(reading, inner):
            return  # "the capital of *Mali*, Bamako"
        if case_of(token) in _INSIDE or (listed and inner.type in _PLACES and _after_comma(token)):
            yield from relate(reading, inner, "locatedIn", outer, "place")
    elif token.dep_ == "obl" and case_of(token) in _INSIDE:
        # parsers hang the second of two places on the verb
        for other in children(token.head, "obl"):
            inner = reading.mention(other)
            if other.i < token.i and inner is not None and inner.type in _PLACES and inner.kind == "name":
                if case_of(other) in (*_INSIDE, "at", "on") and _adjacent(other, token):
                    yield from relate(reading, inner, "locatedIn", outer, "place")


def _is_country(reading: Reading, place: EntityMention) -> bool:
    known = reading.names.known(place.span.text)
    return known is not None and known.country is not None


def _after_comma(token: Token) -> bool:
    return any(t.text == "," for t in token.parse[token.head.i : token.i])


def _adjacent(inner: Token, outer: Token) -> bool:
    """Tell whether one phrase follows the other at once: nothing stands between but what belongs to either."""
    return inner.right_edge.i + 1 == outer.left_edge.i


def places_of_nominals(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Places inside a description of a place: "the *Brussels* district of *Molenbeek*", "the town of *X* in *Y*"."""
    nominal = reading.mentions.by_head.get(token.i)
    if nominal is None or nominal.kind != "nominal" or nominal.type not in _PLACES:
        return
    beside = [m for c in children(token, "compound", "nmod:poss", "amod") if (m := reading.mention(c))]
    beside += [
        m for c in children(token, "nmod") if case_of(c) in ("of", *_INSIDE) and (m := reading.mention(c))
    ]
    inner = next((m for m in beside if m.span == nominal.antecedent), None)
    for place in beside:
        if inner is not None and (place.type == "Place" or place.country):
            yield from relate(reading, inner, "locatedIn", place, "place")


def bases(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Seats: "the *Britain*-based Observatory", "the group is based in *Raqqa*"."""
    if token.lower_ != "based" and token.lemma != "headquarter":
        return
    places = [m for c in children(token, "obl") if case_of(c) in ("in", "at") and (m := reading.mention(c))]
    if token.i > 1 and token.nbor(-1).text == "-" and (before := reading.mentions.by_token.get(token.i - 2)):
        places.append(before)
    owners = list(children(token, "nsubj:pass", "nsubj"))
    if token.dep_ in ("amod", "acl"):
        owners.append(token.head)
    for owner in owners:
        subject = reading.mention(owner)
        for place in places:
            if (
                subject is not None
                and subject.type in ("Organization", "Group", "Person")
                and place.type == "Place"
            ):
                yield from relate(reading, subject, "basedIn", place, "based")
