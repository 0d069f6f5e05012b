"""Hand-checked parses for the rules: `parses.conllu` holds one tree a construction, so that no model is needed.

Those of `trees/` are named by their own text, for the tables sentence -> expected of the test files.
"""

from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.datamodel import Document
from kg.extract.document import extract_doc

PARSES = Path(__file__).with_name("parses.conllu")
TREES = Path(__file__).with_name("trees")


def read_parses(path: Path = PARSES) -> dict[str, list[list[list[str]]]]:
    """Return the sentences of each named text: rows of the ten columns of CoNLL-U."""
    parses: dict[str, list[list[list[str]]]] = {}
    name, rows = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id = "):
            name = line.removeprefix("# newdoc id = ")
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            parses.setdefault(name, []).append(rows)
            rows = []
    if rows:
        parses.setdefault(name, []).append(rows)
    return parses


@pytest.fixture(scope="session")
def parses():
    return read_parses()


@pytest.fixture(scope="session")
def vocab():
    return spacy.blank("en").vocab


@pytest.fixture(scope="session")
def trees():
    """Every tree of `trees/` by its text."""
    return {text: rows for path in sorted(TREES.glob("*.conllu")) for text, rows in read_parses(path).items()}


@pytest.fixture(scope="session")
def build(parses, trees, vocab):
    """Return a function from the name of a text to its spaCy Doc, built from words, heads and labels."""

    def doc_of(name: str) -> Doc:
        columns = {
            key: []
            for key in ("words", "lemmas", "pos", "tags", "morphs", "heads", "deps", "spaces", "sent_starts")
        }
        ents, offset = [], 0
        for rows in parses.get(name) or trees[name]:
            for row in rows:
                number, form, lemma, pos, tag, feats, head, dep, _, misc = row
                here = offset + int(number) - 1
                columns["words"].append(form)
                columns["lemmas"].append(lemma)
                columns["pos"].append(pos)
                columns["tags"].append(tag)
                columns["morphs"].append("" if feats == "_" else feats)
                columns["heads"].append(here if head == "0" else offset + int(head) - 1)
                columns["deps"].append("ROOT" if dep == "root" else dep)
                columns["spaces"].append("SpaceAfter=No" not in misc)
                columns["sent_starts"].append(number == "1")
                for item in misc.split("|"):
                    if item.startswith("Name="):
                        label, length = item.removeprefix("Name=").split(":")
                        ents.append((here, here + int(length), label))
            offset += len(rows)
        doc = Doc(vocab, **columns)
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
        return doc

    return doc_of


@pytest.fixture(scope="session")
def read(build):
    """Return a function from the name of a text to its document and extraction."""

    def extraction_of(name: str):
        doc = build(name)
        document = Document("doc", doc.text, f"{name}.txt", "0" * 64, published=date(2015, 11, 17))
        return document, extract_doc(document, doc)

    return extraction_of


def told(mention) -> str:
    """One event mention in one line: predicate[type] role=phrase ... status by source at time."""
    roles = [f"{a.role}={a.span.text}" for a in mention.arguments]
    sources = [
        "by " + (s.mention.antecedent if s.mention and s.mention.antecedent else s.span).text
        for s in mention.attributed_to
    ]
    time = [f"at {mention.time.start}"] if mention.time else []
    return " | ".join([f"{mention.predicate}[{mention.type}] {mention.status}", *roles, *sources, *time])


def related(mention) -> str:
    """One relation mention in one line: subject property object."""
    subject = mention.subject.antecedent or mention.subject.span
    end = (mention.object.antecedent or mention.object.span).text if mention.object else f"“{mention.value}”"
    return f"{subject.text} {mention.property} {end}"


@pytest.fixture(scope="session")
def lines(read):
    """Return a function from the name of a text to what it tells, an event or a relation a line."""

    def lines_of(name: str) -> list[str]:
        _, extraction = read(name)
        return [told(m) for m in extraction.event_mentions] + [
            related(m) for m in extraction.relation_mentions
        ]

    return lines_of
