"""Questions about a Universal Dependencies tree that every rule asks: who governs, what is coordinated, what is a phrase.

Labels are those of UD 2 English (de Marneffe et al. 2021) as `kg.language` writes them, with "ROOT" for the root.
All functions are pure and look at one sentence; none needs a model.
"""

from collections.abc import Iterator

from kg.extract.parse import Token, Tokens

__all__ = [
    "antecedent",
    "case_of",
    "children",
    "clause",
    "conjuncts",
    "first_conjunct",
    "has_child",
    "is_clausal",
    "is_passive",
    "is_relative_pronoun",
    "is_replaced",
    "phrase",
    "relative_head",
]

# What an argument's phrase leaves out: other members of a coordination, relative and participial
# clauses, appositions, asides.
_OUTSIDE_PHRASE = (
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "appos",
    "cc",
    "ccomp",
    "conj",
    "csubj",
    "dep",
    "discourse",
    "list",
    "nsubj",
    "nsubj:outer",
    "cop",
    "mark",
    "case",
    "cc:preconj",
    "orphan",
    "parataxis",
    "vocative",
    "dislocated",
    "reparandum",
)
_CLAUSE_EDGE = ("mark", "cc", "case")
_CLAUSE_OUTSIDE = ("parataxis", "discourse", "list", "dep")
_POST_HEAD = (
    "nmod",
    "flat",
    "fixed",
    "compound",
    "nummod",
    "nmod:unmarked",
    "goeswith",
    "compound:prt",
    "det",
    "advmod",
    "amod",
    "nmod:npmod",
    "nmod:tmod",
    "nmod:desc",
    "punct",
)


def children(token: Token, *deps: str) -> Iterator[Token]:
    """Yield the children of a token with one of these labels, in text order."""
    for child in token.children:
        if child.dep_ in deps:
            yield child


def has_child(token: Token, *deps: str) -> bool:
    """Tell whether a token has a child with one of these labels."""
    return next(children(token, *deps), None) is not None


def conjuncts(token: Token) -> list[Token]:
    """Return a token and what is coordinated with it, below it: "France" -> France, Russia.

    Not handled: modifiers that belong to all members ("French and British troops").
    """
    found = [token]
    for child in children(token, "conj"):
        found += conjuncts(child)
    return found


def is_replaced(token: Token) -> bool:
    """Tell whether a member of a coordination is only named to be denied: "hit not by *a drone* but by a missile"."""
    words = {c.lower_ for c in children(token, "advmod", "cc:preconj")}
    if "not" not in words or words & {"only", "just", "merely", "simply"}:
        return False
    return any(c.lower_ == "but" for member in children(token, "conj") for c in children(member, "cc"))


