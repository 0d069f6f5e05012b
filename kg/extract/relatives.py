"""Hangs relative clauses on the noun that their pronoun asks for, before any rule reads the tree.

Parsers attach a clause to the head of a phrase or to its last noun by habit. English says more: "who" wants a person and
"which" none, a place does not act, and without a comma no clause tells which bearer of a name is meant (Huddleston and Pullum 2002, 12.3-12.4).
"""

from kg.extract.names import Names
from kg.extract.parse import Parse, Token
from kg.extract.syntax import agrees, case_of

__all__ = ["attach_relatives"]

_INSIDE = ("nmod", "flat", "compound", "nmod:desc")


def attach_relatives(parse: Parse, names: Names) -> None:
    """Correct the heads of relative clauses in place.

    - "the feast of *Saint Olaf*, who was killed", not the feast; "the head of *the bank*, which failed", not the head.
    - "*a port* near Oslo that exports fish", not Oslo; but "a port near Oslo, which exports fish" as it was.

    - "*a rider* in the valley carrying letters", not the valley, which carries none.

    Not handled: nouns of which the names file does not know that they are persons; clauses after a coordination.
    """
    for verb in [token for token in parse.tokens if token.dep_ in ("acl:relcl", "acl")]:
        if verb.dep_ == "acl":
            if (noun := _who_acts(verb, names)) is not None:
                verb.hang_on(noun)
            continue
        pronoun = next(
            (c for c in verb.lefts if c.lower_ in ("who", "which", "that") and c.dep_ in _SUBJECT), None
        )
        if pronoun is None or pronoun.i < 3 or verb.head.i >= pronoun.i:
            continue
        noun = _above_name(verb, pronoun) or _inside(verb, pronoun, names)
        if noun is not None and agrees(noun, verb):
            verb.hang_on(noun)


_SUBJECT = ("nsubj", "nsubj:pass")


def _who_acts(participle: Token, names: Names) -> Token | None:
    """The people or body before a common noun for a place, which does not act: "*a guild* in the town helping widows".

    Not of what places do: "a fort in the area *bordering* the lake".
    """
    place, before = participle.head, participle.parse.tokens[participle.i - 1]
    if before.dep_ == "conj" and before.pos_ == "NOUN" and place.i < before.i:
        if place is not before and place not in before.ancestors:
            return before  # of another list: "boys who sang *songs*, and girls and *films* made by them"
    if participle.tag_ != "VBG" or place.dep_ != "nmod" or place.ent_type_ or participle.i < place.i:
        return None
    if participle.lemma in _OF_PLACES or participle.below.isdisjoint(("obj", "obl", "ccomp", "xcomp")):
        return None
    noun = place.head
    if noun.i > place.i or noun.ent_type_ or case_of(place) not in ("in", "across", "within"):
        return None
    acts = names.nominal_type(noun.lemma) in ("Person", "Group", "Organization") or "cop" in noun.below
    return noun if acts and names.nominal_type(place.lemma) == "Place" else None


_OF_PLACES = frozenset(
    "adjoin belong border connect consist contain dominate exceed face feature form have house include join lead lie link "
    "measure neighbor neighbour number overlook range remain run separate stretch straddle surround total".split()
)


def _above_name(verb: Token, pronoun: Token) -> Token | None:
    """The noun before a bare name that a clause without a comma hangs on: "*troops* from Chad who fled"."""
    name, before = verb.head, pronoun.parse.tokens[pronoun.i - 1]
    if name.tag_ != "NNP" or before.tag_ not in ("NNP", "NNPS") or name.dep_ != "nmod" or "det" in name.below:
        return None
    return name.head if name.ent_type_ in ("GPE", "PERSON") and name.head.tag_ in ("NN", "NNS") else None


def _inside(verb: Token, pronoun: Token, names: Names) -> Token | None:
    """The noun right before the pronoun that fits it where the one above does not."""
    tokens, wants_person = pronoun.parse.tokens, pronoun.lower_ == "who"
    parted = tokens[pronoun.i - 1].text == ","
    if pronoun.lower_ == "that" or "conj" in verb.head.below:
        return None
    if _is_person(verb.head, names, several=wants_person) is wants_person:
        return None
    before = tokens[pronoun.i - 2 if parted else pronoun.i - 1]
    for token in (before, *before.ancestors):
        if token is verb.head or token.dep_ not in _INSIDE:
            return None
        if token.dep_ == "nmod" and _is_person(token, names) is wants_person:
            return token if parted or not token.ent_type_ else None
    return None


def _is_person(noun: Token, names: Names, *, several: bool = True) -> bool:
    """Tell whether a noun is that of a person or, if asked, of several, whom "which" takes too: "the *team*, which"."""
    if noun.ent_type_:
        return noun.ent_type_ in ("PERSON", "NORP")
    lemma = noun.lemma
    known = ("Person", "Group") if several else ("Person",)
    return names.nominal_type(lemma) in known or names.is_kin(lemma) or names.is_position(lemma)
