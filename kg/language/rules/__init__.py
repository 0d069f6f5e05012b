"""The rules component: corrects the network's names and adds what rules find better.

Each module finds or corrects one kind of expression; here they are put in order. Labels: `kg.language.labels`.
"""

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

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
        names = corrected_names(doc)
        strong = filter_spans([*laws(doc), *products(doc), *dates(doc), *amounts(doc)])
        names = [name for name in names if not any(_yields(name, other) for other in strong)]
        found = filter_spans([*names, *(span for span in strong if not _overlaps(span, names))])
        found += [span for span in organisations(doc) if not _overlaps(span, found)]
        found += [span for span in nationalities(doc) if not _overlaps(span, found)]
        found += [span for span in numbers(doc) if not _overlaps(span, found)]
        doc.ents = sorted(found, key=lambda span: span.start)
        return doc


def _yields(name: Span, other: Span) -> bool:
    """Say whether a name of the network gives way to an overlapping span of the rules: unless it is the longer one."""
    overlap = name.start < other.end and other.start < name.end
    inside = name.start <= other.start and other.end <= name.end and len(name) > len(other)
    return overlap and not inside


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
