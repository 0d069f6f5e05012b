"""The records that the stages pass on: a text layer, a world layer, and what ties them together.

Text layer (what stands in a document): `Document`, `Span`, `EntityMention`, `TimeExpression`, `Argument`,
`Source`, `EventMention`, `RelationMention`, bundled by document in an `Extraction`.
World layer (what the documents are about): `Entity`, `Participant`, `Attribution`, `Event`, `Relation`, `Decision`,
`Contradiction` with its `Claim`s.
Only `kg.resolve` turns the first into the second; the split follows GAF/SEM (Fokkens et al. 2013) and the words ACE.

All offsets are characters of `Document.text`, half-open; all dates are inclusive calendar days.
Records are frozen and hashable; a missing value is None, never prose.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

__all__ = [
    "ENTITY_TYPES",
    "PROPERTIES",
    "ROLES",
    "STATUSES",
    "Argument",
    "Attribution",
    "Claim",
    "Contradiction",
    "Decision",
    "Document",
    "Entity",
    "EntityMention",
    "EntityType",
    "Event",
    "EventMention",
    "Extraction",
    "Field",
    "Granularity",
    "MentionKind",
    "Participant",
    "Property",
    "Relation",
    "RelationMention",
    "Role",
    "Source",
    "Span",
    "Status",
    "TimeExpression",
]

EntityType = Literal[
    "Person", "Organization", "Group", "Place", "Facility", "Law", "Product", "Event", "Work", "Other"
]
MentionKind = Literal["name", "nominal", "pronoun"]
Role = Literal[
    "agent", "patient", "recipient", "instrument", "topic", "place", "time", "source", "destination"
]
Status = Literal["asserted", "planned", "ordered", "requested", "possible", "hypothetical", "negated"]
Granularity = Literal[
    "part_of_day", "day", "week", "month", "quarter", "year", "decade", "century", "interval"
]
Property = Literal[
    "holdsPosition",
    "positionOf",
    "citizenOf",
    "memberOf",
    "locatedIn",
    "partOf",
    "basedIn",
    "familyOf",
    "age",
    "bornIn",
]

Field = Literal["number", "date", "place", "actor", "status"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
ROLES: tuple[Role, ...] = get_args(Role)
STATUSES: tuple[Status, ...] = get_args(Status)
PROPERTIES: tuple[Property, ...] = get_args(Property)


# ---------------------------------------------------------------- text layer


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read. `text` is never normalised: every offset in the graph counts its characters.

    Attributes:
        id: IRI, minted from path, text and metadata (`kg.ids.document_id`).
        text: the decoded text.
        path: as found under the input that named it, so that it does not depend on where a build runs.
        sha256: of the bytes that were read, in hex.
    """

    id: str
    text: str
    path: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document: `document.text[start:end] == text`, always."""

    document: str
    start: int
    end: int
    text: str

    @property
    def range(self) -> tuple[int, int]:
        """Start and end offset."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Words that stand for an entity.

    Attributes:
        span: a name without titles, "the" and 's; a nominal or pronoun as its whole phrase up to the head's
            last word, without relative clauses.
        head: offsets of the head word.
        type: what the entity is, by the words alone.
        kind: name ("Hollande"), nominal ("the president", "French" for France) or pronoun ("he").
        antecedent: for a nominal or pronoun, the earlier mention of this document that it stands for.
        country: ISO 3166 alpha-2 code of the country that a demonym or its modifier names ("French police" -> "FR").
    """

    span: Span
    head: tuple[int, int]
    type: EntityType
    kind: MentionKind
    antecedent: Span | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date or period as said, and the days it covers; `start` and `end` are None when it cannot be resolved."""

    span: Span
    start: date | None = None
    end: date | None = None
    granularity: Granularity | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a role of an event mention.

    Attributes:
        role: one of `ROLES`.
        span: the whole phrase: no preposition, relative clause or apposition; one argument a coordinated member.
        head: offsets of the head word.
        mention: the entity mention that the phrase is, if it is one.
        event: the trigger of the event mention that the phrase is, if it is one ("ordered *strikes*").
    """

    role: Role
    span: Span
    head: tuple[int, int]
    mention: EntityMention | None = None
    event: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is reported as saying something: the phrase, and the mention it is if it is one."""

    span: Span
    mention: EntityMention | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place where a text tells of an event.

    Attributes:
        trigger: the verb with its particle, or the event noun (also that of a light-verb construction).
        sentence: the sentence that holds the trigger.
        lemma: of the trigger's head word.
        predicate: the lexicon's key, such as "call for"; the lemma where the lexicon has none.
        type: an event class of the ontology; "Event" when no class is known.
        status: what the text commits itself to.
        attributed_to: outermost source first; empty when the publisher speaks.
        time: when it happens, by its own clause first.
        rule: name of the rule that found it.
    """

    trigger: Span
    sentence: Span
    lemma: str
    predicate: str
    type: str
    arguments: tuple[Argument, ...]
    status: Status
    attributed_to: tuple[Source, ...]
    time: TimeExpression | None
    rule: str


@dataclass(frozen=True, slots=True)
class RelationMention:
    """One place where a text states a lasting relation; exactly one of `object` and `value` is set.

    Attributes:
        span: from the first to the last word of both ends.
        value: a literal ("26", "president"), with `value_span` telling where it stands.
    """

    subject: EntityMention
    property: Property
    span: Span
    rule: str
    object: EntityMention | None = None
    value: str | None = None
    value_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, each tuple in text order. Depends on that document alone."""

    document: str
    entity_mentions: tuple[EntityMention, ...] = ()
    time_expressions: tuple[TimeExpression, ...] = ()
    event_mentions: tuple[EventMention, ...] = ()
    relation_mentions: tuple[RelationMention, ...] = ()


