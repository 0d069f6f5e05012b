"""Which words an argument or an embedded clause is told with: the stretch of text around its head in the tree."""

from kg.extract.parse import Token, Tokens
from kg.extract.syntax import children, compounded, has_child, infinitive_above, is_clausal

__all__ = ["clause", "named_behind", "phrase"]

# What an argument's phrase leaves out: other members of a coordination, relative and participial
# clauses, appositions, asides.
_OUTSIDE_PHRASE = frozenset(
    (
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
)
_CLAUSE_EDGE = ("mark", "cc", "case")
_CLAUSE_OUTSIDE = ("parataxis", "discourse", "list", "dep")
_POST_HEAD = frozenset(
    (
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
)


def phrase(token: Token) -> Tokens:
    """Return the phrase of an argument's head: "the *strikes* on Raqqa", from a preposition's object outwards.

    Left out: the preposition, relative and participial clauses, appositions, other conjuncts, punctuation at the
    edges. What follows the first such part is left out too, so that the phrase is one stretch of text.
    """
    tokens = token.parse.tokens
    start, end = token.i, token.i
    for child in reversed(token.lefts):
        if child.dep_ == "case" and child.lower_ == "of" and has_child(token, "nummod"):
            continue  # "*21 of* 30 drones"
        if child.dep_ in _OUTSIDE_PHRASE or (child.dep_ == "punct" and not _is_inner(child, token)):
            break  # words before the preposition belong to what is outside: "*still* in areas"
        if child.i < token.head.i < token.i:
            break  # nothing on the other side of the word that the phrase hangs on is in it
        start = min(start, child.left_edge.i)
    for child in token.rights:
        if child.dep_ == "amod" and any(c.tag_ == "VBG" for c in children(child, "advcl")):
            break  # "boats *capable of crossing*" says which, as a relative clause does
        of_adjective = child.dep_ == "obl" and token.pos_ == "ADJ"  # "loyal *to the king*"
        if (child.dep_ not in _POST_HEAD and not of_adjective) or (
            child.dep_ == "punct" and child.text not in ("-", "–")
        ):
            if child.dep_ == "case":  # the possessive 's
                continue
            break
        end = max(end, _nested_end(child))
    if token.dep_ == "conj" and start > 0 and _noun_of(tokens[start - 1]) == token:
        start -= 1
    if token.dep_ == "compound" and start > 0 and _is_of_body(tokens[start - 1], token):
        start -= 1
    if token.dep_ == "conj" and start > 0 and compounded(tokens[start - 1]) == token:
        start = tokens[start - 1].left_edge.i
    while start < end and _is_before_phrase(tokens[start], token):
        start += 1
    while end > start and (tokens[end].is_punct or tokens[end].is_space) and end != token.i:
        end -= 1
    return Tokens(token.parse, start, end + 1)


def named_behind(title: Token) -> Token | None:
    """Return the name that follows a title with "of", which parsers hang on its preposition: "Minister of Trade *Ann Reed*".

    None where the preposition stands before the name itself ("a friend of Ann Reed").
    """
    below = children(title, "nmod") if title.pos_ == "PROPN" else ()
    for name in below[1:]:
        if name.ent_type_ == "PERSON" and any(c.i < below[0].i for c in children(name, "case")):
            return name
    return None


def _noun_of(adjective: Token) -> Token | None:
    """Return the noun after an adjective that the tree coordinates inside the member before: "the Minister of Trade and *foreign* bankers"."""
    if adjective.dep_ != "conj" or adjective.tag_ != "JJ" or has_child(adjective, "cc"):
        return None
    later = children(adjective.head.head, "conj")
    return next((c for c in later if c.i == adjective.i + 1 and c.pos_ == "NOUN"), None)


def _is_of_body(word: Token, body: Token) -> bool:
    """Tell whether a nationality belongs to the noun for a body after it: "*Kenyan* press reports" are those of its press."""
    return word.head == body.head and word.dep_ in ("amod", "compound") and word.ent_type_ in ("NORP", "GPE")


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
    if named_behind(token.head) == token:
        return end
    for child in children(token, "conj"):
        if child.i > end and not is_clausal(child) and _noun_of(child) is None:
            end = _nested_end(child)
    return end


def _is_inner(mark: Token, head: Token) -> bool:
    """Tell whether a punctuation mark stands inside a phrase: a hyphen, or a quotation mark before a word of it."""
    return mark.text in ("-", "–", '"', "“", "'", "‘") and mark.i < head.i


def _is_clause_beside(verb: Token) -> bool:
    """Tell whether a verb is coordinated with one of another form: "agreed to leave and *has packed*" are two clauses."""
    return infinitive_above(verb) is not None or (
        verb.dep_ == "conj"
        and _is_finite(verb)
        and verb.head.tag_ in ("VB", "VBG")
        and not _is_finite(verb.head)
    )


def _is_finite(verb: Token) -> bool:
    forms = ("VBD", "VBZ", "VBP", "MD")
    return verb.tag_ in forms or any(c.tag_ in forms for c in children(verb, "aux", "aux:pass", "cop"))


def clause(head: Token, beside: Token) -> Tokens:
    """Return the words of an embedded clause without its conjunction: "that *the old bridge fell*".

    Args:
        head: of the clause.
        beside: the word that it is an argument of, which is left out: "*she was crowned*, delayed by illness".
    """
    tokens = head.parse.tokens
    start, end = head.i, head.i
    inside = [head]
    for token in inside:
        start, end = min(start, token.i), max(end, token.i)
        inside += [
            c
            for c in token.children
            if c.dep_ not in _CLAUSE_OUTSIDE and c is not beside and not _is_clause_beside(c)
        ]
    if beside.head is head and beside.i > head.i:
        end = min(end, beside.left_edge.i - 1)  # a full stop may follow what is left out
    while start < head.i and (
        (tokens[start].dep_ in _CLAUSE_EDGE and tokens[start].head == head)
        or tokens[start].is_punct
        or tokens[start].is_space
    ):
        start += 1
    while end > head.i and (tokens[end].is_punct or tokens[end].is_space):
        end -= 1
    return Tokens(head.parse, start, end + 1)