def first_conjunct(token: Token) -> Token:
    """Return the member of a coordination that carries its place in the tree."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    return token


def case_of(token: Token) -> str:
    """Return the preposition of a phrase in lower case, several words joined: "according to", "in front of"."""
    words: list[str] = []
    for case in children(token, "case"):
        if case.lower_ in ("'s", "’s", "'", "’"):
            continue
        words += [case.lower_, *(part.lower_ for part in children(case, "fixed"))]
    return " ".join(words)


def is_relative_pronoun(token: Token) -> bool:
    """Tell whether a token is the pronoun of a relative clause: "which", "who", "whose", "that", "where"."""
    if token.lower_ in ("who", "whom", "whose", "which", "where"):
        return True
    return token.tag_ in ("WDT", "WP", "WP$", "WRB") or (token.lower_ == "that" and token.pos_ == "PRON")


def is_clausal(token: Token) -> bool:
    """Tell whether a token heads a clause: a verb, or a predicate with a copula."""
    return token.pos_ == "VERB" or has_child(token, "cop")


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive: "was hit", "strikes ordered by", and in "was hit and destroyed" both.

    Not handled: the get-passive, unless the parser marks it.
    """
    if has_child(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"):
        return True
    if has_child(verb, "nsubj", "aux"):
        return False
    if verb.dep_ in ("acl", "advcl", "acl:relcl", "xcomp"):
        return verb.tag_ == "VBN"
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and is_passive(verb.head)


def relative_head(verb: Token) -> Token | None:
    """Return the noun that the clause of a verb modifies: "the car [they say] was found" -> car.

    Coordinated verbs and clauses inside the relative clause count as part of it.
    """
    token = verb
    while token.dep_ in ("conj", "ccomp", "xcomp") and token.head is not token and is_clausal(token.head):
        token = token.head
    return token.head if token.dep_ == "acl:relcl" else None


def antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for; any other token as it is."""
    if not is_relative_pronoun(token):
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl":
            return ancestor.head
        if ancestor.dep_ in ("ROOT", "parataxis"):
            break
    return token


def phrase(token: Token) -> Tokens:
    """Return the phrase of an argument's head: "the *strikes* on Raqqa", from a preposition's object outwards.

    Left out: the preposition, relative and participial clauses, appositions, other conjuncts, punctuation at the
    edges. What follows the first such part is left out too, so that the phrase is one stretch of text.
    """
    tokens = token.doc.tokens
    start, end = token.i, token.i
    for child in reversed(token.lefts):
        if child.dep_ == "case" and child.lower_ == "of" and has_child(token, "nummod"):
            continue  # "*21 of* 30 drones"
        if child.dep_ in _OUTSIDE_PHRASE or (child.dep_ == "punct" and not _is_inner(child, token)):
            break  # words before the preposition belong to what is outside: "*still* in areas"
        start = min(start, child.left_edge.i)
    for child in token.rights:
        of_adjective = child.dep_ == "obl" and token.pos_ == "ADJ"  # "loyal *to the king*"
        if (child.dep_ not in _POST_HEAD and not of_adjective) or (
            child.dep_ == "punct" and child.text not in ("-", "–")
        ):
            if child.dep_ == "case":  # the possessive 's
                continue
            break
        end = max(end, _nested_end(child))
    while start < end and _is_before_phrase(tokens[start], token):
        start += 1
    while end > start and (tokens[end].is_punct or tokens[end].is_space) and end != token.i:
        end -= 1
    return token.doc[start : end + 1]


def _is_before_phrase(word: Token, head: Token) -> bool:
    """Tell whether a word at the left edge of a phrase is none of it: punctuation, function words, "*not only* Lagos"."""
    if word.is_punct:
        return word.text not in "$#"
    if word.head != head:
        return False
    return word.dep_ in ("case", "mark", "cc") or (word.dep_ == "advmod" and word.lower_ in _FOCUS)


_FOCUS = frozenset("not only also merely just even too".split())


def _nested_end(token: Token) -> int:
    """Return where a phrase inside a phrase ends, with what is coordinated with it: "attacks on *Oslo and Bergen*"."""
    end = phrase(token).end - 1
    for child in children(token, "conj"):
        if child.i > end and not is_clausal(child):
            end = _nested_end(child)
    return end


def _is_inner(mark: Token, head: Token) -> bool:
    """Tell whether a punctuation mark stands inside a phrase: a hyphen, or a quotation mark before a word of it."""
    return mark.text in ("-", "–", '"', "“", "'", "‘") and mark.i < head.i


def _is_finite_beside(verb: Token) -> bool:
    """Tell whether a finite verb is coordinated with one that is not: "agreed to leave and *has packed*" are two clauses."""
    return (
        verb.dep_ == "conj"
        and _is_finite(verb)
        and verb.head.tag_ in ("VB", "VBG")
        and not _is_finite(verb.head)
    )


def _is_finite(verb: Token) -> bool:
    forms = ("VBD", "VBZ", "VBP", "MD")
    return verb.tag_ in forms or any(c.tag_ in forms for c in children(verb, "aux", "aux:pass", "cop"))


def clause(head: Token) -> Tokens:
    """Return the words of an embedded clause without its conjunction: "that *the old bridge fell*"."""
    tokens = head.doc.tokens
    start, end = head.i, head.i
    inside = [head]
    for token in inside:
        start, end = min(start, token.i), max(end, token.i)
        inside += [c for c in token.children if c.dep_ not in _CLAUSE_OUTSIDE and not _is_finite_beside(c)]
    while start < head.i and (
        (tokens[start].dep_ in _CLAUSE_EDGE and tokens[start].head == head)
        or tokens[start].is_punct
        or tokens[start].is_space
    ):
        start += 1
    while end > head.i and (tokens[end].is_punct or tokens[end].is_space):
        end -= 1
    return head.doc[start : end + 1]
