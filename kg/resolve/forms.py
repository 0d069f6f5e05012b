"""The names of one document, each with all of its mentions: what it names, what it is known to be, where it lies.

A name means one thing throughout a document (Gale et al. 1992: one sense per discourse), so the type is the one that most of
its mentions got, and the place is chosen once. Exceptions are made later: governments, and "Paris, Texas" beside "Paris, France".
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from kg.datamodel import Document, EntityMention, EntityType
from kg.extract.names import KnownName, Names
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.held import Held, key_of
from kg.resolve.names import (
    acronym_key,
    clean_name,
    initials,
    is_acronym,
    is_institution,
    is_sure_title,
    name_key,
    parenthesised,
    without_titles,
)
from kg.resolve.places import Company, Link, company_of, dateline_of, link

__all__ = ["Form", "read_forms"]

_BEHIND = re.compile(r",\s?")
_ADDRESS = re.compile(r"\b(?P<word>Mr|Sir|Monsieur|Mrs|Ms|Miss|Lady|Madame|Mme)\.?\s+$")
_EXPLAINED = re.compile(r"\s?\([\"“']?|, (?:or|also|known as|called)(?: the)? ")
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?")
_IN_ONE_BREATH = re.compile(r"(?:['’]s?)?(?:,|,? (?:and|or)(?: [\w.]+){0,3}) ")
_BREAKS_OFF: tuple[EntityType, ...] = ("Organization", "Group", "Facility", "Law", "Event", "Other")
_END = re.compile(r"\Z|[,.;:)\n]|\s*[—–(-]")  # "In Paris, *France* said" names no place twice


_LOCATED = re.compile(
    r"\b(?:in|at|near|from|to|into|of|around|across|outside|inside|toward|towards|through|via|between|over|off|for|than)"
    r"(?: the)?\s+\Z",
    re.IGNORECASE,
)
_Sense = tuple[str, frozenset[object], str | None]  # key, sides of pairs and sex, the place right behind


@dataclass
class Form:
    """One name in one document.

    Attributes:
        key: the name key that its mentions share.
        surface: the writing that stands first.
        type: by most mentions; by the list of aliases or the gazetteer where they know the name.
        votes: how often the text layer gave it which type.
        identity: what it is known to be ("country:FR", "place:IRI", "alias:Islamic State"), or None.
        short: an acronym that the name carries in parentheses.
        holder: the place said behind the name ("Paris, *Texas*").
        beside: keys of the people named in one breath with it: "*Obama* and Michelle Obama".
        shared_name: whether the document has two people of that very name: "Mr *Berg* and Mrs *Berg*".
    """

    key: str
    surface: str
    mentions: list[EntityMention]
    type: EntityType
    votes: Counter[EntityType]
    known: KnownName | None = None
    link: Link | None = None
    short: str | None = None
    holder: str | None = None
    beside: set[str] = field(default_factory=set)
    shared_name: bool = False
    surfaces: Counter[str] = field(default_factory=Counter)

    @property
    def identity(self) -> str | None:
        """What it is known to be: two forms of different identities are different things."""
        if self.known is not None:
            known = self.known
            if known.country or self.link is None:
                return f"country:{known.country}" if known.country else f"alias:{known.label}"
        if self.link is None:
            return None
        place = self.link.place
        return f"country:{place.country}" if place.kind == "country" else f"place:{place.iri or place.name}"


def read_forms(
    document: Document,
    mentions: Sequence[EntityMention],
    names: Names,
    gazetteer: Gazetteer,
    held: Held | None = None,
) -> tuple[list[Form], Company]:
    """Return the names of a document in text order, and the company that its places keep."""
    named = [m for m in mentions if m.kind == "name"]
    holders = _holders(document, named)
    groups: dict[_Sense, Form] = {}
    wholes = _cut_names(document, named)
    couples = _couples(document, named)
    for mention in named:
        form = _form_of(mention, names, wholes.get(mention.span.start))
        if form is not None:
            sides: frozenset[object] = held.sides([key_of(mention)]) if held else frozenset()
            if form.key in couples:
                form.shared_name = True
                sides |= {_courtesy(document, mention)}
            known = groups.setdefault((form.key, sides, holders.get(mention.span.start)), form)
            if known is not form:
                known.mentions.append(mention)
                known.votes.update(form.votes)
                known.surfaces.update(form.surfaces)
                known.short = known.short or form.short
    forms = _one_sense(groups)
    _mark_company(document, forms)
    for form in forms:
        _settle_type(form, forms, names, gazetteer)
    _disown_acronyms(document, forms)
    _take_surnames(document, forms)
    nationalities = {m.span.text: m.country for m in mentions if m.country and m.kind == "nominal"}
    places = [form for form in forms if form.type == "Place"]
    within: dict[str, list[str]] = {form.surface: [] for form in places}
    around: dict[str, list[str]] = {}
    for form in places:
        if form.holder:
            within[form.surface].append(form.holder)
            around.setdefault(name_key(form.holder), []).append(form.surface)
    company = company_of(within, nationalities, gazetteer, dateline=dateline_of(document.text))
    for form in forms:
        if form.known and form.known.within and is_institution(form.key):
            if company.speaks_of_another(form.known.within, form.surface):
                form.known = None  # another country's "Foreign Office"
        if form.type == "Place" and not (form.known and form.known.country):
            form.link = _link(form, company, gazetteer, around.get(form.key, ()))
    return forms, company


def _form_of(mention: EntityMention, names: Names, whole: str | None = None) -> Form | None:
    text = clean_name(whole or mention.span.text)
    if mention.type == "Person":
        text = without_titles(text, partial(is_sure_title, names=names))
    split = parenthesised(text)
    text, short = split if split else (text, None)
    key = name_key(text)
    if not key:
        return None
    return Form(
        key,
        text,
        [mention],
        mention.type,
        Counter({mention.type: 1}),
        short=short,
        surfaces=Counter({text: 1}),
    )


def _cut_names(document: Document, named: Sequence[EntityMention]) -> dict[int, str]:
    """Map the start of a name that breaks off to the whole: "Army of" before "Kerland" is "Army of Kerland"."""
    return {
        one.span.start: document.text[one.span.start : other.span.end]
        for one, other in pairwise(named)
        if one.type in _BREAKS_OFF
        and one.span.text.endswith((" of", " for"))
        and document.text[one.span.end : other.span.start] in (" ", " the ")
    }


def _mark_company(document: Document, forms: Sequence[Form]) -> None:
    """Note who is named in one breath with whom: they are two, even where one bears the other's surname."""
    named = sorted(
        ((m.span, form) for form in forms if form.votes["Person"] for m in form.mentions),
        key=lambda pair: pair[0],
    )
    for (one, ours), (other, theirs) in pairwise(named):
        if _IN_ONE_BREATH.fullmatch(document.text[one.end : other.start]):
            ours.beside.add(theirs.key)
            theirs.beside.add(ours.key)


