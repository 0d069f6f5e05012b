"""Readers: each corpus becomes `TrainingDocument`s. What a corpus is silent on is `None`, never "outside"."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.language import wordlists
from kg.language.features import GLUED, SPACE, UNKNOWN

Names = tuple[str | None, ...]
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Syntax:
    """The analysis of one sentence; `heads` are positions in it, the root's is its own. `None`: not known (silver only)."""

    tags: tuple[str | None, ...]
    pos: tuple[str | None, ...]
    lemmas: tuple[str | None, ...]
    heads: tuple[int | None, ...]
    labels: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `names` are BIO labels, `None` where the corpus does not say."""

    words: tuple[str, ...]
    gaps: tuple[int, ...]
    names: Names
    syntax: Syntax | None = None
    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """Sentences that stand together; `ordered` is false where neighbours come from different texts."""

    source: str
    genre: str
    sentences: tuple[Sentence, ...]
    weight: float = 1.0


# -- syntax: CoNLL-U ---------------------------------------------------------------------------------------------------


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
    return Sentence(forms, tuple(gaps), _with_nationalities(forms, names), syntax, paragraph), not after[-1]


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


# -- names -------------------------------------------------------------------------------------------------------------


def bio(length: int, spans: list[tuple[int, int, str]]) -> list[str | None]:
    """Lay half-open `spans` over `length` words as BIO labels; earlier spans win."""
    out: list[str | None] = ["O"] * length
    for start, end, label in spans:
        if all(out[i] == "O" for i in range(start, end)):
            out[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return out


def _without_article(words: tuple[str, ...], names: list[str | None]) -> Names:
    """Drop a "the" at the left edge of a name."""
    out = list(names)
    for index, (word, name) in enumerate(zip(words, names, strict=True)):
        if name is not None and name.startswith("B-") and word.lower() == "the":
            out[index] = "O"
            if index + 1 < len(out) and (following := out[index + 1]) and following.startswith("I-"):
                out[index + 1] = "B-" + following[2:]
    return tuple(out)


def _with_nationalities(words: tuple[str, ...], names: Names) -> Names:
    """Mark the words of the nationality list that stand outside names (or where the corpus is silent) as NORP."""
    out = list(names)
    for index, word in enumerate(words):
        beside = (*names[max(index - 1, 0) : index], *names[index + 1 : index + 2])
        alone = names[index] is None and None not in beside
        people = names[index] == "B-PERSON" and word.endswith("s") and "I-PERSON" not in beside
        if word in wordlists.nationalities() and (names[index] == "O" or alone or people):
            out[index] = "B-NORP"
    return tuple(out)


_UNER = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


def _uner_names(rows: list[list[str]]) -> Names:
    """Labels of Universal NER; its OTH (events, works, nationalities, ...) is silent on which, so missing."""
    out: list[str | None] = []
    for row in rows:
        mark, _, label = row[2].partition("-")
        out.append(f"{mark}-{_UNER[label]}" if label in _UNER else None if label == "OTH" else "O")
    return _without_article(tuple(row[1] for row in rows), out)


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
    return _trim_titles(
        words, _without_article(words, [None if x and x.endswith("?") else x for x in labels])
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


def _trim_titles(words: tuple[str, ...], names: Names) -> Names:
    """Put titles at the left edge of a person's name outside of it."""
    out = list(names)
    for index, name in enumerate(names):
        if name == "B-PERSON":
            at = index
            while words[at].lower().rstrip(".") in wordlists.title_words():
                following = at + 1
                if following >= len(out) or out[following] != "I-PERSON":
                    break
                out[at] = "O"
                out[following] = "B-PERSON"
                at = following
            if at == index and words[at].lower().rstrip(".") in wordlists.title_words() and _alone(names, at):
                out[at] = "O"
    return tuple(out)


def _alone(names: Names, index: int) -> bool:
    return index + 1 >= len(names) or names[index + 1] != "I-PERSON"


def _plain(
    rows: list[list[Row]], source: str, labels: dict[str, str], silent: set[str], weight: float
) -> list[TrainingDocument]:
    """Turn sentences of (word, label) into documents; `silent` labels become missing."""
    sentences = []
    for row in rows:
        words = tuple(word for word, _ in row)
        spans: list[tuple[int, int, str]] = []
        missing: list[int] = []
        before = "O"
        for index, (_, mark) in enumerate(row):
            prefix, _, label = mark.partition("-")
            if label in silent:
                missing.append(index)
            elif label in labels:
                if prefix == "B" or before != label or not spans:
                    spans.append((index, index + 1, labels[label]))
                else:
                    spans[-1] = (spans[-1][0], index + 1, labels[label])
            before = label
        names = bio(len(words), spans)
        for index in missing:
            names[index] = None
        cut = _trim_titles(words, _without_article(words, names))
        sentences.append(_split_hyphens(words, _with_nationalities(words, _states(words, cut))))
    return [
        TrainingDocument(source, source, tuple(sentences[i : i + 4]), weight)
        for i in range(0, len(sentences), 4)
    ]


def _states(words: tuple[str, ...], names: Names) -> Names:
    """Make a state that acts (and is marked as an organisation) the place it is everywhere else."""
    out = list(names)
    for index, name in enumerate(names):
        if name == "B-ORG":
            end = index + 1
            while end < len(names) and names[end] == "I-ORG":
                end += 1
            if " ".join(words[index:end]) in wordlists.places():
                out[index:end] = ["B-LOC"] + ["I-LOC"] * (end - index - 1)
    return tuple(out)


