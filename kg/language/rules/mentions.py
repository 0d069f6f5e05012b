"""Mentions of a document's names that the network missed."""

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.language.rules.evidence import TYPES, Name

#: Shorter lone names are too often something else.
_SHORTEST = 3
_PROPER = frozenset({"NNP", "NNPS"})


def missed(doc: Doc, words: Sequence[str], names: list[Name]) -> list[Name]:
    """Return the names with the other mentions of the same words added.

    A full name is looked for as it stands; a lone word when it was found twice, or ends the full name of a person. Such a word
    must be a proper noun that is no part of a longer run of them ("Paris" in "Paris Saint"). Of several types the one found
    most often counts. Not handled: names in another case or spelling ("PARIS", "Assads").
    """
    table = _sought(words, names)
    if not table:
        return names
    taken = bytearray(len(words))
    for start, end, _ in names:
        taken[start:end] = b"\x01" * (end - start)
    found: list[Name] = []
    for at, word in enumerate(words):
        if word in table and not taken[at]:
            for parts, label in table[word]:
                end = at + len(parts)
                if tuple(words[at:end]) == parts and not any(taken[at:end]) and _alone(doc, words, at, end):
                    taken[at:end] = b"\x01" * (end - at)
                    found.append((at, end, label))
                    break
    return sorted([*names, *found]) if found else names


def _sought(words: Sequence[str], names: list[Name]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What to look for, by its first word; the longest first."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for start, end, label in names:
        if label in TYPES:
            counts.setdefault(tuple(words[start:end]), Counter())[label] += 1
            if label == "PERSON" and end - start > 1:
                counts.setdefault((words[end - 1],), Counter())[label] += 2
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for parts, labels in counts.items():
        label, count = max(labels.items(), key=lambda item: item[1])
        lone = len(parts) == 1
        if not lone or (count > 1 and len(parts[0]) >= _SHORTEST and parts[0][0].isupper()):
            table.setdefault(parts[0], []).append((parts, label))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def _alone(doc: Doc, words: Sequence[str], start: int, end: int) -> bool:
    """Say whether `start:end` is a proper noun and no part of a longer one, and stays in its sentence."""
    if doc[end - 1].tag_ not in _PROPER or any(doc[i].is_sent_start for i in range(start + 1, end)):
        return False
    after = end < len(words) and words[end][0].isupper() and doc[end].tag_ in _PROPER
    if after and not doc[end].is_sent_start:
        return False
    before = start > 0 and words[start - 1][0].isupper() and doc[start - 1].tag_ in _PROPER
    return not before or bool(doc[start].is_sent_start)
