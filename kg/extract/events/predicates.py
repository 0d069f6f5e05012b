"""Which words of a sentence tell of an event: verbs, event nouns, and event nouns carried by a light verb."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.events.keys import IDIOMS, longest_key, particle_of
from kg.extract.events.naming import is_no_verb_of_event, names_a_thing
from kg.extract.frames import Frame, LightVerb
from kg.extract.parse import Token, Tokens
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, first_conjunct, has_child, relative_head

__all__ = [
    "IDIOMS",
    "INVOLVE",
    "Predicate",
    "Predicates",
    "find_predicates",
    "in_preposition",
    "said_through",
]


@dataclass(slots=True)  # frozen ones take five times as long to make
class Predicate:
    """A word that tells of an event.

    Attributes:
        head: the verb or the event noun.
        words: the trigger: the verb with its particle, or the event noun.
        carrier: the verb that lends an event noun its subject and adverbials: "*launched* strikes", "strikes
            *continued*"; None where the noun stands by itself.
        light: what the carrier adds, if it is a light verb of the lexicon.
        consumed: tokens that belong to the predicate's key and are no arguments ("claimed *responsibility* for").
    """

    head: Token
    words: tuple[Token, ...]
    frame: Frame
    rule: str
    carrier: Token | None = None
    light: LightVerb | None = None
    consumed: tuple[Token, ...] = ()


class Predicates:
    """The predicates of a document, found again by their head or by the verb that carries them."""

    def __init__(self, predicates: Iterable[Predicate]) -> None:
        self.by_head = {predicate.head.i: predicate for predicate in predicates}
        self._by_carrier = {p.carrier.i: p for p in self.by_head.values() if p.carrier is not None}

    def __iter__(self) -> Iterator[Predicate]:
        return (self.by_head[i] for i in sorted(self.by_head))

    def of(self, token: Token) -> Predicate | None:
        """Return the event that a token stands for: as its head, or as the light verb of its noun."""
        return self.by_head.get(token.i) or self._by_carrier.get(token.i)


def find_predicates(reading: Reading, sent: Tokens) -> list[Predicate]:
    """Return the predicates of a sentence in text order, at most one a head word."""
    found: dict[int, Predicate] = {}
    carriers: set[int] = set()
    for token in sent:
        if token.pos_ != "VERB" and not reading.event_noun(token):
            continue
        for predicate in (_carried if token.pos_ == "VERB" else _nominal)(reading, token):
            if predicate.head.i not in found or (predicate.carrier and not found[predicate.head.i].carrier):
                found[predicate.head.i] = predicate
            if predicate.carrier is not None:
                carriers.add(predicate.carrier.i)
    verbal = (token for token in sent if token.pos_ == "VERB" and token.i not in carriers)
    verbs = {token.i: verb for token in verbal if (verb := _verbal(reading, token))}
    consumed = {word.i for verb in verbs.values() for word in verb.consumed}
    found = verbs | found
    return [found[i] for i in sorted(found) if i not in consumed]


# ------------------------------------------------------------------ verbs


def _verbal(reading: Reading, token: Token) -> Predicate | None:
    """A verb in any form: "France *invoked* the article", "*killing* thirty people", "seen", "called for".

    Not a predicate: auxiliaries and copulas, verbs that only add phase ("began to attack"), participles
    used as adjectives ("the suspected leader", "a planned attack") or as prepositions ("documents *relating to* it"), and
    those that only name a thing or say what it is for (`_names_or_fits`), or are no verbs there (`is_no_verb_of_event`).
    """
    if token.dep_ in (
        "amod",
        "compound",
        "case",
        "fixed",
        "flat",
        "aux",
        "aux:pass",
        "cop",
        "mark",
        "goeswith",
    ):
        return None
    if token.lemma == "be":  # "there were two": being there is no event
        return None
    if token.dep_ == "acl" and token.tag_ == "VBG" and token.lemma in _PREPOSITIONAL:
        return None
    if _names_or_fits(token) or is_no_verb_of_event(token):
        return None
    frame, words, consumed = longest_key(reading, token)
    if frame is not None and frame.auxiliary and has_child(token, "xcomp"):
        return None
    rule = "verb"
    if frame is None:
        frame = reading.lexicon.generic_frame(" ".join(word.lemma for word in words))
    return Predicate(token, words, frame, rule, consumed=consumed)


# Participles that say what a noun is about or holds, as a preposition does (Huddleston and Pullum 2002, 7.2.3).
_PREPOSITIONAL = frozenset("concern include pertain regard relate".split())


def _names_or_fits(verb: Token) -> bool:
    """Tell whether a passive only names a thing or says what it is for, as a copula does.

    "the range *is known as* the Teeth", "a town *called* Hope", "a fence *designed to* stop deer". The infinitive is
    the purpose of the thing, its own event. With a by-phrase somebody names or designs it: "*was called* a liar *by* X".

    Not handled: the same without a passive ("they call the range the Teeth"), which is somebody's naming.
    """
    if not (verb.tag_ == "VBN" or (verb.dep_ == "acl" and verb.tag_ == "VBD")) or has_child(
        verb, "obl:agent"
    ):
        return False
    lemma = verb.lemma
    if lemma in _NAMING:
        return verb.dep_ == "acl" and has_child(verb, "xcomp", "obj")
    wanted = "as" if lemma == "know" else "to" if lemma in _FITTING else None
    below = children(verb, "obl", "xcomp", "advcl")
    marks = {c.lower_ for child in below for c in children(child, "case", "mark")}
    return wanted in marks and not has_child(verb, "obj")


_NAMING = frozenset("call dub entitle name nickname title".split())
_FITTING = frozenset("design intend mean".split())


# ------------------------------------------------------------- event nouns


def _nominal(reading: Reading, noun: Token) -> Iterator[Predicate]:
    """An event noun by itself: "the *attack* on the airliner", "French *airstrikes* on Raqqa", "Hollande's *call* for unity".

    Not a predicate: a noun that only modifies another ("attack helicopter"), a part of a name, and a noun that
    `_is_no_event_here` or that `names_a_thing`.
    """
    if noun.dep_ in ("compound", "flat", "fixed", "goeswith", "nmod:desc"):
        return
    if _is_no_event_here(reading, noun) or names_a_thing(reading, noun):
        return
    yield Predicate(noun, (noun,), _noun_frame(reading, noun), "noun")


def _is_no_event_here(reading: Reading, noun: Token) -> bool:
    """Tell whether an event noun below a preposition is used for something else than an event.

    A part of a preposition ("*in exchange for* two soldiers"); the field of an office ("the minister of *defence*"); the
    words that somebody speaks through, where the verb tells of the speaking ("said in a *statement* that").
    """
    prep = case_of(noun)
    if not prep or noun.dep_ not in ("obl", "nmod"):
        return False
    part = in_preposition(reading, noun)
    if (
        part is not None
    ):  # one that gives no role leaves its noun an event: "at the *request* of the president"
        return reading.lexicon.prepositions[part[1]].default is not None
    if noun.dep_ == "nmod":
        bare = not has_child(noun, "det", "nmod:poss", "amod", "acl", "acl:relcl")
        return bare and prep in ("of", "for") and reading.names.is_position(noun.head.lemma)
    frame = reading.lexicon.noun(noun.lemma)
    if frame is None or not frame.weak or prep not in ("in", "by", "through", "via"):
        return False
    spoken = reading.lexicon.is_a(frame.event_class, "Communication")
    return spoken and noun.head.pos_ == "VERB" and reading.lexicon.is_reporting(noun.head.lemma)


def said_through(reading: Reading, verb: Token) -> Iterator[Token]:
    """Yield the clauses that hang on what somebody speaks through, but tell what is said: "said in a letter *that he lied*"."""
    if not reading.lexicon.is_reporting(verb.lemma) or has_child(verb, "ccomp"):
        return
    for medium in children(verb, "obl"):
        for clause in children(medium, "acl", "ccomp") if medium.i > verb.i else ():
            if next((c.lower_ for c in children(clause, "mark")), None) == "that":
                yield clause


def in_preposition(reading: Reading, noun: Token) -> tuple[Token, str] | None:
    """Return the object of a preposition of several words that a noun is a part of, and that preposition.

    "in *response* to the attack", as far as the lexicon lists it.
    """
    first = next(iter(children(noun, "case")), None)
    for child in children(noun, "nmod") if first is not None else ():
        inner = next(iter(children(child, "case")), None)
        if first is not None and inner is not None:
            words = " ".join(t.lower_ for t in noun.parse[first.i : inner.i + 1])
            if words in reading.lexicon.prepositions:
                return child, words
    return None


def _noun_frame(reading: Reading, token: Token) -> Frame:
    """The frame of an event noun, of its compound or phrase where the lexicon knows it.

    "*air* strike", "*on* strike"; who does it may make it another event: "the *pilots'* strike".
    """
    lemma = token.lemma
    if not has_child(token, "det") and (frame := reading.lexicon.noun(f"{case_of(token)} {lemma}")):
        return frame
    for child in children(token, "compound", "amod", "nmod:poss"):
        if frame := reading.lexicon.noun(f"{child.lemma} {lemma}"):
            return frame
    frame = reading.lexicon.noun(lemma)
    return frame if frame is not None else reading.lexicon.generic_frame(lemma, "noun")


def _carried(reading: Reading, verb: Token) -> Iterator[Predicate]:
    """An event noun under a light verb, in each of its forms.

    "*launched* strikes", "raids *were carried out*", "a raid *conducted* by the army", "the action that we
    *are taking*", "*came under* attack", "talks *took place*", "the hunt *continues*". A key of verb and noun with a
    class of its own comes first: "*opened fire*", "*go on strike*".
    """
    if verb.dep_ in ("amod", "compound"):
        return
    particle = particle_of(verb)
    fixed = None
    for noun, words in ((n, w) for n, w in _carried_nouns(verb, particle) if reading.event_noun(n)):
        if noun.dep_ in ("compound", "flat"):
            continue
        light = reading.lexicon.light_verb(verb.lemma, noun.lemma, particle=words)
        if light is not None and light.phase in _SAME_EVENT:
            fixed = longest_key(reading, verb)[2] if fixed is None else fixed
            if noun not in fixed:
                yield Predicate(noun, (noun,), _noun_frame(reading, noun), "light-verb", verb, light)
    if (subject := _happening(reading, verb)) is not None:
        yield Predicate(subject, (subject,), _noun_frame(reading, subject), "occurrence", verb)


# Who performs, begins or continues an attack attacks; who ends or intensifies it does something to it.
_SAME_EVENT = ("perform", "begin", "continue")


def _carried_nouns(verb: Token, particle: str | None) -> Iterator[tuple[Token, str | None]]:
    """The nouns that may be a light verb's object, each with the particle and preposition before it.

    Object, passive subject, object of a preposition, and what its clause modifies.
    """
    for child in children(verb, "obj", "nsubj:pass"):
        noun = antecedent(child)
        yield noun, particle
        yield from ((c, particle) for c in noun.children if c.dep_ == "conj")
    for child in children(verb, "obl"):
        if child.i > verb.i and (prep := case_of(child)):
            yield child, f"{particle} {prep}" if particle else prep
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not has_child(verb, "obj"):
        yield verb.head, particle
    if (modified := relative_head(verb)) is not None and not has_child(verb, "obj", "ccomp", "nsubj:pass"):
        if first_conjunct(verb).dep_ == "acl:relcl" and not any(
            c.tag_ in ("WDT", "WP") for c in children(verb, "nsubj")
        ):
            yield modified, particle


def _breaks_out(verb: Token) -> bool:
    """Tell whether a verb is "break out", which says of fires and fights that they begin."""
    return verb.lemma == "break" and particle_of(verb) == "out"


_OCCURRENCE = frozenset(
    "happen occur continue begin start end resume persist erupt ensue unfold proceed".split()
)


INVOLVE = frozenset(("involve", "include"))


def _happening(reading: Reading, verb: Token) -> Token | None:
    """Return the event noun that a verb only says to take place: "the *attack* happened", "*talks* took place"."""
    lemma = verb.lemma
    took_place = lemma == "take" and any(c.lower_ == "place" for c in children(verb, "obj"))
    happens = (lemma in _OCCURRENCE or _breaks_out(verb)) and not has_child(verb, "obj", "xcomp", "ccomp")
    if not (took_place or happens or lemma in INVOLVE):
        return None
    subjects = [antecedent(c) for c in children(verb, "nsubj")]
    if not subjects and verb.dep_ == "acl":
        subjects = [verb.head]
    return next((s for s in subjects if reading.event_noun(s)), None)
