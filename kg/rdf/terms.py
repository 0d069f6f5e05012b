"""The terms that our RDF is written in: our own, those of `kg.rdf.vocabularies`, and the prefixes of all.

`KG.agnet` raises AttributeError at run time and is an error for mypy. A new term is added here and to `ontology/kg.ttl`
(a test compares the two).
"""
# ruff: noqa: N815  (terms are spelt as their vocabularies spell them)

from typing import ClassVar

from pyoxigraph import NamedNode

from kg.datamodel import EntityType, MentionKind, Property, Role, Status
from kg.errors import KgError
from kg.ids import ACT, BASE, ENTITY, EVENT, ONTOLOGY
from kg.rdf.vocabularies import (
    DCAT,
    DCTERMS,
    GEO,
    NIF,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    TIME,
    VOID,
    WGS84,
    XSD,
    Vocabulary,
)

__all__ = [
    "DCAT",
    "DCTERMS",
    "DECISION_CLASS",
    "ENTITY_CLASS",
    "GEO",
    "KG",
    "MENTION_KIND",
    "NIF",
    "OA",
    "OWL",
    "PREFIXES",
    "PROPERTY",
    "PROV",
    "RDF",
    "RDFS",
    "ROLE",
    "SCHEMA",
    "SEM",
    "SKOS",
    "STATUS",
    "TIME",
    "VOID",
    "WGS84",
    "XSD",
    "Vocabulary",
    "event_class",
    "shorten",
]


class KG(Vocabulary, base=ONTOLOGY):
    """Our own terms, without the event classes (`event_class`); `ontology/kg.ttl` documents each."""

    # classes
    Document: ClassVar[NamedNode]
    Publisher: ClassVar[NamedNode]
    Entity: ClassVar[NamedNode]
    Person: ClassVar[NamedNode]
    Organization: ClassVar[NamedNode]
    Group: ClassVar[NamedNode]
    Place: ClassVar[NamedNode]
    Facility: ClassVar[NamedNode]
    Law: ClassVar[NamedNode]
    Product: ClassVar[NamedNode]
    NamedEvent: ClassVar[NamedNode]
    Work: ClassVar[NamedNode]
    OtherEntity: ClassVar[NamedNode]
    Phrase: ClassVar[NamedNode]
    Position: ClassVar[NamedNode]
    Event: ClassVar[NamedNode]
    Relation: ClassVar[NamedNode]
    Mention: ClassVar[NamedNode]
    EntityMention: ClassVar[NamedNode]
    EventMention: ClassVar[NamedNode]
    RelationMention: ClassVar[NamedNode]
    TimeMention: ClassVar[NamedNode]
    UnresolvedMention: ClassVar[NamedNode]
    MentionKind: ClassVar[NamedNode]
    Status: ClassVar[NamedNode]
    BuildDecision: ClassVar[NamedNode]
    MergeDecision: ClassVar[NamedNode]
    LinkDecision: ClassVar[NamedNode]
    ApartDecision: ClassVar[NamedNode]
    Contradiction: ClassVar[NamedNode]
    ConflictingClaim: ClassVar[NamedNode]
    Argument: ClassVar[NamedNode]
    FilledRole: ClassVar[NamedNode]
    StatedRelation: ClassVar[NamedNode]
    Run: ClassVar[NamedNode]
    Setting: ClassVar[NamedNode]
    # individuals
    Asserted: ClassVar[NamedNode]
    Planned: ClassVar[NamedNode]
    Ordered: ClassVar[NamedNode]
    Requested: ClassVar[NamedNode]
    Possible: ClassVar[NamedNode]
    Hypothetical: ClassVar[NamedNode]
    Negated: ClassVar[NamedNode]
    Name: ClassVar[NamedNode]
    Nominal: ClassVar[NamedNode]
    Pronoun: ClassVar[NamedNode]
    # roles
    participant: ClassVar[NamedNode]
    agent: ClassVar[NamedNode]
    patient: ClassVar[NamedNode]
    recipient: ClassVar[NamedNode]
    instrument: ClassVar[NamedNode]
    topic: ClassVar[NamedNode]
    place: ClassVar[NamedNode]
    time: ClassVar[NamedNode]
    source: ClassVar[NamedNode]
    destination: ClassVar[NamedNode]
    # events
    actsOn: ClassVar[NamedNode]
    attributedTo: ClassVar[NamedNode]
    ofPredicate: ClassVar[NamedNode]
    predicate: ClassVar[NamedNode]
    status: ClassVar[NamedNode]
    timeExpression: ClassVar[NamedNode]
    # inverses, which follow and are not written
    actedOnBy: ClassVar[NamedNode]
    baseOf: ClassVar[NamedNode]
    birthplaceOf: ClassVar[NamedNode]
    denotes: ClassVar[NamedNode]
    hasCitizen: ClassVar[NamedNode]
    hasMember: ClassVar[NamedNode]
    hasOfficial: ClassVar[NamedNode]
    hasPart: ClassVar[NamedNode]
    heldBy: ClassVar[NamedNode]
    locationOf: ClassVar[NamedNode]
    participatesIn: ClassVar[NamedNode]
    # relations
    relation: ClassVar[NamedNode]
    age: ClassVar[NamedNode]
    basedIn: ClassVar[NamedNode]
    bornIn: ClassVar[NamedNode]
    citizenOf: ClassVar[NamedNode]
    familyOf: ClassVar[NamedNode]
    holdsPosition: ClassVar[NamedNode]
    locatedIn: ClassVar[NamedNode]
    memberOf: ClassVar[NamedNode]
    partOf: ClassVar[NamedNode]
    positionOf: ClassVar[NamedNode]
    subject: ClassVar[NamedNode]
    property: ClassVar[NamedNode]
    object: ClassVar[NamedNode]
    value: ClassVar[NamedNode]
    # mentions
    antecedent: ClassVar[NamedNode]
    denotedBy: ClassVar[NamedNode]
    granularity: ClassVar[NamedNode]
    lemma: ClassVar[NamedNode]
    mentionKind: ClassVar[NamedNode]
    rule: ClassVar[NamedNode]
    sentence: ClassVar[NamedNode]
    # parts of mentions, and of what they speak of
    argument: ClassVar[NamedNode]
    country: ClassVar[NamedNode]
    filledBy: ClassVar[NamedNode]
    filledRole: ClassVar[NamedNode]
    head: ClassVar[NamedNode]
    inSentence: ClassVar[NamedNode]
    mention: ClassVar[NamedNode]
    mentionClass: ClassVar[NamedNode]
    mentionPredicate: ClassVar[NamedNode]
    mentionType: ClassVar[NamedNode]
    objectMention: ClassVar[NamedNode]
    phrase: ClassVar[NamedNode]
    plover: ClassVar[NamedNode]
    rank: ClassVar[NamedNode]
    role: ClassVar[NamedNode]
    statedAt: ClassVar[NamedNode]
    statedRelation: ClassVar[NamedNode]
    subjectMention: ClassVar[NamedNode]
    trigger: ClassVar[NamedNode]
    valuePhrase: ClassVar[NamedNode]
    # decisions
    decidedOn: ClassVar[NamedNode]
    evidence: ClassVar[NamedNode]
    runnerUp: ClassVar[NamedNode]
    runnerUpName: ClassVar[NamedNode]
    tookIn: ClassVar[NamedNode]
    tookInName: ClassVar[NamedNode]
    keptApartFrom: ClassVar[NamedNode]
    # contradictions
    about: ClassVar[NamedNode]
    claim: ClassVar[NamedNode]
    claimedIn: ClassVar[NamedNode]
    contradictionOf: ClassVar[NamedNode]
    differsIn: ClassVar[NamedNode]
    words: ClassVar[NamedNode]
    # documents and runs
    path: ClassVar[NamedNode]
    setting: ClassVar[NamedNode]
    sha256: ClassVar[NamedNode]


