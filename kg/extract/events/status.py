"""What the text commits itself to about an event: one of seven statuses (`kg.datamodel.Status`).

The text's own words decide, from the event outwards: negation, modal, subordinator, adverb; then the word that embeds it
(`kg.extract.events.embedding`). The idea follows FactBank (Saurí and Pustejovsky 2009), reduced to one value an event.

Not handled: irony, negation by content ("it is a myth that"), scope ambiguities of "not ... because" and "not ... until".
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from kg.datamodel import Status
from kg.extract.events.embedding import embedded
from kg.extract.events.noun_clauses import nominal_embedded
from kg.extract.events.predicates import Predicate, Predicates
from kg.extract.events.signatures import Judge
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, first_conjunct, has_child

__all__ = ["Statuses"]


class Statuses:
    """The statuses of the events of a document and of the words above them, each worked out once.

    Called with a word it tells the status of the clause of a verb, or of a noun by its own words.
    """

    def __init__(self, reading: Reading, predicates: Predicates) -> None:
        self._reading = reading
        self._predicates = predicates
        self._known: dict[int, Status] = {}

    def of(self, predicate: Predicate) -> Status:
        """Return the status of an event."""
        if predicate.head.pos_ == "VERB":
            return self(predicate.head)
        if own := _nominal(self._reading, predicate, self._predicates, self):
            return own
        if predicate.carrier is None:
            return "asserted"
        carried = self(predicate.carrier)
        if carried == "asserted" and predicate.light is not None:
            return predicate.light.status
        return carried

    def __call__(self, token: Token) -> Status:
        """Return the status of the clause of a verb, or of a noun by its own words."""
        if token.i not in self._known:
            self._known[token.i] = self._status_at(token) if _is_readable(token) else "asserted"
        return self._known[token.i]

    def _status_at(self, token: Token) -> Status:
        predicate = self._predicates.of(token)
        if predicate is not None and predicate.head.pos_ != "VERB" and predicate.carrier != token:
            return self.of(predicate)
        if token.pos_ in ("NOUN", "PROPN") and not has_child(token, "cop"):
            return "negated" if _is_none(token) else "asserted"
        return _verbal(self._reading, token, self._predicates, self)


def _is_readable(token: Token) -> bool:
    """Tell whether a word is less deep in its sentence than anybody writes; deeper trees are none of language."""
    return next(islice(token.ancestors, _DEEPEST + 1, None), None) is None


_DEEPEST = 40


# ------------------------------------------------------------------- verbs


def _verbal(reading: Reading, verb: Token, predicates: Predicates, judge: Judge) -> Status:
    """A clause's status: its own words before those above it, unless these undo it.

    "denied that it *would* close the port" denies the plan, "it is unlikely that they *will* agree" leaves it open.
    """
    own = _own(reading, verb) or _copular(reading, verb)
    above = embedded(reading, verb, predicates, judge)
    if own in ("planned", "requested") and above is not None:
        if above in ("negated", "hypothetical") or _is_doubted(verb, above):
            return above
    status = own or above or "asserted"
    return "possible" if status != "hypothetical" and _is_asked(verb) else status


def _copular(reading: Reading, verb: Token) -> Status | None:
    """An infinitive after "be": "the minister *is to* visit Rome", "was *due to* go", "the *plan* is *to* attack"."""
    mark = next(
        (c for c in children(verb, "mark", "case") if c.lower_ == "to" or has_child(c, "fixed")), None
    )
    if mark is None or verb.tag_ == "VBG" or not any(c.i < mark.i for c in children(verb, "cop", "aux")):
        return None
    words = " ".join(["be", mark.lower_, *(c.lower_ for c in children(mark, "fixed"))])
    nouns = [c for c in children(verb, "nsubj", "nsubj:outer") if reading.event_noun(c)]
    frame = reading.lexicon.noun(nouns[0].lemma) if nouns else None
    status = frame.status_of("to") if frame is not None else None
    return status or reading.lexicon.status.phrases.get(words)


def _is_doubted(verb: Token, above: Status | None) -> bool:
    """Tell whether a clause's future is called open: "it is *unlikely* that they will", "*doubt* that they will".

    What somebody believes, hopes or warns of as coming stays his or her prediction.
    """
    governor = first_conjunct(verb).head
    return above == "possible" and (governor.pos_ == "ADJ" or governor.lemma in ("doubt", "question"))


def _own(reading: Reading, verb: Token) -> Status | None:
    """Negation, modal, subordinator and adverb of a verb, also those that it shares with the verb before it."""
    words = reading.lexicon.status
    helpers = list(_helpers(verb))
    clause = _by_subordinator(reading, verb, helpers)
    if clause == "hypothetical":
        return clause  # "if the flight had *not* been cancelled" is as open as without "not"
    modal = next((t for t in helpers if t.dep_ == "aux" and t.lemma in words.modals), None)
    if _is_negated(reading, verb, helpers):
        return "possible" if modal is not None and modal.lower_ in _OPEN else "negated"
    if clause is not None:
        return clause
    if modal is not None:
        return _modal(reading, verb, modal)
    found = (words.adverbs.get(t.lower_) for t in helpers if t.dep_ == "advmod")
    return next((status for status in found if status), None)


_OPEN = ("may", "might")  # "may *not* have died" leaves open what "could not" denies


def _helpers(verb: Token) -> Iterator[Token]:
    """The function words of a verb; a bare coordinated verb has those of the first: "will *send and stop*".

    A subordinator holds for all clauses that it precedes: "*if* the bank fails and the state *pays*".
    """
    yield from children(verb, "aux", "advmod", "mark", "case", "cc:preconj", "det")
    first = first_conjunct(verb)
    if first is verb or has_child(verb, "mark"):
        return
    yield from (c for c in children(first, "mark") if c.i < first.i)
    bare = not has_child(verb, "aux", "aux:pass", "nsubj", "nsubj:pass")
    if bare and verb.tag_ == first.tag_ and verb.tag_ in ("VB", "VBN", "VBG"):
        yield from (c for c in first.children if c.dep_ == "aux" or c.lemma in ("not", "never"))


def _by_subordinator(reading: Reading, verb: Token, helpers: list[Token]) -> Status | None:
    """The status of a clause by the word that introduces it: "*if* the bank fails", "*without* signing".

    In questions within a sentence "if" and "whether" leave open what they ask: "asked *whether* he lied". A clause with
    "until" in the past has come true. An inverted auxiliary stands for "if": "*had* the pilot landed".
    """
    words = reading.lexicon.status
    for mark in (t for t in helpers if t.dep_ in ("mark", "advmod", "case")):
        key = " ".join([mark.lower_, *(f.lower_ for f in children(mark, "fixed"))])
        status = words.subordinators.get(key) if mark.dep_ in ("mark", "advmod") and key != "to" else None
        if status and (key == "whether" or (key == "if" and first_conjunct(verb).dep_ in _ASKED)):
            return "possible"
        if status == "planned" and key in ("until", "till") and _is_past(verb):
            return None
        if status and (mark.dep_ == "mark" or key in ("if", "unless")):
            return status
        if status := words.prepositions.get(key):
            return status
    if first_conjunct(verb).dep_ == "advcl" and not has_child(verb, "mark"):
        for subject in children(verb, "nsubj", "nsubj:pass"):
            if any(t.lower_ in ("had", "should", "were") and t.i < subject.i for t in _auxiliaries(verb)):
                return "hypothetical"
    return None


_ASKED = ("ccomp", "csubj", "csubj:pass", "acl", "obl", "nmod", "xcomp")


def _auxiliaries(verb: Token) -> Sequence[Token]:
    return children(verb, "aux", "aux:pass", "cop")


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(t.tag_ == "VBD" for t in _auxiliaries(verb))


def _is_negated(reading: Reading, verb: Token, helpers: list[Token]) -> bool:
    """Tell whether a clause is negated: "did *not* go", "*no* plane left", "*no longer* holds", "*nor* did it shell".

    Not by "not only", which adds to what it stands before.
    """
    words = reading.lexicon.status
    for helper in helpers:
        if helper.lower_ in words.negators or helper.lemma in words.negators:
            after = helper.nbor(1).lower_ if helper.i + 1 < len(helper.parse) else ""
            if after not in _ADDS and after != "until":
                return True
        if helper.lower_ == "longer" and helper.i and helper.nbor(-1).lower_ == "no":
            return True
    return _has_no(verb) or any(c.lower_ == "nor" for c in children(verb, "cc"))


_ADDS = frozenset("only just merely simply solely".split())
_NEVER = frozenset("time way circumstance case account condition point stage means".split())


def _has_no(verb: Token) -> bool:
    """Negation by "no", "nobody", "neither" on subject, object or adverbial: "*no* plane left", "at *no* time met"."""
    for child in children(verb, "nsubj", "nsubj:pass", "obj", "expl"):
        if _is_none(child) or any(c.lower_ == "neither" for c in children(child, "cc:preconj")):
            return True
    return any(_is_none(c) and c.lemma in _NEVER for c in children(verb, "obl"))


def _is_none(noun: Token) -> bool:
    """Tell whether a noun says that there is none: "*no* evidence", "*nobody*", "*neither* side"."""
    if noun.lower_ in ("nobody", "none", "nothing", "neither", "no", "no-one"):
        return True
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in ("no", "neither"):
            return True
    return noun.lower_ == "one" and noun.i > 0 and noun.nbor(-1).lower_ == "no"


def _modal(reading: Reading, verb: Token, modal: Token) -> Status:
    words = reading.lexicon.status
    if modal.lemma in ("would", "could", "might", "should") and _has_condition(reading, verb):
        return "hypothetical"
    if modal.lemma == "would" and any(c.lower_ in _AFTERWARDS for c in children(verb, "advmod")):
        return "asserted"  # the future of a story: "he would later become president"
    table = words.modals_reported if _is_reported(reading, verb) else words.modals
    return table.get(modal.lemma) or words.modals[modal.lemma]


_AFTERWARDS = frozenset("later subsequently eventually ultimately".split())


def _has_condition(reading: Reading, verb: Token) -> bool:
    """Tell whether a clause depends on a condition: "*if* ..., X would go", "*had* ..., X would have gone"."""
    return any(
        _by_subordinator(reading, clause, list(_helpers(clause))) == "hypothetical"
        for clause in children(first_conjunct(verb), "advcl")
    )


def _is_reported(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb stands in a clause that somebody is reported as saying."""
    for ancestor in verb.ancestors:
        if reading.lexicon.is_reporting(ancestor.lemma):
            return True
    return any(reading.lexicon.is_reporting(c.lemma) for c in children(verb, "parataxis"))


