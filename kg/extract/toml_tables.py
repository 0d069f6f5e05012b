"""A TOML data file whose errors say where they are: file, line, entry, and what is allowed instead."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from kg.errors import LexiconError

__all__ = ["TomlTables"]

_KEY = re.compile(r"[^\sA-Z]+(?: [^\sA-Z]+)*")


@dataclass(frozen=True)
class TomlTables:
    """A parsed file of a fixed set of tables.

    Attributes:
        text: as read, to find the line of an entry.
    """

    path: Path
    text: str
    data: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, sections: Collection[str]) -> "TomlTables":
        """Read a file that has exactly these tables.

        Raises:
            LexiconError: it cannot be read, is no TOML, lacks a table or has another one.
        """
        try:
            text = path.read_text(encoding="utf-8")
            data = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{path}: cannot be read: {error}; correct or reinstall the file") from error
        tables = cls(path, text, data)
        for section in data:
            tables.known(section, None, "table", section, sections)
        for section in sections:
            if not isinstance(data.get(section), dict):
                tables.fail(section, None, f"is missing or no table; the file needs {', '.join(sections)}")
        return tables

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
        if not isinstance(value, str) or value not in allowed:
            self.fail(section, key, f"unknown {what} {value!r}; allowed: {', '.join(allowed)}")

    def fail(self, section: str, key: str | None, message: str) -> NoReturn:
        """Raise a `LexiconError` that names file, line and entry."""
        where = f"{self.path}:{self._line(section, key)}: [{section}]{' ' + key if key is not None else ''}"
        raise LexiconError(f"{where}: {message}")

    def _line(self, section: str, key: str | None) -> int:
        """Line of an entry, from 1: its own header, or its key below the header of its section."""
        headers = {f"[{section}]"} if key is None else {f"[{section}.{key}]", f'[{section}."{key}"]'}
        inside = False
        for number, line in enumerate(map(str.strip, self.text.splitlines()), start=1):
            if line in headers:
                return number
            if line.startswith("["):
                inside = line == f"[{section}]"
            elif inside and key is not None and line.partition("=")[0].strip().strip("\"'") == key:
                return number
        return 1
