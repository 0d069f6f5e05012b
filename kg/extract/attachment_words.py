"""Words of the lexicon that are no events and say what belongs together: its table `[attachment]`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from kg.extract.toml_tables import TomlTables

__all__ = ["AttachmentWords", "read_attachment_words"]

_SECTION = "attachment"


@dataclass(frozen=True, slots=True)
class AttachmentWords:
    """What nouns and adverbs ask for that tell of no event.

    Attributes:
        aims: nouns of what somebody wants or has to do: "plan", "task".
        adverbials: adverbs of a preposition and a noun, which have no object: "on board".
        second_parties: the prepositions with which a noun names a second party: "border" -> with.
    """

    aims: frozenset[str]
    adverbials: frozenset[str]
    second_parties: Mapping[str, frozenset[str]]


def read_attachment_words(tables: TomlTables) -> AttachmentWords:
    """Read and check the table.

    Raises:
        LexiconError: it has another table or something else than lists of words, or a preposition that `[prepositions]`
            lacks.
    """
    known = tables.table(_SECTION)
    for name in known:
        tables.known(_SECTION, name, "table", name, ("aims", "adverbials", "second_parties"))
    parties: dict[str, set[str]] = {}
    for prep, nouns in known.get("second_parties", {}).items():
        tables.known(_SECTION, "second_parties", "preposition", prep, tables.table("prepositions"))
        for noun in _words(tables, "second_parties", nouns):
            parties.setdefault(noun, set()).add(prep)
    return AttachmentWords(
        aims=frozenset(_words(tables, "aims", known.get("aims", []))),
        adverbials=frozenset(_words(tables, "adverbials", known.get("adverbials", []))),
        second_parties=MappingProxyType({noun: frozenset(preps) for noun, preps in parties.items()}),
    )


def _words(tables: TomlTables, key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        tables.fail(_SECTION, key, f"is {value!r}; write a list of words")
    return cast(list[str], value)