def _is_asked(verb: Token) -> bool:
    """Tell whether a question leaves an event open: "*Did* Turkey attack?", "Is he *said* to have fled?".

    Only the verb that the question is about, and not what a question about the past takes for granted: "*Why* did the
    army attack?", "*Who* ordered it?".
    """
    head = first_conjunct(verb)
    if head.dep_ not in ("ROOT", "parataxis", "ccomp") or has_child(head, "mark"):
        return False
    last = next((t for t in reversed(verb.sent) if not t.is_space and not t.is_quote), None)
    if last is None or last.text != "?":
        return False
    asks_for = any(t.tag_ in ("WRB", "WP", "WDT", "WP$") for t in head.parse[head.left_edge.i : head.i])
    return not (asks_for and (_is_past(head) or head.tag_ == "VBN"))


# -------------------------------------------------------------- event nouns


def _nominal(reading: Reading, predicate: Predicate, predicates: Predicates, judge: Judge) -> Status | None:
    """Adjective, determiner and governor of an event noun: "a *planned* attack", "*no* talks", "called for *talks*".

    What fails or is false is still there where it is talk or an attempt: "*failed* talks", "a *false* claim".
    """
    lexicon, noun = reading.lexicon, predicate.head
    if _is_none(noun):
        return "negated"
    for child in children(noun, "amod", "advmod", "compound"):
        status = lexicon.status.adjectives.get(child.lower_) or lexicon.status.adjectives.get(child.lemma)
        if status == "negated" and lexicon.is_any(predicate.frame.event_class, _STILL_THERE):
            continue
        if status:
            return None if status == "asserted" else status
    if status := lexicon.status.prepositions.get(case_of(first_conjunct(noun))):
        return status
    if has_child(noun, "cop"):
        status = _verbal(reading, noun, predicates, judge)
        return None if status == "asserted" else status
    if predicate.carrier is not None:
        return None
    return nominal_embedded(reading, predicate, predicates, judge)


_STILL_THERE = ("Communication", "Consult", "Cognition", "Accuse", "Request", "Threaten")
