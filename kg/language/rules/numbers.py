"""Amounts with a unit (MONEY, PERCENT, QUANTITY) and numbers without one (CARDINAL, ORDINAL)."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.language.rules.patterns import LARGE, NUMBER, compiled, matches

_SHORT = r"(?:bn|mn|tn|m|k|b)\b"
_CURRENCY = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|Hong\s+Kong)\s+)?(?:dollars?|euros?|pounds?\s+sterling|pounds|francs?|roubles?|rubles?"
    r"|yen|yuan|rupees?|dinars?|dirhams?|riyals?|rials?|pesos?|lira|shekels?|cents?|pence)"
)
_MONEY = re.compile(
    rf"(?:(?<!\w)(?:US|C|A|HK|AU|CA)?[$£€¥]|(?<!\w)(?:EUR|USD|GBP)\s)\s?(?:{NUMBER})(?:\s?{_SHORT}|\s?(?:{LARGE})\b)?"
    rf"|(?<!\w)(?:{NUMBER})(?:\s?{_SHORT})?[-\s]+{_CURRENCY}(?!\w)"
)
_PERCENT = re.compile(
    rf"(?<!\w)(?:{NUMBER})\s?(?:%|(?:percent|per\s+cent|percentage\s+points?)(?!\w))", re.IGNORECASE
)
_UNITS = (
    r"(?:km/h|mph|kph|(?:square\s+|cubic\s+)?(?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|yards?|inch(?:es)?|centimet(?:re|er)s?)"
    r"|kilograms?|kilos?|grams?|tonnes?|tons?|ounces?|litres?|liters?|gallons?|barrels?|hectares?|acres?|degrees?|kilotons?"
    r"|megawatts?|gigawatts?|km2?|kg|mm|cm|sq\s+km|mw|pound)"
)
_QUANTITY = compiled(
    rf"(?:{NUMBER})[-\s]?{_UNITS}(?:\s+(?:per|an|a)\s+(?:hour|second|day|year))?", re.IGNORECASE
)
_AGE = compiled(rf"(?:{NUMBER})[-\s]+(?:years?|months?|days?)[-\s]+olds?", re.IGNORECASE)
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth".split()
)
_NUMERIC_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_COUNTS = frozenset({"dozens", "hundreds", "thousands", "millions", "billions", "dozen", "tens"})


def amounts(doc: Doc) -> Iterator[Span]:
    """Yield money, percentages and measures; an age ("27-year-old") is a QUANTITY, so that it is no date."""
    yield from matches(doc, _MONEY, "MONEY")
    yield from matches(doc, _PERCENT, "PERCENT")
    yield from matches(doc, _QUANTITY, "QUANTITY")
    yield from matches(doc, _AGE, "QUANTITY")


def numbers(doc: Doc) -> Iterator[Span]:
    """Yield runs of number words, and ordinals; callers drop those inside other expressions."""
    at = 0
    while at < len(doc):
        token = doc[at]
        end = at + 1
        if _is_ordinal(doc, at):
            yield Span(doc, at, end, label="ORDINAL")
        elif _is_cardinal(doc, at):
            while end < len(doc) and _is_cardinal(doc, end) and not doc[end].is_sent_start:
                end += 1
            yield Span(doc, token.i, end, label="CARDINAL")
        at = end


def _is_cardinal(doc: Doc, at: int) -> bool:
    token = doc[at]
    return (token.tag_ == "CD" and token.text[0].isalnum()) or (
        token.tag_ != "VBZ" and token.lower_ in _COUNTS
    )


def _is_ordinal(doc: Doc, at: int) -> bool:
    token = doc[at]
    numeric = _NUMERIC_ORDINAL.fullmatch(token.text) is not None
    return numeric or (token.lower_ in _ORDINALS and token.tag_ in {"JJ", "NNP"})
