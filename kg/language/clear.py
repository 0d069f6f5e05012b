"""Other pipelines' trees made ours: ClearNLP labels and structure to Universal Dependencies.

spaCy's own English pipelines use the labels of ClearNLP (dobj, pobj, nsubjpass, ...): prepositions head their objects, a form
of "be" heads its predicate, coordination is a chain. Here prepositions become `case`, "be" becomes `cop`, conjuncts hang on the
first, as in de Marneffe, Manning, Nivre and Zeman, "Universal Dependencies" (Computational Linguistics 47, 2021).

Not handled: names keep their last word as head (UD: the first, with `flat`); a predicate that is an adverb or a clause leaves
"be" as head; `list`, `orphan` and `goeswith` do not arise.
"""

from bisect import bisect, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc

from kg.language.arrays import write_columns

#: Labels that tell a ClearNLP tree: Universal Dependencies has none of them.
CLEAR_ONLY = frozenset(
    {"acomp", "agent", "attr", "auxpass", "dative", "dobj", "intj", "neg", "npadvmod", "nsubjpass", "oprd"}
    | {"pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "quantmod", "relcl", "csubjpass", "meta"}
)

#: Labels that only change their name.
RENAMED = {
    "acomp": "xcomp",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pobj": "obl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}

_BE = frozenset(
    {"am", "are", "be", "been", "being", "is", "was", "were", "'m", "'re", "'s", "’m", "’re", "’s"}
)
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})


@dataclass(slots=True)
class _Tree:
    """A tree that is being rebuilt; the root is its own head. Heads change by `hang` and `move` alone."""

    words: Sequence[str]
    tags: Sequence[str]
    heads: list[int]
    labels: list[str]
    _below: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._below = [[] for _ in self.heads]
        for index, head in enumerate(self.heads):
            if head != index:
                self._below[head].append(index)

    def children(self, index: int) -> list[int]:
        """Return the words that hang on one, in text order; a copy, which moving them does not change."""
        return self._below[index].copy()

    def child(self, index: int, *labels: str) -> int | None:
        return next((i for i in self._below[index] if self.labels[i] in labels), None)

    def nominal(self, index: int) -> bool:
        return self.tags[index].startswith(("NN", "PRP", "CD", "WP", "DT", "$", "EX"))

    def hang(self, index: int, head: int) -> None:
        if self.heads[index] != index:
            self._below[self.heads[index]].remove(index)
        if head != index:
            insort(self._below[head], index)
        self.heads[index] = head

    def move(self, index: int, head: int, label: str) -> None:
        self.hang(index, head)
        self.labels[index] = label


def to_universal(
    words: Sequence[str], tags: Sequence[str], heads: Sequence[int], labels: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Return heads and labels of a ClearNLP tree in the manner of Universal Dependencies.

    Args:
        words: forms of one document.
        tags: their Penn Treebank tags.
        heads: position of each word's head; a root is its own.
        labels: ClearNLP labels; the root is `ROOT`. A tree without labels of `CLEAR_ONLY` is returned as it is.
    """
    tree = _Tree(words, tags, list(heads), list(labels))
    if CLEAR_ONLY.isdisjoint(labels):
        return tree.heads, tree.labels
    # Their `nmod` is a noun before another; ours is what becomes of prepositions.
    tree.labels = ["compound" if label == "nmod" else label for label in tree.labels]
    for index in range(len(words) - 1, -1, -1):
        if tree.labels[index] in _PREPOSITIONS or _conjoined_preposition(tree, index):
            _lower_preposition(tree, index)
    for index in range(len(words)):
        _lower_copula(tree, index)
    _flatten_coordination(tree)
    for index, label in enumerate(tree.labels):
        if label == "aux" and tags[index] == "TO":
            tree.labels[index] = "mark"
        elif label == "prep":
            tree.labels[index] = "advmod"  # without an object: "he walked in"
        else:
            tree.labels[index] = RENAMED.get(label, label)
    return tree.heads, tree.labels


def _conjoined_preposition(tree: _Tree, index: int) -> bool:
    """Say whether a word is the second preposition of a coordination: "in Paris and *in* Lyon"."""
    return tree.labels[index] == "conj" and tree.child(index, "pobj", "pcomp") is not None


def _lower_preposition(tree: _Tree, index: int) -> None:
    """Hang a preposition on its object: "ordered strikes *on* Raqqa", "*by* striking", "*out* of Paris"."""
    target = tree.child(index, "pobj", "pcomp")
    if target is None:
        target = next(
            (i for i in tree.children(index) if tree.labels[i] in {"obl", "nmod"} and i > index), None
        )
    if target is None:
        return
    clause = tree.labels[target] == "pcomp"
    head, label = tree.heads[index], tree.labels[index]
    if head == index:
        new = tree.labels[index]
        head = target
    elif label == "conj":
        new = "conj"
    elif clause:
        new = "acl" if tree.nominal(head) else "advcl"
    elif label == "agent":
        new = "obl:agent"
    else:
        new = "nmod" if tree.nominal(head) else "obl"
    others = tree.children(index)
    tree.move(target, head, new)
    tree.move(index, target, "mark" if clause else "case")
    for other in others:
        if other != target:
            tree.hang(other, target)


def _lower_copula(tree: _Tree, index: int) -> None:
    """Make the predicate the head of a clause with "be": "France *is* at war"."""
    if tree.words[index].lower() not in _BE or tree.labels[index] in {"aux", "auxpass"}:
        return
    predicate = tree.child(index, "attr", "acomp")
    if tree.child(index, "expl") is not None:
        if predicate is not None:
            tree.labels[predicate] = "nsubj"  # "there is a risk"
        return
    if predicate is None and tree.child(index, "nsubj") is not None:
        predicate = next(
            (
                i
                for i in tree.children(index)
                if tree.labels[i] == "obl" and i > index and tree.child(i, "case") is not None
            ),
            None,
        )
    if predicate is None:
        return
    head = tree.heads[index]
    others = tree.children(index)
    tree.move(predicate, predicate if head == index else head, tree.labels[index])
    tree.move(index, predicate, "cop")
    for other in others:
        if other != predicate:
            tree.hang(other, predicate)


def _flatten_coordination(tree: _Tree) -> None:
    """Hang all conjuncts on the first, and each conjunction on the conjunct after it."""
    for index, label in enumerate(tree.labels):
        if label == "conj":
            first = tree.heads[index]
            while tree.labels[first] == "conj" and tree.heads[first] != first:
                first = tree.heads[first]
            tree.hang(index, first)
    for index, label in enumerate(tree.labels):
        if label == "cc":
            head = tree.heads[index]
            first = tree.heads[head] if tree.labels[head] == "conj" and head < index else head
            below = tree.children(first)
            after = next((i for i in below[bisect(below, index) :] if tree.labels[i] == "conj"), None)
            if after is not None:
                tree.hang(index, after)


class OtherLabels:
    """The component that ends another pipeline: its trees in our labels."""

    def __call__(self, doc: Doc) -> Doc:
        """Relabel one Doc in place; its sentences stay."""
        words = [token.text for token in doc]
        tags = [token.tag_ for token in doc]
        heads, labels = to_universal(words, tags, [t.head.i for t in doc], [t.dep_ for t in doc])
        add = doc.vocab.strings.add
        rows = [
            ((head - i) % 2**64, add(label))
            for i, (head, label) in enumerate(zip(heads, labels, strict=True))
        ]
        if rows:
            write_columns(doc, ("HEAD", "DEP"), np.array(rows, dtype=np.uint64))
        return doc
