"""The network's names, corrected: edges, places that are states or cities, buildings, lists, agreement in a document."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span

from kg.language import wordlists
from kg.language.rules.patterns import compiled, matches

#: Titles that are never a name by themselves, unlike "King" or "Bishop".
_NEVER_ALONE = frozenset(
    "president minister premier chancellor secretary senator mr mrs ms dr prof sir governor mayor ambassador gen col lt sgt"
    " spokesman spokeswoman chairman pope".split()
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_EDGES = frozenset(
    {
        '"',
        "“",
        "”",
        "``",
        "''",
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "-",
        "–",
        "—",
        "'",
        "‘",
        "’",
        "the",
        "The",
        "THE",
        "a",
        "A",
    }
)

#: Words that end (or in French begin) the name of a building or a public space.
_BUILDINGS_LAST = frozenset(
    "Airport Stadium Bridge Street Avenue Boulevard Road Station Tower Theatre Theater Hotel Palace Mosque Church Cathedral"
    " Prison Gate Tunnel Highway Hall Square Airbase Base Barracks Dam Café Restaurant Arena Terminal Port Harbour Harbor".split()
)
#: Those of them that no organisation is named by.
_BUILDINGS_ALWAYS = frozenset(
    "Airport Stadium Bridge Street Avenue Boulevard Tunnel Highway Airbase Barracks".split()
)
_BUILDINGS_FIRST = frozenset(
    {"Stade", "Rue", "rue", "Place", "Boulevard", "boulevard", "Café", "Cafe", "Hotel", "Hôtel", "Camp"}
)
_NAMED_TYPES = frozenset({"PERSON", "ORG", "LOC"})


def corrected_names(doc: Doc) -> list[Span]:
    """Return the names of a Doc with edges trimmed and labels made to agree."""
    trimmed = [name for ent in doc.ents if (name := trim(ent)) is not None]
    return [_finer(name) for name in _agreed(doc, trimmed)]


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
    # All of it is titles: the last may be a surname ("King"), but never "President".
    return end if doc[end - 1].lower_.rstrip(".") in _NEVER_ALONE else max(first, end - 1)


def _agreed(doc: Doc, names: list[Span]) -> list[Span]:
    """Give a name that stands several times in a document one type: the most frequent, the first among equals.

    A lone word that ends a person's full name found elsewhere in the document is that person.
    """
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if name.label_ in _NAMED_TYPES:
            votes.setdefault(name.text, Counter())[name.label_] += 1
    best = {text: max(counts, key=lambda label: counts[label]) for text, counts in votes.items()}
    surnames = {
        name[-1].text
        for name in names
        if len(name) > 1 and name.label_ == "PERSON" and best[name.text] == "PERSON"
    }
    out = []
    for name in names:
        label = best.get(name.text, name.label_) if name.label_ in _NAMED_TYPES else name.label_
        if (
            len(name) == 1
            and label in {"ORG", "LOC"}
            and name.text in surnames
            and name.text not in wordlists.places()
        ):
            label = "PERSON"
        out.append(Span(doc, name.start, name.end, label=label))
    return out


def _finer(name: Span) -> Span:
    """Split the label: states and cities from other places, buildings from places, nationalities from names."""
    label, text = name.label_, name.text
    if text.isupper() and len(text) > 3:
        text = text.title()  # as in datelines: "PARIS"
    if len(name) == 1 and text in wordlists.nationalities() and label in {"LOC", "ORG"}:
        label = "NORP"
    elif name.text in wordlists.organisations():
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


def _is_building(name: Span) -> bool:
    last = _BUILDINGS_LAST if name.label_ == "LOC" else _BUILDINGS_ALWAYS
    return len(name) > 1 and (name[-1].text in last or name[0].text in _BUILDINGS_FIRST)


def nationalities(doc: Doc) -> Iterator[Span]:
    """Yield words of the nationality list that are used as adjectives or names."""
    for token in doc:
        if token.text in wordlists.nationalities() and token.pos_ in {"ADJ", "PROPN", "NOUN"}:
            yield Span(doc, token.i, token.i + 1, label="NORP")


@cache
def _organisations() -> re.Pattern[str]:
    longest_first = sorted(wordlists.organisations(), key=lambda name: (-len(name), name))
    return compiled("|".join(re.escape(name) for name in longest_first))


def organisations(doc: Doc) -> Iterator[Span]:
    """Yield the organisations of the list; a single word only where it is used as a name ("IS" is also a verb)."""
    for span in matches(doc, _organisations(), "ORG"):
        if len(span) > 1 or span[0].pos_ == "PROPN":
            yield span
