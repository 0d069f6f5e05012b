"""Questions about a Universal Dependencies tree that every rule asks: who governs, what is coordinated, what it stands for.

Labels are those of UD 2 English (de Marneffe et al. 2021) as `kg.language` writes them, with "ROOT" for the root.
All functions are pure and look at one sentence; none needs a model.
"""

from collections.abc import Sequence

from kg.extract.parse import Token

__all__ = [
    "agrees",
    "antecedent",
    "case_of",
    "children",
    "compounded",
    "conjuncts",
    "first_conjunct",
    "has_child",
    "infinitive_above",
    "is_clausal",
    "is_free_relative",
    "is_identity",
    "is_passive",
    "is_relative_pronoun",
    "is_replaced",
    "modified_by",
    "relative_head",
    "stray_subject",
]

# before a name in apposition: it belongs to what is said, but is not all of it
_MEMBER_WORDS = frozenset(
    "notably including especially particularly chiefly mainly mostly primarily such like e.g.".split()
)


def children(token: Token, *deps: str) -> Sequence[Token]:
    """Return the children of a token with one of these labels, in text order; mostly there is none."""
    return () if token.below.isdisjoint(deps) else [child for child in token.children if child.dep_ in deps]


def has_child(token: Token, *deps: str) -> bool:
    """Tell whether a token has a child with one of these labels."""
    return not token.below.isdisjoint(deps)


def conjuncts(token: Token) -> list[Token]:
    """Return a token and what is coordinated with it, below it: "France" -> France, Russia.

    A member that parsers cut off what it names ("*Red Cross* rules" beside "law") is none, and "between" has the second
    party that stands behind a participle.

    Not handled: modifiers that belong to all members ("French and British troops").
    """
    found = [token]
    for child in children(token, "conj"):
        if compounded(child) is None and not _is_second_party(child):
            found += conjuncts(child)
    if (second := _second_party(token)) is not None:
        found += conjuncts(second)
    return found


def compounded(token: Token) -> Token | None:
    """Return the plural that a name right before it belongs to though the tree coordinates the two.

    "broke the law and *Red Cross* rules": only a comma or a conjunction makes a name a member of its own.
    """
    if token.dep_ != "conj" or token.pos_ != "PROPN" or has_child(token, "conj", "nmod"):
        return None
    later = next((c for c in children(token.head, "conj") if c.i == token.i + 1), None)
    return later if later is not None and later.tag_ == "NNS" else None


def _second_party(token: Token) -> Token | None:
    """Return the second party of "between" that the tree coordinates inside a participle of the first.

    "the deal between the bank, led by Ann, and *the guild*": one thing has nothing between it, so that the last "and" is that
    of "between". Not of a plural, which may stand alone ("talks between tribes backed by Chad and Mali").
    """
    if token.tag_ not in ("NN", "NNP") or case_of(token) != "between" or has_child(token, "conj", "nummod"):
        return None
    for participle in (*children(token, "acl"), *children(token.head, "acl")):
        for inner in children(participle, "obl", "obl:agent", "obj"):
            last = [c for c in children(inner, "conj") if has_child(c, "cc") and not is_clausal(c)]
            if last and participle.i > token.i:
                return last[-1]
    return None


def _is_second_party(token: Token) -> bool:
    """Tell whether a conjunct inside a participle is the second party of a "between" before it."""
    participle = first_conjunct(token).head
    if participle.dep_ != "acl":
        return False
    noun = participle.head
    return any(_second_party(first) == token for first in (noun, *children(noun, "nmod")))


def is_replaced(token: Token) -> bool:
    """Tell whether a member of a coordination is only named to be denied: "hit not by *a drone* but by a missile"."""
    if not has_child(token, "conj"):
        return False
    words = {c.lower_ for c in children(token, "advmod", "cc:preconj")}
    if "not" not in words or words & {"only", "just", "merely", "simply"}:
        return False
    return any(c.lower_ == "but" for member in children(token, "conj") for c in children(member, "cc"))


