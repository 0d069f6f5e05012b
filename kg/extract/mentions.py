"""Entity mentions of a document: names, nominals and pronouns, each found by its head word.

Kinds follow ACE (Doddington et al. 2004): a name stands for one entity by itself, a nominal by description ("the French
police"), a pronoun through another mention. A nationality word is a nominal of its country.

Not handled: generic nominals ("police officers earn little") are mentions like any other; nested names inside names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.datamodel import Document, EntityMention, EntityType, Span
from kg.extract.names import Names
from kg.extract.parse import Parse, Token, Tokens
from kg.extract.syntax import antecedent, children, is_identity

__all__ = ["Mentions", "find_mentions"]

_TYPES: dict[str, EntityType] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "Group",
    "EVENT": "Event",
    "PRODUCT": "Product",
    "LAW": "Law",
    "WORK_OF_ART": "Work",
    "LANGUAGE": "Other",
}
_PRONOUNS: dict[str, EntityType] = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "Person"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "Person"),
    **dict.fromkeys(
        ("we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs", "themselves"), "Group"
    ),
    **dict.fromkeys(("it", "its", "itself"), "Other"),
}


@dataclass
class Mentions:
    """The mentions of one document, found again by token.

    Attributes:
        by_head: token index of the head -> mention.
        by_token: every token index of a name -> mention; nominals and pronouns only under their head.
    """

    by_head: dict[int, EntityMention] = field(default_factory=dict)
    by_token: dict[int, EntityMention] = field(default_factory=dict)
    _tokens: dict[Span, tuple[int, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[EntityMention]:
        return iter(sorted(self.by_head.values(), key=lambda m: (m.span.start, m.span.end)))

    def add(self, mention: EntityMention, tokens: Tokens, head: Token) -> None:
        """Take a mention in under its head, and under all of its tokens if it is a name."""
        self.by_head[head.i] = mention
        indices = tuple(range(tokens.start, tokens.end)) if mention.kind == "name" else (head.i,)
        self._tokens[mention.span] = indices
        for index in indices:
            self.by_token[index] = mention

    def first_token(self, mention: EntityMention) -> int:
        """Return the index of the first token of a name, or of a nominal's or pronoun's head."""
        return self._tokens[mention.span][0]

    def resolve(self, mention: EntityMention, antecedent: Span) -> EntityMention:
        """Set what a mention stands for; returns the new record, which takes the old one's place."""
        resolved = replace(mention, antecedent=antecedent)
        for index in self._tokens[mention.span]:
            self.by_token[index] = resolved
            if index in self.by_head:
                self.by_head[index] = resolved
        return resolved

    def of(self, token: Token) -> EntityMention | None:
        """Return the mention that a phrase with this head is, through titles, relative pronouns and "city of X".

        "President *Hollande*" is found by "President", "who" by what it stands for.
        """
        token = antecedent(token)
        if (found := self.by_token.get(token.i)) is not None and found.kind == "name":
            return found
        for child in children(token, "flat", "nmod:desc"):
            named = self.by_token.get(child.i)
            if named is not None and named.kind == "name" and named.type == "Person":
                return named
        return found


def find_mentions(document: Document, parse: Parse, names: Names) -> Mentions:
    """Return the names, nominals and pronouns of a document; their antecedents are set by `kg.extract.coreference`."""
    mentions = Mentions()
    for ent in parse.ents:
        if ent.label_ in _TYPES:
            mentions.add(_name(document, ent, names), ent, ent.root)
    for start, end in _known_names(parse, mentions, names):
        tokens = parse[start:end]
        type_ = names.known_type(tokens.text) or "Other"
        mentions.add(_mention(document, tokens, tokens.root, type_, "name"), tokens, tokens.root)
    nothing = parse[0:0]
    for token in parse:
        if token.i in mentions.by_token:
            continue
        if (
            token.pos_ in ("ADJ", "PROPN", "NOUN")
            and token.text[:1].isupper()
            and (code := names.country(token.text))
        ):
            mentions.add(
                _mention(document, parse[token.i : token.i + 1], token, "Group", "nominal", code),
                nothing,
                token,
            )
        elif token.pos_ == "PRON" and (kind := _PRONOUNS.get(token.lower_)):
            mentions.add(
                _mention(document, parse[token.i : token.i + 1], token, kind, "pronoun"), nothing, token
            )
        elif token.pos_ in ("NOUN", "PROPN") and (found := _nominal(document, token, names, mentions)):
            mentions.add(found, nothing, token)
    _describe(parse, mentions, names)
    return mentions


def _mention(
    document: Document, tokens: Tokens, head: Token, type: EntityType, kind: str, country: str | None = None
) -> EntityMention:
    start, end = tokens.start_char, tokens.end_char
    span = Span(document.id, start, end, document.text[start:end])
    return EntityMention(span, (head.idx, head.idx + len(head.text)), type, kind, None, country)  # type: ignore[arg-type]


def _name(document: Document, ent: Tokens, names: Names) -> EntityMention:
    """A name as the pipeline marked it; a nationality becomes a nominal of its country."""
    type_ = _TYPES[ent.label_]
    if (code := names.country(ent.text)) and ent.label_ in (
        "NORP",
        "PERSON",
        "ORG",
        "LANGUAGE",
        "GPE",
        "LOC",
    ):
        return _mention(document, ent, ent.root, "Group", "nominal", code)
    return _mention(document, ent, ent.root, names.known_type(ent.text) or type_, "name")


