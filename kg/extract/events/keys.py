"""The longest key of the lexicon that a verb and its dependents spell: "stepped up", "called for", "took part in"."""

from kg.extract.frames import Frame
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import children, has_child

__all__ = ["IDIOMS", "longest_key", "particle_of"]


# nouns that make an adverb with a preposition: "for the first time", "in addition", "at least", "as part of"
IDIOMS = frozenset(
    "time addition fact case part general particular example instance turn order least first last once".split()
)


def particle_of(verb: Token) -> str | None:
    """The particle of a verb, also one that the parser took for an adverb: "carried *out*", "came *in* for criticism"."""
    for child in children(verb, "compound:prt", "advmod"):
        if child.dep_ == "compound:prt" or (child.i == verb.i + 1 and child.lower_ in _PARTICLES):
            return child.lower_
    return None


def longest_key(reading: Reading, verb: Token) -> tuple[Frame | None, tuple[Token, ...], tuple[Token, ...]]:
    """Return the frame of the longest key that the verb and its dependents spell, the trigger, and the words used up.

    Particles belong to the trigger ("stepped up"), prepositions and fixed nouns only to the key ("called for").
    """
    lemma = verb.lemma
    particles = [c for c in verb.children if c.dep_ == "compound:prt"]
    continuations = reading.lexicon.continuations(lemma)
    near = _words_near(verb) if continuations else ()
    for rest in continuations:
        if rest[0] not in near or any(p.lower_ not in rest for p in particles):
            continue  # "took *off* from Oslo": no "take from"
        matched = _match(reading, verb, rest)
        if matched is not None and (frame := reading.lexicon.verb(lemma, *rest)) is not None:
            used = [
                token for token in matched if token.dep_ in ("compound:prt", "advmod") or token in particles
            ]
            nouns = tuple(
                token for token in matched if token.dep_ in ("obj", "obl", "nsubj:pass", "xcomp", "amod")
            )
            return frame, _ordered(verb, [*particles, *used]), nouns
    return reading.lexicon.verb(lemma), _ordered(verb, particles), ()


def _words_near(verb: Token) -> set[str]:
    """The words that a key may go on with: the verb's children as forms and lemmas, and what stands before these."""
    before = (case.lower_ for child in verb.children for case in children(child, "case", "mark"))
    return {word for child in verb.children for word in (child.lower_, child.lemma)}.union(before)


def _match(reading: Reading, verb: Token, rest: tuple[str, ...]) -> list[Token] | None:
    """Return the dependents that spell the rest of a key, or None: (part, in) for "took part in the raid"."""
    matched: list[Token] = []
    holder = verb
    for word in rest:
        token = _dependent(reading, holder, word)
        if token is None and holder != verb:
            token = _dependent(reading, verb, word)
        if token is None:
            return None
        if matched and matched[-1].dep_ in ("case", "mark"):
            phrase = matched[-1].head
            if phrase.lemma != word and phrase not in (token, token.head):
                return None  # "brought a halt *to production*": no "bring to halt"
        matched.append(token)
        if token.dep_ in ("obj", "nsubj:pass", "obl", "xcomp"):
            holder = token
    return matched


def _dependent(reading: Reading, holder: Token, word: str) -> Token | None:
    """Return the particle, fixed noun, adjective or preposition of that form below a verb or its noun.

    The preposition of a time is none ("*was passed* on Tuesday": no "pass on"), nor is the "to" of a purpose ("paid a fine
    *to* settle the case": no "pay to").
    """
    for child in holder.children:
        if child.i < holder.i and child.dep_ not in ("nsubj:pass",):
            continue
        if child.lower_ == word or (
            child.lemma == word and child.dep_ in ("obj", "nsubj:pass", "obl", "xcomp")
        ):
            if child.dep_ in ("compound:prt", "advmod", "obj", "nsubj:pass", "obl", "xcomp", "amod"):
                return child
        if child.dep_ in ("obl", "nmod", "advcl", "obl:agent", "acl", "nmod:unmarked", "xcomp"):
            if child.lemma in IDIOMS or (word in _PARTICLES and has_child(holder, "obj")):
                continue  # "took place on time", "took the children on a trip": no "take on"
            if child.i in reading.times and holder.lemma not in _TIMED:
                continue
            for case in children(child, "case", "mark"):
                if case.lower_ == word and not _marks_purpose(case):
                    return case
    return None


def _marks_purpose(word: Token) -> bool:
    """Tell whether a word is the "to" of an infinitive that completes no verb: "paid a fine *to* settle the case"."""
    return (
        word.dep_ == "mark" and word.lower_ == "to" and word.head.dep_ != "xcomp" and word.head.tag_ != "VBG"
    )


# Verbs whose preposition is their own also before a time: "dates from 1912", "wait for Monday".
_TIMED = frozenset("date look wait".split())

# Prepositions that also are particles; with an object beside them they begin a phrase of their own.
_PARTICLES = frozenset("about across around by down in off on out over through up".split())


def _ordered(verb: Token, particles: list[Token]) -> tuple[Token, ...]:
    """The trigger's words: the verb and a particle close behind it."""
    near = [p for p in particles if 0 < p.i - verb.i <= 2]
    return tuple(sorted({verb, *near}, key=lambda t: t.i))
