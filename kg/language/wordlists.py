"""Word lists of the pipeline, read from plain text files: entries parted by commas or lines, `#` starts a comment."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _lines(name: str) -> frozenset[str]:
    text = (resources.files("kg.language") / "data" / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(entry.strip() for line in lines for entry in line.split(",") if entry.strip())


def entries(name: str) -> frozenset[str]:
    """Return the entries of the list `name`.

    Besides those with a function of their own: `regions` (places that are no GPE), `heads_org` and `heads_place` (words that
    tell the type of the name they end), `us_states` (with abbreviations), `events`, `products`, `degrees` (letters after a
    name), `not_names` (what is capitalised and still no name).
    """
    return _lines(name)


@cache
def _parts_of_names() -> dict[str, str]:
    folder = resources.files("kg.language") / "data" / "lists"
    return tomllib.loads((folder / "parts_of_names.toml").read_text(encoding="utf-8"))


def parts_of_names(key: str) -> frozenset[str]:
    """Return the words under a key of `parts_of_names.toml`, which says what each is for."""
    return frozenset(_parts_of_names()[key].split())


def nationalities() -> frozenset[str]:
    """Adjectives and names of nationalities, regions, religions and currents ("French", "South Korean", "Sunni")."""
    return _lines("nationalities")


def title_words() -> frozenset[str]:
    """Words of titles that may stand before a person's name, lower-cased and without full stop."""
    return _lines("titles")


def places() -> frozenset[str]:
    """Names of states, their capitals and parts, and large cities: what the label GPE is for."""
    return _lines("states")


def organisations() -> frozenset[str]:
    """Names that are always an organisation."""
    return _lines("organisations")


def looks_like_nationality(word: str) -> bool:
    """Say whether `word` is a nationality by list or, failing that, by its ending."""
    if word in nationalities():
        return True
    return word not in places() and word.endswith(
        ("ian", "ians", "ish", "ese", "ean", "eans", "can", "cans", "i", "is")
    )
