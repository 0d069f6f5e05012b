"""Which units of different documents are one entity: by identity, name, acronym, surname, spelling, description.

Units are compared inside blocks of equal keys only, never all with all; a name that could belong to two entities of the
corpus stays apart. Two people of one full name are told apart by their profiles (`kg.resolve.profiles`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.datamodel import EntityType
from kg.ids import mention_id
from kg.resolve.bearers import Bearers
from kg.resolve.clusters import Clusters
from kg.resolve.held import Held, key_of
from kg.resolve.names import (
    initials,
    is_acronym,
    is_alike,
    is_institution,
    name_key,
    organization_key,
    person_words,
    sound_blocks,
)
from kg.resolve.profiles import contradict, people_of
from kg.resolve.units import Unit
from kg.resolve.within import ACTORS, compatible

__all__ = ["group_units", "object_of"]

_Pair = tuple[int, int, str, str]

_LONGEST_ACRONYM = 6
_MISTYPED = ("Organization", "Group", "Other", "Product")  # no place: a town may be called like a person


def group_units(units: Sequence[Unit], held: Held | None = None) -> Clusters:
    """Return the clusters of units; its joins say which rule joined what."""
    mentions = [[key_of(mention) for mention in unit.mentions] for unit in units]
    clusters = (held or Held()).clusters(mentions, [unit.identity for unit in units])
    passes: tuple[Callable[[Sequence[Unit], Clusters], Iterator[_Pair]], ...] = (
        _same_identity,
        _same_name,
        _same_person,
        _acronyms,
        _parts_of_people,
        _mistyped_surnames,
        _bare_surnames,
        _short_organizations,
        _spellings,
        _same_acronym,
        _same_description,
    )
    for find in passes:
        for kept, taken, rule, evidence in find(units, clusters):
            clusters.join(kept, taken, rule, evidence)
    return clusters


def object_of(unit: Unit) -> str:
    """Return what a decision calls a unit that was taken in: the IRI of the mention that all others of it joined."""
    return mention_id(*key_of(unit.founder or unit.mentions[0]))


def _named(units: Sequence[Unit]) -> Iterator[tuple[int, Unit]]:
    return ((i, unit) for i, unit in enumerate(units) if unit.phrase is None)


def _together(block: Sequence[int], rule: str, evidence: str) -> Iterator[_Pair]:
    for taken in block[1:]:
        yield block[0], taken, rule, evidence


def _written(unit: Unit, key: str) -> str:
    """Return a name key in quotes, as the unit's document writes it."""
    surface = next(
        (s for s in sorted(unit.surfaces) if name_key(s) == key or person_words(name_key(s)) == (key,)), key
    )
    return f'"{surface}"'


