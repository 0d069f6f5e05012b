"""What one document says about one entity, as `kg.resolve.read_units` reads it and `kg.resolve.across` compares it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from kg.datamodel import EntityMention, EntityType
from kg.resolve.places import Link
from kg.resolve.profiles import UNKNOWN, Profile

__all__ = ["Merge", "Unit"]


@dataclass(frozen=True, slots=True)
class Merge:
    """Something that was taken into an entity: an alias or the IRI of a mention, by which rule, on what evidence."""

    object: str
    rule: str
    evidence: str


@dataclass
class Unit:
    """One entity as one document has it.

    Attributes:
        surfaces: writings of its names with their number; empty for descriptions.
        keys: name keys, also of an acronym in parentheses.
        identity: what it is known to be, see `Form.identity`.
        label: the name that the list of aliases gives it.
        phrase: for an entity without a name, the description without determiner.
        shared: whether it may be the same as a unit of another document.
        setting: the country that the document mostly speaks of.
        founder: the mention of its name that all others joined; None for a description.
        profile: of a person, what the document says of them.
        company: the full names in the document, one set for all of its units.
        beside: keys of people named in one breath with this one, who are others.
        shared_name: whether its document has two people of that very name.
        acts: whether it says or does something, as people do and places do not.
    """

    document: str
    type: EntityType
    votes: Counter[EntityType]
    mentions: list[EntityMention] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    keys: tuple[str, ...] = ()
    identity: str | None = None
    label: str | None = None
    link: Link | None = None
    phrase: str | None = None
    shared: bool = True
    setting: str | None = None
    merges: list[Merge] = field(default_factory=list)
    founder: EntityMention | None = None
    profile: Profile = UNKNOWN
    company: Collection[str] = ()
    beside: frozenset[str] = frozenset()
    shared_name: bool = False
    acts: bool = False

    def take(self, other: "Unit") -> None:
        """Take in a unit of the same document that is described, or that a person says is the same."""
        self.mentions += other.mentions
        self.surfaces.update(other.surfaces)
        self.votes.update(other.votes)
        self.keys = self.keys if other.phrase is not None else tuple(sorted({*self.keys, *other.keys}))
        self.merges += other.merges
        self.beside |= other.beside
        self.identity, self.label = self.identity or other.identity, self.label or other.label
        self.link = self.link or other.link
