"""The rules component: corrects the network's names and adds what rules find better.

Each module finds or corrects one kind of expression; here they are put in order. Labels: `kg.language.labels`.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.language.arrays import Columns
from kg.language.rules.dates import dates
from kg.language.rules.laws import laws
from kg.language.rules.names import corrected_names, nationalities, organisations
from kg.language.rules.numbers import amounts, numbers
from kg.language.rules.products import products

__all__ = ["RuleNames"]


class RuleNames:
    """Adds DATE, TIME, MONEY, PERCENT, QUANTITY, CARDINAL, ORDINAL, LAW, PRODUCT and GPE to `doc.ents`; trims names."""

    def __call__(self, doc: Doc) -> Doc:
        """Correct the entities of one Doc in place; they never cross sentences."""
        columns = Columns(doc)
        strong = filter_spans([*laws(columns), *products(columns), *dates(columns), *amounts(columns)])
        at = {i: span for span in strong for i in range(span.start, span.end)}
        names = [name for name in corrected_names(columns) if not _yields(name, at)]
        found = _Found(doc, filter_spans(names))
        for spans in (strong, organisations(columns), nationalities(columns), numbers(columns)):
            found.add(spans)
        doc.ents = sorted(found.spans, key=lambda span: span.start)
        return doc


class _Found:
    """Spans that do not overlap; those that come first stay."""

    def __init__(self, doc: Doc, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        self._taken = bytearray(len(doc))
        self.add(spans)

    def add(self, spans: Iterable[Span]) -> None:
        """Add the spans whose tokens are all free."""
        for span in spans:
            if not any(self._taken[span.start : span.end]):
                self._taken[span.start : span.end] = b"\x01" * len(span)
                self.spans.append(span)


def _yields(name: Span, at: dict[int, Span]) -> bool:
    """Say whether a name of the network gives way to a span of the rules it overlaps: unless it is the longer, around it."""
    others = {at[i] for i in range(name.start, name.end) if i in at}
    return any(
        not (name.start <= other.start and other.end <= name.end and len(name) > len(other))
        for other in others
    )
