"""The hub: a `KnowledgeGraph` holds all that a build found; RDF, networkx, tables and page are views of it."""

from dataclasses import dataclass, field

from kg.datamodel import Decision, Document, Entity, EntityMention, Event, Relation, Span

__all__ = ["KnowledgeGraph"]


@dataclass(frozen=True, eq=True)
class KnowledgeGraph:
    """Documents and what they are about, each tuple sorted by id (decisions by subject, object, rule).

    The same documents give an equal graph, whatever their order (DESIGN, section 1).
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    _entity_by_id: dict[str, Entity] = field(default_factory=dict, init=False, repr=False, compare=False)
    _entity_by_span: dict[Span, Entity] = field(default_factory=dict, init=False, repr=False, compare=False)
    _event_by_id: dict[str, Event] = field(default_factory=dict, init=False, repr=False, compare=False)
    _event_by_trigger: dict[Span, Event] = field(default_factory=dict, init=False, repr=False, compare=False)
    _document_by_id: dict[str, Document] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for entity in self.entities:
            self._entity_by_id[entity.id] = entity
            for mention in entity.mentions:
                self._entity_by_span[mention.span] = entity
        for event in self.events:
            self._event_by_id[event.id] = event
            for event_mention in event.mentions:
                self._event_by_trigger[event_mention.trigger] = event
        for document in self.documents:
            self._document_by_id[document.id] = document

    def document(self, id: str) -> Document:
        """Return the document of that id; raises KeyError where there is none."""
        return self._document_by_id[id]

    def entity(self, id: str) -> Entity:
        """Return the entity of that id; raises KeyError where there is none."""
        return self._entity_by_id[id]

    def event(self, id: str) -> Event:
        """Return the event of that id; raises KeyError where there is none."""
        return self._event_by_id[id]

    def entity_of(self, mention: EntityMention | None) -> Entity | None:
        """Return the entity that a mention was resolved to, or None."""
        return self._entity_by_span.get(mention.span) if mention else None

    def event_of(self, trigger: Span | None) -> Event | None:
        """Return the event that the mention with this trigger belongs to, or None."""
        return self._event_by_trigger.get(trigger) if trigger else None
