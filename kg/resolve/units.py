"""What one document says about one entity: its mentions, brought together by name and by antecedent.

A unit is the piece that `kg.resolve.across` compares between documents. Pronouns and descriptions follow their antecedent; a
description that names something ("French police") stands for itself in the whole corpus, any other only in its document, and
only where it takes part in an event or relation.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from kg.datamodel import Document, EntityMention, EntityType, Extraction
from kg.extract.frames import Lexicon
from kg.extract.names import Names
from kg.ids import fold, mention_id
from kg.resolve.clusters import Clusters
from kg.resolve.forms import Form, clean_name, is_sure_title, read_forms
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.names import parenthesised, without_determiner, without_titles
from kg.resolve.places import Link
from kg.resolve.ranges import Range, Ranges
from kg.resolve.uses import Use, acts_as_state, government_reason, uses_of
from kg.resolve.within import group_forms

__all__ = ["Merge", "Unit", "read_units"]

_INDEFINITE = frozenset(
    "a an one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands some several many few"
    " another other others more most no any each every both half".split()
)
_LOCATIONS: tuple[EntityType, ...] = ("Place", "Facility")
_SINGULAR = frozenset("a an one another".split())
_ONE = ("an", "i", "ard", "man")  # endings of nationality words that, with "the", mean one person
_OWNED = frozenset("his her its their our my your".split())
_ONE_OF_A_PEOPLE = re.compile(r"(?:ch|sh|s|na)(?:wo)?m[ae]n$")  # Frenchman, Scotswoman; not German
_WORD_BEFORE = re.compile(r"([\w'’]+)\s+$")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:\n])[\s\"'“‘(]*$")


@dataclass(frozen=True, slots=True)
class Merge:
    """Something that was taken into an entity: an alias or the IRI of a mention, by which rule, on what evidence."""

    object: str
    rule: str
    evidence: str


@dataclass
class Unit:
    """One entity as one document has it.

    Attributes:
        surfaces: writings of its names with their number; empty for descriptions.
        keys: name keys, also of an acronym in parentheses.
        identity: what it is known to be, see `Form.identity`.
        label: the name that the list of aliases gives it.
        phrase: for an entity without a name, the description without determiner.
        shared: whether it may be the same as a unit of another document.
        setting: the country that the document mostly speaks of.
    """

    document: str
    type: EntityType
    votes: Counter[EntityType]
    mentions: list[EntityMention] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    keys: tuple[str, ...] = ()
    identity: str | None = None
    label: str | None = None
    link: Link | None = None
    phrase: str | None = None
    shared: bool = True
    setting: str | None = None
    merges: list[Merge] = field(default_factory=list)


def read_units(
    document: Document, extraction: Extraction, names: Names, gazetteer: Gazetteer, lexicon: Lexicon
) -> list[Unit]:
    """Return the units of a document, those with names first; no mention is in two of them."""
    mentions = _unique(extraction.entity_mentions)
    forms, company = read_forms(document, mentions, names, gazetteer)
    reader = _Reader(document, mentions, uses_of(extraction), names, gazetteer)
    reader.take_names(forms, group_forms(document, forms), lexicon)
    reader.take_nationalities(lexicon)
    reader.follow_antecedents()
    reader.follow_names_inside()
    reader.take_descriptions()
    setting = company.main_country()
    units = [unit for unit in reader.units if unit.mentions]
    for unit in units:
        unit.mentions.sort(key=lambda m: m.span.range)
        unit.setting = setting
    return units


def _unique(mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """One mention a span, names before descriptions; in text order. Words that nobody can see name and describe nothing."""
    by_range: dict[Range, EntityMention] = {}
    for mention in sorted(mentions, key=lambda m: (m.span.range, m.kind != "name", m.kind, m.type)):
        if fold(without_determiner(mention.span.text)):
            by_range.setdefault(mention.span.range, mention)
    return list(by_range.values())


class _Reader:
    """Puts the mentions of one document into units, each step on what the steps before left over."""

    def __init__(
        self,
        document: Document,
        mentions: list[EntityMention],
        uses: Mapping[Range, list[Use]],
        names: Names,
        gazetteer: Gazetteer,
    ) -> None:
        self.document = document
        self.mentions = mentions
        self.uses = uses
        self.names = names
        self.gazetteer = gazetteer
        self.units: list[Unit] = []
        self._unit_of: dict[Range, Unit] = {}
        self._countries: dict[str, Unit] = {}
        self._by_range = {m.span.range: m for m in mentions}
        self._ranges = Ranges(self._by_range)
        self._named_ranges = Ranges(m.span.range for m in mentions if m.kind == "name")

    # ------------------------------------------------------------- names

    def take_names(self, forms: Sequence[Form], clusters: Clusters, lexicon: Lexicon) -> None:
        """Make a unit of each cluster of names; capitals that act as states go to their country instead."""
        units: dict[int, Unit] = {}
        governments: list[tuple[EntityMention, str, str]] = []
        for group in clusters.groups():
            members = [forms[i] for i in group]
            unit = units[clusters.find(group[0])] = self._named(members, clusters.identity(group[0]))
            capital = self._capital(members)
            for mention in (mention for form in members for mention in form.mentions):
                uses = self.uses.get(mention.span.range, [])
                reason = government_reason(mention, capital, uses, lexicon) if capital else None
                if reason and capital:
                    governments.append((mention, capital, reason))
                else:
                    self._put(mention, unit)
                    unit.surfaces.update(self._surfaces(mention))
        for join in clusters.joins:
            merge = Merge(forms[join.taken].surface, join.rule, join.evidence)
            units[clusters.find(join.kept)].merges.append(merge)
        for mention, code, reason in governments:
            self._put(mention, self._country(code))
            self._country(code).merges.append(self._taken(mention, "capital-as-government", reason))

    def _named(self, members: Sequence[Form], identity: str | None) -> Unit:
        votes: Counter[EntityType] = Counter()
        for form in members:
            votes.update({form.type: sum(form.votes.values()) * len(form.key.split())})
        first = next((f for f in members if f.identity), members[0])
        type_ = first.type if first.identity else max(votes, key=lambda t: (votes[t], -_position(members, t)))
        if not first.identity and votes["Person"]:
            type_ = "Person"  # what joins a person is a surname that was typed otherwise
        keys = {f.key for f in members} | {f.short.casefold() for f in members if f.short}
        unit = Unit(self.document.id, type_, votes, keys=tuple(sorted(keys)), identity=identity)
        unit.label = first.known.label if first.known else None
        unit.link = next((f.link for f in members if f.link), None)
        if identity and identity.startswith("country:"):
            self._countries[identity.removeprefix("country:")] = unit
        self.units.append(unit)
        return unit

    def _capital(self, members: Sequence[Form]) -> str | None:
        """Return the country whose government sits in the city that the names mean."""
        for form in members:
            code = self.names.capital_of(form.surface)
            if code and form.link and form.link.place.country == code:
                return code
        return None

    def _surfaces(self, mention: EntityMention) -> tuple[str, ...]:
        text = clean_name(mention.span.text)
        if mention.type == "Person":
            text = without_titles(text, partial(is_sure_title, names=self.names))
        return parenthesised(text) or (text,)

    def _country(self, code: str) -> Unit:
        unit = self._countries.get(code)
        if unit is None:
            unit = self._countries[code] = Unit(
                self.document.id, "Place", Counter({"Place": 1}), identity=f"country:{code}"
            )
            unit.label = self.names.countries[code].name
            self.units.append(unit)
        return unit

    # -------------------------------------------- nationalities, antecedents

    def take_nationalities(self, lexicon: Lexicon) -> None:
        """Give nationality words that stand for a country to it: "*French* jets", "the *Russians*"."""
        seen: set[tuple[str, str]] = set()
        for mention in self.mentions:
            code, word = mention.country, without_determiner(mention.span.text)
            if (
                mention.kind != "nominal"
                or code is None
                or mention.antecedent
                or mention.span.range in self._unit_of
            ):
                continue
            if self.names.country(word) != code or self._are_people(mention, word, lexicon):
                continue
            unit = self._country(code)
            self._put(mention, unit)
            unit.surfaces.setdefault(word, 0)
            if (code, word) not in seen:
                seen.add((code, word))
                unit.merges.append(Merge(word, "nationality", f'"{word}" is the nationality word of {code}'))

    def _are_people(self, mention: EntityMention, word: str, lexicon: Lexicon) -> bool:
        """Tell whether a nationality word stands for people of that country: "two *Belgians*", "a *Russian* said".

        A plural that acts is people too ("*Syrians* fled", "the *French* said so"), but for what only a state is told to
        do: "the *Russians* bombed the town". With "the" and no act it is the state: "relations with the *French*".
        """
        before = _WORD_BEFORE.search(self.document.text[max(0, mention.span.start - 20) : mention.span.start])
        previous = before[1].casefold() if before else ""
        definite = self._follows_the(mention)
        uses = [u for u in self.uses.get(mention.span.range, []) if u.role not in ("modifier", "relation")]
        if self._ranges.furthest(mention.span.start) > mention.span.end:
            return False
        if _ONE_OF_A_PEOPLE.search(word) or (
            word.endswith("s") and (previous in _INDEFINITE or previous.isdigit())
        ):
            return True
        if word.endswith("s") or (definite and not word.endswith(_ONE)):
            return not acts_as_state(uses, lexicon, definite=definite) if uses else not definite
        return bool(uses) and (previous in _SINGULAR or definite)

    def _follows_the(self, mention: EntityMention) -> bool:
        before = self.document.text[max(0, mention.span.start - 4) : mention.span.start]
        return "the " in (before.casefold(), mention.span.text[:4].casefold())

    def follow_antecedents(self) -> None:
        """Give pronouns and descriptions to what they stand for, where that is a name or a country."""
        for mention in self.mentions:
            if mention.kind != "name" and mention.span.range not in self._unit_of:
                target = self._root(mention)
                unit = self._unit_of.get(target.span.range)
                if unit is not None and target is not mention:
                    self._put(mention, unit)
                    unit.merges.append(self._stands_for(mention, target))

    def follow_names_inside(self) -> None:
        """Give a place's or building's description that opens with its name to it: "the *A1* highway".

        Only where the name is of no known place: "the *Lyon* area" is not Lyon.
        """
        names = {m.span.start: m for m in self.mentions if m.kind == "name" and m.type in _LOCATIONS}
        for mention in self.mentions:
            if (
                mention.kind != "nominal"
                or mention.type not in _LOCATIONS
                or mention.span.range in self._unit_of
            ):
                continue
            phrase = without_determiner(mention.span.text)
            name = names.get(mention.span.end - len(phrase))
            unit = self._unit_of.get(name.span.range) if name else None
            if name is None or unit is None or unit.identity:
                continue
            rest = mention.span.text[name.span.end - mention.span.start :]
            if rest[:1] == " " and rest[1:].isalpha() and rest[1:].islower():
                self._put(mention, unit)
                unit.surfaces.setdefault(phrase, 0)
                unit.merges.append(self._stands_for(mention, name))

    def _root(self, mention: EntityMention) -> EntityMention:
        """Follow antecedents to the mention that has none, or that already has a unit; a circle ends where it began."""
        seen = {mention.span.range}
        while mention.antecedent is not None and mention.span.range not in self._unit_of:
            target = self._by_range.get(mention.antecedent.range)
            if target is None or target.span.range in seen:
                break
            seen.add(target.span.range)
            mention = target
        return mention

    # ------------------------------------------------------- descriptions

    def take_descriptions(self) -> None:
        """Make units of the descriptions that are left, each with what refers back to it."""
        chains: dict[Range, list[EntityMention]] = {}
        for mention in self.mentions:
            if mention.span.range not in self._unit_of:
                chains.setdefault(self._root(mention).span.range, []).append(mention)
        units: dict[str, Unit] = {}
        for range_, chain in sorted(chains.items()):
            root = self._by_range[range_]
            named = self._is_named(root)
            if root.kind == "pronoun" or not (named or any(m.span.range in self.uses for m in chain)):
                continue
            phrase = self._phrase(root)
            definite = self._is_definite(root)
            key = fold(phrase) if definite else mention_id(root.span.document, *root.span.range)
            unit = units.get(key)
            if unit is None:
                unit = units[key] = self._described(root, phrase, shared=named and definite)
            elif root is not unit.mentions[0]:
                evidence = f'"{root.span.text}" repeats "{unit.mentions[0].span.text}" in the document'
                unit.merges.append(self._taken(root, "same-phrase", evidence))
            for mention in chain:
                self._put(mention, unit)
                if mention is not root:
                    unit.merges.append(self._stands_for(mention, root))

    def _phrase(self, mention: EntityMention) -> str:
        """Return a description without determiner, and without the capital that only opens its sentence."""
        phrase = without_determiner(" ".join(mention.span.text.split()))
        start = mention.span.end - len(phrase)
        named = self._named_ranges.furthest(start) > start
        opens = start == mention.span.start and self._opens_sentence(start)
        if opens and not named and not mention.country and phrase[1:].split(" ")[0].islower():
            return phrase[0].lower() + phrase[1:]
        return phrase

    def _opens_sentence(self, offset: int) -> bool:
        return bool(_SENTENCE_BEFORE.search(self.document.text[max(0, offset - 10) : offset]))

    def _described(self, root: EntityMention, phrase: str, *, shared: bool) -> Unit:
        people = root.country is not None and self.names.country(phrase) == root.country
        several = phrase.endswith(("s", "men")) or (self._follows_the(root) and not phrase.endswith(_ONE))
        type_: EntityType = "Person" if people and not several else root.type
        shared = shared and not people and type_ not in ("Person", "Other")
        unit = Unit(
            self.document.id, type_, Counter({type_: 1}), keys=(fold(phrase),), phrase=phrase, shared=shared
        )
        self.units.append(unit)
        return unit

    def _is_named(self, mention: EntityMention) -> bool:
        """Tell whether a description holds a name: "French police", "EU member states", "the Bataclan attackers"."""
        if mention.country is not None:
            return True
        start, end = mention.span.range
        if any(e <= end and (s, e) != (start, end) for s, e in self._named_ranges.opening(start, end)):
            return True
        first = True
        for word in re.finditer(r"[^\s\-]+", mention.span.text):
            offset = start + word.start()
            if word[0][0].isupper() and not mention.head[0] <= offset < mention.head[1]:
                initial = first and self._opens_sentence(offset)
                if not initial and fold(word[0]) not in _OWNED | _INDEFINITE | {
                    "the",
                    "this",
                    "these",
                    "that",
                    "those",
                }:
                    return True
            first = False
        return False

    def _is_definite(self, mention: EntityMention) -> bool:
        """Tell whether a description means the same wherever the document repeats it: "the gunmen", not "two gunmen"."""
        words = fold(mention.span.text).split()
        before = _WORD_BEFORE.search(self.document.text[max(0, mention.span.start - 20) : mention.span.start])
        if words[0] in ("the", "this", "these", "that", "those"):
            return not any(
                word in _INDEFINITE - {"two", "three", "four", "five", "other", "others"}
                for word in words[1:2]
            )
        opening = [words[0], *([before[1].casefold()] if before else [])]
        return not any(word in _INDEFINITE | _OWNED or word[0].isdigit() for word in opening)

    # ------------------------------------------------------------- helpers

    def _put(self, mention: EntityMention, unit: Unit) -> None:
        self._unit_of[mention.span.range] = unit
        unit.mentions.append(mention)

    def _taken(self, mention: EntityMention, rule: str, evidence: str) -> Merge:
        return Merge(mention_id(mention.span.document, *mention.span.range), rule, evidence)

    def _stands_for(self, mention: EntityMention, target: EntityMention) -> Merge:
        evidence = f'"{mention.span.text}" refers back to "{target.span.text}" at {target.span.start}'
        return self._taken(mention, "coreference", evidence)


def _position(members: Sequence[Form], type_: EntityType) -> int:
    return next(i for i, form in enumerate(members) if form.type == type_)
