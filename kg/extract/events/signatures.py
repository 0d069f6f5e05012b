"""What a word does to the status of an event that it embeds, and what is left of that where the word itself is negated.

Which status a word gives is data of the lexicon (`complement`, and the phrases of [status]). Where the word is negated,
planned or open its kind decides, after the signatures of Karttunen (1971, 2012): who did not *fail* to pay has paid, who
did not *manage* to has not, who does not *regret* it has done it all the same, who did not *say* so has left it open.

Not handled: one-way implicatives ("did not allow it" is read as "it did not happen").
"""

from collections.abc import Callable, Iterable

from kg.datamodel import Status
from kg.extract.events.predicates import Predicates
from kg.extract.frames import Form, Frame
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import children, has_child, is_passive

__all__ = ["UNDONE", "Judge", "by_governor", "claims", "frame_of", "has_to", "is_infinitive", "through"]

Judge = Callable[[Token], Status]
"""Tells the status of the word above: of a verb, noun or adjective."""

UNDONE: dict[Status, Status] = {
    "asserted": "possible",  # "it is not certain that"
    "planned": "negated",  # "is not willing to"
    "ordered": "hypothetical",  # "was not told to"
    "requested": "hypothetical",  # "it is not necessary to"
    "possible": "negated",  # "is not able to"
    "hypothetical": "hypothetical",
    "negated": "possible",  # "it is not impossible that"
}
"""What is left of the status that an adjective or phrase gives, where it is negated."""

_DOUBTS = ("doubt", "question", "dispute")
_SPEECH = ("Communication", "Reject", "Accuse", "Request", "Threaten", "Decision")


def has_to(verb: Token) -> bool:
    """Tell whether "to" stands before a verb."""
    return any(c.lower_ == "to" for c in children(verb, "mark"))


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb is an infinitive, with or without "to"."""
    if verb.tag_ == "VBG" and not has_child(verb, "aux"):
        return False  # "close to *signing*", but "seems to *be leaving*"
    return has_to(verb) or (verb.tag_ == "VB" and verb.dep_ == "xcomp")


def claims(reading: Reading, verb: Token, marks: Iterable[str], predicates: Predicates) -> bool:
    """Tell whether the preposition of a gerund belongs to the verb: "accused *of* robbing", "kept *from* going"."""
    frame = frame_of(reading, verb, predicates)
    if frame is None or verb.pos_ != "VERB":
        return False
    lemma = verb.lemma
    return any(m in frame.preps or m == "from" or reading.lexicon.verb(lemma, m) for m in marks)


def frame_of(reading: Reading, token: Token, predicates: Predicates) -> Frame | None:
    """Return the frame of an embedding word, also where it is no event of its own ("*began* to march")."""
    if (predicate := predicates.of(token)) is not None:
        return predicate.frame
    lemma = token.lemma
    return reading.lexicon.verb(lemma) if token.pos_ == "VERB" else reading.lexicon.noun(lemma)


def by_governor(
    reading: Reading, governor: Token, form: Form, predicates: Predicates, judge: Judge
) -> Status | None:
    """Return the status that a verb or noun gives to what it embeds in that form; None where it says nothing."""
    if form in ("to", "obj_to") and (phrase := _phrase(reading, governor)):
        above = judge(governor)
        return phrase if above == "asserted" else UNDONE[phrase] if above == "negated" else above
    frame = frame_of(reading, governor, predicates)
    if frame is None or (given := _given(reading, frame, governor, form)) is None:
        return None
    return through(reading, given, judge(governor), frame, form)


def _phrase(reading: Reading, governor: Token) -> Status | None:
    """The status of a semi-auxiliary before an infinitive: "*is expected* to", "*have yet* to", "*happened* to"."""
    lemma = governor.lemma
    keys = [f"{lemma} {c.lower_} to" for c in children(governor, "advmod")]
    keys.append(f"be {governor.lower_} to" if is_passive(governor) else f"{lemma} to")
    phrases = reading.lexicon.status.phrases
    return next((phrases[key] for key in keys if key in phrases), None)


def _given(reading: Reading, frame: Frame, governor: Token, form: Form) -> Status | None:
    """What the longest key says of its complement, else what the verb alone says: "refuse" for "refuse to"."""
    if (status := frame.status_of(form)) is not None or form not in ("to", "obj_to") or frame.kind == "noun":
        return status
    bare = reading.lexicon.verb(governor.lemma)
    return bare.status_of(form) if bare is not None else None


def through(reading: Reading, given: Status, above: Status, frame: Frame, form: Form) -> Status:
    """Return what is left of the status that a word gives, where the word's own status is `above`.

    "did not *manage* to" (not done), "did not *fail* to" (done), "does not *regret*" (done all the same), "did not
    *say* that" (open), "does not *plan* to", "does not *think* that" (not), "did not *order* it" (only supposed).
    """
    lexicon = reading.lexicon
    if above == "asserted" or (form != "to" and lexicon.is_a(frame.event_class, "Attitude")):
        return given
    if form == "noun" and given == "asserted" and not lexicon.is_a(frame.event_class, "Discovery"):
        return given  # "talks to end the *war*": it goes on
    if above != "negated":
        return above if given == "asserted" or above in ("hypothetical", "possible") else given
    if frame.key.split()[0] in _DOUBTS:
        return "asserted"  # "there is no *doubt* that"
    speech = frame.reporting or lexicon.is_any(frame.event_class, _SPEECH)
    if given == "asserted":
        return "possible" if speech or form == "that" else "negated"
    if given == "negated":
        return "possible" if speech else "asserted"
    if given in ("planned", "possible") and (not speech or lexicon.is_a(frame.event_class, "Cognition")):
        return "negated"
    return "possible" if given == "possible" else "hypothetical"
