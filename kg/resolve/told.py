"""What an event mention says, resolved: the features by which `kg.resolve.same_event` compares mentions and clusters."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.datamodel import Argument, Document, EventMention, Role, Span, Status, TimeExpression
from kg.extract.frames import Lexicon
from kg.ids import fold
from kg.resolve.entities import Entities
from kg.resolve.inflect import is_plural
from kg.resolve.names import without_determiner
from kg.resolve.numbers import Amount, read_amount

__all__ = ["Count", "Interval", "TellingReader", "Told", "common", "counts_of", "words_of"]

Interval = tuple[date, date]

_KINDS = {"agent": "agent", "patient": "patient"} | dict.fromkeys(("place", "source", "destination"), "place")
# "130 were killed", "130 people", "130 victims" count the same; "130 soldiers" may be some of them
_ANYBODY = frozenset(("", "people", "person", "persons", "victim", "victims", "them", "us", "human beings"))
# "has twice before sued", "another attack", "struck again", "was arrested three times"
_NEAR = 30  # characters
_ANOTHER_BEFORE = re.compile(
    r"\b(?:another|twice|thrice|(?:several|many|\w+) times|repeatedly|previously|second|third|further|more|new|fresh)"
    r"(?:\s+\w+)?\s+$",
    re.IGNORECASE,
)
_ANOTHER_AFTER = re.compile(r"\s+(?:again|once more|twice|repeatedly|\w+ times)\b", re.IGNORECASE)
_ENDS_HEAD = frozenset(
    "in of from at on near outside during including who that which with across by to".split()
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of whom an event has in a role, as one source says.

    Attributes:
        about: what is counted, as a head word in the singular; "people" for anybody.
        source: the document, and the words for who is reported as saying it.
    """

    role: Role
    about: str
    amount: Amount
    source: tuple[str, ...]


@dataclass
class Told:
    """An event mention, or the cluster it grew into, as far as the comparison needs it.

    `words` are those that the event may be told with. Participants are ids of entities that have a name; `described` are the roles and ids of those that have none, `heads`
    the head words of who or what is acted on, `causes` of who or what acts, `spots` of places without a name. `plural` is told of nouns, `another` of what happens once more, or often.
    """

    document: str
    published: date | None
    type: str
    predicate: str
    words: frozenset[str]
    status: Status
    agents: frozenset[str]
    patients: frozenset[str]
    places: frozenset[str]
    others: frozenset[str]
    described: frozenset[tuple[str, str]]
    heads: frozenset[str]
    counts: frozenset[Count]
    causes: frozenset[str]
    spots: frozenset[str]
    sentences: frozenset[Span]
    plural: bool | None
    another: bool
    interval: Interval | None

    @property
    def strong(self) -> frozenset[str]:
        """The named participants that tell one event from another."""
        return self.agents | self.patients | self.places

    def with_(self, other: "Told") -> "Told":
        """Return what both say together."""
        return Told(
            self.document if self.document == other.document else "",
            min(filter(None, (self.published, other.published)), default=None),
            self.type,
            self.predicate,
            self.words | other.words,
            self.status,
            self.agents | other.agents,
            self.patients | other.patients,
            self.places | other.places,
            self.others | other.others,
            self.described | other.described,
            self.heads | other.heads,
            self.counts | other.counts,
            self.causes | other.causes,
            self.spots | other.spots,
            self.sentences | other.sentences,
            self.plural if self.plural == other.plural else None,
            self.another or other.another,
            common(self.interval, other.interval) or self.interval or other.interval,
        )


