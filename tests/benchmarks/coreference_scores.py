"""Coreference of the shipped pipeline against GUM: chains by MUC, B-cubed and CEAF-e; pronouns that lead to a name.

The text of a document of the Georgetown University Multilayer corpus (Zeldes 2017) is put together from its tokens, paragraphs
apart, and read as any text: nothing gold is shown to the pipeline. `# global.Entity` of its CoNLL-U is expected to be
`GRP-etype-infstat-salience-centering-minspan-link-identity`.

**Mentions.** The head of a gold mention is its first word that is governed from outside it, or the name that a noun there
has as a title ("student *Anna* Berg"). By that word a mention is a
*name* (PROPN), a *pronoun* (one of `PRONOUNS`: personal, possessive, reflexive, of any person; not "this", "who", "one") or a
*nominal* (any other). Counted are names and pronouns of every entity type but `time`. Names inside names count too.

**Matching.** A mention of ours and a gold one are the same if kind and span are, else if their heads overlap; a name of ours that
is then still alone takes the first gold name whose head lies inside it ("Barack *Obama*" headed by either). One to one. A mention of ours that matches a
gold one counts if that one does, any other if it is a name or pronoun: what GUM does not annotate at all ("it" in "it
rains") is an error if we put it into a chain.

**Chains.** Gold: the counted mentions of one entity. Ours: those of one entity of `kg.resolve`, run on each document by itself.
Chains of one mention are left out on both sides, as in CoNLL-2011 and 2012 (Pradhan et al. 2011, 2012); OntoNotes has none.

**Metrics** as Pradhan et al. (2014) define them, without touching the mentions of either side: MUC (Vilain et al. 1995), B-cubed
(Bagga and Baldwin 1998), CEAF-e (Luo 2005, similarity phi-4) by an optimal assignment. Over several documents numerators and
denominators are added up.

**Pronoun -> name.** A gold pronoun is *named* if its entity has a name anywhere in the document. We *answer* if our mention leads,
from antecedent to antecedent, to a name; the answer is *right* if that name belongs to the pronoun's entity. Coverage is
answered of named (among the named), precision right of all answered (those with no name, and expletives, are wrong), accuracy
right of named. The same is told of descriptions with "the", "this", "that", "these" or "those"
that do not hold the name that we lead them to ("the town of Alta"). A first person is apart from the third.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.datamodel import Document, EntityMention, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

Chain = frozenset[Any]
Range = tuple[int, int]

THIRD = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves".split()
)
FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
PRONOUNS = THIRD | FIRST | frozenset("you your yours yourself yourselves".split())
DEFINITE = frozenset("the this that these those".split())


# ---------------------------------------------------------------- metrics


@dataclass
class Score:
    """Numerators and denominators of recall and precision; scores of documents add up."""

    right_of_gold: float = 0.0
    gold: float = 0.0
    right_of_found: float = 0.0
    found: float = 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(a + b for a, b in zip(self._values(), other._values(), strict=True)))

    def _values(self) -> tuple[float, float, float, float]:
        return self.right_of_gold, self.gold, self.right_of_found, self.found

    @property
    def recall(self) -> float:
        return self.right_of_gold / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        return self.right_of_found / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0

    def rounded(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 3) for name in ("precision", "recall", "f1")}


def muc(gold: Sequence[Chain], found: Sequence[Chain]) -> Score:
    """Links: a chain of n mentions needs n - 1; one is missing for each part beyond the first that the other side makes of it."""
    return Score(*_links(gold, found), *_links(found, gold))


def _links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    of = {mention: n for n, chain in enumerate(others) for mention in chain}
    kept = needed = 0
    for chain in chains:
        parts = len({of[m] for m in chain if m in of}) + sum(m not in of for m in chain)
        kept += len(chain) - parts
        needed += len(chain) - 1
    return kept, needed


def b_cubed(gold: Sequence[Chain], found: Sequence[Chain]) -> Score:
    """Mentions: how much of its chain each one keeps on the other side."""
    return Score(*_kept(gold, found), *_kept(found, gold))


def _kept(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    share = sum(
        count**2 / len(chain)
        for chain in chains
        for count in Counter(n for n, other in enumerate(others) for m in chain if m in other).values()
    )
    return share, sum(map(len, chains))


def ceaf_e(gold: Sequence[Chain], found: Sequence[Chain]) -> Score:
    """Entities: the best one-to-one alignment of chains, each pair worth its Dice coefficient (phi-4)."""
    worth = [[2 * len(k & r) / (len(k) + len(r)) for r in found] for k in gold]
    total = sum(worth[i][j] for i, j in assign(worth))
    return Score(total, len(gold), total, len(found))


def assign(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of a one-to-one assignment of the largest sum, by shortest augmenting paths.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(rows^2 * columns).
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        return sorted((i, j) for j, i in assign([list(column) for column in zip(*worth, strict=True)]))
    rows, columns = len(worth), len(worth[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_at = [0] * (columns + 1)  # rows and columns count from 1; column 0 holds the row being placed
    for row in range(1, rows + 1):
        row_at[0], column = row, 0
        least, before, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while row_at[column]:
            done[column] = True
            here, step, following = row_at[column], float("inf"), 0
            for j in range(1, columns + 1):
                if not done[j]:
                    cost = -worth[here - 1][j - 1] - of_row[here] - of_column[j]
                    if cost < least[j]:
                        least[j], before[j] = cost, column
                    if least[j] < step:
                        step, following = least[j], j
            for j in range(columns + 1):
                if done[j]:
                    of_row[row_at[j]] += step
                    of_column[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            row_at[column] = row_at[before[column]]
            column = before[column]
    return sorted((row_at[j] - 1, j - 1) for j in range(1, columns + 1) if row_at[j])


METRICS = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


# ---------------------------------------------------------------- the corpus


@dataclass(frozen=True)
class GoldMention:
    """A mention of the corpus: entity, kind of its head word, offsets of its first to last word and of that head."""

    entity: str
    type: str
    kind: str
    span: Range
    head: Range
    word: str
    definite: bool

    @property
    def counted(self) -> bool:
        return self.kind in ("name", "pronoun") and self.type != "time"


@dataclass
class GoldDocument:
    name: str
    text: str = ""
    mentions: list[GoldMention] = field(default_factory=list)

    @property
    def genre(self) -> str:
        return self.name.split("_")[1]


@dataclass
class _Word:
    form: str
    pos: str
    head: int
    label: str
    entity: str
    range: Range


def read_gum(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a CoNLL-U file of GUM, in its order."""
    for part in re.split(r"(?m)^# newdoc id = ", path.read_text(encoding="utf-8"))[1:]:
        name, _, rest = part.partition("\n")
        document = GoldDocument(name.strip())
        words: list[_Word] = []
        for block in re.split(r"\n\s*\n", rest):
            _read_sentence(document, block.splitlines(), words)
        document.mentions = list(_mentions(words))
        yield document


