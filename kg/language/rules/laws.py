"""Laws: treaties, acts, constitutions, and the articles, chapters and resolutions cited by number.

Not handled: laws named without a keyword ("Obamacare", "Schengen"), case names.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.language import wordlists
from kg.language.arrays import Columns
from kg.language.rules.patterns import Expression, compiled, matches

_ROMAN = "[IVXLC]+"
_CITED = Expression(
    compiled(
        rf"""
    (?:Articles?|Art\.)\s+(?:\d+(?:\.\d+)*|{_ROMAN})(?:\(\d+\))*[a-z]?(?:\s+(?:and|to|or)\s+\d+(?:\.\d+)*)?
  | (?:[Rr]esolutions?)\s+(?:\d{{1,4}}(?:/\d+)?)(?:\s+\(\d{{4}}\))?(?:\s+and\s+\d{{1,4}})?
  | (?:Chapter|Title)\s+{_ROMAN}
  | (?:Section|Rule|Paragraph|Protocol|Directive|Regulation|Decree)\s+(?:No\.?\s+)?\d+(?:[./]\d+)*[a-zA-Z]?
  | (?:First|Second|Fourth|Fifth|Fourteenth)\s+Amendment
"""
    ),
    "Article Art Resolution Chapter Title Section Rule Paragraph Protocol Directive Regulation Decree First Second Fourth Fifth",
)
_KIND = (
    r"(?:Act|Treaty|Treaties|Conventions?|Accords?|Agreements?|Protocol|Constitution|Charter|Directive|Declaration"
    r"|Covenant|Statute)"
)
_WORD = r"[A-ZÀ-Þ][\w’'.]*(?:-[\w]+)*"
_LINK = r"(?:\s+(?:of|on|for|and|the|to|against|in))*"
_NAMED = re.compile(
    rf"(?<!\w)(?:{_WORD}{_LINK}\s+)+{_KIND}(?!\w)(?!\s+(?:of|on)\s+[A-Z])(?:\s+(?:of\s+)?\d{{4}})?"
)
_OF = Expression(
    re.compile(
        rf"(?<!\w){_KIND}\s+(?:of|on|for)\s+(?:the\s+)?{_WORD}(?:(?:\s+(?:of|and|the|on|in))*\s+{_WORD})*(?!\w)"
    ),
    "Act Treaty Convention Accord Agreement Protocol Constitution Charter Directive Declaration Covenant Statute",
)
_SOME_KIND = re.compile(rf"\b{_KIND}\b")
_MEETINGS = re.compile(r"(?:National|Party|Republican|Democratic)\s+Convention$")
_NOT_FIRST = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "under",
        "in",
        "of",
        "by",
        "its",
        "their",
        "and",
        "but",
        "on",
        "for",
        "new",
    }
)


def laws(columns: Columns) -> Iterator[Span]:
    """Yield laws; a determiner, a preposition or a state's possessive in front stays outside."""
    yield from matches(columns, _CITED, "LAW")
    if not _SOME_KIND.search(columns.text):
        return  # as in most texts
    yield from matches(columns, _OF, "LAW")
    for span in matches(columns, _NAMED, "LAW"):
        start = span.start
        while start < span.end and _outside(span.doc, start, span.end):
            start += 1
        if span.end - start > 1 and not _MEETINGS.search(span.text):
            yield Span(span.doc, start, span.end, label="LAW")


def _outside(doc: Doc, at: int, end: int) -> bool:
    """Say whether the word at the left edge is no part of the name."""
    word = doc[at]
    possessive = any(token.tag_ == "POS" for token in doc[at:end])
    verb = word.pos_ in {"VERB", "AUX"}
    title = word.lower_.rstrip(".") in wordlists.title_words() and word.lower_ != "security"
    return possessive or verb or title or word.lower_ in _NOT_FIRST or word.is_punct