# --------------------------------------------------------------- world layer


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something in the world.

    Attributes:
        id: IRI.
        label: the best name; `aliases` are the others, sorted, label left out.
        mentions: sorted by document and offsets.
        same_as: IRIs of the same thing elsewhere (GeoNames), sorted.
        latitude, longitude: WGS84 degrees, for places with a known position.
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    same_as: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None

    def _repr_html_(self) -> str:
        """Return a small static table for notebooks: no script, every name escaped."""
        from kg.render import entity_html

        return entity_html(self)


@dataclass(frozen=True, slots=True)
class Participant:
    """A role of an event and who or what fills it: an entity, another event, or words alone."""

    role: Role
    text: str
    entity: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody who is reported as saying that an event takes place."""

    text: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, was ordered, planned or denied. Its mentions may come from several documents.

    Attributes:
        plover: the PLOVER category (Halterman et al. 2023) of its type, if it has one.
        label: "François Hollande orders strikes on Raqqa", composed from predicate and participants.
        status: that of the mention which commits itself most; each mention keeps its own.
        part_of: ids of the events that this one is a part of, sorted: the raid of an operation, one of the attacks.
    """

    id: str
    type: str
    plover: str | None
    predicate: str
    label: str
    participants: tuple[Participant, ...]
    status: Status
    attributed_to: tuple[Attribution, ...]
    time: TimeExpression | None
    mentions: tuple[EventMention, ...]
    part_of: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Return roles and sentences for notebooks: no script, every name escaped."""
        from kg.render import event_html

        return event_html(self)


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting relation between two entities, or between an entity and a value."""

    subject: str
    property: Property
    object: str | None
    value: str | None
    mentions: tuple[RelationMention, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why two mentions became one entity or event, or why an entity was linked to an outside id.

    Attributes:
        kind: "merge", "link", or "apart" where a person keeps two from being one.
        subject: id of the entity or event decided on.
        object: the alias, mention or outside IRI that was taken in; the id of the other one that is kept apart.
        rule: name of the rule; `evidence` says in words what it saw.
        runner_up: the next best candidate, where there was one.
    """

    kind: Literal["merge", "link", "apart"]
    subject: str
    object: str
    rule: str
    evidence: str
    runner_up: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says about an event, in one place.

    Attributes:
        value: comparable with those of other claims: "129", "130+", "10-19", an ISO date or two joined by "/", the
            label of an entity, a status.
        span: the words that say it.
        trigger: of the event mention that it belongs to.
        attributed_to: who is reported as saying it, outermost source first; empty when the publisher speaks.
        publisher, published: of the document.
    """

    value: str
    span: Span
    trigger: Span
    attributed_to: tuple[Attribution, ...] = ()
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two sources say of one event that cannot both be true. All claims are kept, none is preferred.

    Attributes:
        event: id of the event; of an event that some assert and others deny, the asserted one.
        field: what they differ in.
        about: of a number, what is counted ("people"); else None.
        claims: all that is said of this field, oldest publication first, unknown dates last.
    """

    event: str
    field: Field
    about: str | None
    claims: tuple[Claim, ...]
