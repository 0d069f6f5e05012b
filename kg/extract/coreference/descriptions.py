"""Descriptions with "the", "this" or "that": what they take up again. From the strictest pass to the loosest, as in Lee et al. (2013)."""

from collections.abc import Iterable
from itertools import pairwise

from kg.datamodel import EntityMention
from kg.extract.coreference.agreement import is_plural
from kg.extract.coreference.discourse import Discourse, Referent, top_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import children, has_child, is_identity
from kg.language.wordlists import entries

__all__ = ["find_described", "title_words"]

_DEFINITE = frozenset("the this that these those both".split())
_COUNTRIES = frozenset("country nation".split())
_TOWNS = frozenset("city town village capital".split())
_BODIES = frozenset(
    "group organisation organization company party militia movement firm airline agency bank newspaper".split()
)
_OFFICES = frozenset(
    "ministry department parliament senate congress assembly court council cabinet government office police army navy"
    " embassy consulate commission bureau prosecutor presidency treasury".split()
)
_FAR = 12  # sentences back that a description reaches
_NEAR = 5  # sentences back that a general noun reaches
_RUNNER_UP = 0.7  # of the best one's salience: closer ones leave a general noun open


def find_described(
    reading: Reading, discourse: Discourse, head: Token, mention: EntityMention, sentence: int
) -> Referent | None:
    """Return what a definite description takes up, or None.

    1. The same noun: "a *bus* hit a tree. *The bus* was empty." Modifiers must be the earlier one's ("the red bus").
    2. A name with the noun in it: "the European *Commission* ... *the commission*"; not people.
    3. A person with that title: "*Defence Minister* Holm ... *the minister*".
    4. General nouns, the nearest name of their sort, if only one is: "Oslo ... *the city*", "Norway ... *the country*",
       "Acme ... *the company*".

    Limits: a description with a relative clause, number, owner or a name inside ("the president of France") says itself
    what it means and stays open; synonyms ("the carrier" for an airline) are not known.
    """
    if not _takes_up(reading, head, mention):
        return None
    modifiers = {c.lower_ for c in children(head, "amod", "compound")}
    known = [r for r in discourse.known(sentence, _FAR) if r.mention is not None]
    plural = is_plural(head)
    for referent in known:
        if _same_noun(referent, head, modifiers) and (referent.plural == plural or referent.is_name):
            return referent
    if plural:
        return None
    described = modifiers | {head.lower_}
    names = [r for r in known if r.is_name]
    if mention.type == "Person":
        return next((r for r in names if _type(r) == "Person" and described <= r.titles), None)
    if (named := next((r for r in names if _is_called(r, head, modifiers)), None)) is not None:
        return named
    return (
        None
        if modifiers
        else _nearest((r for r in names if sentence - r.last <= _NEAR and _is_a(reading, r, head)), sentence)
    )


def _takes_up(reading: Reading, head: Token, mention: EntityMention) -> bool:
    if not any(c.lower_ in _DEFINITE for c in children(head, "det", "det:predet")) or has_child(head, "cop"):
        return False
    if mention.country and mention.type == "Group" and len(mention.span.text.split()) < 3:
        return False
    if has_child(head, "acl:relcl", "acl", "nummod", "nmod:poss"):
        return False
    return not any(c.dep_ == "nmod" and reading.mention(c) for c in head.children)


def _type(referent: Referent) -> str | None:
    return None if referent.mention is None else referent.mention.type


def _same_noun(referent: Referent, head: Token, modifiers: set[str]) -> bool:
    return head.lemma in referent.nouns and modifiers <= referent.words


def _is_called(referent: Referent, head: Token, modifiers: set[str]) -> bool:
    """Tell whether a noun is the head of a name: the "*University* of Oslo", the "European *Commission*"."""
    if referent.mention is None or referent.mention.type == "Person" or not modifiers <= referent.words:
        return False
    words = referent.mention.span.text.casefold().split()
    before_of = [word for word, following in pairwise(words) if following in ("of", "for")]
    return head.lower_ in (before_of[0] if before_of else words[-1],)


def _is_a(reading: Reading, referent: Referent, head: Token) -> bool:
    """Tell whether a named referent is what a general noun says: a country, a town, a body of people."""
    noun, mention = head.lower_, referent.mention
    if mention is None:
        return False
    known = reading.names.known(mention.span.text)
    is_country = known is not None and known.country is not None
    if noun in _COUNTRIES:
        return is_country
    if noun in _TOWNS:
        return mention.type == "Place" and not is_country and mention.span.text not in entries("regions")
    return noun in _BODIES and mention.type == "Organization" and not _is_office(mention.span.text, noun)


def _is_office(name: str, noun: str) -> bool:
    """Tell whether a name says that it is part of a state, which nobody calls a company: "the Defence *Ministry* ... *the group*"."""
    words = set(name.casefold().split())
    return noun not in ("organisation", "organization", "agency") and bool(words & _OFFICES)


def _nearest(referents: Iterable[Referent], sentence: int) -> Referent | None:
    """The one spoken of in the nearest sentence; of several there the most salient, if no other is nearly as salient."""
    found = list(referents)
    latest = max((r.last for r in found), default=-1)
    ranked = sorted((r for r in found if r.last == latest), key=lambda r: (-r.salience(sentence), -r.head.i))
    if len(ranked) > 1 and ranked[1].salience(sentence) > _RUNNER_UP * ranked[0].salience(sentence):
        return None
    return ranked[0] if ranked else None


def title_words(reading: Reading, head: Token, mention: EntityMention) -> set[str]:
    """The words of a person's title or apposition: "Norwegian *President* Holm", "Holm, the *minister*"."""
    top = top_of(head)
    words = {
        t.lower_
        for t in reading.parse[max(0, head.i - 4) : head.i]
        if t.dep_ in ("nmod:desc", "compound", "flat", "amod") or t.head == head or t == top
    }
    for child in children(top, "appos", "nmod:desc"):
        if child.dep_ == "appos" and not is_identity(child):
            continue
        words |= {t.lower_ for t in child.subtree}
    if head.dep_ == "appos" and is_identity(head):
        words |= {t.lower_ for t in head.head.subtree if t.i < head.i}
    return words