def first_conjunct(token: Token) -> Token:
    """Return the member of a coordination that carries its place in the tree."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    return token


def modified_by(participle: Token) -> Token:
    """Return the noun that a participle after it speaks of; between two members of a coordination it is the first.

    "the pact between *the king*, elected by lords, and the bishop": branches of a tree do not cross.
    """
    for inner in children(participle.head, "nmod"):
        if inner.i < participle.i and any(member.i > participle.i for member in conjuncts(inner)):
            return inner
    return participle.head


def infinitive_above(verb: Token) -> Token | None:
    """Return the infinitive that another one continues across a gerund with "from"; None for all other verbs.

    "a wall to *stop* cattle from straying and *to mark* the border": the tree coordinates the gerund and the second
    infinitive, which English does not.
    """
    first = first_conjunct(verb)
    if first is verb or not _is_marked(verb, "to") or not _is_marked(first, "from"):
        return None
    return next((a for a in first.ancestors if _is_marked(a, "to")), None)


def _is_marked(verb: Token, word: str) -> bool:
    return any(c.lower_ == word for c in children(verb, "mark"))


def case_of(token: Token) -> str:
    """Return the preposition of a phrase in lower case, several words joined: "according to", "in front of"."""
    if "case" not in token.below:
        return ""
    words: list[str] = []
    for case in token.children:
        if case.dep_ != "case" or case.lower_ in ("'s", "’s", "'", "’"):
            continue
        words.append(case.lower_)
        if case.children:
            words += [part.lower_ for part in children(case, "fixed")]
    return " ".join(words)


def is_relative_pronoun(token: Token) -> bool:
    """Tell whether a token is the pronoun of a relative clause: "which", "who", "whose", "that", "where"."""
    if token.tag_ in _RELATIVE_TAGS or token.lower_ in _RELATIVE_WORDS:
        return True
    return token.lower_ == "that" and token.pos_ == "PRON"


def is_free_relative(token: Token) -> bool:
    """Tell whether a token is the pronoun of a clause that stands for a noun: "published *what* they found"."""
    return "acl:relcl" in token.below and is_relative_pronoun(token)


_RELATIVE_WORDS = frozenset(("who", "whom", "whose", "which", "where"))
_RELATIVE_TAGS = frozenset(("WDT", "WP", "WP$", "WRB"))


def is_clausal(token: Token) -> bool:
    """Tell whether a token heads a clause: a verb, or a predicate with a copula."""
    return token.pos_ == "VERB" or has_child(token, "cop")


_OF_PASSIVES = frozenset(("aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"))


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive: "was hit", "strikes ordered by", and in "was hit and destroyed" both.

    Not handled: the get-passive, unless the parser marks it.
    """
    if not verb.below.isdisjoint(_OF_PASSIVES):
        return not _is_bare_relative(verb)
    if "nsubj" in verb.below or "aux" in verb.below:
        return False
    if verb.dep_ in ("acl", "advcl", "acl:relcl", "xcomp"):
        return verb.tag_ in ("VBN", "JJ")
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and is_passive(verb.head)


def _is_bare_relative(verb: Token) -> bool:
    """Tell whether a verb with a subject after a noun is a relative clause without pronoun: "land *the king once owned*".

    Parsers take it for a participle; but a participle after a noun has no subject of its own.
    """
    return (
        verb.dep_ == "acl"
        and verb.tag_ in ("VBN", "VBD")
        and "nsubj:pass" in verb.below
        and verb.below.isdisjoint(("aux", "aux:pass", "mark", "obl:agent", "obj"))
    )


def stray_subject(verb: Token) -> Token | None:
    """Return the subject that the tree takes for an object, between two verbs: "demanded *the mayor* resign", "saw *it* burn".

    No English object stands between its own verb and the one above, but a relative pronoun; nor has the one above a
    second subject there.
    """
    if verb.tag_ not in ("VB", "VBD", "VBP", "VBZ") or verb.dep_ not in ("xcomp", "ccomp"):
        return None
    for child in verb.children:
        if child.i > verb.i:
            break
        if child.dep_ == "mark":
            return None
        if child.dep_ == "obj" and child.i > verb.head.i and not is_relative_pronoun(child):
            return child
        if child.dep_ in ("aux", "nsubj", "nsubj:pass"):
            return None
    if verb.tag_ != "VB" or "nsubj" not in verb.head.below:
        return None
    first, *more = children(verb.head, "nsubj")
    return more[-1] if more and first.i < verb.head.i < more[-1].i < verb.i else None


