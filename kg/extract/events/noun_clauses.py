"""The status of clauses after nouns and of event nouns below words: "a plan *to go*", "reports *that it fell*", "ordered *strikes*".

The rules look at the noun, at what befalls it, and at the word above; see `kg.extract.events.signatures`.
"""

from kg.datamodel import Status
from kg.extract.events.predicates import Predicate, Predicates, said_through
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
from kg.extract.frames import Form, Frame
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, first_conjunct, has_child

__all__ = ["below_noun", "nominal_embedded"]


def below_noun(reading: Reading, head: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """Clauses after a noun: "decision *to invoke*", "suspicion of *having told*", "reports *that it fell*".

    What the noun gives, through the noun's own status. A plot that was foiled killed nobody, and what a denied report
    tells did not happen. After "the first", "the only" an infinitive tells what was done.
    """
    noun, infinitive = head.head, is_infinitive(head)
    if not infinitive and head.tag_ in ("VBN", "VBD", "VBG") and not has_child(head, "mark", "case"):
        return None
    form: Form = "to" if infinitive else "ing" if head.tag_ == "VBG" else "that"
    if infinitive and _is_ranked(reading, noun):
        return None
    if form == "ing" and (status := _through_object(reading, head, predicates, judge)):
        return status
    frame = frame_of(reading, noun, predicates)
    given = _given_by_noun(reading, noun, frame, form)
    if given is None and (has_to(head) or _TOWARDS.intersection(c.lower_ for c in children(head, "mark"))):
        return _called_for(reading, noun, predicates) or "planned"
    if given is None:
        return None
    if _is_undone(reading, noun, predicates, judge):
        return "negated"
    above: Status = "asserted" if _is_carried_from(noun, head, predicates) else judge(noun)
    if frame is not None:
        return through(reading, given, above, frame, form)
    return UNDONE[given] if above == "negated" else given


def _given_by_noun(reading: Reading, noun: Token, frame: Frame | None, form: Form) -> Status | None:
    """The status that a noun gives; a noun of saying that is nobody's tells hearsay: "there are *reports* that"."""
    if status := reading.lexicon.status.nouns.get(noun.lemma):
        return status
    if frame is None or (status := frame.status_of(form)) is not None or form != "that":
        return None if frame is None else status
    owned = has_child(noun, "nmod:poss") or any(case_of(c) in ("by", "from") for c in children(noun, "nmod"))
    if not frame.reporting:
        return None
    definite = owned or has_child(noun, "acl:relcl") or any(c.lower_ == "the" for c in children(noun, "det"))
    return "asserted" if definite or _is_made(reading, noun) else "possible"


def _is_made(reading: Reading, noun: Token) -> bool:
    """Tell whether somebody makes a noun of saying or speaks through it: "*he* made the claim that", "said in a letter that"."""
    first = first_conjunct(noun)
    spoken = first.dep_ == "obl" and any(clause.head == first for clause in said_through(reading, first.head))
    return (first.dep_ == "obj" or spoken) and has_child(first.head, "nsubj")


def _is_ranked(reading: Reading, noun: Token) -> bool:
    """Tell whether somebody is the first, last or only one: "the *first* country to recognise it"."""
    if noun.lemma in _RANKS:
        return True
    mention = reading.mention(noun)
    if mention is None or mention.type not in ("Person", "Organization", "Group", "Place"):
        return False
    beside = children(noun, "amod", "advmod", "nummod", "det")
    return any(c.lemma in _RANKS or c.tag_ == "JJS" for c in beside)


_TOWARDS = frozenset(("toward", "towards"))  # "a step *towards* lifting the ban"
_RANKS = frozenset("first second third last latest only".split())


def _through_object(reading: Reading, head: Token, predicates: Predicates, judge: Judge) -> Status | None:
    """A gerund that the parser hangs on the object: "accused the guard of *robbing* a bank", "kept X from *going*"."""
    noun, marks = head.head, {c.lower_ for c in children(head, "mark", "case")}
    if noun.dep_ not in ("obj", "nsubj:pass", "iobj") or not claims(reading, noun.head, marks, predicates):
        return None
    return by_governor(reading, noun.head, "from" if "from" in marks else "ing", predicates, judge)


def _is_carried_from(noun: Token, head: Token, predicates: Predicates) -> bool:
    """Tell whether a clause of the noun carries it: "a hunt *to continue*" has its status from there."""
    predicate = predicates.of(noun)
    carrier = predicate.carrier if predicate is not None else None
    return carrier is not None and (carrier is head or noun.is_ancestor(carrier))


def _is_undone(reading: Reading, noun: Token, predicates: Predicates, judge: Judge) -> bool:
    """Tell whether what a noun speaks of came to nothing: "denied *reports* that", "foiled a *plot* to", "the *bid* failed"."""
    if _is_failed(reading, noun):
        return True
    first = first_conjunct(noun)
    verb = first.head
    frame = frame_of(reading, verb, predicates) if verb.pos_ == "VERB" else None
    if frame is None or first.dep_ not in ("obj", "nsubj:pass", "nsubj") or judge(verb) != "asserted":
        return False
    if first.dep_ == "nsubj":
        failed = frame.status_of("to") == "negated" and not has_child(verb, "obj", "xcomp")
        return failed and not reading.lexicon.is_a(frame.event_class, "Reject")
    return "negated" in (frame.status_of("noun"), frame.status_of("that"))


def _is_failed(reading: Reading, noun: Token) -> bool:
    adjectives = reading.lexicon.status.adjectives
    return any(adjectives.get(c.lower_) == "negated" for c in children(noun, "amod"))


def _called_for(reading: Reading, noun: Token, predicates: Predicates) -> Status | None:
    """The status of what a noun is wanted for: "called for a force *to protect* the port" -> requested."""
    first = first_conjunct(noun)
    frame = frame_of(reading, first.head, predicates) if first.dep_ in ("obj", "obl") else None
    if frame is None or (first.dep_ == "obl" and not frame.key.endswith(" " + case_of(first))):
        return None
    status = frame.status_of("noun")
    return None if status == "asserted" else status


# -------------------------------------------------------------- event nouns


def nominal_embedded(
    reading: Reading, predicate: Predicate, predicates: Predicates, judge: Judge
) -> Status | None:
    """Return the status that the word above an event noun gives it: "ordered *strikes*", "a call for *talks*".

    A definite passive subject is there already ("*the attack* was planned abroad"), and so is talk that is denied or
    rejected and a plot that is foiled.
    """
    first = first_conjunct(predicate.head)
    governor, prep = first.head, case_of(first)
    if first.dep_ in ("obj", "nsubj:pass", "obl") and governor.pos_ == "VERB":
        if first.dep_ == "nsubj:pass" and _is_definite(predicate.head):
            return None
        frame = frame_of(reading, governor, predicates)
        if frame is None or (first.dep_ == "obl" and not frame.key.endswith(" " + prep)):
            return None
    elif first.dep_ == "nmod" and prep in ("of", "for", "to"):
        given = reading.lexicon.status.nouns.get(governor.lemma) if prep != "for" else None
        if given is not None:
            return None if given == "asserted" else given
        frame = predicates.by_head[governor.i].frame if governor.i in predicates.by_head else None
    else:
        return None
    given = frame.status_of("noun") if frame is not None else None
    if given is None and frame is not None and frame.key == "claim" and governor.pos_ == "VERB":
        held = reading.lexicon.is_any(predicate.frame.event_class, ("Governance", "Possession", "Contest"))
        return "possible" if held else None  # "claimed *control*", not "claimed the *attack*"
    if frame is None or given is None or (given == "negated" and _is_talk(reading, predicate, frame)):
        return None
    above: Status = "asserted" if _is_carried_from(governor, first, predicates) else judge(governor)
    status = through(reading, given, above, frame, "noun")
    return None if status == "asserted" else status


def _is_talk(reading: Reading, predicate: Predicate, verb: Frame) -> bool:
    """Tell whether a noun is there although the verb undoes what it speaks of: "denied *reports*", "foiled a *plot*"."""
    lexicon, named = reading.lexicon, predicate.frame.event_class
    if lexicon.is_any(named, ("Communication", "Request", "Accuse")):
        return True
    return lexicon.is_a(named, "Cognition") and not lexicon.is_a(verb.event_class, "Denial")


def _is_definite(noun: Token) -> bool:
    return any(
        c.dep_ == "nmod:poss" or c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts
    )
