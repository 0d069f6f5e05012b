"""Dates and times of day, as people write them in news.

The spans leave out a preposition before them ("on", "in", "since") and keep what belongs to the time itself ("early on
Saturday", "the early hours of Tuesday", "three days ago"). What has a part of the day, hours or a clock is TIME, the rest DATE.
Not handled: dates anchored on events ("two days after the attacks"), fiscal quarters, dates in other languages.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Span

from kg.language.arrays import Columns
from kg.language.rules.patterns import NUMBER, NUMBER_BEGINS, NUMBER_CAPITAL, Expression, compiled, matches


def _either(words: str) -> str:
    """Let each of `words` (parted by white space) start in either case, as at the start of a sentence."""
    return "(?:" + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words.split()) + ")"


_THE = "[Tt]he"
_MONTH_FULL = "January|February|April|June|July|August|September|October|November|December"
_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
#: Months that are also ordinary words need a day, a year or a preposition beside them.
_MONTH = rf"(?:{_MONTH_FULL}|March|May|{_MONTH_SHORT})"
_WEEKDAY_FULL = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY = rf"(?:{_WEEKDAY_FULL}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.?(?=,?\s+(?:{_MONTH}|\d)))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d(?![,.]?\d)"
_PART = "(?:morning|afternoon|evening|night|lunchtime|noon|midnight)"
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_UNIT = "(?:days?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|weekends?)"
_SHORT_UNIT = "(?:hours?|minutes?|seconds?)"
_PLURAL = _either("days weeks months years decades centuries hours minutes seconds")
_FEW = (
    rf"(?:{NUMBER}|{NUMBER_CAPITAL}|[Aa]n?|[Aa]\s+few|[Aa]\s+couple\s+of|{_either('several many some')}"
    rf"|{_either('tens dozens hundreds thousands')}\s+of)"
)
_TURN = _either("last next this past previous following coming")
_THE_TURN = (
    rf"(?:{_TURN}|{_THE}\s+(?:last|next|past|previous|following|coming|same)|{_either('that every each')})"
)
_RANGE = r"\s*(?:-|–|—|to|and|until|through)\s*"

_CALENDAR = rf"""
    (?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}(?:{_RANGE}{_DAY})?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?
  | (?:{_WEEKDAY},?\s+)?{_MONTH}\s+(?:the\s+)?{_DAY}(?![,.]?\d|:)(?:{_RANGE}{_DAY}(?![,.]?\d))?(?:,?\s+{_YEAR})?
  | {_MONTH}(?:,\s+|\s+of\s+|\s+){_YEAR}
  | \d{{4}}-\d\d-\d\d | \d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)
  | (?:{_THE}\s+)?{_SEASON}(?:\s+of)?\s+{_YEAR}
  | {_YEAR}(?:-|–){_YEAR}
"""
_DECADE = rf"(?:{_THE}\s+)?(?:(?:early|mid|late)[-\s]+)?(?:(?:1[5-9]|20)\d0|['’]?[2-9]0)['’]?s"
_CENTURY = r"(?:the\s+)?(?:(?:early|mid|late)[-\s]+)?(?:\d{1,2}(?:st|nd|rd|th)|twentieth|nineteenth|eighteenth)[-\s]centur(?:y|ies)"
_FEAST = "(?:Christmas|New\\s+Year['’]s)(?:\\s+(?:Day|Eve))?|Easter(?:\\s+(?:Sunday|Monday))?|Ramadan|Thanksgiving|Bastille\\s+Day"

_ANCHOR = rf"(?:{_WEEKDAY_FULL}|{_MONTH_FULL}|{_UNIT}|{_SEASON}|{_PART}|term)"
_RELATIVE = rf"""
    {_either("yesterday today tomorrow")}(?:\s+{_PART})? | {_either("tonight overnight")}
  | {_THE_TURN}\s+(?:{_WEEKDAY_FULL}\s+{_PART}|{_ANCHOR}|March|May)
  | (?:{_THE}\s+)?{_TURN}\s+{_FEW}\s+(?:{_UNIT}|{_SHORT_UNIT})
  | {_THE}\s+(?:day|night|week|month|year)\s+before(?:\s+(?:yesterday|last))?
  | {_THE}\s+day\s+after\s+tomorrow | {_THE}\s+weekend
  | (?:{_FEW}|{_THE})\s+(?:{_UNIT}|{_SHORT_UNIT})\s+(?:ago|earlier|later)(?:\s+(?:today|this\s+week|on\s+{_WEEKDAY_FULL}))?
  | {_PLURAL}\s+(?:ago|earlier|later)
