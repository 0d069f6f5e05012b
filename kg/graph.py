"""The hub: a `KnowledgeGraph` holds all that a build found; RDF, networkx, tables and page are views of it.

The views stand below this module in the import order and import it; the methods that lead to them import them
when called. This is the one exception to that order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import Settings, library_versions
from kg.datamodel import Contradiction, Decision, Document, Entity, EntityMention, Event, Relation, Span
from kg.errors import InputError
from kg.read.records import Rejection

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

__all__ = ["KnowledgeGraph", "Run"]


@dataclass(frozen=True, slots=True)
class Run:
    """How a graph came to be: enough to make it again.

    Attributes:
        version: of kg.
        model: name, version and checksum of the language pipeline.
        settings: what was chosen.
        encodings: codec by document id.
        rejections: inputs that did not become documents, sorted.
        pairs: what a person decided to be one or two, in words, in the order of the files.
    """

    version: str
    model: str
    settings: Settings
    encodings: tuple[tuple[str, str], ...] = ()
    rejections: tuple[Rejection, ...] = ()
    pairs: tuple[str, ...] = ()

    def facts(self) -> Mapping[str, object]:
        """Return what the RDF says about the run."""
        own = self.settings.ontology
        ontology = {"ontology": f"own, sha256 {own.sha256()}"} if own else {}
        chosen = {"version": self.version, "language model": self.model, "seed": self.settings.seed}
        return {**chosen, **ontology, "library": library_versions()}


@dataclass(frozen=True, eq=True, repr=False)
class KnowledgeGraph:
    """Documents and what they are about, each tuple sorted by id (decisions by subject, object, rule; contradictions by
    event, field and what is counted).

    A build sorts, and mints every id from content, so the same documents give an equal graph, whatever their order.

    Attributes:
        run: how it was made, where it was made by a build; not part of its identity.
        contradictions: what sources say of one event that cannot both be true.
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    run: Run | None = field(default=None, compare=False)
    contradictions: tuple[Contradiction, ...] = ()
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

    # ------------------------------------------------------------ looking up

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
        """Return the event that the mention with this trigger belongs to, or None.

        The way from an argument that is itself an event, `Argument.event`, to that event.
        """
        return self._event_by_trigger.get(trigger) if trigger else None

    @property
    def title(self) -> str:
        """What the graph is about, in the words that the documents give: their number and their days."""
        days = sorted(document.published for document in self.documents if document.published)
        count = f"{len(self.documents)} article{'' if len(self.documents) == 1 else 's'}"
        if not days:
            return f"News graph of {count}"
        if days[0] == days[-1]:
            return f"News graph of {count}, {days[0]}"
        return f"News graph of {count}, {days[0]} to {days[-1]}"

    def find(self, name: str) -> Entity | Event:
        """Return the entity or event with this id (in full or its last part), label or alias.

        Of several, an entity before an event, and the one that is mentioned most.

        Raises:
            InputError: there is none.
        """
        folded = " ".join(name.casefold().split())
        if (exact := self._entity_by_id.get(name) or self._event_by_id.get(name)) is not None:
            return exact
        things: list[Entity | Event] = [*self.entities, *self.events]
        found = [
            thing
            for thing in things
            if folded == thing.label.casefold()
            or name == thing.id.rsplit("/", 1)[-1]
            or (isinstance(thing, Entity) and folded in (alias.casefold() for alias in thing.aliases))
        ]
        if not found:
            raise InputError(
                f"nothing in the graph is called {name!r}; graph.frame('entities') lists who and what is"
            )
        return min(found, key=lambda thing: (isinstance(thing, Event), -len(thing.mentions), thing.id))

    # ----------------------------------------------------------------- views

    def to_rdf(self, *, texts: bool = False) -> "rdflib.Graph":
        """Return the graph as an `rdflib.Graph`: the triples of graph.ttl.

        With `texts`, those of the documents are in it too, and `kg.from_rdf` makes an equal graph of it.
        """
        from kg.rdf import to_rdf

        return to_rdf(self, run=self.run.facts() if self.run else None, texts=texts)

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return the graph as a `networkx.MultiDiGraph` of entities and events, an edge for each role."""
        from kg.analyse import to_networkx

        return to_networkx(self)

    def frame(self, name: str) -> "pandas.DataFrame":
        """Return documents, entities, events, participants, relations or mentions as a pandas DataFrame.

        Raises:
            InputError: there is no frame of that name, or pandas is not installed.
        """
        from kg.frames import frame

        return frame(self, name)

    def sparql(
        self, query: str, *, bind: Mapping[str, str] | None = None, infer: bool = False
    ) -> "pandas.DataFrame | list[dict[str, Any]] | bool":
        """Ask the graph in SPARQL, or a query of `ontology/queries` by its name.

        Args:
            query: SPARQL (prefixes are known), or a name.
            bind: values for variables: a name or alias, a day, an IRI.
            infer: ask what follows by the ontology as well: classes and properties above, inverses and the like.

        Returns:
            A DataFrame where pandas is installed, else a list of dicts, with the columns subject, predicate and
            object for CONSTRUCT and DESCRIBE; for ASK, whether it holds.

        Raises:
            QueryError: the query is not known, not allowed, or does not parse.
        """
        from kg.frames import as_frame
        from kg.rdf import query as ask

        result = ask(self, query, bind=bind, infer=infer)
        if result.boolean is not None:
            return result.boolean
        if result.triples is not None:
            return as_frame(("subject", "predicate", "object"), result.triples)
        return as_frame(result.variables, result.rows)

    def show(self, *, height: int = 640) -> Any:
        """Return the interactive page as an object that a notebook displays, `height` pixels high."""
        from kg.analyse import analyse
        from kg.render import show

        return show(self, analyse(self, seed=self.run.settings.seed if self.run else 0), height=height)

    def evidence(self, thing: str | Entity | Event) -> Any:
        """Return the sentences that name an entity or tell of an event, for a notebook to display with their parts marked.

        Args:
            thing: an entity or event of this graph, or its name or id as in `find`.

        Raises:
            InputError: there is no such thing.
        """
        from kg.render import evidence

        return evidence(self, self.find(thing) if isinstance(thing, str) else thing)

    def analyse(self, **options: Any) -> dict[str, Any]:
        """Return the measures of a network of this graph as plain dicts: centralities, communities, pairs, changes, paths.

        Args:
            options: those of `kg.analyse.examine`, such as `network`, `quads`, `statuses`, `since`, `until`, `between`.

        Raises:
            InputError: an option asks for what is not there.
        """
        from kg.analyse import examine

        return examine(self, **{"seed": self.run.settings.seed if self.run else 0, **options})

    def save(self, out: str | Path) -> Path:
        """Write all that `kg build` writes into the folder `out`, and return it.

        Raises:
            OutputError: the folder cannot be written.
        """
        from kg.output import save

        return save(self, Path(out))

    def export(self, target: str | Path, format: str | None = None) -> list[Path]:
        """Write the graph into a file in another format, tables into a folder; return the files.

        Args:
            target: the file or, for tables, the folder.
            format: turtle, nt, jsonld, trig, graphml, csv or parquet; None takes what the target's name ends in.

        Raises:
            InputError: there is no such format, or a library for it is missing.
            OutputError: a file cannot be written.
        """
        from kg.analyse import write_graphml
        from kg.rdf import write
        from kg.rdf.formats.files import in_one_step

        target = Path(target)
        if (format or target.suffix.removeprefix(".")) != "graphml":
            return write(self, target, format)
        in_one_step([target], lambda paths: write_graphml(self, paths[0]))
        return [target]

    # --------------------------------------------------------------- display

    def __repr__(self) -> str:
        return f"<KnowledgeGraph: {', '.join(f'{number} {name}' for name, number in self._counts())}>"

    def _repr_html_(self) -> str:
        """Return a small static table for notebooks: no script, every name escaped."""
        from kg.render import graph_html

        return graph_html(self)

    def _counts(self) -> list[tuple[str, int]]:
        return [(name, len(getattr(self, name))) for name in ("documents", "entities", "events", "relations")]