def _same_identity(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """The same country, place of the gazetteer or group of aliases."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if unit.identity:
            blocks[unit.identity].append(index)
    for identity, block in blocks.items():
        kind, _, value = identity.partition(":")
        yield from _together(block, f"same-{kind}", f"both are {value}")


def _same_name(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Equal name keys, of types that may be one; institutions only where both documents speak of one country."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, unit in _named(units):
        if unit.type != "Person":
            for key in unit.keys:
                if _is_short_for_more(unit, key):
                    continue
                bare = organization_key(key) if unit.type in ACTORS else key
                setting = unit.setting or unit.document if is_institution(bare) and not unit.identity else ""
                blocks[bare, setting].append(index)
    for (name, *_), block in blocks.items():
        for kept, taken in _one_kind(units, block):
            yield kept, taken, "same-name", f"both documents name {_written(units[kept], name)}"


def _is_short_for_more(unit: Unit, key: str) -> bool:
    """Tell whether a key is the acronym of a unit whose full name is known too: that full name decides."""
    return unit.identity is None and any(" " in other for other in unit.keys) and _is_acronym_of(unit, key)


def _is_acronym_of(unit: Unit, key: str) -> bool:
    return (
        " " not in key
        and len(key) <= _LONGEST_ACRONYM
        and any(is_acronym(surface) for surface in unit.surfaces if name_key(surface) == key)
    )


def _same_acronym(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Equal acronyms, where all that have a full name too have one and the same."""
    full: dict[str, list[int]] = defaultdict(list)
    bare: dict[str, list[int]] = defaultdict(list)
    for index, unit in _named(units):
        if unit.type != "Person":
            for key in unit.keys:
                explained = unit.identity is not None or any(" " in other for other in unit.keys)
                if _is_acronym_of(unit, key):
                    (full if explained else bare)[key].append(index)
    for key, long in full.items():
        if _only(long, clusters) is not None:
            for kept, taken in _one_kind(units, [*long, *bare.get(key, ())]):
                yield (
                    kept,
                    taken,
                    "acronym",
                    f"both documents name {_written(units[kept], key)}, short for one name only",
                )


def _one_kind(units: Sequence[Unit], block: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair each unit of a block with the first before it whose type allows that they are one."""
    firsts: list[int] = []
    for index in block:
        kept = next((i for i in firsts if _same_kind(units[i], units[index])), None)
        if kept is None:
            firsts.append(index)
        elif kept != index:
            yield kept, index


def _same_kind(one: Unit, other: Unit) -> bool:
    if compatible(one.type, other.type):
        return True
    return one.identity is None and other.identity is None and "Person" not in (one.type, other.type)


# ---------------------------------------------------------------------- people


def _people(units: Sequence[Unit]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for index, unit in _named(units):
        if unit.type == "Person" and not unit.shared_name:
            for words in sorted({person_words(key) for key in unit.keys}):
                yield index, words


def _same_person(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Equal names of two words and more; "al-" and the like do not count."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, words in _people(units):
        if len(words) > 1:
            blocks[words].append(index)
    for words, block in blocks.items():
        name = _written(units[block[0]], " ".join(words))
        for person in _people_among(units, block, words[-1]):
            yield from _together(person, "same-name", f"both documents name {name}")


def _people_among(units: Sequence[Unit], block: Sequence[int], surname: str) -> list[list[int]]:
    """Divide the units that bear one name among people, by what their documents say of them."""
    if len(block) < 2:
        return [list(block)]
    profiles = {index: units[index].profile for index in block}
    return people_of(block, profiles, {index: units[index].company for index in block}, surname)


def _parts_of_people(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """A surname or shortened name, and the only person of the corpus whose name has it.

    A unit that has a fuller name by its own document needs no other. Of several such people it is by far the most
    frequent one (`kg.resolve.bearers`), unless the document names any of them itself; else the unit stays apart.
    """
    bearers = Bearers(clusters)
    longest: dict[int, tuple[str, ...]] = {}
    for index, words in _people(units):
        unit = units[index]
        longest[index] = max(longest.get(index, ()), words, key=lambda w: (len(w), w))
        if len(words) > 1:
            bearers.add(words, index, unit.document, len(unit.mentions), unit.profile)
    for index, words in sorted(longest.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        unit = units[index]
        others = {person_words(key) for key in unit.beside}
        meant = bearers.meant_by(words, unit.document, unit.profile, others)
        if meant is not None:
            ours, theirs = _written(unit, " ".join(words)), _written(units[meant.unit], " ".join(meant.name))
            yield meant.unit, index, "person-name", f"{ours} is {meant.way} of {theirs}, {meant.which}"


def _mistyped_surnames(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """A surname that was not marked as a person's, where the corpus uses it alone for one person with a full name.

    One that was marked as a place must act as people do, and be marked as a person's in more documents than as a place.
    """
    places: Counter[str] = Counter()
    for _, unit in _named(units):
        if unit.type == "Place" and unit.identity is None:
            places.update(unit.keys)
    documents: Counter[str] = Counter()
    bearers: dict[str, dict[int, int]] = defaultdict(dict)  # one unit a cluster
    full: set[int] = set()
    for index, words in _people(units):
        if len(words) > 1:
            full.add(clusters.find(index))
        else:
            documents[words[0]] += 1
            bearers[words[0]].setdefault(clusters.find(index), index)
    for index, unit in _named(units):
        if unit.identity is None and unit.type in (*_MISTYPED, "Place") and len(unit.keys) == 1:
            if unit.type == "Place" and not (unit.acts and places[unit.keys[0]] < documents[unit.keys[0]]):
                continue
            kept = _only(bearers.get(unit.keys[0], {}).values(), clusters)
            if kept is not None and clusters.find(kept) in full:
                evidence = f"{_written(unit, unit.keys[0])} is the surname of one person of the corpus"
                yield kept, index, "person-name", evidence


def _bare_surnames(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Equal surnames without any full name, where the corpus has no full name with that surname."""
    full = {words[-1] for _, words in _people(units) if len(words) > 1}
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, words in _people(units):
        if len(words) == 1 and words[0] not in full:
            blocks[words[0]].append(index)
    for name, block in blocks.items():
        evidence = f"both documents name {_written(units[block[0]], name)}"
        for person in _people_among(units, block, name):
            yield from _together(person, "same-name", evidence)


# --------------------------------------------- acronyms, short forms, spelling


def _acronyms(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """An acronym, and the only entity of the corpus whose name has those initials."""
    longer: dict[str, dict[tuple[int, EntityType], int]] = defaultdict(dict)  # one unit a cluster and type
    for index, unit in _named(units):
        if unit.type != "Person":
            for letters in sorted({letters for key in unit.keys for letters in initials(key)}):
                longer[letters].setdefault((clusters.find(index), unit.type), index)
    for index, unit in _named(units):
        if unit.type == "Person" or any(" " in key for key in unit.keys):
            continue
        for key in unit.keys:
            if not any(surface.replace(".", "").isupper() for surface in unit.surfaces):
                continue
            found = (i for i in longer.get(key, {}).values() if compatible(units[i].type, unit.type))
            if (kept := _only(found, clusters)) is not None:
                name = next(k for k in units[kept].keys if key in initials(k))
                evidence = f"{_written(unit, key)} has the initials of {_written(units[kept], name)} only"
                yield kept, index, "acronym", evidence


def _only(found: Iterable[int], clusters: Clusters) -> int | None:
    """Return the first of the items found, if there are any and all are in one cluster."""
    first = None
    for item in found:
        if first is None:
            first = item
        elif clusters.find(item) != clusters.find(first):
            return None
    return first


def _short_organizations(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """The last two words or more of one organization's name only: "Security Council", "UN Security Council"."""
    ends: dict[str, dict[int, int]] = defaultdict(dict)  # one unit a cluster
    for index, unit in _named(units):
        if unit.type in ACTORS:
            for key in unit.keys:
                words = key.split()
                for cut in range(1, len(words) - 1):
                    ends[" ".join(words[cut:])].setdefault(clusters.find(index), index)
    for index, unit in _named(units):
        if unit.type in ACTORS:
            for key in unit.keys:
                if (
                    not is_institution(key)
                    and (kept := _only(ends.get(key, {}).values(), clusters)) is not None
                ):
                    evidence = f"{_written(unit, key)} ends the name of no other organization of the corpus"
                    yield kept, index, "short-form", evidence


def _spellings(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Long names that differ by a letter or by transliteration, the rarer taken in by the more frequent."""
    count: Counter[str] = Counter()
    bearer: dict[str, int] = {}
    for index, unit in _named(units):
        for key in unit.keys:
            count[key] += len(unit.mentions)
            bearer.setdefault(key, index)
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(bearer):
        for sound in sound_blocks(key):
            blocks[sound].append(key)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for position, other in enumerate(block):
            for one in block[:position]:
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                ours, theirs = units[bearer[one]], units[bearer[other]]
                person = "Person" in (ours.type, theirs.type)
                if contradict(ours.profile, theirs.profile):
                    continue
                if compatible(ours.type, theirs.type) and is_alike(one, other, person=person):
                    kept, taken = sorted((one, other), key=lambda k: (-count[k], k))
                    ours, theirs = units[bearer[kept]], units[bearer[taken]]
                    evidence = f"{_written(theirs, taken)} is spelt like {_written(ours, kept)}"
                    yield bearer[kept], bearer[taken], "spelling", evidence


def _same_description(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """Descriptions that name something, in the same words: "French police"."""
    blocks: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if unit.phrase is not None and unit.shared:
            blocks[unit.keys[0], unit.type in ACTORS].append(index)
    for (phrase, _), block in blocks.items():
        for kept, taken in _one_kind(units, block):
            yield kept, taken, "same-phrase", f'both documents speak of "{phrase}"'