def _read_sentence(document: GoldDocument, lines: Sequence[str], words: list[_Word]) -> None:
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    if not rows:
        return
    if document.text:
        document.text += "\n\n" if any(line.startswith("# newpar") for line in lines) else " "
    offset, at, until, space = len(words), len(document.text), "0", True
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            until, space = row[0].split("-")[1], "SpaceAfter=No" not in row[9]
            document.text += row[1] + (" " if space else "")
            continue
        if int(row[0]) > int(until):  # a word by itself; those of "don't" were written with their whole
            at = len(document.text)
            document.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        else:
            at = document.text.index(row[1], at)
        entity = next((m.removeprefix("Entity=") for m in row[9].split("|") if m.startswith("Entity=")), "")
        head = offset + int(row[6]) - 1 if row[6] != "0" else -1
        words.append(_Word(row[1], row[3], head, row[7], entity, (at, at + len(row[1]))))
        at += len(row[1])
    document.text = document.text.rstrip()


def _mentions(words: Sequence[_Word]) -> Iterator[GoldMention]:
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, word in enumerate(words):
        for opens, body, closes in re.findall(r"(\()?([^()]+)(\))?", word.entity):
            entity, *details = body.split("-")
            if opens:
                opened[entity].append((i, details[0]))
            if closes:
                start, type_ = opened[entity].pop()
                if "[" not in entity:  # parts of a mention in pieces
                    yield _mention(words, entity, type_, start, i + 1)


