"""Conventions for name marks that hold for all corpora: articles and titles outside, nationalities and states by list."""

from kg.language import wordlists
from kg.language.training.documents import Names


def bio(length: int, spans: list[tuple[int, int, str]]) -> list[str | None]:
    """Lay half-open `spans` over `length` words as BIO labels; earlier spans win."""
    out: list[str | None] = ["O"] * length
    for start, end, label in spans:
        if all(out[i] == "O" for i in range(start, end)):
            out[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return out


def without_article(words: tuple[str, ...], names: list[str | None]) -> Names:
    """Drop a "the" at the left edge of a name."""
    out = list(names)
    for index, (word, name) in enumerate(zip(words, names, strict=True)):
        if name is not None and name.startswith("B-") and word.lower() == "the":
            out[index] = "O"
            if index + 1 < len(out) and (following := out[index + 1]) and following.startswith("I-"):
                out[index + 1] = "B-" + following[2:]
    return tuple(out)


def with_nationalities(words: tuple[str, ...], names: Names) -> Names:
    """Mark the words of the nationality list that stand outside names (or where the corpus is silent) as NORP."""
    out = list(names)
    for index, word in enumerate(words):
        beside = (*names[max(index - 1, 0) : index], *names[index + 1 : index + 2])
        alone = names[index] is None and None not in beside
        people = names[index] == "B-PERSON" and word.endswith("s") and "I-PERSON" not in beside
        if word in wordlists.nationalities() and (names[index] == "O" or alone or people):
            out[index] = "B-NORP"
    return tuple(out)


def without_titles(words: tuple[str, ...], names: Names) -> Names:
    """Put titles at the left edge of a person's name outside of it."""
    out = list(names)
    for index, name in enumerate(names):
        if name == "B-PERSON":
            at = index
            while words[at].lower().rstrip(".") in wordlists.title_words():
                following = at + 1
                if following >= len(out) or out[following] != "I-PERSON":
                    break
                out[at] = "O"
                out[following] = "B-PERSON"
                at = following
            if at == index and words[at].lower().rstrip(".") in wordlists.title_words() and _alone(names, at):
                out[at] = "O"
    return tuple(out)


def _alone(names: Names, index: int) -> bool:
    return index + 1 >= len(names) or names[index + 1] != "I-PERSON"


def with_states(words: tuple[str, ...], names: Names) -> Names:
    """Make a state that acts (and is marked as an organisation) the place it is everywhere else."""
    out = list(names)
    for index, name in enumerate(names):
        if name == "B-ORG":
            end = index + 1
            while end < len(names) and names[end] == "I-ORG":
                end += 1
            if " ".join(words[index:end]) in wordlists.places():
                out[index:end] = ["B-LOC"] + ["I-LOC"] * (end - index - 1)
    return tuple(out)
