"""Lasting relations that a text states beside its events: positions, origin, membership, place, family, age.

One generator a construction, each with its example; the ends of a relation are entity mentions, or a mention and a value.

Not handled: relations over several sentences, comparatives, relations inside names.
"""

from kg.datamodel import RelationMention
from kg.extract.reading import Reading
from kg.extract.relations.belonging import compound_names, of_phrases, possessives, wholes
from kg.extract.relations.people import ages, births, kin
from kg.extract.relations.places import bases, place_in_place, places_of_nominals
from kg.extract.relations.positions import appointments, appositions, copular_positions, leaders, titles

__all__ = ["find_relations"]

_RULES = (
    titles,
    appositions,
    copular_positions,
    appointments,
    leaders,
    possessives,
    compound_names,
    of_phrases,
    wholes,
    place_in_place,
    places_of_nominals,
    bases,
    kin,
    ages,
    births,
)

#: No relation is found by such a word.
_FUNCTION_WORDS = frozenset(("ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ", "SPACE"))


def find_relations(reading: Reading) -> list[RelationMention]:
    """Return the relation mentions of a document in text order, each once."""
    found: dict[tuple[object, ...], RelationMention] = {}
    for token in reading.doc:
        if token.pos_ in _FUNCTION_WORDS:
            continue
        for rule in _RULES:
            for relation in rule(reading, token):
                other = relation.object.span if relation.object else relation.value
                found.setdefault((relation.subject.span, relation.property, other), relation)
    return sorted(found.values(), key=lambda r: (r.span.start, r.span.end, r.property, r.value or ""))
