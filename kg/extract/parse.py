"""The parse of a document as plain objects, read once from spaCy's Doc: tokens, stretches of them, sentences, names.

The rules ask hundreds of questions a token. spaCy answers each out of its arrays, with new objects for the tokens on the way;
here the answers are written down beforehand, column by column, and a question costs what reading an attribute does.
Attributes are called as in spaCy and mean the same, so that who knows the one can read the other; its own are `lemma` and
`below`.

Not kept: vectors, morphology, and whatever the rules do not ask for.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from operator import attrgetter
from typing import overload

import numpy as np
from spacy.tokens import Doc

from kg.language.arrays import Columns

__all__ = ["Parse", "Token", "Tokens"]

_QUOTES = frozenset("\"'`«»‘’‚‛“”„‟‹›❮❯") | {"''", "``"}


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A token and its place in the tree; equal to itself alone.

    Attributes:
        parse: what it belongs to.
        i: its index there.
        idx: where it starts in the text, in characters.
        lemma: its lemma in lower case, the word itself where the model gives none.
        dep_: its relation to its head; "ROOT" for a root, which is its own head.
        ent_type_: the label of the name that it belongs to; empty for none.
        sent: the sentence that it stands in.
        children: those whose head it is, in text order.
        below: their relations, each once.
    """

    parse: "Parse"
    i: int
    idx: int
    text: str
    lower_: str
    lemma: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    is_punct: bool
    is_space: bool
    head: "Token" = field(init=False)
    sent: "Tokens" = field(init=False)
    children: Sequence["Token"] = ()  # most have none
    below: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return self.i  # sets of tokens have one order in all runs

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"<{self.i}: {self.text}>"

    @property
    def whitespace_(self) -> str:
        """The space after it, or nothing."""
        return " " if self.parse.columns.spaced[self.i] else ""

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.text in _QUOTES

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.i == self.sent.start

    @property
    def lefts(self) -> list["Token"]:
        """The children before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list["Token"]:
        """The children after it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator["Token"]:
        """Its head, the head of that, and so on up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list["Token"]:
        """The token and all below it, in text order."""
        return sorted(self._with_all_below(), key=_index) if self.children else [self]

    @property
    def left_edge(self) -> "Token":
        """The first token of its subtree."""
        return min(self._with_all_below(), key=_index) if self.children else self

    @property
    def right_edge(self) -> "Token":
        """The last token of its subtree."""
        return max(self._with_all_below(), key=_index) if self.children else self

    def _with_all_below(self) -> list["Token"]:
        found = [self]
        for token in found:
            found += token.children
        return found

    def is_ancestor(self, other: "Token") -> bool:
        """Tell whether it stands above another token."""
        return any(above is self for above in other.ancestors)

    def hang_on(self, head: "Token", dep: str | None = None) -> None:
        """Make it a child of another token, which must not be below it; with the same relation where none is given."""
        old = self.head
        self.dep_ = dep or self.dep_
        old.children = [child for child in old.children if child is not self]
        self.head = head
        head.children = sorted((*(c for c in head.children if c is not self), self), key=_index)
        for token in (old, head):
            token.below = frozenset([child.dep_ for child in token.children])

    def nbor(self, distance: int = 1) -> "Token":
        """Return the token so many places further on."""
        return self.parse.tokens[self.i + distance]


_index = attrgetter("i")


@dataclass(slots=True, eq=False)  # frozen ones take five times as long to make
class Tokens:
    """A stretch of tokens: a sentence, a name, a phrase.

    Attributes:
        start: index of the first token; `end` that after the last.
        label_: of a name; else empty.
    """

    parse: "Parse"
    start: int
    end: int
    label_: str = ""

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.parse.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.parse.tokens[self.start : self.end])

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> "Tokens": ...
    def __getitem__(self, key: int | slice) -> "Token | Tokens":
        if isinstance(key, slice):
            start, end, _ = key.indices(len(self))
            return Tokens(self.parse, self.start + start, self.start + max(start, end))
        return self.parse.tokens[self.start : self.end][key]

    @property
    def start_char(self) -> int:
        """Where it starts in the text; it must not be empty."""
        return self.parse.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends in the text, a space after it left out; it must not be empty."""
        last = self.parse.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as they stand in the text."""
        return self.parse.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> Token:
        """The token nearest to the root of its tree, the first one of several; marks and spaces come last."""
        return min(self, key=_remoteness) if self.end - self.start > 1 else self.parse.tokens[self.start]


def _remoteness(token: Token) -> tuple[bool, int]:
    is_mark = (token.is_punct or token.is_space) and not token.children and token.head is not token
    return is_mark, sum(1 for _ in token.ancestors)


class Parse:
    """A parsed document; it does not follow later changes of the Doc.

    Attributes:
        columns: the Doc column by column.
        tokens: all tokens; those of a parse can also be had by index, and stretches of them by slice.
        sents: the sentences, in text order; without a parse the whole text is one.
        ents: the names and other labelled stretches.
    """

    def __init__(self, doc: Doc) -> None:
        self.columns = Columns(doc)
        self.text = self.columns.text
        self.tokens = tuple(self._read())
        self.sents = tuple(self._sentences())
        self.ents = tuple(Tokens(self, ent.start, ent.end, ent.label_) for ent in doc.ents)
        self._link()

    def close(self) -> None:
        """Let go of the tokens, which nobody may ask any more.

        They refer to each other; as long as they do, only the garbage collector can free them.
        """
        for token in self.tokens:
            token.children = ()
            del token.head, token.sent
        self.tokens, self.sents, self.ents = (), (), ()

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Tokens: ...
    def __getitem__(self, key: int | slice) -> Token | Tokens:
        if isinstance(key, int):
            return self.tokens[key]
        start, end, _ = key.indices(len(self.tokens))
        return Tokens(self, start, max(start, end))

    def _read(self) -> Iterator[Token]:
        columns, strings = self.columns, self.columns.strings
        return map(
            Token,
            repeat(self),
            range(len(columns.offsets)),
            columns.offsets,
            columns.texts,
            columns.lower,
            [(lemma or text).lower() for lemma, text in zip(strings("LEMMA"), columns.texts, strict=True)],
            strings("POS"),
            columns.tags,
            strings("DEP"),
            strings("ENT_TYPE"),
            columns.flags("IS_PUNCT"),
            columns.blank,
        )

    def _sentences(self) -> Iterator[Tokens]:
        numbers = self.columns.sentences
        starts = [i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1]]
        return (
            Tokens(self, start, end) for start, end in pairwise([0, *starts, len(numbers)]) if start < end
        )

    def _link(self) -> None:
        """Write down heads, children and their relations, and sentences."""
        tokens = self.tokens
        heads = self.columns.numbers("HEAD").astype(np.int64) + np.arange(len(tokens))
        below: defaultdict[int, list[Token]] = defaultdict(list)
        for token, head in zip(tokens, heads.tolist(), strict=True):
            token.head = tokens[head]
            if head != token.i:
                below[head].append(token)
        for head, children in below.items():
            tokens[head].children = children
            tokens[head].below = frozenset([child.dep_ for child in children])
        for sent in self.sents:
            for token in sent:
                token.sent = sent
