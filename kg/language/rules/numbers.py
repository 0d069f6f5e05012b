"""Amounts with a unit (MONEY, PERCENT, QUANTITY) and numbers without one (CARDINAL, ORDINAL)."""

import re
from collections.abc import Iterator

from spacy.tokens import Span

from kg.language.arrays import Columns
from kg.language.rules.patterns import LARGE, NUMBER, NUMBER_BEGINS, Expression, compiled, matches

_SHORT = r"(?:bn|mn|tn|m|k|b)\b"
_CURRENCY = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|Hong\s+Kong)\s+)?(?:dollars?|euros?|pounds?\s+sterling|pounds|francs?|roubles?|rubles?"
    r"|yen|yuan|rupees?|dinars?|dirhams?|riyals?|rials?|pesos?|lira|shekels?|cents?|pence)"
)
_MONEY = Expression(
    re.compile(
        rf"(?:(?<!\w)(?:US|C|A|HK|AU|CA)?[$£€¥]|(?<!\w)(?:EUR|USD|GBP)\s)\s?(?:{NUMBER})(?:\s?{_SHORT}|\s?(?:{LARGE})\b)?"
        rf"|(?<!\w)(?:{NUMBER})(?:\s?{_SHORT})?[-\s]+{_CURRENCY}(?!\w)"
    ),
    f"{NUMBER_BEGINS} $ £ € ¥ US C A HK AU CA EUR USD GBP",
)
_PERCENT = Expression(
    re.compile(
        rf"(?<!\w)(?:{NUMBER})\s?(?:%|(?:percent|per\s+cent|percentage\s+points?)(?!\w))", re.IGNORECASE
    ),
    NUMBER_BEGINS,
)
_UNITS = (
    r"(?:km/h|mph|kph|(?:square\s+|cubic\s+)?(?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|yards?|inch(?:es)?|centimet(?:re|er)s?)"
    r"|kilograms?|kilos?|grams?|tonnes?|tons?|ounces?|litres?|liters?|gallons?|barrels?|hectares?|acres?|degrees?|kilotons?"
    r"|megawatts?|gigawatts?|km2?|kg|mm|cm|sq\s+km|mw|pound)"
)
_QUANTITY = Expression(
    compiled(rf"(?:{NUMBER})[-\s]?{_UNITS}(?:\s+(?:per|an|a)\s+(?:hour|second|day|year))?", re.IGNORECASE),
    NUMBER_BEGINS,
)
_AGE = Expression(
    compiled(rf"(?:{NUMBER})[-\s]+(?:years?|months?|days?)[-\s]+olds?", re.IGNORECASE), NUMBER_BEGINS
)
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth".split()
)
_NUMERIC_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_COUNTS = frozenset({"dozens", "hundreds", "thousands", "millions", "billions", "dozen", "tens"})
_LISTED = _ORDINALS | _COUNTS


def amounts(columns: Columns) -> Iterator[Span]:
    """Yield money, percentages and measures; an age ("27-year-old") is a QUANTITY, so that it is no date."""
    yield from matches(columns, _MONEY, "MONEY")
    yield from matches(columns, _PERCENT, "PERCENT")
    yield from matches(columns, _QUANTITY, "QUANTITY")
    yield from matches(columns, _AGE, "QUANTITY")


def numbers(columns: Columns) -> Iterator[Span]:
    """Yield runs of number words, and ordinals; callers drop those inside other expressions."""
    sentences = columns.sentences
    words = list(zip(columns.texts, columns.lower, columns.tags, strict=True))
    found = [
        i
        for i, (text, lower, tag) in enumerate(words)
        if tag == "CD" or text[0].isdigit() or lower in _LISTED
    ]
    end = 0  # of the run before
    for at in found:
        if at < end:
            continue
        if _is_ordinal(*words[at]):
            yield Span(columns.doc, at, at + 1, label="ORDINAL")
        elif _is_cardinal(*words[at]):
            end = at + 1
            while end < len(words) and _is_cardinal(*words[end]) and sentences[end] == sentences[at]:
                end += 1
            yield Span(columns.doc, at, end, label="CARDINAL")


def _is_cardinal(text: str, lower: str, tag: str) -> bool:
    return (tag == "CD" and text[0].isalnum()) or (tag != "VBZ" and lower in _COUNTS)


def _is_ordinal(text: str, lower: str, tag: str) -> bool:
    return _NUMERIC_ORDINAL.fullmatch(text) is not None or (lower in _ORDINALS and tag in {"JJ", "NNP"})
