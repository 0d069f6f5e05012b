"""What a document says about the type of a name: it has one, which most of its mentions vote for."""

from collections import Counter
from collections.abc import Sequence

from kg.language import wordlists

#: Half-open range of tokens and label.
Name = tuple[int, int, str]

#: The types that a name may have one of in a document.
TYPES = frozenset({"PERSON", "ORG", "LOC"})


def voted(words: Sequence[str], names: list[Name]) -> list[Name]:
    """Give each name the type that most mentions of the same words have; the first among equals.

    A lone word that is part of a person's full name found elsewhere in the document is that person ("Nadia Belmar ...
    Belmar"), unless it is a state or a city. Not handled: two bearers of one name in a document ("Washington").
    """
    texts = [" ".join(words[start:end]) for start, end, _ in names]
    votes: dict[str, Counter[str]] = {}
    for (_, _, label), text in zip(names, texts, strict=True):
        if label in TYPES:
            votes.setdefault(text, Counter())[label] += 1
    best = {text: max(counts, key=lambda label: counts[label]) for text, counts in votes.items()}
    parts = {
        words[i]
        for (start, end, _), text in zip(names, texts, strict=True)
        if end - start > 1 and best.get(text) == "PERSON"
        for i in range(start, end)
    }
    places = wordlists.places()
    out = []
    for (start, end, label), text in zip(names, texts, strict=True):
        if label in TYPES:
            label = best[text]
            if end - start == 1 and label != "PERSON" and text in parts and text not in places:
                label = "PERSON"
        out.append((start, end, label))
    return out
