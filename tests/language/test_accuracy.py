"""The shipped weights keep what they are said to reach on the development sets (figures: the model card)."""

from pathlib import Path

import pytest

from kg.language.pipeline import own_pipeline
from kg.language.training import evaluate, name_corpora, treebanks

pytestmark = pytest.mark.slow

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

#: Section, measure and the least that is good enough.
BOUNDS = (
    ("syntax", "las", 0.895),
    ("syntax", "uas", 0.92),
    ("syntax", "tags", 0.965),
    ("syntax", "lemmas", 0.965),
    ("syntax", "starts", 0.955),
    ("names, UNER EWT", "all", 0.78),
    ("names, Worldwide", "PERSON", 0.85),
    ("names, Worldwide", "LOC", 0.80),
    ("names, Worldwide", "ORG", 0.68),
    ("names, Worldwide", "NORP", 0.75),
)


@pytest.fixture(scope="module")
def report() -> evaluate.Report:
    if not CORPORA.is_dir():
        pytest.skip("the maintainers' corpora are not here")
    syntax, names = CORPORA / "syntax", CORPORA / "names"
    dev = [
        *treebanks.read_ewt(syntax / "ewt-dev.conllu", names / "uner-ewt-dev.iob2"),
        *treebanks.read_gum(syntax / "gum-dev.conllu"),
    ]
    return evaluate.evaluate(own_pipeline(), dev, name_corpora.read_worldwide(names / "worldwide-dev"))


@pytest.mark.parametrize(("section", "measure", "least"), BOUNDS)
def test_figures_hold(report: evaluate.Report, section: str, measure: str, least: float) -> None:
    assert report[section][measure] >= least