ENTITY_CLASS: dict[EntityType, NamedNode] = {
    "Person": KG.Person,
    "Organization": KG.Organization,
    "Group": KG.Group,
    "Place": KG.Place,
    "Facility": KG.Facility,
    "Law": KG.Law,
    "Product": KG.Product,
    "Event": KG.NamedEvent,
    "Work": KG.Work,
    "Other": KG.OtherEntity,
}
ROLE: dict[Role, NamedNode] = {
    "agent": KG.agent,
    "patient": KG.patient,
    "recipient": KG.recipient,
    "instrument": KG.instrument,
    "topic": KG.topic,
    "place": KG.place,
    "time": KG.time,
    "source": KG.source,
    "destination": KG.destination,
}
STATUS: dict[Status, NamedNode] = {
    "asserted": KG.Asserted,
    "planned": KG.Planned,
    "ordered": KG.Ordered,
    "requested": KG.Requested,
    "possible": KG.Possible,
    "hypothetical": KG.Hypothetical,
    "negated": KG.Negated,
}
PROPERTY: dict[Property, NamedNode] = {
    "holdsPosition": KG.holdsPosition,
    "positionOf": KG.positionOf,
    "citizenOf": KG.citizenOf,
    "memberOf": KG.memberOf,
    "locatedIn": KG.locatedIn,
    "partOf": KG.partOf,
    "basedIn": KG.basedIn,
    "familyOf": KG.familyOf,
    "age": KG.age,
    "bornIn": KG.bornIn,
}
DECISION_CLASS: dict[str, NamedNode] = {
    "merge": KG.MergeDecision,
    "link": KG.LinkDecision,
    "apart": KG.ApartDecision,
}
MENTION_KIND: dict[MentionKind, NamedNode] = {"name": KG.Name, "nominal": KG.Nominal, "pronoun": KG.Pronoun}

PREFIXES: dict[str, str] = {
    "act": ACT,
    "data": BASE + "graph/",
    "dcat": DCAT._base,
    "dcterms": DCTERMS._base,
    "en": ENTITY,
    "ev": EVENT,
    "geo": GEO._base,
    "kg": ONTOLOGY,
    "nif": NIF._base,
    "oa": OA._base,
    "owl": OWL._base,
    "pos": BASE + "position/",
    "prov": PROV._base,
    "pub": BASE + "publisher/",
    "rdf": RDF._base,
    "rdfs": RDFS._base,
    "rel": BASE + "relation/",
    "run": BASE + "run/",
    "schema": SCHEMA._base,
    "sem": SEM._base,
    "skos": SKOS._base,
    "time": TIME._base,
    "void": VOID._base,
    "wgs84": WGS84._base,
    "when": BASE + "time/",
    "why": BASE + "decision/",
    "differ": BASE + "contradiction/",
    "xsd": XSD._base,
}
"""Prefixes of the Turtle that is written, known to every query too. None begins another: one spelling a name."""


def event_class(name: str) -> NamedNode:
    """Return the class of that name ("AirStrike"), as the lexicon and `ontology/kg.ttl` spell it.

    Raises:
        KgError: the name has other characters than ASCII letters and digits.
    """
    if not (name.isascii() and name.isalnum()):
        raise KgError(
            f"event class {name!r} is no name: use ASCII letters and digits, as in ontology/lexicon.toml"
        )
    return NamedNode(ONTOLOGY + name)


def shorten(iri: str) -> str:
    """Return a prefixed name for an IRI of a known namespace, the IRI itself otherwise.

    >>> shorten("https://w3id.org/kg/ontology#Asserted")
    'kg:Asserted'
    """
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
