"""What the text commits itself to about an event: one of seven statuses (`kg.datamodel.Status`).

The text's own words decide, from the event outwards: negation, modal, subordinator, adverb; then the word that embeds it
("ordered", "denied", "plans to"), whose statuses are data of the lexicon. The idea follows FactBank (Saurí and
Pustejovsky 2009), reduced to one value an event.

Not handled: irony, negation by content ("it is a myth that"), scope ambiguities of "not ... because".
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.datamodel import Status
from kg.extract.events.predicates import Predicate, Predicates, lemma_of
from kg.extract.events.subjects import is_complement
from kg.extract.frames import Form, Frame
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, first_conjunct, has_child, is_clausal, is_passive

__all__ = ["status_of"]


def status_of(reading: Reading, predicate: Predicate, predicates: Predicates) -> Status:
    """Return the status of an event.

    Args:
        reading: the document.
        predicate: the event's predicate.
        predicates: those of the document.
    """
    if predicate.head.pos_ != "VERB":
        if own := _nominal(reading, predicate, predicates):
            return own
        if predicate.carrier is None:
            return "asserted"
        carried = _verbal(reading, predicate.carrier, predicates)
        if carried == "asserted" and predicate.light is not None:
            return predicate.light.status
        return carried
    return _verbal(reading, predicate.head, predicates)


# ------------------------------------------------------------------- verbs


def _verbal(reading: Reading, verb: Token, predicates: Predicates) -> Status:
    return (
        _own(reading, verb)
        or _embedded(reading, verb, predicates)
        or ("possible" if _is_question(verb) else None)
        or "asserted"
    )


def _own(reading: Reading, verb: Token) -> Status | None:
    """Negation, modal, subordinator and adverb of a verb, also those that it shares with the verb before it."""
    words = reading.lexicon.status
    helpers = list(_helpers(verb))
    if any(lemma_of(t) in words.negators or t.lower_ in words.negators for t in helpers) or _has_no(verb):
        return "negated"
    marks = [t for t in helpers if t.dep_ in ("mark", "advmod") or t.dep_ == "case"]
    for mark in marks:
        key = " ".join([mark.lower_, *(f.lower_ for f in children(mark, "fixed"))])
        if mark.dep_ == "mark" and key != "to" and (status := words.subordinators.get(key)):
            return status
        if status := words.prepositions.get(key):
            return status
    if modal := next((t for t in helpers if t.dep_ == "aux" and lemma_of(t) in words.modals), None):
        return _modal(reading, verb, modal)
    for adverb in (t for t in helpers if t.dep_ == "advmod"):
        if status := words.adverbs.get(adverb.lower_):
            return status
    return None


def _helpers(verb: Token) -> Iterator[Token]:
    """The function words of a verb; a bare coordinated verb has those of the first: "will *send and stop*"."""
    own = [c for c in verb.children if c.dep_ in ("aux", "advmod", "mark", "case", "cc:preconj", "det")]
    yield from own
    bare = not any(c.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass", "mark") for c in verb.children)
    if (
        verb.dep_ == "conj"
        and bare
        and verb.tag_ == first_conjunct(verb).tag_
        and verb.tag_ in ("VB", "VBN", "VBG")
    ):
        yield from (
            c
            for c in first_conjunct(verb).children
            if c.dep_ in ("aux", "mark") or lemma_of(c) in ("not", "never")
        )


def _has_no(verb: Token) -> bool:
    """Negation by "no", "nobody", "neither" on subject or object: "*no* plane left", "had *no* word"."""
    for child in children(verb, "nsubj", "nsubj:pass", "obj", "expl"):
        if any(c.lower_ in ("no", "neither") for c in children(child, "det", "cc:preconj")):
            return True
        if child.lower_ in ("nobody", "none", "nothing", "neither") or child.lower_ == "no":
            return True
    return False


def _modal(reading: Reading, verb: Token, modal: Token) -> Status:
    words = reading.lexicon.status
    conditional = any(
        words.subordinators.get(mark.lower_) == "hypothetical"
        for clause in children(first_conjunct(verb), "advcl")
        for mark in children(clause, "mark")
    )
    if conditional and lemma_of(modal) in ("would", "could", "might", "should"):
        return "hypothetical"
    if lemma_of(modal) == "would" and any(c.lower_ in _AFTERWARDS for c in children(verb, "advmod")):
        return "asserted"  # the future of a story: "he would later become president"
    table = words.modals_reported if _is_reported(reading, verb) else words.modals
    return table.get(lemma_of(modal)) or words.modals[lemma_of(modal)]


_AFTERWARDS = frozenset("later subsequently eventually ultimately".split())


def _is_reported(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb stands in a clause that somebody is reported as saying."""
    for ancestor in verb.ancestors:
        if reading.lexicon.is_reporting(lemma_of(ancestor)):
            return True
    return any(reading.lexicon.is_reporting(lemma_of(c)) for c in children(verb, "parataxis"))


