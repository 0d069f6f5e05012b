"""The network's names, corrected: edges, pieces of one name, types by head and list, agreement in a document."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span

from kg.language import wordlists
from kg.language.arrays import Columns
from kg.language.rules.evidence import TYPES, Name, voted
from kg.language.rules.mentions import missed
from kg.language.rules.named_events import named_events
from kg.language.rules.pieces import business, joined, of_whom, parted, units, with_head, with_place_noun

_NEVER_ALONE = wordlists.parts_of_names("titles_never_alone")
_FIRST_TOKEN = re.compile(r"[\s\-'’]")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_EDGES = frozenset((*"\"“”,.;:()-–—'‘’", "``", "''", "the", "The", "THE", "a", "A"))
_BUILDINGS_LAST = wordlists.parts_of_names("buildings_last")
_BUILDINGS_FIRST = wordlists.parts_of_names("buildings_first")
_FIRST_NAMES = wordlists.parts_of_names("first_names")
_ADDRESS = wordlists.parts_of_names("address")
_DETERMINERS = wordlists.parts_of_names("determiners")
_SURNAMES = wordlists.parts_of_names("surnames")
_PLACES_FIRST = wordlists.parts_of_names("places_first")


def corrected_names(given: Doc | Columns) -> list[Span]:
    """Return the names of a Doc: the network's, put together, trimmed and typed; those it missed; events."""
    columns = Columns.of(given)
    doc, words = columns.doc, columns.texts
    names = [(name.start, name.end, name.label_) for ent in doc.ents if (name := trim(ent)) is not None]
    names = parted(words, joined(doc, words, names))
    names = units(words, of_whom(words, [_whole(doc, words, name) for name in _real(words, names)]))
    names = missed(doc, words, _peoples(words, voted(words, names)))
    names = _replaced(names, named_events(doc, words))
    return [_finer(Span(doc, start, end, label=label)) for start, end, label in names]


def _whole(doc: Doc, words: Sequence[str], name: Name) -> Name:
    """Return a name to its full length, with the type that its head or a list gives it."""
    return _typed(words, with_head(doc, words, business(doc, words, with_place_noun(words, name))))


def _typed(words: Sequence[str], name: Name) -> Name:
    """Type a name by its head: "Kivu Herald" and "Ministry of Roads" are organisations, "Lake Kivu" and "Kivu Province" places,
    "Gen. Okello" a person.

    Not handled: heads that both have ("Hall", "Centre", "Hospital"), and heads that are surnames, on a person ("Emily Post").
    """
    start, end, label = name
    if label not in TYPES:
        return name
    first, last = words[start], words[end - 1]
    text = " ".join(words[start:end])
    if text in wordlists.entries("regions"):
        return start, end, "LOC"
    if text in wordlists.organisations() or end - start == 1:
        return name
    orgs, places = wordlists.entries("heads_org"), wordlists.entries("heads_place")
    if label == "PERSON" and last in _SURNAMES:
        return name
    if label != "ORG" and (last in orgs or (first in orgs and words[start + 1] in {"of", "for"})):
        return start, end, "ORG"
    if label != "PERSON" and first.rstrip(".") in _ADDRESS and end - start < 5 and last not in orgs | places:
        return start + 1, end, "PERSON"
    if label != "LOC" and (last in places or (first in _PLACES_FIRST and last not in orgs)):
        return start, end, "LOC"
    return name


def _real(words: Sequence[str], names: list[Name]) -> Iterator[Name]:
    """Yield the names without what is none: a disease, an address of e-mail, a degree after a person's name ("..., MD")."""
    no_names, degrees = wordlists.entries("not_names"), wordlists.entries("degrees")
    before: Name = (0, 0, "")
    for name in names:
        start, end, _ = name
        text = " ".join(words[start:end])
        address = end - start == 1 and "@" in text and "." in text
        degree = (
            text in degrees and before[2] == "PERSON" and before[1] + 1 == start and words[start - 1] == ","
        )
        if not (text in no_names or address or degree):
            yield name
        before = name


def _peoples(words: Sequence[str], names: list[Name]) -> list[Name]:
    """Give nationalities the label and the length they have by list: "South" + "African".

    A word that is also a first name ("Christian") or part of a person's name in the document stays a person.
    """
    listed, regions = wordlists.nationalities(), wordlists.entries("regions")
    persons = {
        words[i]
        for start, end, label in names
        if label == "PERSON" and end - start > 1
        for i in range(start, end)
    }
    out: list[Name] = []
    for start, end, label in names:
        word = words[start]
        place = label == "LOC" and word in regions  # "the Caribbean", as against "Caribbean music"
        if end - start == 1 and word in listed and label != "EVENT" and not place:
            if label != "PERSON" or (word not in _FIRST_NAMES and word not in persons):
                label = "NORP"
            if label == "NORP" and start and f"{words[start - 1]} {word}" in listed:
                start -= 1
        if not out or out[-1][1] <= start:
            out.append((start, end, label))
    return out


