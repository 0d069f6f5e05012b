"""Who speaks: the speakers of a reporting verb, and the record of a source with what it is reported as saying."""

from dataclasses import dataclass

from kg.extract.events.predicates import Predicates
from kg.extract.events.subjects import subjects
from kg.extract.frames import ROOT_CLASS
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, conjuncts, has_child, is_passive

__all__ = ["Scope", "is_speech_tag", "owners", "reports", "speakers"]


@dataclass(frozen=True)
class Scope:
    """A source (one token a coordinated member) and the tokens of what it is reported as saying."""

    sources: tuple[Token, ...]
    tokens: frozenset[int]


def reports(predicates: Predicates, token: Token) -> bool:
    """Tell whether a verb reports what somebody says.

    Verbs of the lexicon that do; of those that it does not know, and of finding out, any with a that-clause: "the pilot
    *radioed* that", "the inquiry *found* that".
    """
    predicate = predicates.by_head.get(token.i)
    if predicate is None or token.pos_ != "VERB":
        return False
    if predicate.frame.reporting:
        return True
    if predicate.frame.event_class not in (ROOT_CLASS, "Discovery", "Evidence"):
        return False
    return any(c.lower_ == "that" for clause in children(token, "ccomp") for c in children(clause, "mark"))


def is_speech_tag(verb: Token) -> bool:
    """Tell whether a reporting clause stands beside its content without a complement of its own: "he said"."""
    return not has_child(verb, "ccomp")


def speakers(reading: Reading, verb: Token) -> list[Token]:
    """Return who speaks: the subject, of passives who they are done by, "quoted *X* as saying" the one quoted.

    A statement, letter or report speaks for those whose it is: "a statement *by the council* said".
    """
    if verb.dep_ == "advcl" and any(c.lower_ == "as" for c in children(verb, "mark")) and verb.tag_ == "VBG":
        quoted = [*children(verb.head, "obj", "nsubj:pass")] or subjects(verb.head, reading)[0]
        return [antecedent(t) for c in quoted for t in conjuncts(c)]
    found, passive = subjects(verb, reading)
    if passive or is_passive(verb):
        found = [t for c in children(verb, "obl:agent") for t in conjuncts(c)]
    elif not found and verb.dep_ == "parataxis" and verb.i and verb.nbor(-1).dep_ == "appos":
        found = [verb.nbor(-1)]  # "X, *his lawyer* insisted, had paid", where the parser sees an apposition
    return [owner for token in found for owner in _spoken_for(reading, antecedent(token))]


def _spoken_for(reading: Reading, token: Token) -> list[Token]:
    frame = reading.lexicon.noun(token.lemma) if reading.event_noun(token) else None
    if frame is not None and reading.lexicon.is_a(frame.event_class, "Communication"):
        return owners(token) or [token]
    return [token]


def owners(noun: Token) -> list[Token]:
    """Return whose a noun of saying is: "*Putin's* announcement", "a statement by *the ministry*"."""
    found = [t for c in children(noun, "nmod:poss") for t in conjuncts(c)]
    return found + [t for c in children(noun, "nmod") if case_of(c) in ("by", "from") for t in conjuncts(c)]