def _is_question(verb: Token) -> bool:
    sent = verb.sent
    last = next((t for t in reversed(sent) if not t.is_space and not t.is_quote), None)
    return last is not None and last.text == "?"


# ---------------------------------------------------------------- embedding


def _embedded(reading: Reading, verb: Token, predicates: Predicates) -> Status | None:
    """The status that the word above gives: "ordered to *strike*", "denied *hitting*", "a plan to *go*"."""
    head = first_conjunct(verb)
    governor = head.head
    if governor is head:
        return None
    infinitive = any(c.lower_ == "to" for c in children(head, "mark")) or (
        head.tag_ == "VB" and head.dep_ == "xcomp"
    )
    if head.dep_ in ("ccomp", "xcomp", "csubj", "csubj:pass"):
        status = _by_governor(reading, governor, _form(head, governor, infinitive), predicates)
        if status is None and (infinitive or head.tag_ == "VBG"):
            # phase verbs pass their own status down ("will *begin* to attack"), others tell a purpose ("designed to")
            own = _inherited(reading, governor, predicates)
            if infinitive and is_passive(governor) and reading.lexicon.is_reporting(lemma_of(governor)):
                return own or "possible"  # hearsay: "is reported *to have been seized*"
            return own or ("planned" if infinitive and not _is_phase(reading, governor, predicates) else None)
        return None if status == "asserted" else status
    if head.dep_ == "acl" or (head.dep_ in ("nmod", "obl", "advcl") and not is_clausal(governor)):
        return _below_noun(reading, head, governor, infinitive, predicates)
    if head.dep_ == "advcl":
        if infinitive and _is_adjective(governor):
            return _by_governor(reading, governor, "to", predicates)
        if infinitive and is_complement(head, reading):
            return _by_governor(reading, governor, "obj_to", predicates)
        if infinitive:
            return reading.lexicon.status.subordinators.get("to")
        if any(c.lower_ in ("from",) for c in children(head, "mark")):
            return _by_governor(reading, governor, "from", predicates)
        if any(c.dep_ == "mark" for c in head.children):
            frame = _frame(reading, governor, predicates)
            if head.tag_ == "VBG" and frame is not None and governor.pos_ == "VERB":
                if (status := frame.status_of("ing")) is not None:
                    return None if status == "asserted" else status
        if head.tag_ == "VBG" and not any(c.lower_ in _OWN_TIME for c in children(head, "mark")):
            # means and manner share the status of their clause: "we must act by *cutting* its funds"
            status = _inherited(reading, governor, predicates)
            return None if status == "negated" else status
    return None


_OWN_TIME = frozenset("after before since while when despite without".split())


def _is_phase(reading: Reading, governor: Token, predicates: Predicates) -> bool:
    frame = _frame(reading, governor, predicates)
    return governor.pos_ != "VERB" or (frame is not None and frame.auxiliary)


def _is_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ"


def _form(head: Token, governor: Token, infinitive: bool) -> Form:
    if infinitive:
        return "obj_to" if has_child(governor, "obj", "iobj", "nsubj:pass") else "to"
    if any(c.lower_ == "from" for c in children(head, "mark")):
        return "from"
    return "ing" if head.tag_ == "VBG" and not has_child(head, "nsubj", "aux") else "that"


def _by_governor(reading: Reading, governor: Token, form: Form, predicates: Predicates) -> Status | None:
    """The status that a verb, noun or adjective gives to what it embeds; None where it says nothing."""
    words = reading.lexicon.status
    if governor.pos_ == "ADJ" or (governor.tag_ in ("VBN", "JJ") and has_child(governor, "cop")):
        lemma = lemma_of(governor)
        return words.adjectives.get(lemma) or words.phrases.get(f"be {lemma} to")
    frame = _frame(reading, governor, predicates)
    if frame is not None and (status := frame.status_of(form)):
        if status != "asserted":
            return status
        return _inherited(reading, governor, predicates) or status
    return words.phrases.get(f"be {lemma_of(governor)} to") or words.phrases.get(f"{lemma_of(governor)} to")


