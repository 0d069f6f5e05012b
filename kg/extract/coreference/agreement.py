"""What a mention agrees with: number, gender where known, and the sort of thing it is."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.config import ontology_dir
from kg.datamodel import EntityMention
from kg.extract.names import Gender, Names
from kg.extract.parse import Token
from kg.extract.syntax import children, has_child
from kg.extract.toml_tables import TomlTables
from kg.ids import fold

__all__ = [
    "FEMALE",
    "FIRST",
    "MALE",
    "NEUTER",
    "PLURAL",
    "REFLEXIVE",
    "THIRD",
    "WE",
    "gender_of",
    "is_plural",
    "takes_plural",
]

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
THIRD = MALE | FEMALE | NEUTER | PLURAL
FIRST = frozenset("i me my mine myself".split())
WE = frozenset("we us our ours ourselves".split())
REFLEXIVE = frozenset("himself herself itself themselves".split())


def is_plural(head: Token) -> bool:
    """Tell whether a noun is plural; the name of one thing ("Reuters") is not."""
    return head.tag_ in ("NNS", "NNPS") and head.ent_type_ in ("", "NORP", "CARDINAL")


def takes_plural(head: Token) -> bool:
    """Tell whether a name is the subject of a plural verb, as those of teams and bands: "Holm Rovers *were* founded".

    Limits: only where "are", "were" or "have" tells; not of names in a coordination, nor of plural ones ("the Alps are").
    """
    if head.dep_ not in ("nsubj", "nsubj:pass") or head.tag_ != "NNP" or has_child(head, "conj"):
        return False
    auxiliaries = children(head.head, "aux", "aux:pass", "cop")
    return bool(auxiliaries) and auxiliaries[0].lower_ in ("are", "were", "have")


def gender_of(mention: EntityMention, head: Token, names: Names) -> Gender | None:
    """Return the gender that a mention of a person tells by itself: title, kinship noun, given name.

    "*Mrs* Berg", "the *spokeswoman*", "her *brother*", "*actress* Anna Berg", "*Angela* Merkel". A title by position
    ("Chancellor Merkel") tells nothing. Limits: given names of both genders are not listed (`ontology/given_names.toml`); a
    family name before the given name ("Park Geun-hye") tells nothing.
    """
    if mention.kind == "nominal":
        return names.gender(head.lemma)
    title = next((t for t in _titles(head) if names.gender(t.text)), None)
    if title is not None:
        return names.gender(title.text)
    words = mention.span.text.replace("-", " ").split()
    if words and (gender := names.gender(words[0])) and len(words) > 1:
        return gender
    return given_names().get(fold(words[0])) if words else None


def _titles(head: Token) -> list[Token]:
    """The words of title beside a name, whichever of the two the parser took for the head."""
    top = head.head if head.dep_ in ("flat", "appos", "nmod:desc") else head
    before = [t for t in head.parse[max(0, head.i - 3) : head.i] if t.head in (head, top) or t is top]
    return [*before, *children(top, "nmod:desc", "compound", "appos"), *([top] if top is not head else [])]


@cache
def given_names() -> Mapping[str, Gender]:
    """Return the gender of given names, folded (`kg.ids.fold`); read once from `ontology/given_names.toml`.

    Raises:
        LexiconError: the file is missing, has another table, or names something twice.
    """
    tables = TomlTables.read(ontology_dir() / "given_names.toml", ("given_names",))
    found: dict[str, Gender] = {}
    genders: tuple[Gender, Gender] = ("m", "f")
    for gender in genders:
        for name in tables.table("given_names").get(gender, []):
            if found.setdefault(name, gender) != gender:
                tables.fail("given_names", gender, f"{name!r} is under both genders; leave it out")
    return MappingProxyType(found)
