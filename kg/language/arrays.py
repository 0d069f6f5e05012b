"""Reading and writing whole columns of a Doc: one call for all its tokens instead of one for each."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.language.tokens import REFERENCE_MARK

#: How a word begins, whatever the token it stands in; and the signs that expressions may begin with.
_SIGNS = "$£€¥'’"
_BEGINNING = re.compile(rf"\b\w{{1,3}}|[{_SIGNS}]")


class Columns:
    """The tokens of a Doc column by column, each read once, when it is first asked for.

    A Doc puts its text together anew at each call and makes an object for each token at each pass; who asks much of one,
    as the rules do, shares one of these. It does not follow later changes of the Doc.

    Attributes:
        doc: the Doc.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    @classmethod
    def of(cls, doc: "Doc | Columns") -> "Columns":
        """Return the columns of a Doc; columns as they are."""
        return cls(doc) if isinstance(doc, Doc) else doc

    def numbers(self, name: str) -> NDArray[np.uint64]:
        """Return an attribute of all tokens as spaCy numbers it: strings as their hash."""
        found: Any = self.doc.to_array(name)  # spaCy's stubs do not know that one attribute gives one row
        return np.asarray(found, dtype=np.uint64)

    def strings(self, name: str) -> list[str]:
        """Return an attribute of all tokens that is a string."""
        strings, hashes = self.doc.vocab.strings, self.numbers(name).tolist()
        known = {number: strings[number] for number in set(hashes)}
        return [known[number] for number in hashes]

    def flags(self, name: str) -> list[bool]:
        """Return an attribute of all tokens that is true or false."""
        found: list[bool] = self.numbers(name).astype(bool).tolist()
        return found

    @cached_property
    def texts(self) -> list[str]:
        """The text of each token."""
        return self.strings("ORTH")

    @cached_property
    def lower(self) -> list[str]:
        """The text of each token in small letters."""
        return [text.lower() for text in self.texts]

    @cached_property
    def tags(self) -> list[str]:
        """The fine tag of each token."""
        return self.strings("TAG")

    @cached_property
    def spaced(self) -> list[bool]:
        """Whether a space follows each token."""
        return self.flags("SPACY")

    @cached_property
    def blank(self) -> list[bool]:
        """Whether each token is white space, or part of a reference mark ("1956.[3]"): what belongs to no sentence."""
        blank = self.flags("IS_SPACE")
        for mark in REFERENCE_MARK.finditer(self.text) if "[" in self.text else ():
            for i in range(bisect_left(self.offsets, mark.start()), bisect_left(self.offsets, mark.end())):
                blank[i] = self.offsets[i] + len(self.texts[i]) <= mark.end()
        return blank

    @cached_property
    def offsets(self) -> list[int]:
        """Where each token starts in the text, in characters."""
        found: list[int] = self.numbers("IDX").tolist()
        return found

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence each token stands in; what stands before the first sentence start is number 0."""
        found: list[int] = np.cumsum(self.numbers("SENT_START") == 1).tolist()
        return found

    @cached_property
    def text(self) -> str:
        """The text of the Doc."""
        pairs = zip(self.texts, self.spaced, strict=True)
        return "".join([text + " " if spaced else text for text, spaced in pairs])

    @cached_property
    def beginnings(self) -> dict[str, list[int]]:
        """Where words begin in the text, by their first three letters in small ones; signs of quotation and money too.

        All that begin with a digit are under "0", those with letters or digits beyond ASCII under the empty string.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        for match in _BEGINNING.finditer(self.text):
            begin = match[0]
            if not begin.isascii() and begin not in _SIGNS:
                begin = ""
            elif begin[0].isdigit():
                begin = "0"
            found[begin.lower()].append(match.start())
        return found


def write_columns(doc: Doc, names: Sequence[str], table: NDArray[np.uint64]) -> None:
    """Write a table of a row for each token and a column for each attribute, as spaCy numbers them.

    Strings come as their hash; heads as the distance from the token, negative ones modulo 2**64.
    """
    target: Any = doc  # spaCy's stubs know the arrays of its own library only
    target.from_array(list(names), np.ascontiguousarray(table))
