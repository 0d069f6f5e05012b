"""Reads the lexicon: what news verbs and event nouns mean, as event class, roles and status.

The words are data, `ontology/lexicon.toml`. This module checks every entry, fills in what it inherits (its class from
the root down, then for nouns the verb that says the same, then the entry itself) and builds the records of
`kg.extract.frames`, which answer look-ups.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from kg.config import ontology_dir
from kg.datamodel import ENTITY_TYPES, ROLES, STATUSES, Role, Status
from kg.extract.attachment_words import read_attachment_words
from kg.extract.frames import (
    ENTITY_GROUPS,
    ROOT_CLASS,
    EventClass,
    Form,
    Frame,
    Lexicon,
    LightVerb,
    RoleChoice,
    Sense,
    StatusWords,
)
from kg.extract.toml_tables import TomlTables

__all__ = [
    "PLOVER",
    "EventClass",
    "Frame",
    "Lexicon",
    "LightVerb",
    "RoleChoice",
    "StatusWords",
    "extended_lexicon",
    "load_lexicon",
    "own_tables",
]

PLOVER = (
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
)
"""The sixteen categories of PLOVER, the political event scheme of Halterman et al. (2023)."""

_SECTIONS = (
    "classes",
    "verbs",
    "nouns",
    "light_verbs",
    "prepositions",
    "noun_prepositions",
    "status",
    "reporting",
    "attachment",
    "roles",
    "senses",
    "kinds",
)
_NESTED = ("status", "attachment")
"""Sections whose tables are lists of words."""

_EXTENDS = "extends"
_SWITCHES = (_EXTENDS,)
_TARGETS = (
    *ENTITY_TYPES,
    "time",
    "event",
    "quantity",
    *sorted({*ENTITY_GROUPS.values()} - {"event"}),
    "default",
)
_FORMS = get_args(Form)
_PHASES = get_args(Literal["perform", "begin", "continue", "end", "increase", "decrease"])
_ROLE_OPTIONS = ("subject", "intransitive", "object", "of", "possessive", "compound")
_FRAME_OPTIONS = (*_ROLE_OPTIONS, "preps", "complement", "control", "reporting")
_OPTIONS = {
    "classes": ("parent", "plover", "label", "comment", *_FRAME_OPTIONS),
    "verbs": ("class", *_FRAME_OPTIONS, "auxiliary"),
    "nouns": ("class", "verb", *_FRAME_OPTIONS, "weak"),
    "light_verbs": ("phase", "status", "subject", "only"),
    "senses": ("when", "class", *_FRAME_OPTIONS),
}
_STATUS_TABLES = (
    "modals",
    "modals_reported",
    "phrases",
    "adverbs",
    "adjectives",
    "nouns",
    "subordinators",
    "prepositions",
)


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read and check a lexicon; the result is cached by path.

    Args:
        path: a TOML file in the form of `ontology/lexicon.toml`, which is read by default.

    Raises:
        LexiconError: the file is missing or no TOML, or an entry names a class, role, status, category or option that
            does not exist; names file, line and entry, and what is allowed.
    """
    return _load(path if path is not None else ontology_dir() / "lexicon.toml")


@cache
def extended_lexicon(text: str, path: Path = Path("lexicon.toml")) -> Lexicon:
    """Return the lexicon with a user's own over it; the result is cached.

    Each entry of the text takes the place of ours of the same table and key, whole; in [status.*] and in
    [attachment.second_parties] the words are the entries. `false` takes an entry of ours away. What the text does not
    name stays, unless it begins with `extends = false`: then it is the whole lexicon.

    Args:
        text: TOML in the form of `ontology/lexicon.toml`, with any of its tables; "" for our lexicon.
        path: where it stands, for errors.

    Raises:
        LexiconError: as in `load_lexicon`; names the line of the file that has the entry.
    """
    if not text:
        return load_lexicon()
    return _lexicon(own_tables(text, path))


def own_tables(text: str, path: Path) -> TomlTables:
    """Return the tables of a user's own lexicon, over ours unless it says that it stands alone.

    Raises:
        LexiconError: the text is no TOML, or has a table that no lexicon has.
    """
    tables = TomlTables.parse(path, text, _SECTIONS, _SWITCHES)
    extends = tables.switches.get(_EXTENDS, True)
    if extends is False:
        return tables.whole(_SECTIONS)
    if extends is not True:
        tables.fail(_EXTENDS, None, f"is {extends!r}; write true or false")
    return tables.over(TomlTables.read(ontology_dir() / "lexicon.toml", _SECTIONS), _NESTED)


@cache
def _load(path: Path) -> Lexicon:
    return _lexicon(TomlTables.read(path, _SECTIONS))


