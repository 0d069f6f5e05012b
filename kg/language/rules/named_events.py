"""Events that have a name: wars, revolutions, storms, games, meetings; by a list and by the words that such names are built with.

Not handled: attacks named by place and date ("the Paris attacks"), which are left to the network.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from kg.language import wordlists
from kg.language.rules.evidence import Name

_FIRST = wordlists.parts_of_names("events_first")
_FIRST_OF = wordlists.parts_of_names("events_first_of")
_LAST = wordlists.parts_of_names("events_last")
_NUMERALS = frozenset({"I", "II", "III", "One", "Two"})


@cache
def _listed() -> dict[str, list[tuple[str, ...]]]:
    """The listed events by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for event in wordlists.entries("events"):
        parts = tuple(event.replace("-", " - ").split())
        table.setdefault(parts[0], []).append(parts)
    return {word: sorted(events, key=len, reverse=True) for word, events in table.items()}


def named_events(doc: Doc, words: Sequence[str]) -> Iterator[Name]:
    """Yield events; they may overlap what the network found, and are meant to replace it."""
    listed, done = _listed(), 0
    for at, word in enumerate(words):
        if at < done or not word[:1].isupper():
            continue
        span = None
        if word in listed:
            span = next(
                ((at, at + len(e)) for e in listed[word] if tuple(words[at : at + len(e)]) == e), None
            )
        if span is None and word in _FIRST:
            span = _forward(doc, words, at, at + 1)
        elif span is None and word in _FIRST_OF and at + 1 < len(words) and words[at + 1] == "of":
            span = _forward(doc, words, at, at + 2)
        elif span is None and word in _LAST:
            span = _backward(doc, words, at, done)
        if span is not None and not _goes_on(doc, words, span[1]):
            done = span[1]
            yield (*span, "EVENT")


def _proper(doc: Doc, words: Sequence[str], at: int) -> bool:
    return 0 <= at < len(words) and words[at][:1].isupper() and doc[at].tag_ in {"NNP", "NNPS", "JJ"}


def _goes_on(doc: Doc, words: Sequence[str], end: int) -> bool:
    """Say whether the name goes on after the event, which then only names something else ("War Museum")."""
    return _proper(doc, words, end) and not doc[end].is_sent_start


def _forward(doc: Doc, words: Sequence[str], start: int, at: int) -> tuple[int, int] | None:
    end = at + 1 if at < len(words) and words[at] in {"the", "al"} else at
    while _proper(doc, words, end) and end - start < 5 and not doc[end].is_sent_start:
        end += 1
    return (start, end) if end > at else None


def _backward(doc: Doc, words: Sequence[str], at: int, done: int) -> tuple[int, int] | None:
    start = at
    while (
        start > done
        and not doc[start].is_sent_start
        and (_proper(doc, words, start - 1) or (words[start - 1] == "-" and _proper(doc, words, start - 2)))
    ):
        start -= 1
    end = at + 2 if at + 1 < len(words) and words[at + 1] in _NUMERALS else at + 1
    return (start, end) if start < at else None
