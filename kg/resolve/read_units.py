"""The units of one document: its mentions, brought together by name and by antecedent.

A unit is the piece that `kg.resolve.across` compares between documents. Pronouns and descriptions follow their antecedent; a
description that names something ("French police") stands for itself in the whole corpus, any other only in its document, and
only where it takes part in an event or relation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kg.datamodel import Document, EntityMention, EntityType, Extraction, RelationMention
from kg.extract.frames import Lexicon
from kg.extract.names import Names
from kg.ids import fold, mention_id
from kg.resolve.clusters import Clusters
from kg.resolve.descriptions import cannot_be, group_descriptions
from kg.resolve.forms import Form, read_forms
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.held import Held, key_of
from kg.resolve.names import (
    clean_name,
    is_institution,
    is_sure_title,
    parenthesised,
    without_determiner,
    without_titles,
)
from kg.resolve.phrases import SINGULAR_ENDINGS, Phrases
from kg.resolve.profiles import read_profile
from kg.resolve.ranges import Range
from kg.resolve.units import Merge, Unit
from kg.resolve.uses import Use, government_reason, is_foe, uses_of
from kg.resolve.within import group_forms

__all__ = ["read_units"]

_LOCATIONS: tuple[EntityType, ...] = ("Place", "Facility")
_ACTS = ("agent", "said", "recipient")
# nouns that "of" puts beside a place's own name; "the capital of France" is not France
_IS_PLACE = frozenset(
    "city town village stronghold bastion enclave hub port province district hamlet".split()
)


def read_units(
    document: Document,
    extraction: Extraction,
    names: Names,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    held: Held | None = None,
) -> list[Unit]:
    """Return the units of a document, those with names first; no mention is in two of them."""
    held = held or Held()
    mentions = _unique(extraction.entity_mentions)
    forms, company = read_forms(document, mentions, names, gazetteer, held)
    reader = _Reader(document, mentions, uses_of(extraction), names, gazetteer, held)
    reader.take_names(forms, group_forms(document, forms, held), lexicon)
    reader.take_nationalities(lexicon)
    reader.follow_antecedents()
    reader.follow_names_inside()
    reader.take_descriptions()
    reader.join_descriptions(lexicon)
    setting = company.main_country()
    units = [unit for unit in reader.units if unit.mentions]
    relations: dict[Range, list[RelationMention]] = defaultdict(list)
    for relation in extraction.relation_mentions:
        relations[relation.subject.span.range].append(relation)
    full_names = _full_names(units)
    for unit in units:
        unit.mentions.sort(key=lambda m: m.span.range)
        unit.setting, unit.company = setting, full_names
        unit.acts = any(use.role in _ACTS for m in unit.mentions for use in reader.uses.get(m.span.range, ()))
        if unit.type == "Person" and unit.phrase is None:
            unit.profile = read_profile(document, unit.mentions, relations, names)
    return units


def _full_names(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the names of two words and more that are of one person or body, not of a place or one that all know."""
    found = {
        key
        for unit in units
        if unit.phrase is None and unit.identity is None and unit.type in ("Person", "Organization")
        for key in unit.keys
        if " " in key and not is_institution(key)
    }
    return tuple(sorted(found))


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
        held: Held,
    ) -> None:
        self.held = held
        self.document = document
        self.mentions = mentions
        self.uses = uses
        self.phrases = Phrases(document, mentions, uses, names)
        self.names = names
        self.gazetteer = gazetteer
        self.units: list[Unit] = []
        self._unit_of: dict[Range, Unit] = {}
        # descriptions and pronouns of which a person has said what they are, or what they are not
        self._by_hand = {m.span.range for m in mentions if m.kind != "name" and key_of(m) in held.together}
        self._countries: dict[str, Unit] = {}
        self._by_range = {m.span.range: m for m in mentions}

    # ------------------------------------------------------------- names

    def take_names(self, forms: Sequence[Form], clusters: Clusters, lexicon: Lexicon) -> None:
        """Make a unit of each cluster of names; capitals that act as states go to their country instead."""
        units: dict[int, Unit] = {}
        governments: list[tuple[EntityMention, str, str]] = []
        taken = {join.taken for join in clusters.joins}
        kept: dict[int, list[EntityMention]] = {}
        for group in clusters.groups():
            members = [forms[i] for i in group]
            unit = units[clusters.find(group[0])] = self._named(members, clusters.identity(group[0]))
            capital = self._capital(members)
            for index, form in zip(group, members, strict=True):
                kept[index] = []
                for mention in form.mentions:
                    uses = self.uses.get(mention.span.range, [])
                    reason = government_reason(mention, capital, uses, lexicon) if capital else None
                    if reason and capital and not self._is_kept_from_country(mention, capital):
                        governments.append((mention, capital, reason))
                    else:
                        kept[index].append(mention)
                        self._put(mention, unit)
                        cut_off = mention.span.text.endswith((" of", " for"))
                        unit.surfaces.update((form.surface,) if cut_off else self._surfaces(mention))
                if kept[index][1:]:
                    evidence = (
                        f'"{form.surface}" stands {len(kept[index])} times in the document, always for one'
                    )
                    unit.merges.append(self._taken(kept[index][1], "one-sense", evidence))
            founders = [kept[i][0] for i in sorted(group, key=lambda i: (i in taken, i)) if kept[i]]
            unit.founder = founders[0] if founders else None
        for join in clusters.joins:
            unit = units[clusters.find(join.kept)]
            if kept[join.taken] and kept[join.taken][0] is not unit.founder:
                unit.merges.append(self._taken(kept[join.taken][0], join.rule, join.evidence))
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
        unit.beside = frozenset(key for form in members for key in form.beside)
        unit.shared_name = any(form.shared_name for form in members)
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
            if code is None and form.link and form.link.place.kind == "capital":
                code = form.link.place.country  # by another name: "Kiev"
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
        for mention in self.mentions:
            code, word = mention.country, without_determiner(mention.span.text)
            if (
                mention.kind != "nominal"
                or code is None
                or mention.antecedent
                or mention.span.range in self._unit_of
            ):
                continue
            if self._is_ground(word):
                self._take_for_country(mention, code, word, "territory", f'"{word}" is the ground of {code}')
                continue
            if self.names.country(word) != code or self.phrases.are_people(mention, word, lexicon):
                continue
            evidence = f'"{word}" is the nationality word of {code}'
            self._take_for_country(mention, code, word, "nationality", evidence)

    def _take_for_country(
        self, mention: EntityMention, code: str, word: str, rule: str, evidence: str
    ) -> None:
        if self._is_kept_from_country(mention, code):
            return
        unit = self._country(code)
        self._put(mention, unit)
        unit.surfaces.setdefault(word, 0)
        unit.merges.append(self._taken(mention, rule, evidence))

    def _is_ground(self, word: str) -> bool:
        """Tell whether a description is of a country's ground: "*Syrian territory*", "French soil"."""
        people, _, ground = word.rpartition(" ")
        return ground in ("territory", "soil") and self.names.country(people) is not None

    def follow_antecedents(self) -> None:
        """Give pronouns and descriptions to what they stand for, where that is a name or a country."""
        for mention, place in self._of_places():
            unit = self._unit_of.get(place.span.range)
            if unit is not None and not self._is_kept_from(mention, unit):
                self._put(mention, unit)
                evidence = f'"{mention.span.text} of {place.span.text}" is "{place.span.text}"'
                unit.merges.append(self._taken(mention, "apposition", evidence))
        for mention in self.mentions:
            if mention.kind != "name" and mention.span.range not in self._unit_of:
                target = self._root(mention)
                unit = self._unit_of.get(target.span.range)
                if unit is not None and target is not mention:
                    if cannot_be(mention, unit) or self._is_kept_from(mention, unit):
                        self._by_hand.add(mention.span.range)
                        continue
                    self._put(mention, unit)
                    unit.merges.append(self._stands_for(mention, target))

    def _of_places(self) -> Iterator[tuple[EntityMention, EntityMention]]:
        """Yield the descriptions that "of" puts beside the name of what they are: "the *stronghold* of *Raqqa*"."""
        names = {m.span.start: m for m in self.mentions if m.kind == "name" and m.type == "Place"}
        for mention in self.mentions:
            end = mention.span.end
            head = self.document.text[slice(*mention.head)]
            if mention.kind != "nominal" or mention.type != "Place" or head not in _IS_PLACE:
                continue
            if mention.span.range not in self._unit_of and self.document.text[end : end + 4] == " of ":
                if (place := names.get(end + 4)) is not None and not self._is_settled(mention):
                    yield mention, place

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
            if name is None or unit is None or unit.identity or self._is_kept_from(mention, unit):
                continue
            rest = mention.span.text[name.span.end - mention.span.start :]
            if rest[:1] == " " and rest[1:].isalpha() and rest[1:].islower():
                self._put(mention, unit)
                unit.surfaces.setdefault(phrase, 0)
                unit.merges.append(self._stands_for(mention, name))

    def _root(self, mention: EntityMention) -> EntityMention:
        """Follow antecedents to the mention that has none, or that already has a unit; a circle ends where it began."""
        seen = {mention.span.range}
        while mention.antecedent is not None and not self._is_settled(mention):
            target = self._by_range.get(mention.antecedent.range)
            if (
                target is None
                or target.span.range in seen
                or self.held.opposed([key_of(mention)], [key_of(target)])
            ):
                break
            seen.add(target.span.range)
            mention = target
        return mention

    def _is_settled(self, mention: EntityMention) -> bool:
        return mention.span.range in self._unit_of or mention.span.range in self._by_hand

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
            named = self.phrases.is_named(root)
            by_hand = key_of(root) in self.held.together
            told = named or by_hand or any(m.span.range in self.uses for m in chain)
            if (root.kind == "pronoun" and not by_hand) or not told:
                continue
            phrase = self.phrases.phrase(root)
            definite = self.phrases.is_definite(root)
            key = fold(phrase) if definite and not by_hand else mention_id(*key_of(root))
            key += "".join(f" {side}" for side in sorted(self.held.sides(map(key_of, chain))))
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

    def join_descriptions(self, lexicon: Lexicon) -> None:
        """Bring descriptions together with what else the document calls the same."""
        self.units = [unit for unit in self.units if unit.mentions]
        mentions = [[key_of(mention) for mention in unit.mentions] for unit in self.units]
        clusters = self.held.clusters(mentions, [unit.identity for unit in self.units])
        foes = {i for i, unit in enumerate(self.units) if is_foe(self._uses_of(unit), lexicon)}
        group_descriptions(self.document, self.units, clusters, foes)
        groups = {clusters.find(group[0]): [self.units[i] for i in group] for group in clusters.groups()}
        for join in clusters.joins:
            unit = groups[clusters.find(join.kept)][0]
            unit.merges.append(self._taken(self.units[join.taken].mentions[0], join.rule, join.evidence))
        for unit, *others in groups.values():
            for other in others:
                unit.take(other)
        self.units = [unit for unit, *_ in groups.values()]

    def _described(self, root: EntityMention, phrase: str, *, shared: bool) -> Unit:
        people = root.country is not None and self.names.country(phrase) == root.country
        several = phrase.endswith(("s", "men")) or (
            self.phrases.follows_the(root) and not phrase.endswith(SINGULAR_ENDINGS)
        )
        type_: EntityType = "Person" if people and not several else root.type
        shared = shared and not people and type_ not in ("Person", "Other")
        unit = Unit(
            self.document.id, type_, Counter({type_: 1}), keys=(fold(phrase),), phrase=phrase, shared=shared
        )
        self.units.append(unit)
        return unit

    # ------------------------------------------------------------- helpers

    def _uses_of(self, unit: Unit) -> list[Use]:
        return [use for mention in unit.mentions for use in self.uses.get(mention.span.range, ())]

    def _is_kept_from(self, mention: EntityMention, unit: Unit) -> bool:
        """Tell whether a person keeps a mention out of a unit."""
        return self.held.opposed([key_of(mention)], map(key_of, unit.mentions))

    def _is_kept_from_country(self, mention: EntityMention, code: str) -> bool:
        unit = self._countries.get(code)
        return unit is not None and self._is_kept_from(mention, unit)

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
