"""Who and what a text has spoken of so far, and how present each is to the reader: salience after Lappin and Leass (1994)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.datamodel import EntityMention
from kg.extract.names import Gender
from kg.extract.parse import Token
from kg.extract.syntax import children, has_child
from kg.ids import fold

__all__ = ["SALIENT", "Discourse", "Referent", "carrier_of", "function_of", "top_of"]

#: Lappin and Leass (1994), table 1; `owner` is ours, after the rank of possessors in centering theory (Grosz et al. 1995).
_WEIGHTS = {
    "recent": 100,
    "subject": 80,
    "existential": 70,
    "head": 80,
    "object": 50,
    "oblique": 40,
    "owner": 40,
    "plain": 50,
}
_FUNCTIONS = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "nsubj:outer": "subject",
    "obj": "object",
    "iobj": "oblique",
    "obl": "oblique",
    "obl:agent": "oblique",
    "nmod:poss": "owner",
}
# what something is there for: where such a noun is a subject, the sentence is about its owner
_POINTS = frozenset("purpose aim goal objective role function task job mission intention duty".split())
_LOCATIVE = frozenset("in at on near across along around inside outside through within".split())
_INSIDE = ("nmod", "nmod:poss", "compound", "amod", "nmod:desc", "nmod:unmarked")
SALIENT = 3  # sentences back that add to salience


@dataclass(eq=False, slots=True)
class Referent:
    """Somebody or something spoken of.

    Attributes:
        mention: what others are resolved to, a name where there is one; None for what is no mention of ours ("the idea",
            "Berg and Holm"): it competes, and where it wins the pronoun stays open.
        head: the last word that spoke of it.
        heads: all of them in the sentence of the last one.
        last: the last sentence that spoke of it; -1 before the first.
        factors: sentence -> what made it salient there; only sentences that still count.
        words: of its names and descriptions, in lower case.
        titles: words of a person's titles and appositions.
        nouns: lemmas of the descriptions that it had.
        actors: it is people or bodies named together, "Berg and Holm".
        members: their heads.
        many: a name that takes a plural verb, as those of teams and bands: "Holm Rovers *are*".
    """

    mention: EntityMention | None
    head: Token
    plural: bool
    gender: Gender | None = None
    heads: list[Token] = field(default_factory=list)
    last: int = -1
    factors: dict[int, set[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    actors: bool = False
    members: list[Token] = field(default_factory=list)
    many: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it has a name."""
        return self.mention is not None and self.mention.kind == "name"

    def salience(self, sentence: int) -> float:
        """Return how present it is in a sentence: each factor once a sentence, half as much with each sentence back."""
        shares = (
            sum(_WEIGHTS[factor] for factor in factors) * 0.5 ** (sentence - number)
            for number, factors in self.factors.items()
            if sentence - number <= SALIENT
        )
        return float(sum(shares))