def relative_head(verb: Token) -> Token | None:
    """Return the noun that the clause of a verb modifies: "the car [they say] was found" -> car.

    Coordinated verbs and clauses inside the relative clause count as part of it.
    """
    token = verb
    while token.dep_ in ("conj", "ccomp", "xcomp") and token.head is not token and is_clausal(token.head):
        token = token.head
    return token.head if token.dep_ == "acl:relcl" or _is_bare_relative(token) else None


def antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for; any other token as it is.

    The noun next to it, or the one above that which agrees with its verb in number: "*the owner* of the boats that was jailed".
    What somebody calls a thing is the thing: "seized what he called *his share*".
    """
    if not is_relative_pronoun(token):
        return token
    if "acl:relcl" in token.below:
        return _named_in(token) or token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl":
            is_subject = token.head == ancestor and token.dep_ in ("nsubj", "nsubj:pass")
            return _agreeing(ancestor) if is_subject else ancestor.head
        if ancestor.dep_ in ("ROOT", "parataxis"):
            break
    return token


def _agreeing(verb: Token) -> Token:
    """Return the noun of the chain that a relative clause ends ("the owner of the boats") which its verb agrees with."""
    number, nearest = _number_of(verb), verb.head
    if number is None or has_child(nearest, "conj"):
        return nearest
    noun = nearest
    while noun.tag_ in _NOUNS and _NOUNS[noun.tag_] != number and noun.dep_ == "nmod":
        noun = noun.head
    return noun if _NOUNS.get(noun.tag_) == number else nearest


def _named_in(what: Token) -> Token | None:
    """Return the name that a free relative clause gives: "what he calls *a mistake*", "what they described as *a trap*"."""
    for verb in children(what, "acl:relcl"):
        if verb.lemma in _NAMING:
            return next((c for c in children(verb, "obj", "xcomp") if c.i > verb.i), None)
        if verb.lemma in _DESCRIBING:
            return next((c for c in children(verb, "obl") if case_of(c) == "as"), None)
    return None


_NAMING = frozenset("brand call dub label term".split())
_DESCRIBING = frozenset("characterise characterize describe portray regard see".split())


def agrees(noun: Token, verb: Token) -> bool:
    """Tell whether a noun can be the subject of a verb by its number: not "*owners* ... was jailed"."""
    number = _number_of(verb)
    return number is None or _NOUNS.get(noun.tag_, number) == number


def _number_of(verb: Token) -> int | None:
    forms = [*children(verb, "aux", "aux:pass", "cop"), verb]
    return next((_NUMBERS[k] for c in forms for k in (c.lower_, c.tag_) if k in _NUMBERS), None)


_NUMBERS = {"was": 1, "were": 2, "VBZ": 1, "VBP": 2}
_NOUNS = {"NN": 1, "NNP": 1, "NNS": 2, "NNPS": 2}


def is_identity(apposition: Token) -> bool:
    """Tell whether an apposition says who or what its noun is, and not only who belongs to it.

    - "its ally, *Norway*" is one; "its allies, notably *Norway*" and "three towns, among them *Alta*" name members.
    - A plural is none of the several that are listed behind it, nor one place: "two cities, *Alta* and *Narvik*".
    - Behind a coordination it belongs to the last member or to all: "the mayor and the minister, *Anna Berg*".

    Limits: one name behind a plural that names a body ("the rebels, *Ansar Tamar*") is taken for its name.
    """
    noun = apposition.head
    between = noun.parse[min(noun.i, apposition.i) + 1 : max(noun.i, apposition.i)]
    if any(token.lower_ in _MEMBER_WORDS and token.head in (apposition, noun) for token in between):
        return False
    if any(token.lower_ == "among" and token.head.head == noun for token in between):
        return False
    if any(member.i < apposition.i for member in children(noun, "conj")):
        return False
    several = has_child(apposition, "conj") or apposition.ent_type_ in ("GPE", "LOC", "FAC")
    return not (noun.tag_ == "NNS" and several)
