"""How a document words its descriptions: what they name, whether they are definite, whether a nationality word is people."""

import re
from collections.abc import Mapping, Sequence

from kg.datamodel import Document, EntityMention
from kg.extract.frames import Lexicon
from kg.extract.names import Names
from kg.ids import fold
from kg.resolve.names import INDEFINITE, without_determiner
from kg.resolve.ranges import Range, Ranges
from kg.resolve.uses import Use, acts_as_state

__all__ = ["SINGULAR_ENDINGS", "Phrases"]

#: Endings of nationality words that, with "the", mean one person.
SINGULAR_ENDINGS = ("an", "i", "ard", "man")
_SINGULAR = frozenset("a an one another".split())
_OWNED = frozenset("his her its their our my your".split())
_ONE_OF_A_PEOPLE = re.compile(r"(?:ch|sh|s|na)(?:wo)?m[ae]n$")  # Frenchman, Scotswoman; not German
_WORD_BEFORE = re.compile(r"([\w'’]+)\s+$")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:\n])[\s\"'“‘(]*$")


class Phrases:
    """The descriptions of one document as they stand in its text."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[EntityMention],
        uses: Mapping[Range, list[Use]],
        names: Names,
    ) -> None:
        self.document = document
        self.uses = uses
        self.names = names
        self._ranges = Ranges(m.span.range for m in mentions)
        self._named_ranges = Ranges(m.span.range for m in mentions if m.kind == "name")

    def phrase(self, mention: EntityMention) -> str:
        """Return a description without determiner, and without the capital that only opens its sentence."""
        phrase = without_determiner(" ".join(mention.span.text.split()))
        start = mention.span.end - len(phrase)
        named = self._named_ranges.furthest(start) > start
        opens = start == mention.span.start and self._opens_sentence(start)
        if opens and not named and not mention.country and phrase[1:].split(" ")[0].islower():
            return phrase[0].lower() + phrase[1:]
        return phrase

    def is_named(self, mention: EntityMention) -> bool:
        """Tell whether a description holds a name: "French police", "EU member states", "the Bataclan attackers"."""
        if mention.country is not None:
            return True
        start, end = mention.span.range
        if any(e <= end and (s, e) != (start, end) for s, e in self._named_ranges.opening(start, end)):
            return True
        first = True
        for word in re.finditer(r"[^\s\-]+", mention.span.text):
            offset = start + word.start()
            if word[0][0].isupper() and not mention.head[0] <= offset < mention.head[1]:
                initial = first and self._opens_sentence(offset)
                if not initial and fold(word[0]) not in _OWNED | INDEFINITE | {
                    "the",
                    "this",
                    "these",
                    "that",
                    "those",
                }:
                    return True
            first = False
        return False

    def is_definite(self, mention: EntityMention) -> bool:
        """Tell whether a description means the same wherever the document repeats it: "the gunmen", not "two gunmen"."""
        words = fold(mention.span.text).split()
        before = _WORD_BEFORE.search(self.document.text[max(0, mention.span.start - 20) : mention.span.start])
        if words[0] in ("the", "this", "these", "that", "those"):
            return not any(
                word in INDEFINITE - {"two", "three", "four", "five", "other", "others"}
                for word in words[1:2]
            )
        opening = [words[0], *([before[1].casefold()] if before else [])]
        return not any(word in INDEFINITE | _OWNED or word[0].isdigit() for word in opening)

    def follows_the(self, mention: EntityMention) -> bool:
        """Tell whether "the" opens a description, or stands before it."""
        before = self.document.text[max(0, mention.span.start - 4) : mention.span.start]
        return "the " in (before.casefold(), mention.span.text[:4].casefold())

    def are_people(self, mention: EntityMention, word: str, lexicon: Lexicon) -> bool:
        """Tell whether a nationality word stands for people of that country: "two *Belgians*", "a *Russian* said".

        A plural that acts is people too ("*Syrians* fled", "the *French* said so"), but for what only a state is told to
        do: "the *Russians* bombed the town". With "the" and no act it is the state: "relations with the *French*".
        """
        before = _WORD_BEFORE.search(self.document.text[max(0, mention.span.start - 20) : mention.span.start])
        previous = before[1].casefold() if before else ""
        definite = self.follows_the(mention)
        uses = [u for u in self.uses.get(mention.span.range, []) if u.role not in ("modifier", "relation")]
        if self._ranges.furthest(mention.span.start) > mention.span.end:
            return False
        if _ONE_OF_A_PEOPLE.search(word) or (
            word.endswith("s") and (previous in INDEFINITE or previous.isdigit())
        ):
            return True
        if word.endswith("s") or (definite and not word.endswith(SINGULAR_ENDINGS)):
            return not acts_as_state(uses, lexicon, definite=definite) if uses else not definite
        return bool(uses) and (previous in _SINGULAR or definite)

    def _opens_sentence(self, offset: int) -> bool:
        return bool(_SENTENCE_BEFORE.search(self.document.text[max(0, offset - 10) : offset]))
