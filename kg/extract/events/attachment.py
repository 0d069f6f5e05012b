"""Which word a prepositional phrase or a gerund belongs to, where a tree alone does not say.

Parsers attach by habit, the lexicon knows which words ask for which prepositions: "accused the firm *of hiding* it" completes
the accusation wherever the gerund hangs (lexical preference, Ford, Bresnan and Kaplan 1982; Hindle and Rooth 1993).
"""

from collections.abc import Iterator

from kg.extract.events.predicates import Predicate, in_preposition
from kg.extract.frames import Frame
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, conjuncts, has_child, is_clausal, is_relative_pronoun

__all__ = [
    "ACTORS",
    "appositions_before",
    "claimed_within",
    "completed_by",
    "completes_object",
    "gerund_complements",
    "governor_frame",
    "is_any",
    "is_aside",
    "is_complement",
    "is_expletive",
    "mark_of",
    "phrases_of",
    "unfold",
]

ACTORS = ("Person", "Organization", "Group")


def governor_frame(reading: Reading, governor: Token) -> Frame | None:
    """Return the frame of a word that governs an infinitive or gerund, with its preposition or particle: "call *on* X to"."""
    lemma = governor.lemma
    for rest in reading.lexicon.continuations(lemma):
        if len(rest) == 1 and any(case_of(c) == rest[0] or c.lower_ == rest[0] for c in governor.children):
            return reading.lexicon.verb(lemma, *rest)
    return reading.lexicon.verb(lemma) or reading.lexicon.noun(lemma)


# ------------------------------------------------------------------ gerunds


def completed_by(gerund: Token, reading: Reading) -> Token | None:
    """Return the verb that a gerund with a preposition completes, whether it hangs on the verb or on its object.

    "accused the firm *of hiding* it", "prevented the rebels *from entering*", "plans *on opening* a mine". None for
    adverbial gerunds ("*after* leaving", "*by* cutting") and for those that complete a noun ("suspicion *of* hiding").

    Not handled: gerunds without a preposition, which are complements of their own.
    """
    prep = next((c.lower_ for c in children(gerund, "mark", "case")), None)
    if gerund.tag_ != "VBG" or prep is None or gerund.dep_ not in ("advcl", "acl", "obl"):
        return None
    verb = gerund.head
    if gerund.dep_ == "acl":
        if verb.dep_ not in ("obj", "iobj", "obl", "obl:agent", "nsubj:pass") or reading.event_noun(verb):
            return None
        if verb.lemma in reading.lexicon.attachment.aims or verb.lemma in reading.lexicon.status.nouns:
            return None  # "saw a *chance* of winning"
        verb = verb.head
    return verb if verb.pos_ == "VERB" and _asks_for(reading, verb, prep) else None


def _asks_for(reading: Reading, verb: Token, prep: str) -> bool:
    """Tell whether a verb takes a gerund with that preposition as its complement."""
    lemma = verb.lemma
    own, longer = reading.lexicon.verb(lemma), reading.lexicon.verb(lemma, prep)
    if longer is not None or (own is not None and prep == "from" and "from" in own.complement):
        return True
    return own is not None and prep in _COMPLEMENTS and prep in own.preps


_COMPLEMENTS = frozenset("of from into for on against with".split())


def gerund_complements(reading: Reading, verb: Token) -> Iterator[Token]:
    """Yield the gerunds that complete a verb: "accused the firm *of hiding* it"."""
    for child in verb.children:
        for gerund in (child,) if child.dep_ in ("advcl", "obl") else child.children:
            if gerund is not child and gerund.dep_ != "acl":
                continue
            if gerund.tag_ == "VBG" and gerund.i > verb.i and completed_by(gerund, reading) is verb:
                yield gerund


# ------------------------------------------------------------------ phrases


def phrases_of(verb: Token) -> Iterator[Token]:
    """Yield the heads of a verb's adverbial phrases, also of one that the parser coordinates with the verb itself.

    "flew to Riyadh and then *to Doha*": a conjunct with a preposition is no second verb.
    """
    yield from children(verb, "obl", "obl:agent", "obl:unmarked", "advmod")
    yield from (c for c in children(verb, "conj") if has_child(c, "case") and not is_clausal(c))


def unfold(reading: Reading, token: Token, prep: str) -> tuple[Token | None, str]:
    """Return the object of a preposition of several words, and that preposition: "in front of *the cathedral*".

    The lexicon lists them; parsers mark only some as one word. Where nothing follows it is an adverb ("all *on board*",
    "*in return*") and there is no object.
    """
    if not has_child(token, "case"):
        return token, prep
    if (found := in_preposition(reading, token)) is not None:
        return found
    if f"{prep} {token.lower_}" in reading.lexicon.attachment.adverbials:
        return None, prep
    return token, prep


def completes_object(reading: Reading, oblique: Token) -> bool:
    """Tell whether a phrase after an object is the object's: its preposition is one of the noun's own.

    "ordered strikes *on Raqqa*", "closed its border *with Chad*". Not where the verb claims the preposition too ("imposed
    sanctions *on Iran*").
    """
    verb, prep = oblique.head, case_of(oblique)
    objects = [c for c in children(verb, "obj") if c.i < oblique.i]
    if (
        not objects
        or oblique.i in reading.times
        or any(c.i > objects[-1].i for c in children(verb, "obl") if c.i < oblique.i)
    ):
        return False
    if prep in reading.lexicon.attachment.second_parties.get(objects[-1].lemma, ()):
        return True
    if not reading.event_noun(objects[-1]):
        return False
    noun = reading.lexicon.noun(objects[-1].lemma)
    frame = reading.lexicon.verb(verb.lemma)
    if frame is None or noun is None or prep not in noun.preps:
        return False
    if prep not in frame.preps and reading.lexicon.verb(verb.lemma, prep) is None:
        return True
    target = reading.target(oblique)  # where both ask for it: "approved the deployment of troops *to Libya*"
    roles = (noun.preps[prep].of(target), reading.lexicon.role_of_preposition(prep, frame, target))
    return target == "Place" and roles == ("destination", "recipient")