def _courtesy(document: Document, mention: EntityMention) -> str:
    """Return the sex that a form of address before a name tells: "m", "f" or "" for none."""
    match = _ADDRESS.search(document.text, max(0, mention.span.start - 12), mention.span.start)
    return "" if match is None else "m" if match["word"] in ("Mr", "Sir", "Monsieur") else "f"


def _couples(document: Document, named: Sequence[EntityMention]) -> frozenset[str]:
    """Return the keys of names that are those of a man and of a woman."""
    sexes: dict[str, set[str]] = {}
    for mention in named:
        if mention.type == "Person":
            sexes.setdefault(name_key(clean_name(mention.span.text)), set()).add(_courtesy(document, mention))
    return frozenset(key for key, found in sexes.items() if {"m", "f"} <= found)


def _disown_acronyms(document: Document, forms: Sequence[Form]) -> None:
    """An acronym that the text explains by another name than the one it is known for is not known here."""
    by_start = {m.span.start: form for form in forms for m in form.mentions}
    by_key = {form.key: form for form in forms}
    for form in forms:
        explained = [by_key[form.short.casefold()]] if form.short and form.short.casefold() in by_key else []
        for mention in form.mentions:
            match = _EXPLAINED.match(document.text, mention.span.end)
            if match is not None and match.end() in by_start:
                explained.append(by_start[match.end()])
        for other in explained:
            known = other.known
            if known is not None and other is not form and _is_other_name(other.surface, form, known):
                other.known, other.type = None, form.type


def _is_other_name(acronym: str, form: Form, known: KnownName) -> bool:
    """Tell whether a name with an acronym's initials is not the one known for it."""
    if form.known is not None or not is_acronym(acronym) or known.country:
        return False
    words = form.key.split()
    return acronym_key(acronym).casefold() in initials(form.key) and not set(words) >= set(
        name_key(known.label).split()
    )


def _holders(document: Document, named: Sequence[EntityMention]) -> dict[int, str]:
    """Map the start of a place's mention to the place named right behind it: "Paris, Texas"."""
    found: dict[int, str] = {}
    for one, other in pairwise(named):
        gap = document.text[one.span.end : other.span.start]
        ends = _END.match(document.text, other.span.end)
        is_place = one.type == "Place" or (
            one.type == "Person"
            and " " not in one.span.text
            and document.text[: one.span.start].endswith(" in ")
        )
        if is_place and other.type == "Place" and _BEHIND.fullmatch(gap) and ends:
            found[one.span.start] = clean_name(other.span.text)
    return found