def _lexicon(tables: TomlTables) -> Lexicon:
    lines = _class_lines(tables)
    classes = {name: _event_class(tables, line) for name, line in lines.items()}
    defaults = _class_defaults(tables, lines)
    return Lexicon(
        classes=MappingProxyType(classes),
        verbs=MappingProxyType({key: _verb(tables, defaults, key) for key in tables.table("verbs")}),
        nouns=MappingProxyType({key: _noun(tables, defaults, key) for key in tables.table("nouns")}),
        light_verbs=MappingProxyType({key: _light_verb(tables, key) for key in tables.table("light_verbs")}),
        prepositions=_prepositions(tables, "prepositions"),
        noun_prepositions=_prepositions(tables, "noun_prepositions"),
        status=_status_words(tables),
        attachment=read_attachment_words(tables),
        source_prepositions=frozenset(tables.table("reporting").get("prepositions", ())),
        generic=defaults[ROOT_CLASS].frame("", "verb", {"class": ROOT_CLASS}),
        senses=MappingProxyType({key: _senses(tables, defaults, key) for key in tables.table("senses")}),
        kinds=_kinds(tables),
    )


# ------------------------------------------------------------------- classes


def _class_lines(tables: TomlTables) -> dict[str, tuple[str, ...]]:
    """Return each class with those above it, up to the root."""
    raw = tables.table("classes")
    if ROOT_CLASS not in raw:
        tables.fail("classes", None, f"the root class {ROOT_CLASS} is missing")
    lines = {}
    for name in raw:
        tables.entry("classes", name, _OPTIONS["classes"])
        line = [name]
        while line[-1] != ROOT_CLASS:
            parent = raw[line[-1]].get("parent")
            tables.known("classes", line[-1], "parent class", parent, raw)
            if parent in line:
                tables.fail("classes", name, f"is its own ancestor: {' < '.join([*line, parent])}")
            line.append(parent)
        lines[name] = tuple(line)
    return lines


def _event_class(tables: TomlTables, line: tuple[str, ...]) -> EventClass:
    name, raw = line[0], tables.table("classes")
    for option in ("label", "comment"):
        if not raw[name].get(option):
            tables.fail("classes", name, f"has no {option}; the ontology needs one")
    plover = None
    for step in line:
        if own := raw[step].get("plover"):
            tables.known("classes", step, "plover category", own, PLOVER)
            if own.capitalize() not in line:
                tables.fail("classes", step, f"plover {own!r} needs the class {own.capitalize()} above it")
            plover = plover or own
    return EventClass(name, raw[name].get("parent"), plover, raw[name]["label"], raw[name]["comment"])


def _class_defaults(tables: TomlTables, lines: Mapping[str, tuple[str, ...]]) -> dict[str, "_Options"]:
    defaults: dict[str, _Options] = {}
    for name in sorted(lines, key=lambda name: len(lines[name])):
        above = defaults[lines[name][1]] if name != ROOT_CLASS else _Options()
        defaults[name] = above.override(tables, "classes", name)
    for option in ("subject", "object", "compound"):
        if option not in defaults[ROOT_CLASS].roles:
            tables.fail("classes", ROOT_CLASS, f"has no {option}; all words inherit it from here")
    return defaults


# -------------------------------------------------------------------- frames


@dataclass(frozen=True)
class _Options:
    """Options that add up from the root class to an entry: the later wins, `preps` and `complement` by member."""

    roles: Mapping[str, RoleChoice] = field(default_factory=dict)
    preps: Mapping[str, RoleChoice] = field(default_factory=dict)
    complement: Mapping[str, Status] = field(default_factory=dict)
    control: str = "object"
    reporting: bool = False

    def override(
        self, tables: TomlTables, section: str, key: str, entry: Mapping[str, Any] | None = None
    ) -> "_Options":
        entry = tables.table(section)[key] if entry is None else entry
        roles = {name: _role(tables, section, key, entry[name]) for name in _ROLE_OPTIONS if name in entry}
        preps = {prep: _role(tables, section, key, spec) for prep, spec in entry.get("preps", {}).items()}
        complement = entry.get("complement", {})
        control = entry.get("control", self.control)
        tables.known(section, key, "control", control, ("subject", "object"))
        return _Options(
            {**self.roles, **roles},
            {**self.preps, **preps},
            {}
            if complement == "none"
            else {**self.complement, **_statuses(tables, section, key, complement, _FORMS)},
            control,
            bool(entry.get("reporting", self.reporting)),
        )

    def frame(self, key: str, kind: Literal["verb", "noun"], entry: Mapping[str, Any]) -> Frame:
        subject, obj = self.roles["subject"], self.roles["object"]
        preps = dict(self.preps)
        if kind == "noun":
            preps["of"] = self.roles.get("of") or preps.get(
                "of", obj
            )  # "die of cancer", but "death of a king"
        return Frame(
            key=key,
            kind=kind,
            event_class=entry["class"],
            subject=subject,
            intransitive=self.roles.get("intransitive", subject),
            object=obj,
            preps=MappingProxyType(preps),
            possessive=self.roles.get("possessive", subject),
            compound=self.roles["compound"],
            complement=MappingProxyType(dict(self.complement)),
            control=cast(Literal["subject", "object"], self.control),
            reporting=self.reporting,
            weak=bool(entry.get("weak", False)),
            auxiliary=bool(entry.get("auxiliary", False)),
            verb=entry.get("verb"),
        )


