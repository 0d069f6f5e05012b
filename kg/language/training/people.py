"""Persons' names from all regions of the world, for training windows; the lists are in `people.toml`."""

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Names are drawn anew this often until one has the length asked for.
TRIES = 40


@dataclass(frozen=True, slots=True)
class Region:
    """Names of one region; a style is how they follow each other ("given bin given")."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    styles: tuple[str, ...]

    def draw(self, rng: random.Random) -> str:
        """Return one name, its words parted by spaces."""
        parts = re.split(r"[ _]", rng.choice(self.styles))
        initial = f"{rng.choice(self.given)[0]}."
        lists = {"given": self.given, "family": self.family, "initial": (initial,)}
        return " ".join(rng.choice(lists.get(part, (part,))) for part in parts).replace("_", " ")


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of `people.toml`."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(
        Region(tuple(entry["given"].split()), tuple(entry["family"].split()), tuple(entry["style"]))
        for entry in table.values()
    )


def draw(rng: random.Random, length: int | None = None) -> tuple[str, ...]:
    """Draw a person's name as words, split at hyphens as the tokenizer does ("al-Masri": three).

    Args:
        rng: decides everything.
        length: how many words the name must have, hyphens not among them; any if `None`. A length that is hardly ever
            drawn (above four) gives a name with parts drawn one by one.
    """
    for _ in range(TRIES):
        words = _words(rng.choice(regions()).draw(rng))
        if length is None or (len(words) == length and "-" not in words):
            return words
    region = rng.choice(regions())
    plain = [name for name in (*region.given, *region.family) if not re.search("[-_]", name)]
    return tuple(rng.choice(plain) for _ in range(length or 1))


def _words(name: str) -> tuple[str, ...]:
    return tuple(part for word in name.split() for part in re.split(r"(-)", word))
