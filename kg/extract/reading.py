"""What the rules of `kg.extract` share while they read one document: its parse, its mentions and times, the lexicon."""

from dataclasses import dataclass, field
from functools import cached_property

from kg.datamodel import Document, EntityMention, Span, TimeExpression
from kg.extract.frames import Lexicon, Target
from kg.extract.mentions import Mentions
from kg.extract.names import Names
from kg.extract.parse import Parse, Token, Tokens
from kg.extract.quotations import Quotation, find_quotations
from kg.extract.syntax import antecedent

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """One document as the rules see it.

    Attributes:
        subjects: what `kg.extract.events.subjects` has found so far: verb -> its subjects, and whether it is passive.
    """

    document: Document
    parse: Parse
    lexicon: Lexicon
    names: Names
    mentions: Mentions
    times: dict[int, TimeExpression]
    subjects: dict[int, tuple[list[Token], bool]] = field(default_factory=dict, init=False)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """The direct speech of the document, in text order."""
        return find_quotations(self.parse)

    def span(self, tokens: Tokens) -> Span:
        """Return the stretch of text of some tokens."""
        start, end = tokens.start_char, tokens.end_char
        return Span(self.document.id, start, end, self.document.text[start:end])

    def event_noun(self, token: Token) -> bool:
        """Tell whether a token is a noun of the lexicon, and no part of somebody's name."""
        return token.i in self._event_nouns

    @cached_property
    def _event_nouns(self) -> frozenset[int]:
        return frozenset(
            token.i
            for token in self.parse.tokens
            if token.pos_ in ("NOUN", "PROPN")
            and token.lemma in self.lexicon.nouns
            and token.ent_type_ not in _NAMES
            and token.i not in self.times
        )

    def target(self, token: Token) -> Target | None:
        """Return what a phrase is, as far as its role depends on it."""
        token = antecedent(token)
        if token.i in self.times:
            return "time"
        if token.ent_type_ in ("MONEY", "PERCENT", "QUANTITY"):
            return "quantity"
        mention = self.mentions.of(token)
        if mention is not None and mention.kind == "name":
            return mention.type
        if self.event_noun(token):
            return "event"
        return None if mention is None else mention.type

    def mention(self, token: Token) -> EntityMention | None:
        """Return the entity mention that a phrase with this head is, if it is one."""
        return self.mentions.of(token)


_NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "LAW", "WORK_OF_ART", "PRODUCT", "NORP")
