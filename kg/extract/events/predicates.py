"""Which words of a sentence tell of an event: verbs, event nouns, and event nouns carried by a light verb."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.frames import Frame, LightVerb
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, children, first_conjunct, has_child, relative_head

__all__ = ["IDIOMS", "INVOLVE", "Predicate", "Predicates", "find_predicates", "lemma_of"]


@dataclass(frozen=True)
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


# nouns that make an adverb with a preposition: "for the first time", "in addition", "at least", "as part of"
IDIOMS = frozenset(
    "time addition fact case part general particular example instance turn order least first last once".split()
)


def lemma_of(token: Token) -> str:
    """Return the lemma in lower case."""
    return (token.lemma_ or token.text).lower()


def find_predicates(reading: Reading, sent: Span) -> list[Predicate]:
    """Return the predicates of a sentence in text order, at most one a head word."""
    found: dict[int, Predicate] = {}
    carriers: set[int] = set()
    for token in sent:
        for predicate in (*_carried(reading, token), *_nominal(reading, token)):
            if predicate.head.i not in found or (predicate.carrier and not found[predicate.head.i].carrier):
                found[predicate.head.i] = predicate
            if predicate.carrier is not None:
                carriers.add(predicate.carrier.i)
    verbs = {token.i: verb for token in sent if token.i not in carriers and (verb := _verbal(reading, token))}
    consumed = {word.i for verb in verbs.values() for word in verb.consumed}
    found = verbs | found
    return [found[i] for i in sorted(found) if i not in consumed]


# ------------------------------------------------------------------ verbs


def _verbal(reading: Reading, token: Token) -> Predicate | None:
    """A verb in any form: "France *invoked* the article", "*killing* thirty people", "seen", "called for".

    Not a predicate: auxiliaries and copulas, verbs that only add phase ("began to attack"), participles
    used as adjectives ("the suspected leader", "a planned attack").
    """
    if token.pos_ != "VERB" or token.dep_ in (
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
    if lemma_of(token) == "be":  # "there were two": being there is no event
        return None
    frame, words, consumed = _longest_key(reading, token)
    if frame is not None and frame.auxiliary and has_child(token, "xcomp"):
        return None
    rule = "verb"
    if frame is None:
        frame = reading.lexicon.generic_frame(" ".join(lemma_of(word) for word in words))
    return Predicate(token, words, frame, rule, consumed=consumed)


def _longest_key(reading: Reading, verb: Token) -> tuple[Frame | None, tuple[Token, ...], tuple[Token, ...]]:
    """Return the frame of the longest key that the verb and its dependents spell, the trigger, and the words used up.

    Particles belong to the trigger ("stepped up"), prepositions and fixed nouns only to the key ("called for").
    """
    lemma = lemma_of(verb)
    particles = [c for c in verb.children if c.dep_ == "compound:prt"]
    for rest in reading.lexicon.continuations(lemma):
        matched = _match(verb, rest)
        if matched is not None and (frame := reading.lexicon.verb(lemma, *rest)) is not None:
            used = [
                token for token in matched if token.dep_ in ("compound:prt", "advmod") or token in particles
            ]
            nouns = tuple(
                token for token in matched if token.dep_ in ("obj", "obl", "nsubj:pass", "xcomp", "amod")
            )
            return frame, _ordered(verb, [*particles, *used]), nouns
    return reading.lexicon.verb(lemma), _ordered(verb, particles), ()


def _match(verb: Token, rest: tuple[str, ...]) -> list[Token] | None:
    """Return the dependents that spell the rest of a key, or None: (part, in) for "took part in the raid"."""
    matched: list[Token] = []
    holder = verb
    for word in rest:
        token = _dependent(holder, word) or (_dependent(verb, word) if holder is not verb else None)
        if token is None:
            return None
        matched.append(token)
        if token.dep_ in ("obj", "nsubj:pass", "obl", "xcomp"):
            holder = token
    return matched


def _dependent(holder: Token, word: str) -> Token | None:
    """Return the particle, fixed noun, adjective or preposition of that form below a verb or its noun."""
    for child in holder.children:
        if child.i < holder.i and child.dep_ not in ("nsubj:pass",):
            continue
        if child.lower_ == word or (
            lemma_of(child) == word and child.dep_ in ("obj", "nsubj:pass", "obl", "xcomp")
        ):
            if child.dep_ in ("compound:prt", "advmod", "obj", "nsubj:pass", "obl", "xcomp", "amod"):
                return child
        if child.dep_ in ("obl", "nmod", "advcl", "obl:agent", "acl", "nmod:unmarked", "xcomp"):
            if lemma_of(child) in IDIOMS or (word in _PARTICLES and has_child(holder, "obj")):
                continue  # "took place on time", "took the children on a trip": no "take on"
            for case in children(child, "case", "mark"):
                if case.lower_ == word:
                    return case
    return None


# Prepositions that also are particles; with an object beside them they begin a phrase of their own.
_PARTICLES = frozenset("about across around by down in off on out over through up".split())


def _ordered(verb: Token, particles: list[Token]) -> tuple[Token, ...]:
    """The trigger's words: the verb and a particle close behind it."""
    near = [p for p in particles if 0 < p.i - verb.i <= 2]
    return tuple(sorted({verb, *near}, key=lambda t: t.i))