def _mention(words: Sequence[_Word], entity: str, type_: str, start: int, end: int) -> GoldMention:
    head = next((i for i in range(start, end) if not start <= words[i].head < end), start)
    if words[head].pos != "PROPN":  # "student *Anna* Berg"
        flat = (i for i in range(head + 1, end) if words[i].head == head and words[i].label == "flat")
        head = next((i for i in flat if words[i].pos == "PROPN"), head)
    word = words[head].form.lower()
    kind = "name" if words[head].pos == "PROPN" else "pronoun" if word in PRONOUNS else "nominal"
    span = (words[start].range[0], words[end - 1].range[1])
    definite = words[start].form.lower() in DEFINITE and end > start + 1
    return GoldMention(entity, type_, kind, span, words[head].range, word, definite)


# ---------------------------------------------------------------- our side


def match(gold: Iterable[GoldMention], found: Iterable[EntityMention]) -> dict[Range, GoldMention]:
    """Return the gold mention of each mention of ours that has one, by the span of ours."""
    at: dict[int, list[GoldMention]] = defaultdict(list)
    for mention in sorted(gold, key=lambda m: (m.head, m.span[1] - m.span[0])):
        for offset in range(*mention.head):
            at[offset].append(mention)
    matched: dict[Range, GoldMention] = {}
    used: set[GoldMention] = set()
    mentions = sorted(found, key=lambda m: (m.span.range, m.kind))
    for fits in (_is_exact, _has_head, _is_inside):
        for mention in mentions:
            if mention.span.range in matched:
                continue
            near = (m for i in range(*mention.span.range) for m in at[i] if m not in used)
            if (best := next((m for m in near if fits(mention, m)), None)) is not None:
                matched[mention.span.range] = best
                used.add(best)
    return matched


def _is_exact(mention: EntityMention, gold: GoldMention) -> bool:
    return mention.kind == gold.kind and mention.span.range == gold.span


def _has_head(mention: EntityMention, gold: GoldMention) -> bool:
    return mention.head[0] < gold.head[1] and gold.head[0] < mention.head[1]


def _is_inside(mention: EntityMention, gold: GoldMention) -> bool:
    return mention.kind == gold.kind == "name"


def chains_of(gold: GoldDocument, entities: Iterable[Any], matched: dict[Range, GoldMention]) -> list[Chain]:
    """Return our chains of counted mentions; a mention is told by the gold one that it matches, or by its span."""
    chains = []
    for entity in entities:
        members: set[Any] = set()
        for mention in entity.mentions:
            same = matched.get(mention.span.range)
            if same is not None and same.counted:
                members.add(same)
            elif same is None and mention.kind != "nominal":
                members.add(mention.span.range)
        if len(members) > 1:
            chains.append(frozenset(members))
    return chains


def gold_chains(gold: GoldDocument) -> list[Chain]:
    by_entity: dict[str, set[GoldMention]] = defaultdict(set)
    for mention in gold.mentions:
        if mention.counted:
            by_entity[mention.entity].add(mention)
    return [frozenset(members) for members in by_entity.values() if len(members) > 1]


