"""The pipeline as a whole: its contract as a spaCy `Language`, and that a Doc depends on itself alone."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.language
from kg.errors import ModelError
from kg.language.labels import NAMES
from kg.language.model import SHIPPED
from kg.language.parser import LARGEST_WINDOW

TEXT = """Jets strike depot near border

ANKARA, Nov 20 (Sample Wire) - Two jets of the coalition struck a fuel depot near the border on Friday, the
ministry said. "We acted within the law," Defence Minister Karen Holt told reporters in Ankara.

Officials in Baghdad denied that civilians had been killed by the strike. Holt, who took office last year, will
travel to Brussels next week.
"""
OTHERS = [
    "The committee approved the budget after a long debate.",
    "Short.",
    "",
    "\n\n",
    "A bomb exploded outside the embassy in Kabul on Monday, killing four guards and wounding nine. " * 12,
]


def annotation(doc: Doc) -> list[tuple[object, ...]]:
    tokens = [
        (
            t.text,
            t.tag_,
            t.pos_,
            t.lemma_,
            str(t.morph),
            t.head.i,
            t.dep_,
            t.is_sent_start,
            t.ent_iob_,
            t.ent_type_,
        )
        for t in doc
    ]
    return [*tokens, *((ent.start, ent.end, ent.label_) for ent in doc.ents)]


def check_trees(doc: Doc) -> None:
    """Every sentence has one root; heads stay inside; names do not cross sentences."""
    for sent in doc.sents:
        roots = [token for token in sent if token.head.i == token.i]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        assert all(sent.start <= token.head.i < sent.end for token in sent)
    for ent in doc.ents:
        assert ent.label_ in NAMES
        assert not ent[0].is_space
        assert all(not token.is_sent_start for token in list(ent)[1:])


def test_annotates_everything(nlp: Language) -> None:
    doc = nlp(TEXT)
    for annotated in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotated)
    check_trees(doc)


def test_reads_a_plain_sentence(nlp: Language) -> None:
    doc = nlp("The jets were launched from Jordan by France, which denied the claims.")
    by_word = {token.text: token for token in doc}
    assert by_word["launched"].dep_ == "ROOT"
    assert (by_word["jets"].dep_, by_word["were"].dep_) == ("nsubj:pass", "aux:pass")
    assert by_word["denied"].dep_ == "acl:relcl"
    assert by_word["launched"].lemma_ == "launch"
    assert by_word["launched"].morph.get("Voice") == ["Pass"]
    assert {(ent.text, ent.label_) for ent in doc.ents} == {("Jordan", "GPE"), ("France", "GPE")}


def test_paragraphs_start_sentences(nlp: Language) -> None:
    sents = [sent.text.strip() for sent in nlp(TEXT).sents]
    assert sents[0] == "Jets strike depot near border"
    assert any(sent.startswith("Officials in Baghdad") for sent in sents)


def test_white_space_is_set_aside(nlp: Language) -> None:
    doc = nlp("He left.\n\nShe stayed.")
    space = next(token for token in doc if token.is_space)
    assert (space.tag_, space.pos_, space.dep_, space.head.i) == ("_SP", "SPACE", "dep", space.i - 1)
    assert [sent[0].text for sent in doc.sents] == ["He", "She"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\t\n ", "Yes", "\n\nParis", ".", "😀", "\u200b", "a" * 3000]
)
def test_odd_documents(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    check_trees(doc)


@given(text=st.text(max_size=120))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_trees(nlp: Language, text: str) -> None:
    check_trees(nlp(text))


def test_sentence_longer_than_any_window(nlp: Language) -> None:
    words = ["the", "old", "red", "house"] * LARGEST_WINDOW
    doc = nlp(Doc(nlp.vocab, words=words))
    check_trees(doc)


@pytest.mark.slow
def test_a_hundred_thousand_words(nlp: Language) -> None:
    doc = nlp(Doc(nlp.vocab, words=["The", "war", "went", "on", "."] * 20_000))
    check_trees(doc)
    assert len(list(doc.sents)) == 20_000


def test_pretokenised_doc(nlp: Language) -> None:
    doc = nlp(
        Doc(nlp.vocab, words=["He", "did", "n't", "leave", "."], spaces=[True, False, True, False, False])
    )
    assert [token.lemma_ for token in doc] == ["he", "do", "not", "leave", "."]
    check_trees(doc)


def test_same_alone_piped_and_in_any_order(nlp: Language) -> None:
    texts = [TEXT, *OTHERS]
    alone = [annotation(nlp(text)) for text in texts]
    assert [annotation(doc) for doc in nlp.pipe(texts)] == alone
    assert [annotation(doc) for doc in nlp.pipe(reversed(texts), batch_size=2)] == alone[::-1]


def test_same_with_more_threads(nlp: Language) -> None:
    many = kg.language.load(threads=2)
    for text in (TEXT, OTHERS[-1]):
        assert annotation(many(text)) == annotation(nlp(text))


def test_shipped_files_are_small_enough() -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert size <= 30_000_000
    for name in ("README.md", "LICENSE", "config.json", "lemmas.json", "tokenizer.json", "model.onnx"):
        assert (SHIPPED / name).is_file()


def test_loads_fast(nlp: Language) -> None:
    began = time.process_time()
    kg.language.load()
    assert time.process_time() - began < 3  # under one second on an idle machine


def test_importing_kg_does_not_import_spacy() -> None:
    code = "import sys, kg.language; sys.exit('spacy' in sys.modules or 'onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_model_version(nlp: Language) -> None:
    name, version, checksum = kg.language.model_version().rsplit("-", 2)
    assert (name, version) == (nlp.meta["name"], nlp.meta["version"])
    assert len(checksum) == 12


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder"])
def test_unknown_pipeline_is_one_line(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        kg.language.load(name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_pipeline_must_parse_english(tmp_path: Path) -> None:
    import spacy

    spacy.blank("de").to_disk(tmp_path / "german")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="English only"):
        kg.language.load(str(tmp_path / "german"))
    with pytest.raises(ModelError, match="no parser"):
        kg.language.load(str(tmp_path / "blank"))
