"""Silver data: texts whose annotation is uncertain, made usable by models that were trained on gold.

Names of a silver corpus count only where a model trained on gold alone finds them possible; elsewhere they are missing.
Trees for texts that have none come from a larger network ("self-training", McClosky et al., NAACL 2006); arcs it is not
sure of are missing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

import numpy as np

from kg.language.decode import Floats, Scores, best_labels, own_heads, sentence_heads
from kg.language.labels import ROOT
from kg.language.model import Model
from kg.language.training.documents import Sentence, Syntax, TrainingDocument

T = TypeVar("T")

#: A silver name counts where the model gives it this probability; an arc where the parser is at least so sure.
LEAST_NAME, LEAST_ARC = 0.2, 0.6

#: Longer documents are not annotated: the encoder reads 512 sub-words.
MOST_SUBWORDS = 500


def agreed(documents: Iterable[TrainingDocument], judge: Model) -> Iterator[TrainingDocument]:
    """Yield the documents with names missing where `judge`, trained on gold, finds them unlikely.

    Names of types that the judge does not know stay as they are.
    """
    classes = {label: i for i, label in enumerate(judge.classes["names"])}

    def possible(name: str | None, row: Floats) -> bool:
        return name not in classes or bool(np.exp(row[classes[name]]) >= LEAST_NAME)

    def checked(sentence: Sentence, scores: Scores, at: int) -> Sentence:
        pairs = zip(sentence.names, scores.names[at : at + len(sentence.words)], strict=True)
        return replace(sentence, names=tuple(name if possible(name, row) else None for name, row in pairs))

    return _rewritten(documents, judge, checked)


def parsed(documents: Iterable[TrainingDocument], parser: Model) -> Iterator[TrainingDocument]:
    """Yield the documents with tags and trees by `parser`, within their own sentences; lemmas stay missing."""
    root = parser.classes["labels"].index(ROOT)

    def analysed(sentence: Sentence, scores: Scores, at: int) -> Sentence:
        return replace(sentence, syntax=_syntax(parser, scores, at, at + len(sentence.words), root))

    return _rewritten(documents, parser, analysed)


def _rewritten(
    documents: Iterable[TrainingDocument], model: Model, change: Callable[[Sentence, Scores, int], Sentence]
) -> Iterator[TrainingDocument]:
    """Yield the documents with each sentence changed by what the model says; too long ones are left out.

    `change` gets a sentence, the scores of its document, and the position of its first word in them.
    """
    for document in documents:
        scores = _run(document, model)
        if scores is not None:
            starts = accumulate((len(sentence.words) for sentence in document.sentences), initial=0)
            changed = (change(each, scores, at) for each, at in zip(document.sentences, starts, strict=False))
            yield replace(document, sentences=tuple(changed))


def _syntax(parser: Model, scores: Scores, start: int, end: int, root: int) -> Syntax:
    heads = sentence_heads(scores, start, end)
    table = parser.labels(scores.label_words[start:end], scores.label_heads[heads])
    sure = np.exp(scores.arcs[np.arange(start, end), heads]) >= LEAST_ARC
    own = [head - start for head in own_heads(heads, start)]

    def known(values: Iterable[T]) -> tuple[T | None, ...]:
        return tuple(value if kept else None for value, kept in zip(values, sure, strict=True))

    def names(kind: str, numbers: Iterable[int]) -> tuple[str | None, ...]:
        return known(parser.classes[kind][number] for number in numbers)

    return Syntax(
        tags=names("tags", scores.tags[start:end].tolist()),
        pos=names("pos", scores.pos[start:end].tolist()),
        lemmas=(None,) * (end - start),
        heads=known(own),
        labels=names("labels", best_labels(table, heads, root)),
    )


def _run(document: TrainingDocument, model: Model) -> Scores | None:
    words = [word for sentence in document.sentences for word in sentence.words]
    gaps = [gap for sentence in document.sentences for gap in sentence.gaps]
    encoded = model.words.encode(words, gaps)
    return model.run(encoded) if len(encoded.ids) <= MOST_SUBWORDS else None
