"""A TOML data file whose errors say where they are: file, line, entry, and what is allowed instead.

A file can lie over another: its entries take the place of those of the same key, and each error names the file that
has the entry.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, cast

from kg.errors import LexiconError

__all__ = ["TomlTables"]

_MANY = 40
"""More allowed values than this are not all listed."""

_KEY = re.compile(r"[^\sA-Z]+(?: [^\sA-Z]+)*")


@dataclass(frozen=True)
class TomlTables:
    """A parsed file of a fixed set of tables.

    Attributes:
        text: as read, to find the line of an entry.
        data: with that of the file below.
        base: the file below; None for one that stands alone.
        switches: what stands before the first table.
    """

    path: Path
    text: str
    data: Mapping[str, Any]
    base: "TomlTables | None" = None
    switches: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, sections: Collection[str]) -> "TomlTables":
        """Read a file that has exactly these tables.

        Raises:
            LexiconError: it cannot be read, is no TOML, lacks a table or has another one.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"{path}: cannot be read: {error}; correct or reinstall the file") from error
        return cls.parse(path, text, sections).whole(sections)

    @classmethod
    def parse(
        cls, path: Path, text: str, sections: Collection[str], switches: Collection[str] = ()
    ) -> "TomlTables":
        """Take a text that has some of these tables, and before them some of these switches.

        Raises:
            LexiconError: it is no TOML, or has another table.
        """
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{path}: cannot be read: {error}; correct or reinstall the file") from error
        found = {name: data.pop(name) for name in switches if name in data}
        tables = cls(path, text, data, switches=found)
        for section in data:
            tables.known(section, None, "table", section, sections)
            if not isinstance(data[section], dict):
                tables.fail(section, None, f"is {data[section]!r}; write a table")
        return tables

    def whole(self, sections: Collection[str]) -> "TomlTables":
        """Demand that each of these tables is there."""
        for section in sections:
            if section not in self.data:
                self.fail(section, None, f"is missing or no table; the file needs {', '.join(sections)}")
        return self

    def over(self, base: "TomlTables", nested: Collection[str]) -> "TomlTables":
        """Return these tables over those of another file: entry by entry, `false` takes one away.

        Args:
            base: the file below.
            nested: sections that hold tables of words; there it is the words that count as entries.
        """
        data: dict[str, Any] = {}
        for section in (*base.data, *(name for name in self.data if name not in base.data)):
            below, own = base.data.get(section, {}), self.data.get(section, {})
            merged = {**below, **own}
            for key in below.keys() & own.keys() if section in nested else ():
                if isinstance(below[key], dict) and isinstance(own[key], dict):
                    merged[key] = _kept({**below[key], **own[key]})
            data[section] = _kept(merged)
        return TomlTables(self.path, self.text, data, base)

    def table(self, section: str) -> dict[str, Any]:
        """Return one of the tables."""
        return cast(dict[str, Any], self.data[section])

    def entry(self, section: str, key: str, options: Collection[str]) -> dict[str, Any]:
        """Return an entry that is itself a table with none but these options."""
        return self._checked(section, key, self.table(section)[key], options)

    def entries(self, section: str, key: str, options: Collection[str]) -> list[dict[str, Any]]:
        """Return an entry that is a list of tables with none but these options."""
        found = self.table(section)[key]
        if not isinstance(found, list):
            self.fail(section, key, f"is {found!r}; write a list of tables: {key} = [{{ ... }}]")
        return [self._checked(section, key, entry, options) for entry in found]

    def _checked(self, section: str, key: str, entry: object, options: Collection[str]) -> dict[str, Any]:
        if not isinstance(entry, dict):
            self.fail(section, key, f"is {entry!r}; write a table: {key} = {{ ... }}")
        for option in entry:
            self.known(section, key, "option", option, options)
        return entry

    def check_key(self, section: str, key: str) -> None:
        """Demand that a key is made of lower-case lemmas with one space between them."""
        if not _KEY.fullmatch(key):
            self.fail(section, key, "is no key; write lemmas in lower case with one space between them")

    def known(self, section: str, key: str | None, what: str, value: object, allowed: Iterable[str]) -> None:
        """Demand that a value is one of the allowed ones."""
        allowed = allowed if isinstance(allowed, Collection) else tuple(allowed)
        if isinstance(value, str) and value in allowed:
            return
        self.fail(section, key, f"unknown {what} {value!r}; {_choice(str(value), list(allowed))}")

    def fail(self, section: str, key: str | None, message: str) -> NoReturn:
        """Raise a `LexiconError` that names file, line and entry."""
        line = self._line(section, key)
        if not line and self.base is not None:
            self.base.fail(section, key, f"{message} (with {self.path} over it)")
        where = f"{self.path}:{line or 1}: [{section}]{' ' + key if key is not None else ''}"
        raise LexiconError(f"{where}: {message}")

    def _line(self, section: str, key: str | None) -> int:
        """Line of an entry, from 1: its own header, or its key below the header of its section; 0 where it has none."""
        headers = {f"[{section}]"} if key is None else {f"[{section}.{key}]", f'[{section}."{key}"]'}
        inside = False
        for number, line in enumerate(map(str.strip, self.text.splitlines()), start=1):
            if line in headers:
                return number
            if line.startswith("["):
                inside = line == f"[{section}]"
            elif inside and key is not None and line.partition("=")[0].strip().strip("\"'") == key:
                return number
        return 0


def _choice(value: str, allowed: list[str]) -> str:
    """Return what is allowed, in words; of many, what is near and the first."""
    if len(allowed) <= _MANY:
        return f"allowed: {', '.join(allowed)}"
    near = get_close_matches(value, allowed, n=3, cutoff=0.7)
    meant = f"did you mean {' or '.join(near)}? " if near else ""
    return f"{meant}allowed: {', '.join(allowed[:12])} and {len(allowed) - 12} more"


def _kept(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry for key, entry in entries.items() if entry is not False}
