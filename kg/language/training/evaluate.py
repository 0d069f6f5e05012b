"""Scores: the pipeline over whole, pre-tokenised documents, with the sentence splits it predicts itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.features import GLUED
from kg.language.training.documents import Syntax, TrainingDocument

Span = tuple[int, int, str]
Report = dict[str, dict[str, float]]


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[Span], gold: set[Span]) -> None:
        """Count one document."""
        self.right += len(found & gold)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(slots=True)
class SyntaxScores:
    """Counts over words that are not punctuation; sentences by both ends, and by their starts alone."""

    words: int = 0
    uas: int = 0
    las: int = 0
    tags: int = 0
    pos: int = 0
    lemmas: int = 0
    sentences: Counts = field(default_factory=Counts)
    starts: Counts = field(default_factory=Counts)

    def report(self) -> dict[str, float]:
        """Return the scores as shares."""
        shares = {name: getattr(self, name) / self.words for name in ("tags", "pos", "lemmas", "uas", "las")}
        return {
            name: round(share, 4)
            for name, share in (shares | {"sentences": self.sentences.f1, "starts": self.starts.f1}).items()
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What the pipeline made of a document, by the document's own words (white space left out)."""

    heads: list[int]
    labels: list[str]
    tags: list[str]
    pos: list[str]
    lemmas: list[str]
    sentences: set[Span]
    names: set[Span]


def to_doc(document: TrainingDocument, nlp: Language, *, paragraphs: bool) -> Doc:
    """Return the words of a document as an unannotated Doc; with `paragraphs`, blank lines stand where the text has them."""
    words: list[str] = []
    spaces: list[bool] = []
    for sentence in document.sentences:
        if paragraphs and sentence.paragraph and words:
            words.append("\n\n")
            spaces[-1:] = [False, False]
        for index, (word, gap) in enumerate(zip(sentence.words, sentence.gaps, strict=True)):
            if words and gap == GLUED and (index or words[-1] != "\n\n"):
                spaces[-1] = False
            words.append(word)
            spaces.append(True)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _view(doc: Doc) -> Found:
    words = [token for token in doc if not token.is_space]
    at = {token.i: index for index, token in enumerate(words)}

    def span(start: int, end: int, label: str) -> Span:
        inside = [at[i] for i in range(start, end) if i in at]
        return (inside[0], inside[-1] + 1, label) if inside else (-1, -1, label)

    return Found(
        heads=[at.get(token.head.i, -1) for token in words],
        labels=[token.dep_ for token in words],
        tags=[token.tag_ for token in words],
        pos=[token.pos_ for token in words],
        lemmas=[token.lemma_ for token in words],
        sentences={span(sent.start, sent.end, "") for sent in doc.sents},
        names={span(ent.start, ent.end, ent.label_) for ent in doc.ents},
    )


def annotated(
    documents: Iterable[TrainingDocument], nlp: Language, *, paragraphs: bool = True
) -> list[tuple[TrainingDocument, Found]]:
    """Run the pipeline over documents."""
    results = []
    for document in documents:
        doc = to_doc(document, nlp, paragraphs=paragraphs)
        for _, component in nlp.pipeline:
            doc = component(doc)
        results.append((document, _view(doc)))
    return results


def score_syntax(results: Iterable[tuple[TrainingDocument, Found]]) -> SyntaxScores:
    """Score tags, lemmas, trees (whole labels) and sentence splits."""
    scores = SyntaxScores()
    for document, found in results:
        at = 0
        gold: set[Span] = set()
        for sentence in document.sentences:
            gold.add((at, at + len(sentence.words), ""))
            if sentence.syntax is not None:
                _score_sentence(scores, sentence.syntax, found, at)
            at += len(sentence.words)
        scores.sentences.add(found.sentences, gold)
        scores.starts.add(
            {(start, 0, "") for start, _, _ in found.sentences}, {(start, 0, "") for start, _, _ in gold}
        )
    return scores


def _score_sentence(scores: SyntaxScores, gold: Syntax, found: Found, at: int) -> None:
    for index, (label, head) in enumerate(zip(gold.labels, gold.heads, strict=True)):
        if label == "punct" or head is None:
            continue
        word = at + index
        attached = found.heads[word] == at + head
        scores.words += 1
        scores.uas += attached
        scores.las += attached and found.labels[word] == label
        scores.tags += found.tags[word] == gold.tags[index]
        scores.pos += found.pos[word] == gold.pos[index]
        scores.lemmas += found.lemmas[word] == gold.lemmas[index]


_NAME_CORPORA = (
    ("ewt", "UNER EWT", ("PERSON", "ORG", "LOC")),
    ("gum", "GUM", ("PERSON", "ORG", "LOC", "NORP", "EVENT")),
)

#: Labels that the corpora do not tell apart.
_MERGED = {"GPE": "LOC", "FAC": "LOC"}


def score_names(
    results: Iterable[tuple[TrainingDocument, Found]], labels: Iterable[str]
) -> dict[str, Counts]:
    """Score names by exact span and type; a name found over words the corpus is silent on does not count."""
    kept = frozenset(labels)
    scores = {label: Counts() for label in sorted(kept)}
    for document, view in results:
        marks = [mark for sentence in document.sentences for mark in sentence.names]
        found = {
            (start, end, label)
            for start, end, given in view.names
            if (label := _MERGED.get(given, given)) in kept and None not in marks[start:end]
        }
        gold = {span for span in spans(marks) if span[2] in kept}
        for label in kept:
            scores[label].add({s for s in found if s[2] == label}, {s for s in gold if s[2] == label})
    return scores


def spans(marks: list[str | None]) -> set[Span]:
    """Return the names in a sequence of BIO marks."""
    out: set[Span] = set()
    start, label = -1, ""
    for index, mark in enumerate([*marks, "O"]):
        inside = mark is not None and mark[:2] == "I-" and mark[2:] == label and start >= 0
        if start >= 0 and not inside:
            out.add((start, index, label))
            start = -1
        if mark is not None and mark != "O" and not inside:
            start, label = index, mark[2:]
    return out


def names_report(scores: dict[str, Counts]) -> dict[str, float]:
    """Return F1 for each label and over all."""
    total = Counts(*(sum(getattr(c, name) for c in scores.values()) for name in ("right", "wrong", "missed")))
    return {label: round(counts.f1, 4) for label, counts in (scores | {"all": total}).items()}


def evaluate(nlp: Language, dev: list[TrainingDocument], worldwide: list[TrainingDocument]) -> Report:
    """Score a pipeline on the development data: syntax over all and by genre, names by corpus and type.

    The main figures are over texts with their paragraphs (blank lines), as the treebanks' raw texts have them; "one run of
    words" is over the same documents with all paragraphs run together.
    """
    results = annotated(dev, nlp)
    report = {"syntax": score_syntax(results).report()}
    report["syntax, one run of words"] = score_syntax(annotated(dev, nlp, paragraphs=False)).report()
    for genre in sorted({f"{document.source} {document.genre}" for document in dev}):
        chosen = [(d, found) for d, found in results if f"{d.source} {d.genre}" == genre]
        report[f"syntax, {genre}"] = score_syntax(chosen).report()
    for source, title, labels in _NAME_CORPORA:
        chosen = [(d, found) for d, found in results if d.source == source]
        if chosen:
            report[f"names, {title}"] = names_report(score_names(chosen, labels))
    if worldwide:
        found = annotated(worldwide, nlp)
        report["names, Worldwide"] = names_report(score_names(found, ("PERSON", "ORG", "LOC", "NORP")))
    return report
