"""Which units of different documents are one entity: by identity, name, acronym, surname, spelling, description.

Units are compared inside blocks of equal keys only, never all with all; a name that could belong to two entities of the
corpus stays apart. Two people of one full name cannot be told apart here and become one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.ids import mention_id
from kg.resolve.clusters import Clusters
from kg.resolve.names import (
    contains_person,
    initials,
    is_alike,
    is_institution,
    name_key,
    organization_key,
    person_words,
    sound_blocks,
)
from kg.resolve.units import Unit
from kg.resolve.within import ACTORS, compatible

__all__ = ["group_units", "object_of"]

_Pair = tuple[int, int, str, str]

_MISTYPED = ("Organization", "Group", "Other", "Product")  # no place: a town may be called like a person
_FAR_MORE = (
    5  # times the mentions of all namesakes together: then a surname alone means the one whom all know
)
_KNOWN = 2  # documents that must name such a person in full


def group_units(units: Sequence[Unit]) -> Clusters:
    """Return the clusters of units; its joins say which rule joined what."""
    clusters = Clusters([unit.identity for unit in units])
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
        _same_description,
    )
    for find in passes:
        for kept, taken, rule, evidence in find(units, clusters):
            clusters.join(kept, taken, rule, evidence)
    return clusters


def object_of(unit: Unit) -> str:
    """Return what a decision calls a unit that was taken in: the IRI of its first mention."""
    first = unit.mentions[0].span
    return mention_id(first.document, first.start, first.end)


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
                bare = organization_key(key) if unit.type in ACTORS else key
                setting = unit.setting or unit.document if is_institution(bare) and not unit.identity else ""
                blocks[bare, setting].append(index)
    for (name, *_), block in blocks.items():
        for kept, taken in _one_kind(units, block):
            yield kept, taken, "same-name", f"both documents name {_written(units[kept], name)}"


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
        if unit.type == "Person":
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
        yield from _together(block, "same-name", f"both documents name {name}")


def _parts_of_people(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """A surname or shortened name, and the only person of the corpus whose name has it.

    A unit that has a fuller name by its own document needs no other. Of several such people it is by far the most
    frequent one (`_best_known`), unless the document names two of them itself; else the unit stays apart.
    """
    by_last: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    heard: dict[tuple[str, ...], _Fame] = defaultdict(_Fame)
    longest: dict[int, tuple[str, ...]] = {}
    for index, words in _people(units):
        longest[index] = max(longest.get(index, ()), words, key=lambda w: (len(w), w))
        if len(words) > 1:
            by_last[words[-1]].setdefault(words, index)
            heard[words].mentions += len(units[index].mentions)
            heard[words].documents.add(units[index].document)
    for index, words in sorted(longest.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        fuller = {w: i for w, i in by_last.get(words[-1], {}).items() if contains_person(w, words)}
        people: dict[int, list[_Fame]] = defaultdict(list)
        for full, first in fuller.items():
            people[clusters.find(first)].append(heard[full])
        which = "the only such person in the corpus"
        meant = next(iter(people), None)
        if len(people) > 1:
            which = "of such people by far the most frequent in the corpus"
            meant = _best_known(people, units[index].document)
        if meant is not None:
            kept, name = min((i, w) for w, i in fuller.items() if clusters.find(i) == meant)
            ours, theirs = _written(units[index], " ".join(words)), _written(units[kept], " ".join(name))
            evidence = f"{ours} is {contains_person(name, words)} of {theirs}, {which}"
            yield kept, index, "person-name", evidence


@dataclass
class _Fame:
    """How often a corpus speaks of a person who has a full name, and in which documents."""

    mentions: int = 0
    documents: set[str] = field(default_factory=set)


def _best_known(people: Mapping[int, Sequence[_Fame]], document: str) -> int | None:
    """Return the one of several people (clusters) of a surname whom the surname alone means, or None.

    One must be spoken of far more than all others together, in several documents: a president, not his namesakes. A
    document that names any of them in full has decided by itself.
    """
    if any(document in fame.documents for names in people.values() for fame in names):
        return None
    counts = {person: sum(fame.mentions for fame in names) for person, names in people.items()}
    best = max(counts, key=lambda person: (counts[person], -person))
    known = any(len(fame.documents) >= _KNOWN for fame in people[best])
    return best if known and counts[best] >= _FAR_MORE * (sum(counts.values()) - counts[best]) else None


def _mistyped_surnames(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """A surname that was not marked as a person's, where the corpus uses it alone for one person with a full name."""
    bearers: dict[str, list[int]] = defaultdict(list)
    full: set[int] = set()
    for index, words in _people(units):
        if len(words) > 1:
            full.add(clusters.find(index))
        else:
            bearers[words[0]].append(index)
    for index, unit in _named(units):
        if unit.identity is None and unit.type in _MISTYPED and len(unit.keys) == 1:
            found = bearers.get(unit.keys[0], ())
            kept = _only(found, clusters) if found else None
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
        yield from _together(block, "same-name", evidence)


# --------------------------------------------- acronyms, short forms, spelling


def _acronyms(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """An acronym, and the only entity of the corpus whose name has those initials."""
    longer: dict[str, list[int]] = defaultdict(list)
    for index, unit in _named(units):
        if unit.type != "Person":
            for letters in sorted({letters for key in unit.keys for letters in initials(key)}):
                longer[letters].append(index)
    for index, unit in _named(units):
        if unit.type == "Person" or any(" " in key for key in unit.keys):
            continue
        for key in unit.keys:
            if not any(surface.replace(".", "").isupper() for surface in unit.surfaces):
                continue
            found = [i for i in longer.get(key, ()) if compatible(units[i].type, unit.type)]
            if (kept := _only(found, clusters)) is not None:
                name = next(k for k in units[kept].keys if key in initials(k))
                evidence = f"{_written(unit, key)} has the initials of {_written(units[kept], name)} only"
                yield kept, index, "acronym", evidence


def _only(found: Sequence[int], clusters: Clusters) -> int | None:
    """Return the first of the items found, if there are any and all are in one cluster."""
    return found[0] if len({clusters.find(i) for i in found}) == 1 else None


def _short_organizations(units: Sequence[Unit], clusters: Clusters) -> Iterator[_Pair]:
    """The last two words or more of one organization's name only: "Security Council", "UN Security Council"."""
    ends: dict[str, list[int]] = defaultdict(list)
    for index, unit in _named(units):
        if unit.type in ACTORS:
            for key in unit.keys:
                words = key.split()
                for cut in range(1, len(words) - 1):
                    ends[" ".join(words[cut:])].append(index)
    for index, unit in _named(units):
        if unit.type in ACTORS:
            for key in unit.keys:
                if not is_institution(key) and (kept := _only(ends.get(key, ()), clusters)) is not None:
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
