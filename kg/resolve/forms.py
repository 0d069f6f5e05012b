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
from kg.ids import fold
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.names import is_acronym, is_institution, name_key, parenthesised, without_titles
from kg.resolve.places import Company, Link, company_of, link

__all__ = ["Form", "clean_name", "is_sure_title", "read_forms"]

_TITLES = frozenset(
    "president minister chancellor senator general colonel captain lieutenant sergeant admiral secretary governor mayor"
    " ambassador commissioner premier professor doctor inspector spokesman spokeswoman".split()
)
_BEHIND = re.compile(r",\s?")
_ENDS = ("", *",.;:)—–-\n")  # "In Paris, *France* said" names no place twice
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


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


def clean_name(text: str) -> str:
    r"""Return a name without closing possessive, leading "the" and line breaks.

    >>> clean_name("the United\nNations'")
    'United Nations'
    """
    text = _POSSESSIVE.sub("", " ".join(text.split()).strip(' "“”'))
    return text[4:] if text[:4].casefold() == "the " and len(text) > 4 else text


def is_sure_title(words: str, names: Names) -> bool:
    """Tell whether words before a name are a title and cannot be a given name, as "Marine" and "Dean" can."""
    key = fold(words).replace(".", "")
    return names.is_title(words) and (" " in key or key in names.courtesy or key in _TITLES)


def read_forms(
    document: Document, mentions: Sequence[EntityMention], names: Names, gazetteer: Gazetteer
) -> tuple[list[Form], Company]:
    """Return the names of a document in text order, and the company that its places keep."""
    named = [m for m in mentions if m.kind == "name"]
    holders = _holders(document, named)
    groups: dict[tuple[str, str | None], Form] = {}
    for mention in named:
        form = _form_of(mention, names)
        if form is not None:
            known = groups.setdefault((form.key, holders.get(mention.span.start)), form)
            if known is not form:
                known.mentions.append(mention)
                known.votes.update(form.votes)
                known.surfaces.update(form.surfaces)
                known.short = known.short or form.short
    forms = _one_sense(groups)
    for form in forms:
        _settle_type(form, forms, names, gazetteer)
    nationalities = {m.span.text: m.country for m in mentions if m.country and m.kind == "nominal"}
    company = company_of((f.surface for f in forms if f.type == "Place"), nationalities, gazetteer)
    for form in forms:
        if form.known and form.known.within and is_institution(form.key):
            if company.speaks_of_another(form.known.within, form.surface):
                form.known = None  # another country's "Foreign Office"
        if form.type == "Place" and not (form.known and form.known.country):
            form.link = _link(form, company, gazetteer)
    return forms, company


def _form_of(mention: EntityMention, names: Names) -> Form | None:
    text = clean_name(mention.span.text)
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


def _holders(document: Document, named: Sequence[EntityMention]) -> dict[int, str]:
    """Map the start of a place's mention to the place named right behind it: "Paris, Texas"."""
    found: dict[int, str] = {}
    for one, other in pairwise(named):
        gap = document.text[one.span.end : other.span.start]
        after = document.text[other.span.end : other.span.end + 1]
        if one.type == other.type == "Place" and _BEHIND.fullmatch(gap) and after in _ENDS:
            found[one.span.start] = clean_name(other.span.text)
    return found


def _one_sense(groups: dict[tuple[str, str | None], Form]) -> list[Form]:
    """Join the groups of one key, unless the text itself puts the name in two places."""
    by_key: dict[str, list[tuple[str | None, Form]]] = {}
    for (key, holder), form in groups.items():
        by_key.setdefault(key, []).append((holder, form))
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
    known = _known(form.surface, names, gazetteer) or (names.known(form.short) if form.short else None)
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


def _link(form: Form, company: Company, gazetteer: Gazetteer) -> Link | None:
    name, holder = form.known.label if form.known else form.surface, form.holder
    if holder is None and ", " in name:
        name, holder = name.split(", ", 1)
    return link(name, company, gazetteer, within=holder)