class Discourse:
    """The referents of one document; `touch` tells which sentence speaks of which.

    Attributes:
        topic: who or what the whole text is about, where it says so.
    """

    def __init__(self) -> None:
        self.topic: Referent | None = None
        self._by_key: dict[tuple[int, int] | str, Referent] = {}
        self._people: dict[str, list[Referent]] = {}
        self._known: dict[int, Referent] = {}

    def be_about(self, topic: Referent, names: Iterable[EntityMention]) -> None:
        """Note what the text is about; its name means it everywhere, whatever type it got there, and so does its beginning.

        "*Holm State* was founded" of Holm State College: two words of it at least, and of the same type.
        """
        self.topic, own = topic, topic.mention
        words = fold(own.span.text).split() if own is not None else []
        for name in names:
            short = fold(name.span.text).split()
            begins = own is not None and name.type == own.type and len(short) > 1
            if short == words or (begins and words[: len(short)] == short):
                self._by_key[name.span.range] = topic

    def known(self, sentence: int, back: int) -> Iterator[Referent]:
        """Yield what this sentence and those so many before it spoke of, last first."""
        for referent in reversed(self._known.values()):
            if sentence - referent.last > back:
                break
            yield referent

    def of(self, mention: EntityMention | None) -> Referent | None:
        """Return the referent of a mention, or of what it stands for."""
        return None if mention is None else self._by_key.get((mention.antecedent or mention.span).range)

    def name(self, mention: EntityMention, key: str, head: Token) -> Referent:
        """Return the referent of a name: that of the same key, a person of whose name it is a part, or a new one.

        "Angela Merkel", "Merkel", "Angela" are one, "Angela Merkel" and "Ulrich Merkel" two; a last name alone is
        the first of them. Names that `kg.resolve`
        joins later (acronyms, short forms) may be two here.
        """
        words = fold(mention.span.text).split()
        found = self._person(words) if mention.type == "Person" else self._by_key.get(key)
        if found is None:
            found = Referent(mention, head, mention.type == "Group" and head.tag_ in ("NNS", "NNPS"))
            if mention.type == "Person":
                for word in sorted(set(words)):
                    self._people.setdefault(word, []).append(found)
        if mention.type != "Person":
            self._by_key[key] = found
        self._by_key[mention.span.range] = found
        found.words.update(words)
        return found

    def _person(self, words: list[str]) -> Referent | None:
        known = self._people.get(words[-1], []) if words else []
        same = (r for r in known if r.words == set(words))
        part = (r for r in known if r.words.issuperset(words) or r.words.issubset(words))
        return next(same, None) or next(part, None)

    def describe(self, mention: EntityMention, head: Token, plural: bool) -> Referent:
        """Return a new referent for a description that stands for nothing before it."""
        found = self._by_key[mention.span.range] = Referent(mention, head, plural)
        return found

    def other(self, key: str, head: Token, plural: bool) -> Referent:
        """Return the referent of a phrase that is no mention, by its words."""
        if (found := self._by_key.get(key)) is None:
            found = self._by_key[key] = Referent(None, head, plural)
        return found

    def call(self, referent: Referent, mention: EntityMention, head: Token) -> None:
        """Note that a referent was described so: "the black *car*"."""
        referent.words.update(mention.span.text.casefold().split())
        referent.nouns.add(head.lemma)

    def touch(self, referent: Referent, head: Token, sentence: int) -> None:
        """Note that a sentence speaks of a referent with this head."""
        if referent.last != sentence:
            referent.heads = []
            referent.factors = {n: f for n, f in referent.factors.items() if sentence - n <= SALIENT}
        referent.head, referent.last = head, sentence
        referent.heads.append(head)
        referent.factors[sentence] = referent.factors.get(sentence, set()) | _factors(head)
        self._known.pop(id(referent), None)
        self._known[id(referent)] = referent  # the last one at the end


def top_of(head: Token) -> Token:
    """Return the word that carries a name's place in the tree: "*President* Holm" where "Holm" hangs on it."""
    while head.dep_ in ("flat", "nmod:desc") and head.head is not head:
        head = head.head
    return head


def carrier_of(head: Token) -> Token:
    """Return the word whose place in the clause a phrase has: of its coordination, apposition, title or stated purpose.

    "The *purpose* of the canal is to water the fields": the sentence is about the canal, which so carries the function
    of the subject. Limits: only the nouns of `_POINTS`, with "of" or a possessive; of other nouns the owner stays inside.
    """
    token = head
    while token.head is not token:
        if token.dep_ not in _SAME_PLACE and not (token.dep_ in _OWNERS and _owns_point(token)):
            break
        token = token.head
    return token


_SAME_PLACE = ("conj", "flat", "appos", "nmod:desc")
_OWNERS = ("nmod", "nmod:poss")


def _owns_point(token: Token) -> bool:
    """Tell whether one of `_OWNERS` is the owner of a purpose, aim or role that is a subject."""
    if not _is_point(token.head):
        return False
    return token.dep_ == "nmod:poss" or any(case.lower_ == "of" for case in children(token, "case"))


def _is_point(noun: Token) -> bool:
    return noun.lemma in _POINTS and _FUNCTIONS.get(noun.dep_) == "subject"


def function_of(head: Token) -> str:
    """Return the grammatical function of a phrase, that of its `carrier_of`; empty for what has none.

    A purpose, aim or role with an owner is less present than that owner, who takes its function.
    """
    return _function_at(head, carrier_of(head))


def _function_at(head: Token, carrier: Token) -> str:
    if _is_point(head) and any(map(_owns_point, children(head, *_OWNERS))):
        return "owner"
    if carrier.dep_ == "nsubj" and has_child(carrier.head, "expl"):
        return "existential"
    return _FUNCTIONS.get(carrier.dep_, "")


def _factors(head: Token) -> set[str]:
    found, token = {"recent"}, carrier_of(head)
    if function := _function_at(head, token):
        found.add(function)
    if token.dep_ not in _INSIDE:
        found.add("head")
    if not _is_adverbial(token):
        found.add("plain")
    return found


def _is_adverbial(token: Token) -> bool:
    """Tell whether a phrase only sets the scene: it is fronted, or the name of where something is ("in *Oslo*")."""
    if token.dep_ == "obl" and token.i < token.head.i:
        return True
    if token.dep_ not in ("obl", "nmod") or token.pos_ != "PROPN":
        return False
    return any(case.lower_ in _LOCATIVE for case in children(token, "case"))
