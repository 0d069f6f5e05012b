"""The status that a clause has from the word above it: "ordered *to strike*", "denied *hitting*", "unable *to go*".

Below verbs and adjectives; below nouns see `kg.extract.events.noun_clauses`, and for what the words above give
`kg.extract.events.signatures`. None stands for "nothing said, or asserted".
"""

from kg.datamodel import Status
from kg.extract.events.attachment import is_complement
from kg.extract.events.noun_clauses import below_noun
from kg.extract.events.predicates import Predicates
from kg.extract.events.signatures import (
    UNDONE,
    Judge,
    by_governor,
    claims,
    frame_of,
    has_to,
    is_infinitive,
    through,
)
from kg.extract.frames import Form
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import children, first_conjunct, has_child, is_clausal, is_passive

__all__ = ["embedded"]


def embedded(reading: Reading, verb: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """Return the status that the word above a clause gives it.

    Args:
        reading: the document.
        verb: head of the clause.
        predicates: those of the document.
        judge: tells the status of the word above.
    """
    head = first_conjunct(verb)
    if head is not verb and head.pos_ == "ADJ" and head.dep_ == "xcomp" and verb.pos_ == "VERB":
        head = first_conjunct(head.head)  # a slip of parsers: "told them to stay awake and *guard* it"
    if head is not verb and has_to(verb) and not is_infinitive(head):
        return "planned"  # "to keep them from landing and *to hold* the port": a purpose of its own
    rule = _RULES.get(head.dep_) if head.head is not head else None
    if rule and (head.head.pos_ == "ADJ" or head.head.lower_ == "close"):
        rule = _of_adjective if rule is not _adverbial or has_to(head) else None
    elif rule is _adverbial and not is_clausal(head.head):
        rule = below_noun
    status = rule(reading, head, predicates, judge) if rule else None
    return None if status == "asserted" else status


def _form(head: Token, governor: Token) -> Form:
    if is_infinitive(head):
        return "obj_to" if has_child(governor, "obj", "iobj", "nsubj:pass") else "to"
    if any(c.lower_ == "from" for c in children(head, "mark")):
        return "from"
    return "ing" if head.tag_ == "VBG" and not has_child(head, "nsubj", "aux") else "that"


# ------------------------------------------------------------- complements


def _complement(reading: Reading, head: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """Complement clauses: "said *that it fell*", "plans *to go*", "it is unlikely *that they agree*".

    Where the verb above says nothing, phase verbs pass their own status down ("will begin *to attack*"), passives of
    saying tell hearsay ("is reported *to have fled*"), and other infinitives a purpose ("is designed *to last*").
    """
    governor, form = head.head, _form(head, head.head)
    if governor.tag_ in ("VBN", "JJ") and has_child(governor, "cop"):
        return _of_adjective(reading, head, predicates, judge)
    status = by_governor(reading, governor, form, predicates, judge)
    if status is not None or form == "from":
        return status
    above, frame = judge(governor), frame_of(reading, governor, predicates)
    if form == "that":
        if frame is None or above not in ("negated", "possible", "hypothetical"):
            return None
        return through(reading, "asserted", above, frame, form)
    if above != "asserted" or form == "ing":
        return above
    if is_passive(governor) and frame is not None:
        if frame.status_of("that") == "asserted":
            return "asserted"  # "was found *to have lied*"
        if frame.reporting:
            return "possible"
    phase = governor.pos_ != "VERB" or (frame is not None and frame.auxiliary)
    return None if phase else "planned"


def _of_adjective(reading: Reading, head: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """Adjectives: "unable *to go*", "it is certain *that he fled*", "too weak *to resist*", "not clear *that*".

    Before an infinitive the phrase counts first ("is certain *to win*" tells of the future), before "that" the adjective
    and of the phrase what it asks for ("it is vital *that* they unite").
    """
    adjective, words = head.head, reading.lexicon.status
    lemma = adjective.lemma
    given, phrase = words.adjectives.get(lemma), words.phrases.get(f"be {lemma} to")
    if is_infinitive(head):
        degrees = {c.lower_ for c in children(adjective, "advmod")}
        given = "negated" if "too" in degrees else "possible" if "enough" in degrees else phrase or given
    elif given is None and (head.tag_ == "VBG" or phrase in ("requested", "possible", "negated")):
        given = phrase
    if any(c.lower_ == "in" for c in children(head, "mark")):
        return None  # "it is important *in that*" gives a reason
    above = judge(adjective)
    if given is None:
        return None if above == "negated" else above
    if above == "negated":
        return "negated" if lemma == "true" else UNDONE[given]
    return above if given == "asserted" else given


# ------------------------------------------------------- adverbial clauses


def _adverbial(reading: Reading, head: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """Purpose, complements that look like it, means and manner: "flew *to sign*", "acted by *cutting* funds".

    Means and manner share the status of their clause, and so does the purpose of what is asked for or supposed ("must act
    *to protect* it"); "returned *only to find*" tells what happened.
    """
    governor = head.head
    if is_infinitive(head):
        if is_complement(head, reading):
            return by_governor(reading, governor, "obj_to", predicates, judge)
        start = next(iter(children(head, "mark"))).i
        if start and head.parse[start - 1].lower_ == "only":
            return None
        above = judge(governor)
        asked = above in ("requested", "ordered", "hypothetical")
        return above if asked else reading.lexicon.status.subordinators.get("to")
    if head.tag_ != "VBG":
        return None
    marks = {c.lower_ for c in children(head, "mark")}
    form: Form = "from" if "from" in marks else "ing"
    if claims(reading, governor, marks, predicates) or (not marks and _is_object(head)):
        if (status := by_governor(reading, governor, form, predicates, judge)) is not None:
            return status
    if marks & _OWN_TIME or form == "from":
        return None
    status = judge(governor)
    if (
        marks & {"to", "toward", "towards"}
        and status == "asserted"
        and not _is_told(reading, governor, predicates)
    ):
        return "planned"  # "contributes *to finding* a solution"
    return None if status == "negated" else status


_OWN_TIME = frozenset("after before since while when despite without".split())


def _is_told(reading: Reading, verb: Token, predicates: Predicates) -> bool:
    """Tell whether a verb with "to" and a gerund speaks of what is done: "admitted *to killing*", "resorted to it"."""
    frame = frame_of(reading, verb, predicates)
    told = ("Communication", "Causation", "Return")
    return frame is not None and reading.lexicon.is_any(frame.event_class, told)


def _is_object(head: Token) -> bool:
    """Tell whether a gerund stands where the object would: "ruled out *pardoning* them"."""
    governor = head.head
    before = head.parse[head.left_edge.i - 1] if head.left_edge.i else head
    return not has_child(governor, "obj") and (before == governor or before.dep_ == "compound:prt")


_RULES = {
    "ccomp": _complement,
    "xcomp": _complement,
    "csubj": _complement,
    "csubj:pass": _complement,
    "acl": below_noun,
    "nmod": below_noun,
    "obl": below_noun,
    "advcl": _adverbial,
}
