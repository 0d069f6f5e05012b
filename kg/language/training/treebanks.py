"""Readers of treebanks in CoNLL-U, with their names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.language.features import GLUED, SPACE
from kg.language.training.documents import Names, Sentence, Syntax, TrainingDocument
from kg.language.training.marks import bio, with_nationalities, without_article, without_titles


@dataclass(frozen=True, slots=True)
class _Block:
    meta: dict[str, str]
    rows: list[list[str]]


def _blocks(path: Path) -> Iterator[_Block]:
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield _Block(meta, rows)
            meta, rows = {}, []
    if rows:
        yield _Block(meta, rows)


def _spaces(rows: list[list[str]]) -> list[bool]:
    """Say for each word whether a space follows; words of a contraction are glued."""
    after: list[bool] = []
    ends, inside = -1, True
    for row in rows:
        if "-" in row[0]:
            ends, inside = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
        elif "." not in row[0]:
            number = int(row[0])
            after.append(number == ends and inside if number <= ends else "SpaceAfter=No" not in row[9])
    return after


def _root_spelling(label: str) -> str:
    return "ROOT" if label == "root" else label


def _sentence(block: _Block, names: Names | None, glued: bool) -> tuple[Sentence, bool]:
    words = [row for row in block.rows if row[0].isdigit()]
    after = _spaces(block.rows)
    gaps = [GLUED if glued else SPACE] + [SPACE if space else GLUED for space in after[:-1]]
    position = {int(row[0]): index for index, row in enumerate(words)}
    syntax = Syntax(
        tags=tuple(row[4] for row in words),
        pos=tuple(row[3] for row in words),
        lemmas=tuple(row[2] for row in words),
        heads=tuple(position.get(int(row[6]), index) for index, row in enumerate(words)),
        labels=tuple(_root_spelling(row[7]) for row in words),
    )
    paragraph = any(key.startswith(("newpar", "newdoc")) for key in block.meta)
    forms = tuple(row[1] for row in words)
    if names is None or len(names) != len(
        forms
    ):  # a few sentences were tokenised anew since the names were laid on
        names = (None,) * len(forms)
    return Sentence(forms, tuple(gaps), with_nationalities(forms, names), syntax, paragraph), not after[-1]


def read_ewt(conllu: Path, names: Path) -> list[TrainingDocument]:
    """Read UD English EWT with the names of Universal NER laid over it (same sentence ids)."""
    known = {block.meta["sent_id"]: _uner_names(block.rows) for block in _blocks(names)}
    return _documents(conllu, "ewt", lambda block: known.get(block.meta["sent_id"]))


def read_gum(conllu: Path) -> list[TrainingDocument]:
    """Read UD English GUM; its names come from its entity mentions."""
    return _documents(conllu, "gum", gum_names)


def _documents(path: Path, source: str, names: Callable[[_Block], Names | None]) -> list[TrainingDocument]:
    documents: list[TrainingDocument] = []
    sentences: list[Sentence] = []
    genre, glued = "", False

    def flush() -> None:
        if sentences:
            documents.append(TrainingDocument(source, genre, tuple(sentences)))
            sentences.clear()

    for block in _blocks(path):
        started = next((value for key, value in block.meta.items() if key.startswith("newdoc")), None)
        if started is not None:
            flush()
            genre = block.meta.get("meta::genre") or started.split("-")[0].split("_")[0]
            glued = False
        sentence, glued = _sentence(block, names(block), glued)
        sentences.append(sentence)
    flush()
    return documents


UNER = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


def _uner_names(rows: list[list[str]]) -> Names:
    """Labels of Universal NER; its OTH (events, works, nationalities, ...) is silent on which, so missing."""
    out: list[str | None] = []
    for row in rows:
        mark, _, label = row[2].partition("-")
        out.append(f"{mark}-{UNER[label]}" if label in UNER else None if label == "OTH" else "O")
    return without_article(tuple(row[1] for row in rows), out)


_GUM = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT"}
_INSIDE_PERSONS = {"de", "al", "-", "van", "von", "bin", "del"}
_INSIDE_NAMES = _INSIDE_PERSONS | {"of", "for", "and", "&"}


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    kind: str
    head: int


def _gum_mentions(rows: list[list[str]]) -> list[_Mention]:
    """Read the nested brackets of GUM's `Entity` field."""
    mentions: list[_Mention] = []
    open_: list[tuple[str, int, str]] = []

    def close(start: int, end: int, kind: str) -> None:
        outward = (i for i in range(start, end) if not start < int(rows[i][6]) <= end)
        mentions.append(_Mention(start, end, kind, next(outward, start)))

    for index, row in enumerate(rows):
        field = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for bracket in re.findall(r"\([^()]*\)?|[^()]+\)", field[1]) if field else ():
            parts = bracket.strip("()").split("-")
            if not bracket.startswith("("):
                at = next((i for i in range(len(open_) - 1, -1, -1) if open_[i][0] == parts[0]), None)
                if at is not None:
                    _, start, kind = open_.pop(at)
                    close(start, index + 1, kind)
            elif bracket.endswith(")"):
                close(index, index + 1, parts[1])
            else:
                open_.append((parts[0], index, parts[1]))
    return mentions


def gum_names(block: _Block) -> Names:
    """Names of GUM: mentions whose head is a proper noun, cut down to the proper nouns around the head.

    A mention of another kind (object, abstract, ...) with such a head is a name of a type we do not train: missing.
    """
    rows = [row for row in block.rows if row[0].isdigit()]
    words = tuple(row[1] for row in rows)
    found: list[tuple[int, int, str]] = []
    for mention in _gum_mentions(rows):
        if mention.kind != "time" and mention.head < mention.end and _proper_noun(rows[mention.head]):
            start, end = _proper(rows, mention)
            found.append((start, end, _GUM.get(mention.kind, "?")))
    found.sort(key=lambda span: (span[0] - span[1], span[0]))
    labels = bio(len(words), found)
    return without_titles(
        words, without_article(words, [None if x and x.endswith("?") else x for x in labels])
    )


def _proper_noun(row: list[str]) -> bool:
    """By the fine tag: the universal one calls the adjectives inside names adjectives ("*Metropolitan* Museum")."""
    return row[4] in {"NNP", "NNPS"}


def _proper(rows: list[list[str]], mention: _Mention) -> tuple[int, int]:
    """Grow from the head over the capitalised words of the mention, and over "of (the)" between such."""

    def part(index: int) -> bool:
        row = rows[index]
        return _proper_noun(row) or (row[3] in {"ADJ", "NOUN", "NUM", "X"} and row[1][:1].isupper())

    start, last = mention.head, mention.head
    while start > mention.start and part(start - 1):
        start -= 1
    while last + 1 < mention.end:
        following = last + 1
        linked = rows[following][1].lower() in (
            _INSIDE_PERSONS if mention.kind == "person" else _INSIDE_NAMES
        )
        if linked and following + 1 < mention.end:
            following += 1
            if rows[following][1].lower() == "the" and following + 1 < mention.end:
                following += 1
        if not part(following):
            break
        last = following
    return start, last + 1