class TellingReader:
    """Reads event mentions of documents whose entities are known."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        mentions: Sequence[EventMention],
        entities: Entities,
        lexicon: Lexicon,
    ) -> None:
        self.documents = documents
        self.entities = entities
        self.lexicon = lexicon
        self._by_trigger = {m.trigger: m for m in mentions}

    def read(self, mention: EventMention) -> Told:
        """Return what a mention says, its participants resolved."""
        document = self.documents[mention.trigger.document]
        by_role: dict[str, set[str]] = defaultdict(set)
        described: set[tuple[str, str]] = set()
        for argument in mention.arguments:
            kind = _KINDS.get(argument.role, "other")
            by_role[kind] |= self._named(argument)
            entity = self.entities.of(argument.mention)
            if entity is not None and entity.id not in self.entities.named:
                described.add((kind, entity.id))
            if argument.event is not None:
                by_role["other"] |= self._carried(argument)
            if argument.event is not None and argument.role == "agent":
                by_role["place"] |= self._scene(argument)
        time = mention.time or self._time_of_cause(mention)
        return Told(
            document.id,
            document.published,
            mention.type,
            mention.predicate,
            words_of(mention, self.lexicon),
            mention.status,
            frozenset(by_role["agent"]),
            frozenset(by_role["patient"]),
            frozenset(by_role["place"]),
            frozenset(by_role["other"]),
            frozenset(described),
            frozenset(_head(a) for a in mention.arguments if a.role == "patient" and _is_told(a)),
            frozenset(count for count, _ in counts_of(mention)),
            frozenset(self._cause(a) for a in mention.arguments if a.role == "agent" and _is_told(a)),
            frozenset(_head(a) for a in mention.arguments if _is_spot(a)),
            frozenset((mention.sentence,)),
            is_plural(mention.trigger.text) if mention.rule != "verb" else None,
            self._is_another(mention),
            (time.start, time.end or time.start) if time and time.start else None,
        )

    def _scene(self, argument: Argument) -> set[str]:
        """The places of an event that does something: "the strike in Kunduz *killed* ten"."""
        inner = self._by_trigger.get(argument.event) if argument.event else None
        arguments = inner.arguments if inner is not None else ()
        return set().union(
            *(
                self._named(a)
                for a in arguments
                if a.role == "place" or (a.role == "patient" and a.mention and a.mention.type == "Place")
            )
        )

    def _time_of_cause(self, mention: EventMention) -> TimeExpression | None:
        """When the event happens that does it: "*Friday's* attacks, which killed 130"."""
        causes = (self._by_trigger.get(a.event) for a in mention.arguments if a.role == "agent" and a.event)
        return next((cause.time for cause in causes if cause is not None and cause.time), None)

    def _cause(self, argument: Argument) -> str:
        inner = self._by_trigger.get(argument.event) if argument.event else None
        return inner.lemma if inner is not None else _head(argument)

    def _is_another(self, mention: EventMention) -> bool:
        text = self.documents[mention.trigger.document].text
        start, end = mention.trigger.range
        before = text[max(mention.sentence.start, start - _NEAR) : start]
        after = text[end : min(mention.sentence.end, end + _NEAR)]
        return bool(_ANOTHER_BEFORE.search(before) or _ANOTHER_AFTER.match(after))

    def _named(self, argument: Argument) -> set[str]:
        """The named entity of an argument, and the country of "French warplanes"."""
        entity = self.entities.of(argument.mention)
        if entity is None or entity.id not in self.entities.named:
            return set()
        found = {entity.id}
        if argument.mention and argument.mention.country:
            found |= {
                country for country in [self.entities.countries.get(argument.mention.country)] if country
            }
        return found

    def _carried(self, argument: Argument) -> set[str]:
        """What an embedded event is about: "ordered *strikes on Raqqa*"."""
        inner = self._by_trigger.get(argument.event) if argument.event else None
        if inner is None:
            return set()
        return {inner.type}.union(
            *(self._named(a) for a in inner.arguments if a.role in ("patient", "place"))
        )


def _is_told(argument: Argument) -> bool:
    """Tell whether an argument's own words say what it is; a pronoun's do not."""
    return argument.mention is None or argument.mention.kind != "pronoun"


def _is_spot(argument: Argument) -> bool:
    """Tell whether an argument is a place without a name of its own: "in a restaurant"."""
    return argument.role == "place" and (argument.mention is None or argument.mention.kind != "name")


def words_of(mention: EventMention, lexicon: Lexicon) -> frozenset[str]:
    """Return the verb and the noun that an event may be told with: "attack" (both), "explosion" and "explode"."""
    found = {mention.lemma, mention.predicate}
    nouns = (lexicon.noun(word) for word in (mention.lemma, mention.predicate) if mention.rule != "verb")
    return frozenset(found | {noun.verb for noun in nouns if noun is not None and noun.verb})


def counts_of(mention: EventMention) -> Iterator[tuple[Count, Argument]]:
    """Yield the numbers that a mention gives, with the arguments that give them; those of agents and patients only."""
    source = (mention.trigger.document, *(fold(s.span.text) for s in mention.attributed_to))
    for argument in mention.arguments:
        if argument.role not in ("agent", "patient") or argument.event is not None:
            continue
        if (found := read_amount(argument.span.text)) is not None:
            amount, rest = found
            yield Count(argument.role, _about(rest), amount, source), argument


def _about(rest: str) -> str:
    """Return the head word of what is counted, in the singular."""
    words = rest.split()
    stop = next((i for i, word in enumerate(words) if word in _ENDS_HEAD), len(words))
    head = words[stop - 1].strip(",;:") if stop else ""
    return "people" if head in _ANYBODY else _singular(head)


def _head(argument: Argument) -> str:
    document_start = argument.span.start
    start, end = argument.head[0] - document_start, argument.head[1] - document_start
    word = fold(argument.span.text[start:end]) or fold(without_determiner(argument.span.text))
    return "people" if word in _ANYBODY else _singular(word)


def _singular(word: str) -> str:
    if not is_plural(word) or not word.endswith("s"):
        return {"men": "man", "women": "woman", "children": "child"}.get(word, word)
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def common(one: Interval | None, other: Interval | None) -> Interval | None:
    """Return the days that two intervals share, or None."""
    if one is None or other is None:
        return None
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start <= end else None