@dataclass
class Answers:
    """How mentions of one kind lead to names."""

    named: int = 0
    answered: int = 0
    answered_named: int = 0
    right: int = 0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.named + other.named,
            self.answered + other.answered,
            self.answered_named + other.answered_named,
            self.right + other.right,
        )

    def rounded(self) -> dict[str, float]:
        return {
            "named": self.named,
            "answered": self.answered,
            "right": self.right,
            "coverage": round(self.answered_named / self.named, 3) if self.named else 0.0,
            "precision": round(self.right / self.answered, 3) if self.answered else 0.0,
            "accuracy": round(self.right / self.named, 3) if self.named else 0.0,
        }


def kind_of_answer(mention: GoldMention | None, word: str) -> str | None:
    """Return the row of the table that a mention belongs to; None for names and what is not asked about."""
    if word in THIRD:
        return "third person"
    if word in FIRST:
        return "first person"
    return "definite" if mention is not None and mention.kind == "nominal" and mention.definite else None


def answers(
    gold: GoldDocument, extraction: Extraction, matched: dict[Range, GoldMention]
) -> dict[str, Answers]:
    """Return for each kind of mention how ours lead to names."""
    named = {m.entity for m in gold.mentions if m.kind == "name" and m.counted}
    by_range = {m.span.range: m for m in extraction.entity_mentions}
    table: dict[str, Answers] = defaultdict(Answers)
    for mention in gold.mentions:
        kind = kind_of_answer(mention, mention.word)
        if kind is not None and mention.entity in named:
            table[kind].named += 1
    for mention in extraction.entity_mentions:
        same = matched.get(mention.span.range)
        word = gold.text[slice(*mention.head)].lower()
        kind = None if mention.kind == "name" else kind_of_answer(same, word)
        root = root_of(mention, by_range)
        if kind is None or root.kind != "name" or (same is not None and _holds(same, root)):
            continue
        meant = matched.get(root.span.range)
        table[kind].answered += 1
        table[kind].answered_named += same is not None and same.entity in named
        table[kind].right += same is not None and meant is not None and same.entity == meant.entity
    return dict(table)


def _holds(gold: GoldMention, name: EntityMention) -> bool:
    """Tell whether a description says its name itself: "the town of *Alta*"."""
    return gold.span[0] <= name.span.start and name.span.end <= gold.span[1]


def root_of(mention: EntityMention, by_range: dict[Range, EntityMention]) -> EntityMention:
    seen = set()
    while mention.antecedent is not None and mention.span.range not in seen:
        seen.add(mention.span.range)
        mention = by_range[mention.antecedent.range]
    return mention


# ---------------------------------------------------------------- the whole


@dataclass
class Figures:
    documents: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    answers: dict[str, Answers] = field(default_factory=lambda: defaultdict(Answers))

    def add(self, gold: GoldDocument, document: Document, extraction: Extraction) -> None:
        import kg.resolve

        self.documents += 1
        matched = match(gold.mentions, extraction.entity_mentions)
        entities = kg.resolve.resolve([document], [extraction]).entities
        key, response = gold_chains(gold), chains_of(gold, entities, matched)
        for name, metric in METRICS.items():
            self.scores[name] += metric(key, response)
        for kind, found in answers(gold, extraction, matched).items():
            self.answers[kind] += found

    def rounded(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "chains": {name: score.rounded() for name, score in self.scores.items()},
            "to_names": {kind: found.rounded() for kind, found in sorted(self.answers.items())},
        }


def measure(path: Path, nlp: "Language") -> dict[str, Any]:
    """Return the figures of a file of GUM: of all documents, and by genre."""
    from kg.extract.document import extract_doc

    golds = list(read_gum(path))
    figures: dict[str, Figures] = defaultdict(Figures)
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        document = Document(gold.name, gold.text, f"{gold.name}.txt", "0" * 64)
        extraction = extract_doc(document, doc)
        for group in ("all", gold.genre):
            figures[group].add(gold, document, extraction)
    return {group: figures[group].rounded() for group in sorted(figures)}


if __name__ == "__main__":
    import kg.language

    result = measure(Path(sys.argv[1]), kg.language.load())
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
