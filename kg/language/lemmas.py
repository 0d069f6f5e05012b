"""Lemmas as edit scripts: a class the network can predict, applied to any form.

A script says how to case the form, how many characters to strip from its end, and what to add: `lower|3|y` turns
"Countries" into "country". Irregular words get scripts of their own ("went": `keep|4|go`). After the edit trees of
Chrupała, Dinu and van Genabith, "Learning Morphology with Morfette" (LREC 2008), in their simplest form.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: The form as it stands: also what a word gets whose script was too rare to learn.
KEEP = "keep|0|"


def cased(form: str, casing: str) -> str:
    """Return `form` in one of the three casings `keep`, `lower` and `title`."""
    if casing == "lower":
        return form.lower()
    return form[:1].upper() + form[1:].lower() if casing == "title" else form


def script(form: str, lemma: str) -> str:
    """Return the edit script that turns `form` into `lemma`: the one that strips least."""
    best = f"keep|{len(form)}|{lemma}"
    cost = len(form) + len(lemma)
    for casing in ("lower", "keep", "title"):
        base = cased(form, casing)
        shared = 0
        while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
            shared += 1
        candidate = len(base) + len(lemma) - 2 * shared
        if candidate < cost:
            cost, best = candidate, f"{casing}|{len(base) - shared}|{lemma[shared:]}"
    return best


def apply(form: str, edit: str) -> str:
    """Return the lemma of `form` by the script `edit`; the form itself where the script does not fit.

    >>> apply("Countries", script("countries", "country"))
    'country'
    """
    casing, strip, add = edit.split("|", 2)
    base, count = cased(form, casing), int(strip)
    if count > len(base):
        return form
    return (base[: len(base) - count] + add) or form


@dataclass(slots=True)
class Lemmatizer:
    """Chooses a lemma: from the table of known forms, else by the best script that leads to a known word.

    Attributes:
        table: for each universal tag, lemmas by lower-cased form, as the training data have them.
        words: for some tags, words of a dictionary, in small letters.
        irregular: for some tags, lemmas of irregular forms.
    """

    table: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Iterable[str]] = field(default_factory=dict)
    irregular: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _dictionary: dict[str, frozenset[str]] = field(init=False)
    _known: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._dictionary = {pos: frozenset(words) for pos, words in self.words.items()}
        self._known = {
            pos: frozenset((*forms.values(), *self.words.get(pos, ()))) for pos, forms in self.table.items()
        }

    def lemma(self, form: str, pos: str, scripts: Sequence[str]) -> str:
        """Return the lemma of `form`; `scripts` come best first. Names have no table: they take the best script."""
        forms = self.table.get(pos)
        if forms is None:
            return apply(form, scripts[0])
        lower, known = form.lower(), self._known[pos]
        found = forms.get(lower) or self.irregular.get(pos, {}).get(lower)
        if found is not None and not self._is_slip(lower, pos, found):
            return found
        candidates = [apply(form, edit) for edit in scripts]
        if pos in _INFLECTED:
            # "raids" is more likely a raid than a ray, however "said" goes: the regular endings come first.
            candidates = [*_regular(lower), *candidates]
        for words in (self._dictionary.get(pos, frozenset()), known):
            if (word := next((lemma for lemma in candidates if lemma in words), None)) is not None:
                return word
        return candidates[-len(scripts)]

    def _is_slip(self, form: str, pos: str, lemma: str) -> bool:
        """Tell whether a lemma of the training data is no word, while the regular one is ("freed" as "fre")."""
        words = self._dictionary.get(pos, frozenset())
        return lemma not in words and form != lemma and any(regular in words for regular in _regular(form))


_INFLECTED = ("NOUN", "VERB")

#: A syllable whose last consonant is doubled before an ending.
_ONE_SHORT = re.compile(r"(?:[^aeiou]|(?<=q)u)*[aeiou][^aeiouwxy]")


def _regular(form: str) -> Iterator[str]:
    """Yield what a form may be a regular inflection of, the likeliest first: "fleeing" -> flee, fleee; "planned" -> plan."""
    for ending in ("ing", "ed", "s"):
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2:
            continue
        if ending == "s":
            yield stem
            if stem.endswith("ie"):
                yield stem[:-2] + "y"
            if stem.endswith("e"):
                yield stem[:-1]
            return
        if stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
            yield stem[:-1]
        if _ONE_SHORT.fullmatch(stem):
            yield stem + "e"  # "staged": from "stag" it would be "stagged"
        yield stem
        yield stem + "e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        if stem.endswith("i"):
            yield stem[:-1] + "y"
        return