# ------------------------------------------------------------- event nouns


def _nominal(reading: Reading, token: Token) -> Iterator[Predicate]:
    """An event noun by itself: "the *attack* on the airliner", "French *airstrikes* on Raqqa", "Hollande's *call* for unity".

    Not a predicate: a noun that only modifies another ("attack helicopter"), a part of a name.
    """
    if token.dep_ in ("compound", "flat", "fixed", "goeswith", "nmod:desc") or not reading.event_noun(token):
        return
    yield Predicate(token, (token,), _noun_frame(reading, token), "noun")


def _noun_frame(reading: Reading, token: Token) -> Frame:
    """The frame of an event noun, of its compound where the lexicon knows it ("air strike")."""
    lemma = lemma_of(token)
    for child in children(token, "compound", "amod"):
        if frame := reading.lexicon.noun(f"{lemma_of(child)} {lemma}"):
            return frame
    frame = reading.lexicon.noun(lemma)
    return frame if frame is not None else reading.lexicon.generic_frame(lemma, "noun")


def _carried(reading: Reading, verb: Token) -> Iterator[Predicate]:
    """An event noun under a light verb, in each of its forms.

    "*launched* strikes", "raids *were carried out*", "a raid *conducted* by the army", "the action that we
    *are taking*", "talks *took place*", "the hunt *continues*".
    """
    if verb.pos_ != "VERB" or verb.dep_ in ("amod", "compound"):
        return
    particle = next((c for c in children(verb, "compound:prt")), None)
    for noun in _carried_nouns(verb):
        if not reading.event_noun(noun) or noun.dep_ in ("compound", "flat"):
            continue
        light = reading.lexicon.light_verb(
            lemma_of(verb), lemma_of(noun), particle=particle.lower_ if particle else None
        )
        if light is not None and light.phase in _SAME_EVENT:
            yield Predicate(noun, (noun,), _noun_frame(reading, noun), "light-verb", verb, light)
    if (subject := _happening(reading, verb)) is not None:
        yield Predicate(subject, (subject,), _noun_frame(reading, subject), "occurrence", verb)


# Who performs, begins or continues an attack attacks; who ends or intensifies it does something to it.
_SAME_EVENT = ("perform", "begin", "continue")


def _carried_nouns(verb: Token) -> Iterator[Token]:
    """The nouns that may be a light verb's object: object, passive subject, and what its clause modifies."""
    for child in children(verb, "obj", "nsubj:pass"):
        noun = antecedent(child)
        yield noun
        yield from (c for c in noun.children if c.dep_ == "conj")
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not has_child(verb, "obj"):
        yield verb.head
    if (modified := relative_head(verb)) is not None and not has_child(verb, "obj", "ccomp", "nsubj:pass"):
        if first_conjunct(verb).dep_ == "acl:relcl" and not any(
            c.tag_ in ("WDT", "WP") for c in children(verb, "nsubj")
        ):
            yield modified


_OCCURRENCE = frozenset(
    "happen occur continue begin start end resume persist erupt ensue unfold proceed".split()
)


INVOLVE = frozenset(("involve", "include"))


def _happening(reading: Reading, verb: Token) -> Token | None:
    """Return the event noun that a verb only says to take place: "the *attack* happened", "*talks* took place"."""
    lemma = lemma_of(verb)
    took_place = lemma == "take" and any(c.lower_ == "place" for c in children(verb, "obj"))
    happens = lemma in _OCCURRENCE and not has_child(verb, "obj", "xcomp", "ccomp")
    if not (took_place or happens or lemma in INVOLVE):
        return None
    subjects = [antecedent(c) for c in children(verb, "nsubj")]
    if not subjects and verb.dep_ == "acl":
        subjects = [verb.head]
    return next((s for s in subjects if reading.event_noun(s)), None)
