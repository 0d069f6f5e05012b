"""Which way the clause of a time expression looks: back, ahead, or at what is so now.

English has no future tense, so it is read off modals, infinitives and the words that schedule ("the talks planned *for*
Monday"). Not handled: the present of headlines as a past, the historic present.
"""

from collections.abc import Iterator

from kg.extract.frames import Lexicon
from kg.extract.parse import Token
from kg.extract.syntax import case_of, children, has_child
from kg.extract.times.patterns import DAYS, Tense

__all__ = ["tense_of"]

_FUTURE = frozenset(
    ("will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "can", "should", "must")
)
_AHEAD = frozenset(("planned", "ordered", "requested", "possible"))
# "meets on Thursday", "is meeting on Thursday": the present of these verbs announces; of others it tells what goes on, or
# in headlines and captions what has been.
_SCHEDULED = frozenset(
    "be meet visit travel fly go come leave arrive hold host attend start begin open close end expire take vote run play "
    "return resume finish".split()
)
_ANNOUNCING = frozenset("schedule reschedule plan expect set slate due".split())
# What nobody schedules: a bare weekday beside such a noun has been, whatever the clause says ("will discuss Friday's attack").
_UNPLANNED = ("Assault", "Incident", "Crime", "Death", "Injury")


def tense_of(token: Token, lexicon: Lexicon) -> Tense:
    """Return the direction of the clause that a time expression stands in.

    "will send it on Thursday", "agreed to go on Thursday", "talks set for Thursday": future; "the vote is on Thursday":
    present; "was forced to go on Thursday", "may have gone on Thursday": past.

    Args:
        token: head of the expression.
        lexicon: says whether an infinitive lies ahead of its verb ("planned to go") or not ("managed to go").
    """
    if case_of(token) == "for" and (_is_day(token) or token.head.lemma in _ANNOUNCING):
        return "future"
    for ancestor in token.ancestors:
        noun = lexicon.noun(ancestor.lemma) if ancestor.pos_ == "NOUN" else None
        if noun is not None and lexicon.is_any(noun.event_class, _UNPLANNED):
            return "past"
        if ancestor.pos_ in ("VERB", "AUX") or has_child(ancestor, "cop"):
            if (tense := _own_tense(ancestor, lexicon)) is not None:
                return tense
    return "past"


def _is_day(token: Token) -> bool:
    """Tell whether a date names a day: "for *Friday*", "for *17* November"; "for March" may be what is accounted for."""
    return token.lower_ in DAYS or any(
        part.text.isdigit() and len(part) < 3 for part in (token, *token.children)
    )


def _own(verb: Token) -> Tense | None:
    """The tense that the verb's own auxiliaries and form tell; None for a bare infinitive or participle."""
    helpers = list(children(verb, "aux", "aux:pass", "cop"))
    words = {child.lower_ for child in helpers}
    if words & _FUTURE:
        return "past" if "have" in words and verb.tag_ in ("VBN", "VBD") else "future"
    finite = [child.tag_ for child in (*helpers, verb)]
    if "VBD" in finite:
        return "past"
    if verb.tag_ == "VBN" and words & {"have", "has", "had", "'ve", "’ve"}:
        return "past"
    if {"VBZ", "VBP"} & set(finite):
        if verb.tag_ == "VBN":
            return "future" if verb.lemma in _ANNOUNCING else "past"
        return "present" if verb.lemma in _SCHEDULED or has_child(verb, "cop") else "past"
    if verb.tag_ == "VBG" and any(c.lower_ in ("after", "since") for c in children(verb, "mark")):
        return "past"
    return "past" if verb.tag_ == "VBN" and not any(_infinitive(verb)) else None


def _infinitive(verb: Token) -> Iterator[Token]:
    return (c for c in children(verb, "mark", "aux") if c.lower_ == "to")


def _own_tense(verb: Token, lexicon: Lexicon) -> Tense | None:
    """The tense of a verb; an infinitive lies ahead where its governor wants, plans or orders it, else goes with it."""
    own = _own(verb)
    if own is not None or not any(_infinitive(verb)):
        return own
    governor = verb.head
    frame = lexicon.verb(governor.lemma) or lexicon.noun(governor.lemma)
    if verb.dep_ == "acl" and frame is None:
        return "future"  # "the airport to be opened on Friday"
    if any(c.lower_ == "had" for c in children(governor, "aux")):
        return "past"  # "had ordered them to strike on Sunday": what is told lies behind
    if frame is not None and {frame.status_of("to"), frame.status_of("obj_to")} & _AHEAD:
        return "future"
    if governor.pos_ == "ADJ":
        return "future"  # "due to arrive", "likely to leave"
    return None
