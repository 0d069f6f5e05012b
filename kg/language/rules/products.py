"""Aircraft, ships and weapons as PRODUCT, by model number, by a list of families, and by the word for a ship beside a name."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.language import wordlists
from kg.language.arrays import Columns
from kg.language.rules.patterns import Expression, compiled, matches

_MODEL = Expression(
    compiled(
        r"""
    (?:MiG|Su|Tu|Il|An|Mi|Ka|AK|MQ|RQ|AH|UH|CH|KC|AC|RPG|BM|Kh|SA|AIM|AGM|SS|PAK|[ABCEFJMSTP])-\d{1,3}[A-Z]{0,3}s?
  | (?:Airbus|Boeing|Embraer|Bombardier|Antonov|Tupolev|Sukhoi|Ilyushin|McDonnell\s+Douglas)\s+[A-Z]{0,3}-?\d{1,4}(?:-\d+)?[A-Z]*s?
  | A3[1-8]\d(?:neo|-\d+)?s?
  | (?:HMS|USS|INS|HMCS|RMS|MV|MS|SS)\s+[A-Z]\w+(?:\s+[A-Z]\w+)*
"""
    ),
    """
    MiG Su Tu Il An Mi Ka AK MQ RQ AH UH CH KC AC RPG BM Kh SA AIM AGM SS PAK A B C E F J M S T P
    Airbus Boeing Embraer Bombardier Antonov Tupolev Sukhoi Ilyushin McDonnell A31 A32 A33 A34 A35 A36 A37 A38
    HMS USS INS HMCS RMS MV MS
""",
)
_SHIPS = frozenset(
    "carrier frigate destroyer submarine warship cruiser corvette battleship ship vessel ferry tanker yacht trawler".split()
)


def products(columns: Columns) -> Iterator[Span]:
    """Yield products; not handled: names of products that no pattern or list tells ("the Reaper" does, "a Shadow" does not)."""
    yield from matches(columns, _MODEL, "PRODUCT")
    doc, texts = columns.doc, columns.texts
    families = wordlists.entries("products")
    for i, (text, lower) in enumerate(zip(texts, columns.lower, strict=True)):
        if text in families or (text[-1] == "s" and text[:-1] in families):
            end = i + 1
            while end < len(texts) and re.fullmatch(r"\d{1,4}[A-Z]{0,2}s?", texts[end]):
                end += 1
            yield Span(doc, i, end, label="PRODUCT")
        elif lower in _SHIPS:
            yield from _ship(doc, i)


def _ship(doc: Doc, at: int) -> Iterator[Span]:
    """Yield the name on either side of the word for a ship: "the carrier Charles de Gaulle"."""
    end = at + 1
    if end < len(doc) and doc[end].text in {'"', "“", "'", "‘"}:
        end += 1
    start = end
    while end < len(doc) and _part(doc, end, start) and not doc[end].is_sent_start:
        end += 1
    while end > start and not doc[end - 1].text[0].isupper():
        end -= 1
    if end > start and not _is_other_name(doc, start):
        yield Span(doc, start, end, label="PRODUCT")
        return
    before = at - 1
    while before >= 0 and doc[before].lower_ in {
        "aircraft",
        "nuclear",
        "powered",
        "-",
        "flagship",
        "missile",
        "guided",
    }:
        before -= 1
    for ent in doc.ents:
        if ent.end == before + 1 and len(ent) > 1 and ent.start and doc[ent.start - 1].lower_ == "the":
            yield Span(doc, ent.start, ent.end, label="PRODUCT")


def _part(doc: Doc, at: int, start: int) -> bool:
    token = doc[at]
    return (token.pos_ == "PROPN" and token.text[0].isupper()) or (
        at > start and token.lower_ in {"de", "of", "du", "la", "the"}
    )


def _is_other_name(doc: Doc, at: int) -> bool:
    """Say whether the word after the ship starts a nationality or a place rather than its name."""
    return doc[at].text in wordlists.nationalities() or doc[at].text in wordlists.places()
