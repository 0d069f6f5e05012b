"""Whose a plan, a chance or an act is: those who do what the clause below a noun or an adjective tells."""

from kg.extract.events.attachment import ACTORS, governor_frame, is_any
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, conjuncts, has_child

__all__ = [
    "described",
    "holders",
    "is_open",
    "of_absolute",
    "of_aim",
    "owner_of",
    "perceived",
    "recipients_of",
]


def owner_of(noun: Token, reading: Reading) -> list[Token]:
    """Return whose something is: "*their* decision", "an attempt by *the crew*", "the plan of *the mayor*".

    Of what is sent or praised "of" names the other side: "the refusal of the offer".
    """
    if owners := children(noun, "nmod:poss"):
        return conjuncts(owners[0])
    held = _is_held(noun, reading)
    for child in children(noun, "nmod"):
        prep = case_of(child)
        if (prep in ("by", "from") or (prep == "of" and held)) and reading.target(child) in (
            *ACTORS,
            "Place",
        ):
            return conjuncts(child)
    return []


def _is_held(noun: Token, reading: Reading) -> bool:
    """Tell whether "of" after a noun names whose it is."""
    if is_prospect(noun, reading):
        return True
    frame = reading.lexicon.noun(noun.lemma)
    return (
        frame is not None
        and frame.possessive.of("Person") == "agent"
        and frame.preps["of"].of("Person") == "agent"
    )


def is_prospect(noun: Token, reading: Reading) -> bool:
    """Tell whether a noun is an aim, a chance or a duty, which has a clause of its own: "*hopes* of winning"."""
    return noun.lemma in reading.lexicon.attachment.aims or noun.lemma in reading.lexicon.status.nouns


def holders(found: list[Token], reading: Reading, *, aims: bool = False) -> list[Token]:
    """Return those who can have plans among subjects: for an event its owner or nobody.

    Args:
        found: subjects.
        reading: the document.
        aims: an aim has none either: "*the club's* strategy involves planting trees".
    """
    kept: list[Token] = []
    for token in found:
        done = reading.target(token) == "event" or (aims and is_prospect(token, reading))
        kept += owner_of(token, reading) if done else [token]
    return kept


def recipients_of(noun: Token, reading: Reading) -> list[Token]:
    """Return who is given a chance, a right or an order: "gave *the crew* a chance to leave"."""
    given = is_prospect(noun, reading)
    if not given and (frame := reading.lexicon.noun(noun.lemma)) is not None:
        given = is_any(reading, frame, ("Order",))
    if noun.dep_ != "obj" or not given:
        return []
    return [t for c in children(noun.head, "iobj") for t in conjuncts(c)]


def described(adjective: Token) -> Token | None:
    """Return the noun that an adjective with a complement stands behind: "*boats* capable of crossing the sea"."""
    return adjective.head if adjective.dep_ in ("amod", "acl") and adjective.head.i < adjective.i else None


def is_open(infinitive: Token) -> bool:
    """Tell whether an infinitive asks a question, which is nobody's in particular: "a row over *where to build* it"."""
    return any(c.i < infinitive.i and (c.tag_ in _WH or c.lower_ == "whether") for c in infinitive.children)


_WH = ("WRB", "WP", "WDT")


def perceived(verb: Token, reading: Reading) -> list[Token]:
    """Return what somebody sees or feels do something, though the tree hangs that on a gerund between the two.

    "saw *his hopes* of winning the cup fade": "felt *her chances* of keeping the seat slipping".
    """
    gerund, noun = verb.head, verb.head.head
    if verb.tag_ not in ("VB", "VBG") or gerund.dep_ != "acl" or noun.dep_ != "obj":
        return []
    if has_child(verb, "mark") or not any(c.i < verb.i for c in children(gerund, "obj")):
        return []
    frame = governor_frame(reading, noun.head)
    return conjuncts(noun) if frame is not None and is_any(reading, frame, ("Perception",)) else []


def of_absolute(participle: Token) -> list[Token]:
    """Return the noun between "with" and a participle without a comma: "left with *two men* held", "with *crowds* waiting".

    Not handled: participles that parsers hang on that noun anyway.
    """
    if participle.tag_ not in ("VBN", "VBG") or has_child(participle, "case", "aux"):
        return []
    tokens, at = participle.parse.tokens, participle.i - 1
    while at > participle.sent.start and tokens[at].dep_ == "advmod" and tokens[at].head is participle:
        at -= 1
    marks = children(participle, "mark")
    for token in (tokens[at], *tokens[at].ancestors):
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
            return []
        with_noun = case_of(token) == "with" or any(c.lower_ == "with" and c.i < token.i for c in marks)
        if with_noun and token.dep_ in ("obl", "nmod"):
            return conjuncts(token)
    return []


def of_aim(noun: Token, reading: Reading) -> list[Token]:
    """Who does what an aim consists in: "the aim of *the club* is to plant trees", "*her* task was to guard it".

    An aim without owner acts no more than that of an event ("the purpose of the visit is to sign"): both are left open. What
    is no aim is the subject itself: "*the dam* is to hold water".
    """
    if noun.lemma not in reading.lexicon.attachment.aims:
        return conjuncts(noun)
    owners = [
        *children(noun, "nmod:poss"),
        *(c for c in children(noun, "nmod") if case_of(c) in ("of", "for")),
    ]
    return [t for c in owners[:1] for t in conjuncts(c) if reading.target(t) != "event"]