def _frame(reading: Reading, governor: Token, predicates: Predicates) -> Frame | None:
    if (predicate := predicates.of(governor)) is not None:
        return predicate.frame
    lemma = lemma_of(governor)
    return reading.lexicon.verb(lemma) if governor.pos_ == "VERB" else reading.lexicon.noun(lemma)


def _inherited(reading: Reading, governor: Token, predicates: Predicates) -> Status | None:
    status = _verbal(reading, governor, predicates)
    return None if status == "asserted" else status


def _below_noun(
    reading: Reading, head: Token, noun: Token, infinitive: bool, predicates: Predicates
) -> Status | None:
    """Clauses after a noun: "decision *to invoke*", "suspicion of *having told*", "an opportunity *to deepen*"."""
    words = reading.lexicon.status
    if not infinitive and head.tag_ in ("VBN", "VBD"):
        return None
    marked = any(c.dep_ in ("mark", "case") for c in head.children)
    if not infinitive and head.tag_ == "VBG" and not marked:
        return None
    lemma = lemma_of(noun)
    if lemma in words.nouns:
        return words.nouns[lemma]
    frame = _frame(reading, noun, predicates)
    form: Form = "to" if infinitive else "ing" if head.tag_ == "VBG" else "that"
    status = frame.status_of(form) if frame is not None else None
    if status is None and infinitive:
        return _called_for(reading, noun, predicates) or "planned"
    return None if status == "asserted" else status


def _called_for(reading: Reading, noun: Token, predicates: Predicates) -> Status | None:
    """The status of what a noun is wanted for: "called for a force *to protect* the port" -> requested."""
    first = first_conjunct(noun)
    frame = _frame(reading, first.head, predicates) if first.dep_ in ("obj", "obl") else None
    if frame is None or (first.dep_ == "obl" and not frame.key.endswith(" " + case_of(first))):
        return None
    status = frame.status_of("noun")
    return None if status == "asserted" else status


# -------------------------------------------------------------- event nouns


def _nominal(reading: Reading, predicate: Predicate, predicates: Predicates) -> Status | None:
    """Adjective, determiner and governor of an event noun: "a *planned* attack", "*no* talks", "called for *talks*"."""
    words = reading.lexicon.status
    noun = predicate.head
    if any(c.lower_ in ("no", "neither") for c in children(noun, "det")):
        return "negated"
    for child in children(noun, "amod", "advmod", "compound"):
        if status := words.adjectives.get(child.lower_) or words.adjectives.get(lemma_of(child)):
            return None if status == "asserted" else status
    first = first_conjunct(noun)
    prep = case_of(first)
    if status := words.prepositions.get(prep):
        return status
    if has_child(noun, "cop"):
        return _verbal_or_none(reading, noun, predicates)
    governor = first.head
    if predicate.carrier is not None:
        return None
    if first.dep_ == "nsubj:pass" and _is_definite(noun):
        return None  # "the attack was planned abroad" tells of an attack; "an attack was planned" does not
    if first.dep_ in ("obj", "nsubj:pass", "obl") and governor.pos_ == "VERB":
        frame = _frame(reading, governor, predicates)
        if frame is not None and (first.dep_ != "obl" or frame.key.endswith(" " + prep)):
            status = frame.status_of("noun")
            return None if status == "asserted" else status
    if first.dep_ == "nmod" and prep in ("of", "for", "to"):
        if lemma_of(governor) in words.nouns and prep != "for":
            return words.nouns[lemma_of(governor)]
        frame = predicates.by_head[governor.i].frame if governor.i in predicates.by_head else None
        status = frame.status_of("noun") if frame is not None else None
        return None if status == "asserted" else status
    return None


def _is_definite(noun: Token) -> bool:
    return any(
        c.dep_ == "nmod:poss" or c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts
    )


def _verbal_or_none(reading: Reading, token: Token, predicates: Predicates) -> Status | None:
    status = _verbal(reading, token, predicates)
    return None if status == "asserted" else status