def claimed_within(reading: Reading, predicate: Predicate, token: Token) -> Iterator[tuple[Token, str]]:
    """Yield phrases that hang on an argument but are asked for by the predicate, each with its preposition.

    "the delivery of tanks *to Kyiv* *by Germany*", "appealed to the kidnappers *for mercy*", "the trial of the dictator
    *for genocide*". Only what follows an argument that does not ask for the preposition itself.

    Not handled: phrases with "in" and "on", which belong to their noun more often than not, and "of" but for verbs of their
    own with it ("convicted the officer *of murder*").
    """
    frame = predicate.frame
    for child in children(token, "nmod"):
        prep = case_of(child)
        if prep not in _CLAIMABLE or child.i < token.i or _asks_itself(reading, token, prep):
            continue
        if prep == "of":
            wanted = reading.target(child) == "event" and reading.target(token) in ACTORS
            wanted = wanted and reading.lexicon.verb(predicate.head.lemma, "of") is not None
        elif prep == "by":
            wanted = predicate.head.pos_ != "VERB" and reading.target(child) in (*ACTORS, "Place")
        elif prep in ("for", "with"):
            tried = reading.target(child) == "event" and is_any(reading, frame, _OF_CRIMES)
            wanted = prep in frame.preps and (tried or _is_plain_actor(reading, token))
            wanted = wanted and (prep == "for" or reading.target(child) in ACTORS)
        else:
            wanted = prep in frame.preps and reading.target(child) is not None
            if prep == "from" and reading.target(token) in ACTORS:
                wanted = False  # "abducted students *from Kenya*": where they come from
        if wanted:
            yield from ((member, prep) for member in conjuncts(child))


_CLAIMABLE = frozenset("by of to into against from for with".split())


_OF_CRIMES = ("LegalAction", "Arrest", "Detention", "Accuse")


def is_any(reading: Reading, frame: Frame, classes: tuple[str, ...]) -> bool:
    """Tell whether a frame's class is one of these or lies below one."""
    return reading.lexicon.is_any(frame.event_class, classes)


def _asks_itself(reading: Reading, token: Token, prep: str) -> bool:
    """Tell whether a noun has its own use for a preposition: "an *attack* on", "the *border* with", "*minister* for"."""
    lemma = token.lemma
    if prep in reading.lexicon.attachment.second_parties.get(lemma, ()) or (
        prep not in ("of", "for") and reading.names.is_position(lemma)
    ):
        return True
    if not reading.event_noun(token):
        return False
    noun = reading.lexicon.noun(token.lemma)
    return noun is not None and (prep in noun.preps or prep in reading.lexicon.noun_prepositions)


def _is_plain_actor(reading: Reading, token: Token) -> bool:
    """Tell whether a noun is a person or group, but no title of somebody: a "minister *for* transport" is one phrase."""
    mention = reading.mention(token)
    return mention is not None and mention.type in ACTORS and not reading.names.is_title(token.lemma)


# ------------------------------------------------------------------ clauses


def is_aside(verb: Token) -> bool:
    """Tell whether a finite verb that the parser took for a relative clause is one of its own: "X, *the army said*, ..."."""
    if (
        verb.dep_ != "acl:relcl"
        or verb.tag_ not in ("VBD", "VBZ", "VBP")
        or has_child(verb, "nsubj", "nsubj:pass")
    ):
        return False
    return not any(is_relative_pronoun(c) for c in verb.lefts) and any(appositions_before(verb))


def appositions_before(verb: Token) -> Iterator[Token]:
    """The appositions of a noun that end right before its clause."""
    return (c for c in children(verb.head, "appos") if c.right_edge.i in (verb.i - 1, verb.left_edge.i - 1))


def mark_of(verb: Token) -> str | None:
    """The word that introduces a clause."""
    return next((c.lower_ for c in children(verb, "mark", "case")), None)


def is_complement(verb: Token, reading: Reading) -> bool:
    """Tell whether an infinitive that the parser took for a purpose clause completes its verb.

    "ordered X *to leave*", "called on X *to leave*".
    """
    if not any(c.lower_ == "to" for c in children(verb, "mark")):
        return False
    frame = governor_frame(reading, verb.head)
    if frame is None or "obj_to" not in frame.complement:
        return False
    if has_child(verb.head, "obj", "nsubj:pass"):
        return True
    return any(frame.key.endswith(f" {case_of(c)}") for c in children(verb.head, "obl") if case_of(c))


def is_expletive(token: Token, verb: Token, passive: bool) -> bool:
    """Tell whether "it" only keeps the place of a clause: "*it* was reported that ...", "*it* emerged that ..."."""
    if token.lower_ != "it" or token.i > verb.i:
        return False
    if has_child(verb, "csubj", "csubj:pass"):
        return True
    told = any(has_child(c, "mark") for c in children(verb, "ccomp"))
    return told and (passive or verb.lemma in _COMES_TO_LIGHT)


_COMES_TO_LIGHT = frozenset("emerge appear seem transpire happen follow turn".split())
