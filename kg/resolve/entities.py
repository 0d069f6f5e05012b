"""From clusters of units to entities: type, label, aliases, id, outside links, and the decisions that led there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.datamodel import ENTITY_TYPES, Decision, Entity, EntityMention, EntityType
from kg.ids import entity_id
from kg.resolve.across import object_of
from kg.resolve.clusters import Clusters
from kg.resolve.gazetteer import Gazetteer, Place
from kg.resolve.names import is_acronym, name_key
from kg.resolve.units import Unit

__all__ = ["Entities", "best_name", "build_entities"]


_PROPER: tuple[EntityType, ...] = ("Place", "Person")
_LONG_ACRONYM = 3  # letters; "PARIS" is none


@dataclass(frozen=True)
class Entities:
    """The entities of a corpus, and which mention is which.

    Attributes:
        by_mention: entity by document, start and end of a mention.
        named: ids of the entities that have a name, or hold one ("French police").
        described: ids of the entities that have a description only.
        countries: entity by country code.
        country_of: country code by entity, of the places that lie in one.
    """

    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]
    by_mention: Mapping[tuple[str, int, int], Entity]
    named: frozenset[str]
    described: frozenset[str]
    countries: Mapping[str, str]
    country_of: Mapping[str, str]

    def of(self, mention: EntityMention | None) -> Entity | None:
        """Return the entity that a mention was resolved to, or None."""
        return self.by_mention.get((mention.span.document, *mention.span.range)) if mention else None


@dataclass
class _Draft:
    units: list[Unit]
    type: EntityType
    label: str
    place: Place | None
    distinguishing: tuple[str, ...]

    def id(self, *more: str) -> str:
        return entity_id(self.type, self.label, *self.distinguishing, *more)


def build_entities(units: Sequence[Unit], clusters: Clusters, gazetteer: Gazetteer) -> Entities:
    """Return the entities that the clusters of units are."""
    drafts = {
        clusters.find(group[0]): _draft([units[i] for i in group], gazetteer) for group in clusters.groups()
    }
    taken = Counter(draft.id() for draft in drafts.values())
    ids = {
        root: draft.id() if taken[draft.id()] == 1 else draft.id(object_of(draft.units[0]))
        for root, draft in drafts.items()
    }
    entities = [_entity(ids[root], draft) for root, draft in drafts.items()]
    decisions = {decision for root, draft in drafts.items() for decision in _decisions(ids[root], draft)}
    for join in clusters.joins:
        root = ids[clusters.find(join.kept)]
        decisions.add(Decision("merge", root, object_of(units[join.taken]), join.rule, join.evidence))
    places = ((ids[root], draft.place) for root, draft in drafts.items())
    placed = [(id_, place.country, place) for id_, place in places if place and place.country]
    return Entities(
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted(decisions, key=lambda d: (d.subject, d.object, d.rule, d.evidence))),
        {(m.span.document, *m.span.range): entity for entity in entities for m in entity.mentions},
        frozenset(ids[root] for root, draft in drafts.items() if any(_names(u) for u in draft.units)),
        frozenset(ids[root] for root, draft in drafts.items() if draft.units[0].phrase is not None),
        {code: id_ for id_, code, place in placed if place.kind == "country"},
        {id_: code for id_, code, _ in placed},
    )


def _names(unit: Unit) -> bool:
    return unit.phrase is None or unit.shared


def _draft(units: list[Unit], gazetteer: Gazetteer) -> _Draft:
    place = _place(units, gazetteer)
    type_ = _type(units)
    label = _label(units, type_, place)
    distinguishing: tuple[str, ...] = ()
    if place is not None and place.kind != "country" and place.iri:
        distinguishing = (place.iri,)
    elif units[0].phrase is not None and not units[0].shared:
        distinguishing = (object_of(units[0]),)
    return _Draft(units, type_, label, place, distinguishing)


def _place(units: Sequence[Unit], gazetteer: Gazetteer) -> Place | None:
    for unit in units:
        if unit.identity and unit.identity.startswith("country:"):
            return gazetteer.country(unit.identity.removeprefix("country:"))
    return next((unit.link.place for unit in units if unit.link), None)


def _type(units: Sequence[Unit]) -> EntityType:
    known = next((unit.type for unit in units if unit.identity), None)
    if known is not None:
        return known
    if any(unit.type == "Person" for unit in units):
        return "Person"  # nothing but a surname of theirs, typed otherwise, joins people
    votes: Counter[EntityType] = Counter()
    for unit in units:
        votes.update({unit.type: len(unit.mentions)})
    return max(votes, key=lambda t: (votes[t], -ENTITY_TYPES.index(t)))


def _label(units: Sequence[Unit], type_: EntityType, place: Place | None) -> str:
    if listed := next((unit.label for unit in units if unit.label), None):
        return listed
    if place is not None and place.kind == "country":
        return place.name
    surfaces: Counter[str] = Counter()
    for unit in units:
        surfaces.update(unit.surfaces)
    if +surfaces:
        best = best_name(surfaces, type_)
        return best.title() if _is_shouted(best, type_) and type_ in _PROPER else best
    return next((unit.phrase for unit in units if unit.phrase), units[0].mentions[0].span.text)


def best_name(surfaces: Counter[str], type_: EntityType) -> str:
    """Return the fullest of the frequent writings of a name.

    People, organizations and the like go by a name of several words if they have one, acronyms last; names that are rarer
    than a third of the most frequent do not count. Accents are kept, capitals throughout are not.

    >>> best_name(Counter({"Hollande": 9, "Francois Hollande": 2, "François Hollande": 1}), "Person")
    'François Hollande'
    """
    keys: Counter[str] = Counter()
    for surface, count in surfaces.items():
        keys[name_key(surface)] += count
    acronyms = {name_key(surface) for surface in surfaces if is_acronym(surface)}
    full = {k: n for k, n in keys.items() if k not in acronyms} or dict(keys)
    if type_ != "Place":
        full = {k: n for k, n in full.items() if " " in k} or full
    top = max(full.values())
    frequent = [k for k, n in full.items() if n * 3 >= top]
    best = max(frequent, key=lambda k: (0 if type_ == "Place" else _fullness(k), full[k], len(k), k))
    writings = [surface for surface in surfaces if name_key(surface) == best]
    return max(writings, key=lambda s: (not _is_shouted(s, type_), not s.isascii(), surfaces[s], s))


def _fullness(key: str) -> int:
    """Number of words; initials do not make a name fuller."""
    return sum(len(word) > 1 for word in key.split())


def _is_shouted(surface: str, type_: EntityType) -> bool:
    """Tell whether a name stands in capitals throughout, as in datelines, and is no acronym."""
    return surface.isupper() and (
        not is_acronym(surface) or (type_ in _PROPER and len(surface) > _LONG_ACRONYM)
    )


def _entity(id_: str, draft: _Draft) -> Entity:
    mentions = sorted((m for unit in draft.units for m in unit.mentions), key=lambda m: m.span)
    surfaces = {surface for unit in draft.units for surface in unit.surfaces} - {draft.label}
    shouted = {surface for surface in surfaces if _is_shouted(surface, draft.type)}
    quiet = {name_key(surface) for surface in (*(surfaces - shouted), draft.label)}
    surfaces = {s for s in surfaces if s not in shouted or name_key(s) not in quiet}
    place = draft.place
    return Entity(
        id_,
        draft.type,
        draft.label,
        tuple(sorted(surfaces)),
        tuple(mentions),
        (place.iri,) if place is not None and place.iri else (),
        place.latitude if place else None,
        place.longitude if place else None,
    )


def _decisions(id_: str, draft: _Draft) -> list[Decision]:
    found = [
        Decision("merge", id_, m.object, m.rule, m.evidence) for unit in draft.units for m in unit.merges
    ]
    if draft.place is not None and draft.place.iri:
        links = [unit.link for unit in draft.units if unit.link and unit.link.place == draft.place]
        evidence = links[0].evidence if links else f"the lists have it as the country {draft.place.country}"
        runner_up = next((x.runner_up.iri for x in links if x.runner_up and x.runner_up.iri), None)
        found.append(Decision("link", id_, draft.place.iri, "gazetteer", evidence, runner_up))
    return found