def _verb(tables: TomlTables, defaults: Mapping[str, _Options], key: str) -> Frame:
    entry = _word(tables, "verbs", key, defaults)
    return defaults[entry["class"]].override(tables, "verbs", key).frame(key, "verb", entry)


def _noun(tables: TomlTables, defaults: Mapping[str, _Options], key: str) -> Frame:
    entry = _word(tables, "nouns", key, defaults)
    options = defaults[entry["class"]]
    if (verb := entry.get("verb")) is not None:
        if verb not in tables.table("verbs"):
            tables.fail(
                "nouns", key, f"verb {verb!r} is no entry of [verbs]; add it there or leave the option out"
            )
        options = options.override(tables, "verbs", verb)
    return options.override(tables, "nouns", key).frame(key, "noun", entry)


def _word(tables: TomlTables, section: str, key: str, classes: Collection[str]) -> dict[str, Any]:
    tables.check_key(section, key)
    entry = tables.entry(section, key, _OPTIONS[section])
    tables.known(section, key, "class", entry.get("class"), classes)
    return entry


def _senses(tables: TomlTables, defaults: Mapping[str, _Options], key: str) -> tuple[Sense, ...]:
    tables.known("senses", key, "verb", key, tables.table("verbs"))
    found, kinds = [], _kinds(tables)
    for entry in tables.entries("senses", key, _OPTIONS["senses"]):
        tables.known("senses", key, "class", entry.get("class"), defaults)
        when = entry.get("when", {})
        for name in when:
            tables.known("senses", key, "condition", name, ("subject", "object"))
        subject, obj = (
            frozenset(word for name in when.get(place, ()) for word in kinds.get(name, {name}))
            for place in ("subject", "object")
        )
        frame = defaults[entry["class"]].override(tables, "senses", key, entry).frame(key, "verb", entry)
        found.append(Sense(frame, subject, obj))
    return tuple(found)


def _kinds(tables: TomlTables) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(words) for name, words in tables.table("kinds").items()})


def _light_verb(tables: TomlTables, key: str) -> LightVerb:
    section = "light_verbs"
    tables.check_key(section, key)
    entry = tables.entry(section, key, _OPTIONS[section])
    phase, status = entry.get("phase", "perform"), entry.get("status", "asserted")
    subject, only = entry.get("subject", "agent"), entry.get("only", [])
    tables.known(section, key, "phase", phase, _PHASES)
    tables.known(section, key, "status", status, STATUSES)
    tables.known(section, key, "role", subject, ROLES)
    for name in only:
        if name not in tables.table("nouns") and name not in tables.table("classes"):
            tables.fail(
                section, key, f"only: {name!r} is no entry of [nouns] or [classes]; add it or take it out"
            )
    return LightVerb(key, phase, status, subject, tuple(only))


# ---------------------------------------------------------- roles and status


def _prepositions(tables: TomlTables, section: str) -> Mapping[str, RoleChoice]:
    return MappingProxyType(
        {prep: _role(tables, section, prep, spec) for prep, spec in tables.table(section).items()}
    )


def _role(tables: TomlTables, section: str, key: str, spec: object) -> RoleChoice:
    """Read "agent", "none", { actor = "recipient", default = "topic" } or the name of such a table in [roles]."""
    named = tables.table("roles")
    if isinstance(spec, str):
        tables.known(section, key, "role", spec, (*ROLES, "none", *named))
        spec = named.get(spec, {"default": spec})
    if not isinstance(spec, dict) or "default" not in spec:
        tables.fail(
            section, key, f"role {spec!r} has no default; write a role, or a table with default = a role"
        )
    for target, role in spec.items():
        tables.known(section, key, "target of a role", target, _TARGETS)
        tables.known(section, key, "role", role, (*ROLES, "none"))
    roles = {target: None if role == "none" else cast(Role, role) for target, role in spec.items()}
    return RoleChoice(roles.pop("default"), tuple(sorted(roles.items())))


def _statuses(
    tables: TomlTables, section: str, key: str, spec: object, forms: Collection[str] = ()
) -> dict[str, Status]:
    """Read a status for all forms, or a table form -> status; without `forms` a table word -> status."""
    given = spec if isinstance(spec, dict) else dict.fromkeys(forms, spec)
    for form, status in given.items():
        if forms:
            tables.known(section, key, "form of a complement", form, forms)
        tables.known(section, key, f"status of {form}", status, STATUSES)
    return cast(dict[str, Status], dict(given))


def _status_words(tables: TomlTables) -> StatusWords:
    status = tables.table("status")
    for name in status:
        tables.known("status", name, "table", name, (*_STATUS_TABLES, "negators"))
    words = {
        name: MappingProxyType(_statuses(tables, "status", name, status.get(name, {})))
        for name in _STATUS_TABLES
    }
    return StatusWords(**words, negators=frozenset(status.get("negators", ())))
