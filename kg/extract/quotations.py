"""Direct speech: what stands between quotation marks, paragraph by paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.parse import Parse, Token, Tokens
from kg.language.paragraphs import paragraph_starts

__all__ = ["Quotation", "find_quotations"]

_OPEN, _CLOSE, _EITHER = ("“", "«", "``"), ("”", "»", "''"), '"'
_MARKS = frozenset((*_OPEN, *_CLOSE, _EITHER))
_SHORTEST = 3  # tokens, marks included


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks.

    Attributes:
        tokens: marks included.
        paragraph: number of its paragraph.
        closed: it ends with a mark; one that does not goes on in the next paragraph, which opens with a mark again.
    """

    tokens: Tokens
    paragraph: int
    closed: bool

    @property
    def words(self) -> frozenset[int]:
        """Indices of the tokens that are words."""
        return frozenset(t.i for t in self.tokens if not t.is_punct and not t.is_space)


def find_quotations(parse: Parse) -> list[Quotation]:
    """Return the quotations of a document in text order.

    A straight mark opens and closes in turn within a paragraph; after a digit it is an inch. A mark that its paragraph
    does not close counts only if the next paragraph opens with one, as newspapers set long quotations; else it is a slip
    and quotes nothing. Single marks are left out: apostrophes look alike.
    """
    paragraphs = list(_paragraphs(parse))
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        opened: int | None = None
        for token in paragraph:
            if token.text not in _MARKS:
                continue
            if opened is None and _opens(token):
                opened = token.i
            elif opened is not None and (token.text in _CLOSE or token.text == _EITHER):
                found.append(Quotation(parse[opened : token.i + 1], number, True))
                opened = None
        follows = (
            next((t for t in paragraphs[number + 1] if not t.is_space), None)
            if number + 1 < len(paragraphs)
            else None
        )
        if opened is not None and follows is not None and _opens(follows):
            found.append(Quotation(parse[opened : paragraph.end], number, False))
    return [quotation for quotation in found if len(quotation.tokens) >= _SHORTEST]


def _paragraphs(parse: Parse) -> Iterator[Tokens]:
    starts = sorted({0, *paragraph_starts(parse.columns)})
    for start, end in zip(starts, [*starts[1:], len(parse)], strict=True):
        yield parse[start:end]


def _opens(token: Token) -> bool:
    if token.text == _EITHER:
        return not (token.i and token.nbor(-1).text[-1].isdigit() and not token.nbor(-1).whitespace_)
    return token.text in _OPEN