def _one_sense(groups: dict[_Sense, Form]) -> list[Form]:
    """Join the groups of one key, unless the text itself puts the name in two places or a pair keeps them apart."""
    by_key: dict[tuple[object, ...], list[tuple[str | None, Form]]] = {}
    for (*key, holder), form in groups.items():
        by_key.setdefault(tuple(key), []).append((holder, form))
    forms: list[Form] = []
    for senses in by_key.values():
        placed = [(holder, form) for holder, form in senses if holder is not None]
        bare = [form for holder, form in senses if holder is None]
        if len(placed) > 1:
            for holder, form in placed:
                form.holder = holder
            forms += [form for _, form in placed] + bare
            continue
        first = senses[0][1]
        first.holder = placed[0][0] if placed else None
        for _, form in senses[1:]:
            first.mentions = sorted((*first.mentions, *form.mentions), key=lambda m: m.span.range)
            first.votes.update(form.votes)
            first.surfaces.update(form.surfaces)
            first.short = first.short or form.short
        forms.append(first)
    return sorted(forms, key=lambda f: f.mentions[0].span.range)


def _settle_type(form: Form, forms: Iterable[Form], names: Names, gazetteer: Gazetteer) -> None:
    """The most frequent type, the first of equals; a known name has the type that it is known for."""
    form.type = max(form.votes, key=lambda t: (form.votes[t], -_first(form, t)))
    if form.type == "Person" and form.holder:
        form.type = "Place"  # "in Austin, Texas"
    elif form.type == "Place" and _INITIALS.fullmatch(form.surface):
        form.type = "Person"  # "J. Berg"
    known = _known(form.surface, names, gazetteer)
    if known is None and form.short and (short := names.known(form.short)):
        known = None if _is_other_name(form.short, form, short) else short
    if known is not None and (known.type == form.type or not _is_person_of(form, forms)):
        if form.type == "Person" and known.country and names.known_type(form.surface) is None:
            return  # a person called like a country: "Jordan"
        form.known, form.type = known, known.type
    elif form.type not in ("Person", "Place", "Facility") and _is_known_place(form, gazetteer):
        form.type = "Place"


def _known(name: str, names: Names, gazetteer: Gazetteer) -> KnownName | None:
    """Return what a name stands for; a country that shares its name with a region (Georgia) is left to the gazetteer."""
    if people := names.people(name):
        return KnownName(people, "Group")
    known = names.known(name)
    if known is not None and known.country:
        kinds = {c.place.kind for c in gazetteer.candidates(name) if c.main}
        return None if "region" in kinds else known
    return known


def _is_known_place(form: Form, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is that of a country or capital, whatever it was marked as."""
    kinds = {c.place.kind for c in gazetteer.candidates(form.surface) if c.main}
    return "country" in kinds or ("capital" in kinds and not is_acronym(form.surface))


def _take_surnames(document: Document, forms: Sequence[Form]) -> None:
    """Let a place that is called like a person named before it be that person, unless a preposition of place precedes it.

    "Whitney *Houston* sang, and *Houston* smiled"; but "Whitney Houston flew to *Houston*".
    """
    people = {
        form.key.rsplit(" ", 1)[-1]: form
        for form in reversed(forms)
        if form.type == "Person" and " " in form.key
    }
    for form in forms:
        person = people.get(form.key)
        if (
            form.type != "Place"
            or person is None
            or form.holder
            or person.mentions[0].span > form.mentions[0].span
        ):
            continue
        if not any(
            _LOCATED.search(document.text, max(0, m.span.start - 12), m.span.start) for m in form.mentions
        ):
            form.type, form.known = "Person", None


def _first(form: Form, type_: EntityType) -> int:
    return next(m.span.start for m in form.mentions if m.type == type_)


def _is_person_of(form: Form, forms: Iterable[Form]) -> bool:
    """Tell whether a name marked as a person is a part of a fuller one: "Jordan" beside "Michael Jordan"."""
    if "Person" not in form.votes:
        return False
    words = form.key.split()
    return len(words) > 1 or any(
        len(other.key.split()) > 1 and "Person" in other.votes and words[0] in other.key.split()
        for other in forms
    )


def _link(form: Form, company: Company, gazetteer: Gazetteer, around: Sequence[str]) -> Link | None:
    name, holder = form.known.label if form.known else form.surface, form.holder
    if holder is None and ", " in name:
        name, holder = name.split(", ", 1)
    return link(name, company, gazetteer, within=holder, around=around)
