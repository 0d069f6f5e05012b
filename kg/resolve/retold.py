"""Within a document, which mentions tell again what was told before: the headline's event, "the attack", "attacked ... attack".

Two habits of news writing (van Dijk 1988 on headline and lead): what the headline tells, the first sentences tell again; a noun
with "the", "this" or "that" and nothing else beside it goes back to the last event of its name. Where two events come into
question it is neither.

Not handled: pronouns ("this came after"), names of events, nouns whose modifiers tell them apart ("the second attack").
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.datamodel import Document, EventMention
from kg.extract.frames import ROOT_CLASS, Lexicon
from kg.resolve.clusters import Join
from kg.resolve.told import Told, words_of

__all__ = ["Relative", "retellings"]

_HEADLINE = re.compile(r"\s*(\S[^\n]{0,200}?)[ \t]*\n\s*\n")
_LEAD = 2  # sentences with events, after the headline
_BACK = 8  # sentences with events that a definite noun may reach over
_BACK_OTHER_WORD = 2  # where it is another word: "exploded ... the blast"
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+$", re.IGNORECASE)
_SOME_OF = re.compile(
    r"\b(?:one|two|some|many|most|half|each|several|any|part|\w+%)\s+of\s+\w+\s+$", re.IGNORECASE
)
_UNTOLD = ("Cognition", "State", "Occurrence")
_SAID = ("Communication",)


class Relative:
    """Tells whether two predicates are of one word: "attack" (verb and noun), "explosion" and "explode"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def alike(self, one: EventMention, other: EventMention) -> bool:
        """Tell whether two mentions use one word, as verb or noun, in one sense."""
        return one.type == other.type and bool(words_of(one, self.lexicon) & words_of(other, self.lexicon))

    def same_kind(self, one: EventMention, other: EventMention) -> bool:
        """Tell whether the class of one says what the other is; the general classes say nothing."""
        if ROOT_CLASS in (one.type, other.type):
            return False
        wide = [t for t in (one.type, other.type) if len(self.lexicon.class_ancestors(t)) < 2]
        if wide:
            return False
        return self.lexicon.is_a(one.type, other.type) or self.lexicon.is_a(other.type, one.type)


def retellings(
    documents: Mapping[str, Document],
    mentions: Sequence[EventMention],
    told: Sequence[Told],
    relative: Relative,
    in_conflict: Callable[[Told, Told], bool],
) -> Iterator[Join]:
    """Yield which mentions of a document tell of one event, and why.

    Args:
        documents: by id.
        mentions: sorted by trigger.
        told: what each says.
        relative: compares their words.
        in_conflict: tells whether two cannot be one.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        by_document[mention.trigger.document].append(index)
    for id_, indices in by_document.items():
        finder = _Finder(documents[id_], indices, mentions, told, relative, in_conflict)
        yield from finder.headline()
        yield from finder.descriptions()


class _Finder:
    def __init__(
        self,
        document: Document,
        indices: Sequence[int],
        mentions: Sequence[EventMention],
        told: Sequence[Told],
        relative: Relative,
        in_conflict: Callable[[Told, Told], bool],
    ) -> None:
        self.text = document.text
        self.indices = indices
        self.mentions = mentions
        self.told = told
        self.relative = relative
        self.in_conflict = in_conflict
        starts = sorted({mentions[i].sentence.start for i in indices})
        self.rank = {i: starts.index(mentions[i].sentence.start) for i in indices}

    # ----------------------------------------------------------- headline

    def headline(self) -> Iterator[Join]:
        """Yield the events of the headline that one of the first sentences tells again."""
        found = _HEADLINE.match(self.text)
        if found is None or found[1][-1:] in (".", ":"):
            return
        head = [i for i in self.indices if self.mentions[i].trigger.end <= found.end(1)]
        body = [i for i in self.indices if i not in head]
        first = min((self.rank[i] for i in body), default=0)
        lead = [i for i in body if self.rank[i] < first + _LEAD]
        for i in head:
            again = [j for j in lead if self._tells_again(i, j)]
            if again and not any(self._tells_again(other, again[0]) for other in head if other != i):
                yield Join(i, again[0], "headline", "the headline tells what the first sentences tell again")

    def _tells_again(self, one: int, other: int) -> bool:
        mention, again = self.mentions[one], self.mentions[other]
        ours, theirs = self.told[one], self.told[other]
        if not self.relative.alike(mention, again) or self.in_conflict(ours, theirs):
            return False
        if None not in (ours.plural, theirs.plural) and ours.plural != theirs.plural:
            return False
        if self.relative.lexicon.is_any(mention.type, (*_UNTOLD, *_SAID)) or mention.type == ROOT_CLASS:
            return bool(ours.strong & theirs.strong)
        return True

    # -------------------------------------------------------- descriptions

    def descriptions(self) -> Iterator[Join]:
        """Yield the nouns with "the" or "this" that go back to an earlier event."""
        for position, index in enumerate(self.indices):
            if not self._is_description(index):
                continue
            back = [
                i for i in self.indices[:position] if self._is_near(index, i) and self._may_mean(index, i)
            ]
            same_word = [i for i in back if self.relative.alike(self.mentions[i], self.mentions[index])]
            candidates = same_word or back
            if candidates and self._are_one(candidates):
                target = self.mentions[candidates[-1]]
                words = f'"{self.mentions[index].trigger.text}" goes back to "{target.trigger.text}"'
                yield Join(candidates[-1], index, "definite-noun", f"{words} at {target.trigger.start}")

    def _is_description(self, index: int) -> bool:
        mention = self.mentions[index]
        if mention.rule == "verb" or self.relative.lexicon.is_any(mention.type, _UNTOLD):
            return False
        bare = all(a.role == "time" for a in mention.arguments)
        start = mention.trigger.start
        before = self.text[max(0, start - 30) : start]
        return bare and bool(_DEFINITE.search(before)) and not _SOME_OF.search(before)

    def _is_near(self, index: int, earlier: int) -> bool:
        alike = self.relative.alike(self.mentions[earlier], self.mentions[index])
        return self.rank[index] - self.rank[earlier] <= (_BACK if alike else _BACK_OTHER_WORD)

    def _may_mean(self, index: int, earlier: int) -> bool:
        one, other = self.mentions[index], self.mentions[earlier]
        if self.told[index].plural and self.told[earlier].plural is not True:
            return False
        if self.told[earlier].plural and not self.told[index].plural:
            return False
        if self.mentions[earlier].sentence == one.sentence or self.in_conflict(
            self.told[earlier], self.told[index]
        ):
            return False
        if self.relative.lexicon.is_any(one.type, _SAID):
            return self.relative.alike(one, other)
        return self.relative.alike(one, other) or self.relative.same_kind(one, other)

    def _are_one(self, candidates: Sequence[int]) -> bool:
        """Tell whether the events that come into question may all be one, as far as they go."""
        last = self.told[candidates[-1]]
        return not any(self._differ(self.told[i], last) for i in candidates[:-1])

    def _differ(self, one: Told, other: Told) -> bool:
        if self.in_conflict(one, other):
            return True
        bare = not (one.strong or one.described) or not (other.strong or other.described)
        return not (bare or one.strong & other.strong or one.described & other.described)