def _replaced(names: list[Name], events: Iterator[Name]) -> list[Name]:
    """Put events in the place of the shorter names they overlap; longer names keep theirs."""
    found = list(events)
    if not found:
        return names
    kept = []
    for name in names:
        over = [event for event in found if event[0] < name[1] and name[0] < event[1]]
        if over and all(event[1] - event[0] >= name[1] - name[0] for event in over):
            continue
        found = [event for event in found if event not in over]
        kept.append(name)
    return sorted([*kept, *found])


def trim(ent: Span) -> Span | None:
    """Return a name without article, quotes, possessive and (for a person) titles; `None` where nothing is left."""
    doc, start, end = ent.doc, ent.start, ent.end
    while end > start and (
        doc[end - 1].text in _POSSESSIVE or (doc[end - 1].text in _EDGES and not _needed(doc, start, end))
    ):
        end -= 1
    while start < end and (doc[start].text in _EDGES or doc[start].is_space):
        start += 1
    if ent.label_ == "PERSON":
        start = _after_titles(doc, start, end)
    elif ent.label_ == "ORG" and all(token.lower_ in wordlists.title_words() for token in doc[start:end]):
        return None  # "the Foreign Secretary"
    if start >= end or not any(token.text[0].isalnum() for token in doc[start:end]):
        return None
    return Span(doc, start, end, label=ent.label_)


def _needed(doc: Doc, start: int, end: int) -> bool:
    """Say whether a bracket at the end closes one inside the name."""
    return doc[end - 1].text == ")" and any(token.text == "(" for token in doc[start:end])


def _after_titles(doc: Doc, start: int, end: int) -> int:
    titles = wordlists.title_words()
    first = start
    while start < end and doc[start].lower_.rstrip(".") in titles:
        start += 1
    if start < end:
        return start
    # All of it is titles: the last may be a surname ("King"), but never "President" or "the King".
    before = doc[first - 1].lower_.rstrip(".") if first else ""
    none = doc[end - 1].lower_.rstrip(".") in _NEVER_ALONE or before in _DETERMINERS
    return end if none else max(first, end - 1)


def _finer(name: Span) -> Span:
    """Split the label: states and cities from other places, buildings from places, nationalities from names."""
    label, text = name.label_, name.text
    if text.isupper() and len(text) > 3:
        text = text.title()  # as in datelines: "PARIS"
    if name.text in wordlists.organisations():
        label = "ORG"
    elif label in {"LOC", "ORG"} and text in wordlists.places():
        label = "GPE"
    elif (
        label == "LOC"
        and len(name) > 1
        and (name[-1].text in _BUILDINGS_LAST or name[0].text in _BUILDINGS_FIRST)
    ):
        label = "FAC"
    return Span(name.doc, name.start, name.end, label=label)


def nationalities(given: Doc | Columns) -> Iterator[Span]:
    """Yield words of the nationality list that are used as adjectives or names; with the word before, where listed together."""
    columns = Columns.of(given)
    doc, listed = columns.doc, wordlists.nationalities()
    before = ""
    for at, word in enumerate(columns.texts):
        if word in listed and doc[at].pos_ in {"ADJ", "PROPN", "NOUN"}:
            start = at - 1 if f"{before} {word}" in listed else at
            yield Span(doc, start, at + 1, label="NORP")
        before = word


@cache
def _organisations() -> dict[str, tuple[str, ...]]:
    """The listed organisations by what their first token may be, the longest first."""
    table: dict[str, list[str]] = {}
    for name in sorted(wordlists.organisations(), key=lambda name: (-len(name), name)):
        for first in {name.split()[0], _FIRST_TOKEN.split(name)[0]}:
            table.setdefault(first, []).append(name)
    return {first: tuple(names) for first, names in table.items()}


def organisations(given: Doc | Columns) -> Iterator[Span]:
    """Yield the organisations of the list; a single word only where it is used as a name ("IS" is also a verb)."""
    columns = Columns.of(given)
    doc, listed, done = columns.doc, _organisations(), 0
    for at, word in enumerate(columns.texts):
        if at < done or word not in listed:
            continue
        text, idx = columns.text, columns.offsets[at]
        for name in listed[word]:
            span = doc.char_span(idx, idx + len(name), label="ORG") if text.startswith(name, idx) else None
            if span is not None and _used_as_name(span):
                done = span.end
                yield span
                break


def _used_as_name(span: Span) -> bool:
    if len(span) == 1:
        return span[0].pos_ == "PROPN"
    return not any(token.is_sent_start for token in span[1:])
