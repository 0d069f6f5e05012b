"""Prepositional phrases and bare adverbials as arguments: by preposition, frame and what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.datamodel import Role
from kg.extract.events.attachment import ACTORS, claimed_within, completes_object, is_any, phrases_of, unfold
from kg.extract.events.predicates import IDIOMS, Predicate
from kg.extract.frames import Frame, Target
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, conjuncts, first_conjunct, has_child

__all__ = [
    "TIME_PREPOSITIONS",
    "Slot",
    "completes_object",
    "direct_frame",
    "is_engaged",
    "obliques",
    "places_within",
    "shared_adverbials",
]

_PLACES = ("Place", "Facility")


@dataclass(slots=True)  # frozen ones take five times as long to make
class Slot:
    """A role and the head of what fills it; `clausal` where that is a clause ("said *that the bridge fell*")."""

    role: Role
    token: Token
    clausal: bool = False


def direct_frame(reading: Reading, predicate: Predicate) -> Frame:
    """Return the frame that speaks of the direct object: in "send X *to* Y" the key's own object is Y, so the verb's alone."""
    frame = predicate.frame
    if frame.key.rpartition(" ")[2] in reading.lexicon.prepositions and " " in frame.key:
        verb = predicate.head.lemma
        return reading.lexicon.verb(verb) or reading.lexicon.generic_frame(verb)
    return frame


def is_engaged(verb: Token) -> bool:
    """Tell whether a participle is an adjective, whose subject acts: "*the firm* is engaged in fraud", "*states* opposed to it".

    Not of "the guns were engaged by the fleet". "Involved in" needs no rule: what is involved takes part in any voice.
    """
    prep = _ENGAGED.get(verb.lemma)
    return (
        prep is not None
        and not has_child(verb, "obl:agent", "obj")
        and any(case_of(c) == prep for c in children(verb, "obl"))
    )


_ENGAGED = {"engage": "in", "note": "for", "oppose": "to"}


def obliques(reading: Reading, predicate: Predicate, verb: Token, passive: bool) -> Iterator[Slot]:
    """Prepositional phrases and bare adverbials, by preposition, frame and what they name."""
    for child in phrases_of(verb):
        if child.dep_ == "advmod" and child.lower_ != "where" and child.i not in reading.times:
            continue
        prep = case_of(child)
        if predicate.head.pos_ == "VERB" and child.dep_ == "obl" and completes_object(reading, child):
            continue
        for token in conjuncts(child):
            if has_child(token, "compound") and prep == "by":  # "by road *accident*" is no "by accident"
                yield from _oblique(reading, predicate, token, prep, passive)
                continue
            object_, words = unfold(reading, token, case_of(token) or prep)
            if object_ is not None:
                members = [object_] if object_ == token else conjuncts(object_)
                for member in members:
                    yield from _oblique(reading, predicate, member, words, passive)
    for noun in predicate.consumed:  # "took control *of the town*"
        for child in children(noun, "nmod"):
            if predicate.frame.key.endswith(f" {case_of(child)}"):
                for token in conjuncts(child):
                    yield from _oblique(reading, predicate, token, case_of(child), passive)


def _oblique(
    reading: Reading, predicate: Predicate, token: Token, prep: str, passive: bool
) -> Iterator[Slot]:
    referent = antecedent(token)
    if prep in reading.lexicon.source_prepositions:
        return
    if token.lower_ == "where":
        if referent is not token:
            yield Slot("place", referent)
    elif token.i in reading.times and prep in ("", *TIME_PREPOSITIONS):
        yield Slot("time", token)
    elif prep == "by" and (passive or token.dep_ == "obl:agent"):
        if role := _by(reading, predicate, referent):
            yield Slot(role, referent)
    elif prep and token.lemma in IDIOMS:
        yield from places_within(reading, predicate, referent)
    elif prep:
        if role := _role(reading, predicate, referent, prep):
            yield Slot(role, referent)
            yield from places_within(reading, predicate, referent, prep)


def _role(reading: Reading, predicate: Predicate, token: Token, prep: str) -> Role | None:
    """The role of a phrase with a preposition, by what it names, the verb's frame and the verb's class."""
    frame, target = predicate.frame, _target(reading, token)
    if _is_medium(reading, frame, token, prep):
        return "instrument"
    if prep == "from" and predicate.light is not None and predicate.light.subject != "agent":
        return "agent"  # who does what another undergoes: "came under attack *from drones*"
    if prep == "to" and target == "time" and prep in frame.preps and reading.times[token.i].start is None:
        return frame.preps[prep].default  # a length, not a date: "sentenced *to nine years*"
    if prep in _BESIDE and (joined := _joins(reading, predicate, token)):
        return joined
    if frame.key.endswith(" " + prep):
        role = frame.object.of(target)
        other = frame.preps[prep].of(target) if prep in frame.preps else None
        if (
            role == "patient"
            and other in ("topic", "source", "recipient")
            and _has_patient(reading, predicate)
        ):
            role = other  # one patient a verb: "charged a banker *with fraud*"
    else:
        role = reading.lexicon.role_of_preposition(prep, frame, target)
        if role == "patient" and prep in _ON and frame.kind == "verb" and _has_patient(reading, predicate):
            role = reading.lexicon.role_of_preposition(prep, None, target)  # "attacked a bus *on the road*"
        elif role == "patient" and frame.kind == "verb" and is_any(reading, frame, ("Contest",)):
            if _has_patient(
                reading, predicate
            ):  # "won the match *against Malmo*", "won the match *with the juniors*"
                role = "topic" if prep == "with" else "recipient"
    if role == "agent" and prep == "by" and frame.kind == "verb" and target not in (*ACTORS, "Place"):
        return "instrument"  # nobody acts: "sent food *by rail*"
    return role


_BESIDE = ("along with", "together with", "alongside")


def _joins(reading: Reading, predicate: Predicate, token: Token) -> Role | None:
    """The role of the object that a phrase goes with: "arrested the man *along with his wife*"; None where it goes with who acts."""
    if predicate.head.pos_ != "VERB":
        return None
    for child in children(predicate.head, "obj", "nsubj:pass"):
        alike = (reading.target(child) in ACTORS) == (reading.target(token) in ACTORS)
        if child.i < token.i and alike:
            return direct_frame(reading, predicate).object.of(reading.target(token))
    return None


_ON = ("on", "upon", "at", "over")


def _by(reading: Reading, predicate: Predicate, token: Token) -> Role | None:
    """Who acts in a passive; of what moves and what is said, a bare noun is the means: "was sent *by rail*"."""
    frame = predicate.frame
    bare = token.tag_ == "NN" and not has_child(token, "det", "nmod:poss", "compound", "amod", "nmod")
    if bare and reading.target(token) not in ACTORS and is_any(reading, frame, _CONVEYING):
        return "instrument"
    return frame.subject.of(reading.target(token))


_CONVEYING = ("Motion", "Transfer", "Communication")


def _has_patient(reading: Reading, predicate: Predicate) -> bool:
    """Tell whether a verb has a patient beside its prepositional object: as its object, or as the subject of its passive."""
    verb, choice = predicate.head, direct_frame(reading, predicate).object
    objects = [c for c in children(verb, "obj", "nsubj:pass") if c not in predicate.consumed]
    if not objects:
        return verb.tag_ == "VBN" and not has_child(verb, "nsubj") and choice.default == "patient"
    return any(choice.of(reading.target(antecedent(token))) == "patient" for token in objects)


def _is_medium(reading: Reading, frame: Frame, token: Token, prep: str) -> bool:
    """Tell whether a phrase names what somebody speaks through: "said *in a statement*", "told us *by phone*"."""
    if prep not in ("in", "on", "via", "by", "through", "over") or token.lemma not in _MEDIA:
        return False
    return frame.reporting or is_any(reading, frame, _SPEAKING)


_SPEAKING = (
    "Communication",
    "Request",
    "Accuse",
    "Threaten",
    "Reject",
    "Agree",
    "Consult",
    "Support",
    "Decision",
)
_MEDIA = frozenset(
    "statement interview letter email e-mail message text post posting tweet broadcast article column report video"
    " recording tape call telegram note memo memoir book speech address phone telephone radio television tv internet"
    " website blog newspaper magazine release communique communiqué podcast leaflet pamphlet sermon editorial".split()
)


def _target(reading: Reading, token: Token) -> Target | None:
    """What a phrase names; the parts of a place are places: "on the Syrian *side*", "on the *outskirts* of Kano"."""
    if token.lemma in _PARTS_OF_PLACES and (has_child(token, "nmod", "amod", "compound", "nmod:poss")):
        return "Place"
    return reading.target(token)


_PARTS_OF_PLACES = frozenset(
    "side edge outskirts outskirt corner shore slope bank roof floor stage flank hillside roadside frontline shoulder".split()
)


TIME_PREPOSITIONS = (
    *"on in at since during before after until till by from between for over through throughout within around about".split(),
    "as of",
)


def places_within(
    reading: Reading, predicate: Predicate, token: Token, prep: str | None = None
) -> Iterator[Slot]:
    """What hangs on an argument but holds for the event: a place, a time, and what the predicate asks for.

    "bombed targets *in Syria*", "the arrest of two men *on Tuesday*", "the delivery of tanks *to Kyiv*". The place of another
    event is its own ("condemned the attack *on Paris*"), unless this one is part of it ("killed in a raid *in Syria*").

    Args:
        reading: the document.
        predicate: the event's predicate.
        token: the head of the argument.
        prep: the preposition of the argument itself; None for an object.
    """
    event = reading.target(token) == "event"
    for child in children(token, "nmod"):
        case = case_of(child)
        role = reading.lexicon.role_of_preposition(case, None, reading.target(child))
        if role == "place" and reading.target(child) in _PLACES and case != "of":
            if not event or not _is_apart(reading, predicate, token, prep, case):
                yield from (Slot("place", t) for t in conjuncts(child))
        if child.i in reading.times and not event and child.i > predicate.head.i:
            yield Slot("time", child)
    for claimed, case in claimed_within(reading, predicate, token):
        if claimed.i not in reading.times and (role := _role(reading, predicate, claimed, case)):
            yield Slot(role, claimed)


def _is_apart(reading: Reading, predicate: Predicate, event: Token, prep: str | None, case: str) -> bool:
    """Tell whether the place of an event in an argument is not that of the predicate.

    Talk of an event may be anywhere, what follows it too; and what the noun does something to is no place of others:
    "the fighting *in Aden* went on", but "condemned the fighting *in Aden*", "left after talks *in Aden*", "linked the attacks
    *on Aden*".
    """
    noun = reading.lexicon.noun(event.lemma)
    aimed_at = noun is not None and case in noun.preps and noun.preps[case].of("Place") == "patient"
    return aimed_at or prep in _APART or is_any(reading, predicate.frame, _ABOUT)


_APART = frozenset(
    ("after", "before", "over", "for", "because of", "despite", "following", "since", "ahead of", "with")
)
_ABOUT = (*_SPEAKING, "Cognition")


def shared_adverbials(reading: Reading, verb: Token) -> Iterator[Slot]:
    """An adverbial before coordinated verbs holds for all: "*In Turkey* he met A and *visited* B"."""
    if verb.dep_ != "conj" or any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    first = first_conjunct(verb)
    for child in children(first, "obl", "obl:unmarked"):
        if child.i > first.i:
            continue
        role = (
            "time"
            if child.i in reading.times
            else reading.lexicon.role_of_preposition(case_of(child), None, reading.target(child))
        )
        if role in ("time", "place"):
            yield Slot(role, child)