"""
_DAY_PART = rf"{_WEEKDAY_FULL}(?:\s+{_PART})?"

#: The wholes that a modifier may stand before.
_WHOLE = rf"(?:{_CALENDAR}|{_DECADE}|{_RELATIVE}|{_DAY_PART}|{_FEAST}|{_YEAR}|(?:{_MONTH_FULL}|March|May))"
_MODIFIER = rf"(?:{_either('early late earlier later mid')}(?:\s+(?:on|in)|-)?\s*(?:the\s+)?)"
_CLOCK = r"""
    (?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\b\.?|o['’]clock)
  | (?:[01]?\d|2[0-3])[:.][0-5]\d(?=\s*(?:GMT|UTC|CET|CEST|EST|EDT|BST|local|hrs|hours|h\b))
  | (?:[01]\d|2[0-3]):[0-5]\d
"""
_ZONE = r"(?:\s*\(?(?:GMT|UTC|CET|CEST|EST|EDT|ET|PT|BST|IST|MSK|local\s+time|Paris\s+time|Moscow\s+time|hours|hrs)\)?)?"

_MONTHS_BEGIN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_WEEKDAYS_BEGIN = "Mon Tue Wed Thu Fri Sat Sun"

_DATE = Expression(
    compiled(
        rf"""
    {_MODIFIER}{_WHOLE}
  | {_THE}\s+(?:early\s+hours|small\s+hours|night|evening|morning|afternoon|eve|end|start|beginning|middle|week|weekend)\s+of
      \s+(?:the\s+)?{_WHOLE}
  | {_CALENDAR} | {_DECADE} | {_CENTURY} | {_RELATIVE} | {_DAY_PART} | {_FEAST}
"""
    ),
    f"""
    early late earlier later mid the {_WEEKDAYS_BEGIN} {_MONTHS_BEGIN} spring summer autumn fall winter 0 ' ’
    twentieth nineteenth eighteenth yesterday today tomorrow tonight overnight
    last next this past previous following coming that every each {NUMBER_BEGINS} several many some
    tens dozens hundreds thousands days weeks months years decades centuries hours minutes seconds
    Christmas New Easter Ramadan Thanksgiving Bastille
""",
)
_PARTS_OF_DAY = Expression(
    compiled(
        rf"""
    (?:{_CLOCK}){_ZONE}(?:\s+(?:on\s+)?{_DAY_PART})?
  | {_either("dawn dusk sunrise sunset midnight noon midday daybreak nightfall")}
  | {_either("early late")}\s+{_PART}
"""
    ),
    "0 dawn dusk sunrise sunset midnight noon midday daybreak nightfall early late",
)
_BARE_MONTH = Expression(
    compiled(
        rf"(?:{_MONTH_FULL})|(?<=\b(?:in|by|of|to|In|By)\s)(?:May|March)|(?<=\b(?:last|next|this|late|from|Last|Next|This|Late)\s)(?:May|March)"
        rf"|(?<=\b(?:since|until|early|Since|Until|Early)\s)(?:May|March)"
    ),
    _MONTHS_BEGIN,
)
_BARE_YEAR = Expression(compiled(_YEAR), "0")
_DURATION = Expression(
    compiled(rf"(?:{NUMBER}|{NUMBER_CAPITAL}|an?|several|a\s+few)[-\s]+(?:{_UNIT})(?![-\s]+olds?\b)"),
    f"{NUMBER_BEGINS} several",
)
_HOURS = Expression(
    compiled(rf"(?:{NUMBER}|{NUMBER_CAPITAL}|an?|several|a\s+few)[-\s]+(?:{_SHORT_UNIT})"),
    f"{NUMBER_BEGINS} several",
)
_OF_DAY = re.compile(rf"\b(?:{_PART}|hours?|minutes?|seconds?|tonight|overnight)\b", re.IGNORECASE)

#: Words after which a bare four-digit number is a year.
_BEFORE_YEAR = frozenset(
    "in since by until till from of during before after to through late early mid around circa between and or for"
    " the until throughout , ( - – election elections attacks summer winter spring autumn fall".split()
)


def dates(columns: Columns) -> Iterator[Span]:
    """Yield dates and times; they may overlap, the longest of overlapping ones is meant."""
    for span in matches(columns, _DATE, "DATE"):
        yield _labelled(span)
    yield from matches(columns, _PARTS_OF_DAY, "TIME")
    yield from matches(columns, _HOURS, "TIME")
    yield from matches(columns, _DURATION, "DATE")
    for span in matches(columns, _BARE_MONTH, "DATE"):
        if columns.tags[span.start] not in {"MD", "VB", "VBP"}:
            yield span
    for span in matches(columns, _BARE_YEAR, "DATE"):
        if _is_year(span):
            yield span


def _labelled(span: Span) -> Span:
    """Return the span as TIME where it has a part of the day."""
    return Span(span.doc, span.start, span.end, label="TIME") if _OF_DAY.search(span.text) else span


def _is_year(span: Span) -> bool:
    """Tell years from counts: by the word before, and by not counting a plural noun after it."""
    token = span[0]
    following = span.doc[span.end] if span.end < len(span.doc) else None
    if following is not None and following.tag_ == "NNS" and token.dep_ == "nummod":
        return False
    return token.i == 0 or span.doc[token.i - 1].lower_ in _BEFORE_YEAR