def _split_hyphens(words: tuple[str, ...], names: Names) -> Sentence:
    """Split compounds at their hyphens, as the tokenizer of the pipeline does."""
    parts: list[str] = []
    labels: list[str | None] = []
    glued: set[int] = set()
    for word, name in zip(words, names, strict=True):
        pieces = re.split(r"(?<=[^\W\d_])(-)(?=[^\W\d_])", word)
        glued.update(range(len(parts) + 1, len(parts) + len(pieces)))
        labels.append(name)
        labels.extend(["I-" + name[2:] if name and name != "O" else name] * (len(pieces) - 1))
        parts.extend(pieces)
    gaps = guess_gaps(tuple(parts))
    gaps = tuple(GLUED if index in glued else gap for index, gap in enumerate(gaps))
    return Sentence(tuple(parts), gaps, tuple(labels))


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}]|['’](s|re|ve|ll|d|m)?|n['’]t|\.\.\.|''|”")


def guess_gaps(words: tuple[str, ...]) -> tuple[int, ...]:
    """Guess the gaps of words whose text is lost, as English typesets them."""
    gaps = [UNKNOWN]
    for before, word in pairwise(words):
        glued = _NO_SPACE_BEFORE.fullmatch(word) or before in {"(", "[", "{", "$", "``", "“"}
        gaps.append(GLUED if glued else SPACE)
    return tuple(gaps)


def _columns(path: Path, separator: str | None) -> list[list[Row]]:
    sentences: list[list[Row]] = []
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split(separator)
        if len(fields) >= 2 and not line.startswith(("-DOCSTART", "http")):
            rows.append((fields[0], fields[1].strip()))
        elif rows:
            sentences.append(rows)
            rows = []
    return [*sentences, rows] if rows else sentences


def read_wikigold(path: Path) -> list[TrainingDocument]:
    """Read WikiGold: persons, organisations, locations; MISC is missing."""
    return _plain(_columns(path, None), "wikigold", dict(_UNER), {"MISC"}, 1.0)


_CROSSNER = {
    "person": "PERSON",
    "politician": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "location": "LOC",
    "country": "LOC",
    "event": "EVENT",
    "election": "EVENT",
}


def read_crossner(path: Path) -> list[TrainingDocument]:
    """Read CrossNER politics; its "misc" is missing."""
    return _plain(_columns(path, None), "crossner", _CROSSNER, {"misc"}, 1.0)


_GMB = {"per": "PERSON", "org": "ORG", "geo": "LOC", "gpe": "NORP", "eve": "EVENT"}


def _repaired(word: str) -> str:
    """Undo UTF-8 that was read as cp1252."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return word


def read_gmb(path: Path, weight: float) -> list[TrainingDocument]:
    """Read the Groningen Meaning Bank (silver): titles cut from persons, `gpe` split into NORP and LOC."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("latin-1")
    sentences: list[list[Row]] = []
    for record in csv.reader(io.StringIO(text)):
        if record[0].startswith("Sentence:"):
            sentences.append([])
        if sentences and (word := _repaired(record[1]).strip()):
            sentences[-1].append((word, record[3]))
    documents = _plain(sentences, "gmb", _GMB, {"art", "nat"}, weight)
    return [replace(d, sentences=tuple(_split_gpe(s) for s in d.sentences)) for d in documents]


def _split_gpe(sentence: Sentence) -> Sentence:
    """A word marked NORP that is no nationality by list or ending is a place."""
    names = list(sentence.names)
    for index, name in enumerate(names):
        if name is not None and name.endswith("-NORP"):
            alone = name == "B-NORP" and (index + 1 == len(names) or names[index + 1] != "I-NORP")
            if not (alone and wordlists.looks_like_nationality(sentence.words[index])):
                names[index] = name[:2] + "LOC"
    return replace(sentence, names=tuple(names))


_WORLDWIDE = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "NORP",
}


def read_worldwide(folder: Path) -> list[TrainingDocument]:
    """Read Worldwide newswire: for scoring only, its licence does not allow training."""
    documents = []
    for path in sorted(folder.glob("*.tsv")):
        sentences = []
        for rows in _columns(path, "\t"):
            words = tuple(word for word, _ in rows)
            names = tuple(
                "O"
                if mark.partition("-")[2] not in _WORLDWIDE
                else mark[:2] + _WORLDWIDE[mark.partition("-")[2]]
                for _, mark in rows
            )
            sentences.append(Sentence(words, guess_gaps(words), _without_article(words, list(names))))
        documents.append(TrainingDocument("worldwide", "news", tuple(sentences)))
    return documents


@dataclass(frozen=True, slots=True)
class Corpora:
    """All that the recipe reads from one folder."""

    train_syntax: list[TrainingDocument]
    train_names: list[TrainingDocument]
    dev: list[TrainingDocument]


def load(folder: Path, *, silver_weight: float) -> Corpora:
    """Read the corpora under `folder` (as laid out in the maintainers' data folder)."""
    syntax, names = folder / "syntax", folder / "names"
    gold = [
        *read_wikigold(names / "wikigold.txt"),
        *read_crossner(names / "crossner-politics-train.txt"),
        *read_crossner(names / "crossner-politics-dev.txt"),
    ]
    return Corpora(
        train_syntax=[
            *read_ewt(syntax / "ewt-train.conllu", names / "uner-ewt-train.iob2"),
            *read_gum(syntax / "gum-train.conllu"),
        ],
        train_names=[*gold, *read_gmb(names / "gmb.csv.zip", silver_weight)],
        dev=[
            *read_ewt(syntax / "ewt-dev.conllu", names / "uner-ewt-dev.iob2"),
            *read_gum(syntax / "gum-dev.conllu"),
        ],
    )
