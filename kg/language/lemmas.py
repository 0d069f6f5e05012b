"""Lemmas as edit scripts: a class the network can predict, applied to any form.

A script says how to case the form, how many characters to strip from its end, and what to add: `lower|3|y` turns
"Countries" into "country". Irregular words get scripts of their own ("went": `keep|4|go`). After the edit trees of
Chrupała, Dinu and van Genabith, "Learning Morphology with Morfette" (LREC 2008), in their simplest form.
"""

from collections.abc import Mapping, Sequence
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
    """Chooses a lemma: from the table of known words, else by the best script that leads to a known lemma.

    Attributes:
        table: for each universal tag, lemmas by lower-cased form, as the training data have them.
    """

    table: Mapping[str, Mapping[str, str]]
    _known: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._known = {pos: frozenset(forms.values()) for pos, forms in self.table.items()}

    def lemma(self, form: str, pos: str, scripts: Sequence[str]) -> str:
        """Return the lemma of `form`; `scripts` come best first. Names have no table: they take the best script."""
        forms = self.table.get(pos)
        if forms is None:
            return apply(form, scripts[0])
        found = forms.get(form.lower())
        if found is not None:
            return found
        candidates = [apply(form, edit) for edit in scripts]
        return next((lemma for lemma in candidates if lemma in self._known[pos]), candidates[0])
