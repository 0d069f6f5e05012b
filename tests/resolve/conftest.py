import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.datamodel import (
    ROLES,
    Argument,
    Document,
    EntityMention,
    EventMention,
    Extraction,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.resolve import Resolution, resolve

MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Story:
    """A document with its extraction, from a text with marks.

    [Paris](Place), [French](Group nominal FR), [the city](Place nominal @Paris), [he](Person pronoun @Hollande).
    """

    def __init__(self, marked: str, path: str = "a.txt", published: str | None = None) -> None:
        self.events: list[EventMention] = []
        self.relations: list[RelationMention] = []
        self.mentions: list[EntityMention] = []
        text, marks, last = "", [], 0
        for match in MARK.finditer(marked):
            text += marked[last : match.start()]
            marks.append((len(text), match[1], match[2].split()))
            text += match[1]
            last = match.end()
        text += marked[last:]
        self.document = Document(
            id=f"https://w3id.org/kg/document/{path}",
            text=text,
            path=path,
            sha256="0" * 64,
            published=date.fromisoformat(published) if published else None,
        )
        for start, words, options in marks:
            self._mention(start, words, options)

    def _mention(self, start: int, words: str, options: list[str]) -> None:
        type_, kind, country, antecedent = options[0], "name", None, None
        for option in options[1:]:
            if option in ("nominal", "pronoun"):
                kind = option
            elif option.startswith("@"):
                target = option[1:].replace("_", " ")
                antecedent = next(m.span for m in reversed(self.mentions) if m.span.text == target)
            else:
                country = option
        span = self.span(start, start + len(words))
        head = start + words.rfind(" ") + 1
        self.mentions.append(
            EntityMention(span, (head, start + len(words)), type_, kind, antecedent, country)
        )

    def span(self, start: int, end: int) -> Span:
        return Span(self.document.id, start, end, self.document.text[start:end])

    def find(self, words: str, nth: int = 1) -> Span:
        start = -1
        for _ in range(nth):
            start = self.document.text.index(words, start + 1)
        return self.span(start, start + len(words))

    def mention(self, words: str, nth: int = 1) -> EntityMention | None:
        found = [m for m in self.mentions if m.span.text == words]
        return found[nth - 1] if found else None

    def event(self, trigger: str, type_: str, **options: Any) -> "Story":
        span = self.find(trigger, options.get("nth", 1))
        start = (
            max(self.document.text.rfind(". ", 0, span.start) + 2, 0)
            if "." in self.document.text[: span.start]
            else 0
        )
        end = self.document.text.find(".", span.end)
        arguments = []
        for role in ROLES:
            if role != "time" and role in options:
                values = options[role] if isinstance(options[role], list) else [options[role]]
                arguments += [self._argument(role, value, span) for value in values]
        time = options.get("time")
        if isinstance(time, str):
            day = date.fromisoformat(time)
            time = TimeExpression(span, day, day, "day")
        lemma = options.get("lemma", trigger)
        said = options.get("said")
        sources = (Source(self.find(said), self.mention(said)),) if said else ()
        self.events.append(
            EventMention(
                trigger=span,
                sentence=self.span(start, end + 1 if end >= 0 else len(self.document.text)),
                lemma=lemma,
                predicate=options.get("predicate", lemma),
                type=type_,
                arguments=tuple(arguments),
                status=options.get("status", "asserted"),
                attributed_to=sources,
                time=time,
                rule=options.get("rule", "verb"),
            )
        )
        return self

    def _argument(self, role: str, value: str, trigger: Span) -> Argument:
        words, _, nth = value.partition("#")
        mention = self.mention(words, int(nth or 1))
        span = mention.span if mention else self.find(words, int(nth or 1))
        event = next(
            (
                e.trigger
                for e in self.events
                if e.trigger == span or (not mention and e.trigger.start == span.start)
            ),
            None,
        )
        head = (span.start + span.text.rfind(" ") + 1, span.end)
        return Argument(role, span, mention.head if mention else head, mention, event)

    def relation(
        self, subject: str, property_: str, object_: str | None = None, value: str | None = None
    ) -> "Story":
        one, other = self.mention(subject), self.mention(object_) if object_ else None
        assert one is not None
        self.relations.append(
            RelationMention(
                one, property_, one.span, "test", other, value, self.find(value) if value else None
            )
        )
        return self

    @property
    def extraction(self) -> Extraction:
        return Extraction(
            self.document.id,
            tuple(sorted(self.mentions, key=lambda m: m.span)),
            (),
            tuple(sorted(self.events, key=lambda e: e.trigger)),
            tuple(self.relations),
        )


@pytest.fixture(scope="session")
def story() -> type[Story]:
    return Story


@pytest.fixture(scope="session")
def resolved() -> Callable[..., Resolution]:
    def run(*stories: Story) -> Resolution:
        return resolve([s.document for s in stories], [s.extraction for s in stories])

    return run


@pytest.fixture(scope="session")
def label_of() -> Callable[..., Any]:
    """Label of the entity that holds the nth mention with some words in a story; None where there is none."""

    def find(resolution: Resolution, story: Story, words: str, nth: int = 1) -> str | None:
        mention = story.mention(words, nth)
        assert mention is not None, words
        found = [e for e in resolution.entities if any(m.span == mention.span for m in e.mentions)]
        assert len(found) <= 1
        return found[0].label if found else None

    return find