def _known_names(parse: Parse, mentions: Mentions, names: Names) -> Iterator[tuple[int, int]]:
    """Names that the world agrees on and the pipeline missed: "IS", "Daesh"; longest first, in capitals as listed."""
    for sent in parse.sents:
        if sent.text.isupper():
            continue
        at = sent.start
        for first in sent:
            if first.i < at or (first.pos_ != "PROPN" and not first.text[:1].isupper()):
                continue
            if (end := _known_end(sent, first.i, mentions, names)) is not None:
                yield first.i, end
                at = end


def _known_end(sent: Tokens, at: int, mentions: Mentions, names: Names) -> int | None:
    """Return where the longest known name that starts at a token ends; it takes no token from another name."""
    found = None
    for end in range(at + 1, min(at + _LONGEST_KNOWN, sent.end) + 1):
        if end - 1 in mentions.by_token:
            break
        words = sent.parse[at:end]
        text = words.text
        if not names.begins_name(text):
            break
        if names.known_type(text) and _as_listed(words):
            found = end
    return found


_LONGEST_KNOWN = 5


def _as_listed(tokens: Tokens) -> bool:
    """Tell whether the words look like the name: proper nouns or capitals, no plain word that begins a sentence."""
    first = tokens[0]
    return (
        first.pos_ == "PROPN" or tokens.text.isupper() or (len(tokens) > 1 and tokens[-1].text[:1].isupper())
    )


def _nominal(document: Document, head: Token, names: Names, mentions: Mentions) -> EntityMention | None:
    """A noun that describes a person, group, place or thing, with what stands before it: "two French policemen".

    Not one: a title before its name ("*President* Hollande"), a noun that only modifies another.
    """
    type_ = _described_type(head, names)
    if type_ is None or head.dep_ in ("compound", "nmod:desc", "flat", "fixed", "goeswith"):
        return None
    if any(mentions.by_token.get(c.i) for c in children(head, "flat", "nmod:desc") if c.i > head.i):
        return None
    start, country = head.i, None
    for child in reversed(head.lefts):
        if child.dep_ not in (
            "det",
            "amod",
            "compound",
            "nummod",
            "nmod:poss",
            "advmod",
            "nmod:desc",
            "det:predet",
            "punct",
        ):
            break
        start = child.left_edge.i
        country = country or _country_of(child, mentions)
    while start < head.i and head.parse[start].is_punct:
        start += 1
    return _mention(document, head.parse[start : head.i + 1], head, type_, "nominal", country)


def _described_type(head: Token, names: Names) -> EntityType | None:
    """The type of what a noun describes: one "minister" is a person, several are a group."""
    lemma, plural = head.lemma, head.tag_ in ("NNS", "NNPS")
    if (listed := names.nominals.get(head.lower_ if plural else lemma)) and not (
        plural and listed == "Person"
    ):
        return listed
    type_ = names.nominal_type(lemma)
    if plural:
        return "Group" if type_ == "Person" else type_
    return "Person" if type_ == "Group" else type_


def _country_of(modifier: Token, mentions: Mentions) -> str | None:
    known = mentions.by_token.get(modifier.i)
    return known.country if known else None


def _describe(parse: Parse, mentions: Mentions, names: Names) -> None:
    """Set the antecedent of nominals that name their entity beside them.

    Appositions ("Nowak, Norway's new *minister*"; "a local *physician*, Karim Aziz") and "the *city* of Raqqa";
    predicates of a copula are left to `kg.extract.relations`. What names some of several is no identity (`is_identity`).
    """
    for token in parse:
        nominal = mentions.by_head.get(token.i)
        if nominal is None or nominal.kind != "nominal" or (nominal.country and nominal.span.text.istitle()):
            continue
        name = None
        if token.dep_ == "appos" and is_identity(token):
            name = mentions.of(token.head)
        if name is None:
            apposed = (mentions.of(c) for c in children(token, "appos") if is_identity(c))
            name = next((m for m in apposed if m is not None and m.kind == "name"), None)
        if name is None and nominal.type in ("Place", "Facility"):
            name = _named_place(token, mentions, names)
        if name is not None and name.kind == "name" and (name.type == "Person") == (nominal.type == "Person"):
            mentions.resolve(nominal, name.span)


def _named_place(head: Token, mentions: Mentions, names: Names) -> EntityMention | None:
    """The place that a description names: "the city of *Raqqa*", "the Brussels district of *Molenbeek*".

    With a name on either side the larger place is no name of it, and a state or capital is the larger one: "the *Karrada*
    district of Baghdad".
    """
    if head.lemma not in _PLACE_KINDS:
        return None
    after = _place(mentions, (c for c in children(head, "nmod") if _is_of(c)))
    before = _place(mentions, children(head, "compound"))
    if after is not None and before is not None and _is_seat(after, names) and not _is_seat(before, names):
        return before
    return after


def _place(mentions: Mentions, tokens: Iterable[Token]) -> EntityMention | None:
    found = (mentions.of(token) for token in tokens)
    return next(
        (m for m in found if m is not None and m.kind == "name" and m.type in ("Place", "Facility")), None
    )


def _is_of(token: Token) -> bool:
    return any(case.lower_ == "of" for case in children(token, "case"))


def _is_seat(place: EntityMention, names: Names) -> bool:
    known = names.known(place.span.text)
    return names.capital_of(place.span.text) is not None or (known is not None and known.country is not None)


# nouns that take their own name with "of"; "the border of Syria" or "the capital of France" name something else
_PLACE_KINDS = frozenset(
    "city town village district neighbourhood neighborhood suburb stronghold province region island state municipality"
    " republic kingdom governorate enclave bastion commune port township county borough".split()
)
