"""The records of the lexicon, and the look-ups by lemma. `kg.extract.lexicon` reads them from data.

Keys are lemmas, particles and prepositions in lower case, separated by one space ("call for", "take part in").
Class categories follow PLOVER (Halterman et al. 2023); frames follow the idea of PropBank and VerbNet, reduced to the
nine roles of `kg.datamodel.ROLES`. One sense a key: of a verb with several, the one that news uses most; others that its subject or object tells are `Sense`s.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from kg.datamodel import EntityType, Role, Status
from kg.extract.attachment_words import AttachmentWords

__all__ = [
    "ENTITY_GROUPS",
    "ROOT_CLASS",
    "EventClass",
    "Form",
    "Frame",
    "Lexicon",
    "LightVerb",
    "RoleChoice",
    "Sense",
    "StatusWords",
    "Target",
]

ROOT_CLASS = "Event"
"""The class of an event whose predicate the lexicon does not know."""

Target = EntityType | Literal["time", "event", "quantity"]
"""What a phrase is, as far as its role depends on it: an entity type, or a time, an event or a quantity."""

Form = Literal["that", "to", "obj_to", "ing", "from", "noun"]
"""How a word embeds another event: "said *that*", "wants *to*", "wants X *to*", "denies *doing*",
"prevents X *from* doing", "orders *strikes*"."""

ENTITY_GROUPS: Mapping[str, str] = {
    "Person": "actor",
    "Organization": "actor",
    "Group": "actor",
    "Place": "place",
    "Facility": "place",
    "Event": "event",
    "Law": "thing",
    "Product": "thing",
    "Work": "thing",
    "Other": "thing",
}


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """The role of a phrase, where it depends on what the phrase names.

    Attributes:
        default: role where nothing more special is said; None: the phrase is no argument.
        special: pairs of a target ("Facility", "time") or a group of them ("actor", "place", "thing") and a role.
    """

    default: Role | None
    special: tuple[tuple[str, Role | None], ...] = ()

    def of(self, target: Target | None = None) -> Role | None:
        """Return the role for a phrase of that kind, the exact kind before its group; None for "no argument"."""
        if target is not None and self.special:
            for key in (target, ENTITY_GROUPS.get(target)):
                for name, role in self.special:
                    if name == key:
                        return role
        return self.default

    def speaks_of(self, target: Target | None) -> bool:
        """Tell whether the choice is meant for such a phrase: times and quantities have to be named in it."""
        return target not in ("time", "quantity") or target in dict(self.special)


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events, as in the ontology.

    Attributes:
        parent: the class above; None for `ROOT_CLASS` alone.
        plover: category in capitals, own or inherited; None where none fits.
        definition: a sentence that says what belongs here (`rdfs:comment`).
    """

    name: str
    parent: str | None
    plover: str | None
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Frame:
    """How one verb or event noun is read, with everything that it inherits from its class filled in.

    Attributes:
        key: lemma, with particle or preposition and fixed noun where they belong to it ("take part in").
        event_class: name of its `EventClass`.
        subject: role of the active subject (patient for "die").
        intransitive: role of the active subject where there is no object ("the bomb exploded": patient).
        object: role of the direct object; of a key that ends in a preposition, role of that preposition's object.
        preps: roles by preposition, before the lexicon's general ones; ask `Lexicon.role_of_preposition`.
        possessive: for nouns, role of "X's ...".
        compound: for nouns, role of a noun before it; a nationality adjective counts as an Organization.
        complement: status that an embedded event gets, by form; a form that is absent changes nothing.
        control: whose subject the embedded infinitive has when the word has an object too.
        reporting: it introduces what somebody says; its subject is the source.
        weak: a noun that is an event only with a participant or under a light verb ("support", "force").
        auxiliary: it adds phase or status to its infinitive or gerund and is no event of its own ("begin to").
        verb: for nouns, key of the verb that says the same, if there is one.
    """

    key: str
    kind: Literal["verb", "noun"]
    event_class: str
    subject: RoleChoice
    intransitive: RoleChoice
    object: RoleChoice
    preps: Mapping[str, RoleChoice] = field(hash=False)
    possessive: RoleChoice
    compound: RoleChoice
    complement: Mapping[str, Status] = field(hash=False)
    control: Literal["subject", "object"] = "object"
    reporting: bool = False
    weak: bool = False
    auxiliary: bool = False
    verb: str | None = None

    def status_of(self, form: Form) -> Status | None:
        """Return the status that the word gives to an event embedded in that form; None where it gives none."""
        if form == "obj_to" and form not in self.complement:
            form = "to"
        return self.complement.get(form)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb tells instead where its subject and object are of some kind: "the road *runs* to Oslo".

    Attributes:
        subject: kinds of the logical subject, any of them: a lemma, the label of a name, the type or group of an entity,
            "any" or "none"; empty for all.
        object: the same of the object.
    """

    frame: Frame
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that leaves the event to its object: "launched *strikes*", "suffered a *defeat*".

    Attributes:
        phase: what it adds in time.
        status: status of the noun's event.
        subject: role of the verb's subject in the noun's event ("suffered": patient).
        only: nouns and classes of nouns that it carries; empty for every event noun.
    """

    key: str
    phase: Literal["perform", "begin", "continue", "end", "increase", "decrease"]
    status: Status
    subject: Role
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Words other than verbs and event nouns that change the status of an event, each with the status it gives.

    Attributes:
        modals: by lemma, "will" -> planned.
        modals_reported: the same inside reported speech, where "would" is the past of "will".
        phrases: semi-auxiliaries before an infinitive, "be about to" -> planned.
        adverbs: "allegedly" -> possible.
        adjectives: before an event noun, or after "be" with an infinitive: "planned", "unlikely".
        nouns: nouns that are no events themselves, with infinitive, "of" or "that": "risk of", "chance to".
        subordinators: "if" -> hypothetical; "to" stands for the infinitive of purpose.
        prepositions: "without" -> negated.
        negators: words that negate, without a status of their own.
    """

    modals: Mapping[str, Status]
    modals_reported: Mapping[str, Status]
    phrases: Mapping[str, Status]
    adverbs: Mapping[str, Status]
    adjectives: Mapping[str, Status]
    nouns: Mapping[str, Status]
    subordinators: Mapping[str, Status]
    prepositions: Mapping[str, Status]
    negators: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The checked lexicon. Read it with `load_lexicon`.

    Examples:
        >>> from kg.extract.lexicon import load_lexicon
        >>> lexicon = load_lexicon()
        >>> lexicon.noun("airstrike").event_class
        'AirStrike'
        >>> lexicon.verb("call", "for").status_of("noun")
        'requested'
        >>> lexicon.plover_of("AirStrike")
        'ASSAULT'
        >>> lexicon.role_of_preposition("to", lexicon.verb("travel"), "Place")
        'destination'
    """

    classes: Mapping[str, EventClass]
    verbs: Mapping[str, Frame]
    nouns: Mapping[str, Frame]
    light_verbs: Mapping[str, LightVerb]
    prepositions: Mapping[str, RoleChoice]
    noun_prepositions: Mapping[str, RoleChoice]
    status: StatusWords
    attachment: AttachmentWords
    source_prepositions: frozenset[str]
    generic: Frame
    senses: Mapping[str, tuple[Sense, ...]]
    kinds: Mapping[str, frozenset[str]]

    def verb(self, lemma: str, *more: str | None) -> Frame | None:
        """Return the frame of a verb, or None.

        Args:
            lemma: of the verb.
            more: particle, preposition or fixed noun that belong to the key, in its order; None is left out.
                No shorter key is tried: ask `verb(lemma)` next.
        """
        return self.verbs.get(_key(lemma, more))

    def noun(self, lemma: str, *more: str | None) -> Frame | None:
        """Return the frame of an event noun ("attack", "air strike": compounds as one key), or None."""
        return self.nouns.get(_key(lemma, more))

    def light_verb(
        self, lemma: str, noun: str | None = None, *, particle: str | None = None
    ) -> LightVerb | None:
        """Return the light verb if it can carry that event noun (any, where `noun` is None).

        Args:
            lemma: of the verb.
            noun: key of the event noun.
            particle: particle or preposition of the verb ("carry *out*", "come *under*").
        """
        light = self.light_verbs.get(_key(lemma, (particle,)))
        if light is None or noun is None or not light.only or noun in light.only:
            return light
        frame = self.nouns.get(noun)
        return light if frame and self.is_any(frame.event_class, light.only) else None

    def continuations(self, lemma: str) -> tuple[tuple[str, ...], ...]:
        """Return what may follow a verb to make a longer key, longest first: take -> (part, in), (over,), ..."""
        return self._continuations.get(lemma, ())

    def generic_frame(self, lemma: str, kind: Literal["verb", "noun"] = "verb") -> Frame:
        """Return the frame of a predicate that the lexicon does not know: class `ROOT_CLASS`, default roles."""
        return replace(self.generic, key=lemma, kind=kind)

    def role_of_preposition(self, prep: str, frame: Frame | None, target: Target | None) -> Role | None:
        """Return the role of a prepositional phrase.

        Args:
            prep: the preposition in lower case, several words joined by a space ("in front of").
            frame: of the verb or noun that it hangs on; None for an unknown one.
            target: what the preposition's object is; None when unknown.

        Returns:
            A role; None where the phrase is no argument ("as", "like") or the preposition is unknown.
        """
        frame = frame or self.generic
        own = self.noun_prepositions if frame.kind == "noun" else {}
        for preps in (frame.preps, own, self.prepositions):
            choice = preps.get(prep)
            if choice is not None and (preps is self.prepositions or choice.speaks_of(target)):
                return choice.of(target)
        return None

    def is_reporting(self, lemma: str, *more: str | None) -> bool:
        """Tell whether a verb or noun introduces what somebody says."""
        key = _key(lemma, more)
        return any(key in table and table[key].reporting for table in (self.verbs, self.nouns))

    def plover_of(self, event_class: str) -> str | None:
        """Return the PLOVER category of a class; None where it has none or the class is unknown."""
        known = self.classes.get(event_class)
        return known.plover if known else None

    def class_ancestors(self, name: str) -> tuple[str, ...]:
        """Return the classes above one, nearest first, up to `ROOT_CLASS`; () for an unknown class."""
        return self._above.get(name, ())

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class is another or lies below it."""
        return name == ancestor or ancestor in self._above.get(name, ())

    def is_any(self, name: str, ancestors: Collection[str]) -> bool:
        """Tell whether a class is one of several or lies below one."""
        return name in ancestors or any(above in ancestors for above in self._above.get(name, ()))

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(self._ancestors(name)) for name in self.classes}

    def _ancestors(self, name: str) -> Iterator[str]:
        while (known := self.classes.get(name)) and known.parent:
            yield (name := known.parent)

    @cached_property
    def _continuations(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for key in (*self.verbs, *self.light_verbs):
            head, *rest = key.split()
            if rest:
                found.setdefault(head, []).append(tuple(rest))
        return MappingProxyType(
            {head: tuple(sorted(set(rests), key=lambda r: (-len(r), r))) for head, rests in found.items()}
        )


def _key(lemma: str, more: tuple[str | None, ...]) -> str:
    return " ".join((lemma, *filter(None, more))) if more else lemma
