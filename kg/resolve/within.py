"""Which names of one document are one: aliases, acronyms, parts of people's names, short forms, spellings.

Passes from the surest to the least sure, as in the sieve of Lee et al. (2013); a name that could go two ways stays apart.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.datamodel import Document, EntityType
from kg.resolve.clusters import Clusters
from kg.resolve.forms import Form
from kg.resolve.held import Held, key_of
from kg.resolve.names import (
    acronym_key,
    contains_person,
    initials,
    is_acronym,
    is_alike,
    organization_key,
    person_words,
    sound_blocks,
)

__all__ = ["ACTORS", "compatible", "group_forms"]

ACTORS: frozenset[EntityType] = frozenset(("Organization", "Group"))
_PLACES: frozenset[EntityType] = frozenset(("Place", "Facility"))
_THINGS: frozenset[EntityType] = frozenset(("Law", "Product", "Event", "Work", "Other"))
_NAMED_BY_MORE: frozenset[EntityType] = ACTORS | {"Facility", "Product", "Law"}

_KNOWN_AS = re.compile(
    r",? \(?(?:(?:also|better|commonly|usually|widely) )?(?:known|called|referred to)(?: as)?(?: the)? [\"“'‘]?"
)
# words that make another place or body of it: "New", "East"
_OF_ANOTHER = frozenset(
    "new old north south east west northern southern eastern western central upper lower greater great little inner outer".split()
)

_Pair = tuple[int, int, str, str]


def compatible(one: EntityType, other: EntityType) -> bool:
    """Tell whether two types may be one thing typed differently, where the names are merely alike."""
    if one == other:
        return True
    return any(
        {one, other} <= kinds
        for kinds in (ACTORS, _PLACES, _THINGS, ACTORS | {"Other", "Product", "Facility"})
    )


def group_forms(document: Document, forms: Sequence[Form], held: Held | None = None) -> Clusters:
    """Return the clusters of a document's forms; its joins say which rule joined what."""
    mentions = [[key_of(mention) for mention in form.mentions] for form in forms]
    clusters = (held or Held()).clusters(mentions, [form.identity for form in forms])
    passes: tuple[Callable[..., Iterator[_Pair]], ...] = (
        _same_identity,
        _in_parentheses,
        _acronyms,
        _people,
        _short_forms,
        _spellings,
    )
    for find in passes:
        for kept, taken, rule, evidence in find(document, forms, clusters):
            clusters.join(kept, taken, rule, evidence)
    return clusters


def _quoted(form: Form) -> str:
    return f'"{form.surface}"'


def _same_identity(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """Aliases of the list, and names of one place: "ISIL" and "Daesh", "Raqqa" and "Raqqah"."""
    first: dict[str, int] = {}
    for index, form in enumerate(forms):
        if form.identity is not None:
            kept = first.setdefault(form.identity, index)
            if kept != index:
                listed = form.known or forms[kept].known
                rule = "alias" if listed else "same-place"
                source = "the list of aliases" if listed else "the gazetteer"
                yield (
                    kept,
                    index,
                    rule,
                    f"{source} has {_quoted(form)} and {_quoted(forms[kept])} as names of one",
                )


def _in_parentheses(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """A short form in parentheses right behind the long one, or the long one behind the short: "X Y (XY)"."""
    by_start = {m.span.start: i for i, form in enumerate(forms) for m in form.mentions}
    by_key = {form.key: i for i, form in enumerate(forms)}
    for index, form in enumerate(forms):
        if form.short and (other := by_key.get(form.short.casefold())) is not None:
            yield index, other, "parenthesis", f"{_quoted(form)} carries ({form.short})"
        for mention in form.mentions:
            if known_as := _KNOWN_AS.match(document.text, mention.span.end):
                other = by_start.get(known_as.end())
                if other is not None and other != index and "Person" not in (form.type, forms[other].type):
                    yield (
                        index,
                        other,
                        "known-as",
                        f"the text has {_quoted(forms[other])} as a name of {_quoted(form)}",
                    )
            gap = document.text[mention.span.end : mention.span.end + 3]
            behind = by_start.get(mention.span.end + len(gap) - len(gap.lstrip(" (\"“'")))
            if behind is None or behind == index or not gap.lstrip().startswith("("):
                continue
            long, short = (index, behind) if len(form.key) >= len(forms[behind].key) else (behind, index)
            if _may_abbreviate(forms[short], forms[long]):
                evidence = f"{_quoted(forms[behind])} stands in parentheses behind {_quoted(form)}"
                yield long, short, "parenthesis", evidence


def _may_abbreviate(short: Form, long: Form) -> bool:
    if not is_acronym(short.surface) or " " not in long.key or "Person" in (long.type, short.type):
        return False
    letters = acronym_key(short.surface).casefold()
    return letters[0] == long.key[0] or letters in initials(long.key)


def _acronyms(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """An acronym and the one longer name of the document with those initials: "EU", "European Union"."""
    longer: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        if form.type != "Person":
            for letters in initials(form.key):
                longer[letters].append(index)
    for index, form in enumerate(forms):
        if form.type != "Person" and is_acronym(form.surface):
            found = [
                i
                for i in longer.get(acronym_key(form.surface).casefold(), ())
                if _abbreviates(form, forms[i])
            ]
            if (kept := _only(found, clusters)) is not None:
                yield kept, index, "acronym", f"{_quoted(form)} has the initials of {_quoted(forms[kept])}"


def _abbreviates(short: Form, long: Form) -> bool:
    return compatible(short.type, long.type) or {short.type, long.type} <= ACTORS | _PLACES | _THINGS


def _only(found: Iterable[int], clusters: Clusters) -> int | None:
    """Return the first of the items found, if they are all in one cluster."""
    ordered = list(found)
    return ordered[0] if len({clusters.find(i) for i in ordered}) == 1 else None


# ---------------------------------------------------------------------- people


def _people(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """Parts of a name and the only person of the document whose name has them: "Le Drian", "Jean-Yves Le Drian"."""
    words = [person_words(form.key) for form in forms]
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        if form.type == "Person" and len(words[index]) > 1:
            for block in dict.fromkeys((words[index][0], words[index][-1])):
                blocks[block].append(index)
    parts = [i for i, form in enumerate(forms) if form.type == "Person" or _may_be_surname(form)]
    for index in sorted(parts, key=lambda i: (-len(words[i]), i)):
        ways: dict[str, list[int]] = defaultdict(list)
        for block in dict.fromkeys((words[index][0], words[index][-1])):
            for full in blocks.get(block, ()):
                if full == index or forms[full].key in forms[index].beside or forms[index].shared_name:
                    continue
                if way := contains_person(words[full], words[index]):
                    ways["first name" if way == "the first name" else "strong"].append(full)
        kind = "strong" if ways["strong"] else "first name"
        if (bearer := _only(ways[kind], clusters)) is not None:
            way = contains_person(words[bearer], words[index])
            who = f"{_quoted(forms[bearer])}, the only such person in the document"
            yield bearer, index, "person-name", f"{_quoted(forms[index])} is {way} of {who}"
    yield from _same_words(forms, words)


def _may_be_surname(form: Form) -> bool:
    """A name that was not marked as a person, but is none of a known place or group either."""
    return form.identity is None and form.type in ("Organization", "Group", "Place", "Other", "Product")


def _same_words(forms: Sequence[Form], words: Sequence[tuple[str, ...]]) -> Iterator[_Pair]:
    """Names that differ in "al-" only: "al-Assad", "Assad"."""
    first: dict[tuple[str, ...], int] = {}
    for index, form in enumerate(forms):
        if form.type == "Person":
            kept = first.setdefault(words[index], index)
            if kept != index and form.key != forms[kept].key:
                yield (
                    kept,
                    index,
                    "person-name",
                    f"{_quoted(form)} is {_quoted(forms[kept])} but for an article",
                )


# -------------------------------------------------------- short forms, spelling


def _short_forms(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """Organizations, buildings and laws by a part of their name: "Security Council", "Barclays Plc", "the Bataclan"."""
    bare: dict[str, int] = {}
    for index, form in enumerate(forms):
        if form.type in _NAMED_BY_MORE:
            kept = bare.setdefault(organization_key(form.key), index)
            if kept != index and compatible(form.type, forms[kept].type):
                evidence = f"{_quoted(form)} and {_quoted(forms[kept])} differ in a generic word"
                yield kept, index, "short-form", evidence
    ends, heads = _parts_of_names(forms)
    for index, form in enumerate(forms):
        if form.type not in _NAMED_BY_MORE and (form.type != "Place" or form.identity):
            continue
        longer = heads.get(form.key, []) + ([] if is_acronym(form.surface) else ends.get(form.key, []))
        if (long := _only((i for i in longer if _may_shorten(form, forms[i])), clusters)) is not None:
            evidence = f"{_quoted(form)} is a part of {_quoted(forms[long])}, named in the document"
            yield long, index, "short-form", evidence


def _parts_of_names(forms: Sequence[Form]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return who has which words at the end of its name, and which before the first small word."""
    ends: dict[str, list[int]] = defaultdict(list)
    heads: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        if form.type in _NAMED_BY_MORE or (form.type == "Place" and form.identity is None):
            parts = form.key.split()
            if form.type == "Place" and parts[0] in _OF_ANOTHER:
                continue
            for cut in range(1, len(parts)):
                ends[" ".join(parts[cut:])].append(index)
            if (head := _proper_head(form)) and head != form.key:
                heads[head].append(index)
    return ends, heads


def _proper_head(form: Form) -> str | None:
    """Return the key of a name's words before the first that is not capitalised: "Bataclan concert hall"."""
    words = form.surface.split()
    for cut, word in enumerate(words):
        if cut and word[:1].islower():
            return " ".join(form.key.split()[:cut]) if len(form.key.split()) == len(words) else None
    return None


def _may_shorten(short: Form, long: Form) -> bool:
    if not compatible(short.type, long.type):
        return False
    return " " in short.key or (
        short.surface[:1].isupper() and long.mentions[0].span < short.mentions[0].span
    )


def _spellings(document: Document, forms: Sequence[Form], clusters: Clusters) -> Iterator[_Pair]:
    """Long names of compatible types that differ by a letter or by transliteration: "Mostefai", "Mostefaim"."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        for sound in sound_blocks(form.key):
            blocks[sound].append(index)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for position, one in enumerate(block):
            for other in block[:position]:
                if (other, one) not in seen:
                    seen.add((other, one))
                    if _are_spellings(forms[other], forms[one]):
                        evidence = f"{_quoted(forms[one])} and {_quoted(forms[other])} are spelt alike"
                        yield other, one, "spelling", evidence


def _are_spellings(one: Form, other: Form) -> bool:
    person = "Person" in (one.type, other.type)
    return compatible(one.type, other.type) and is_alike(one.key, other.key, person=person)
