"""How well texts that kg has not seen are read, by the scorers and annotations of the maintainers' data folder.

The bounds are those that this version has to reach; CONTRIBUTING says how to see each miss.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg

SHARED = Path(__file__).resolve().parents[2] / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="needs the maintainers' data folder ../shared beside the project"
)

EVENT_BOUNDS = {
    "event_f1": 0.90,
    "argument_recall": 0.80,
    "argument_precision": 0.85,
    "role_recall": 0.70,
    "resolved_recall": 0.75,
    "status_accuracy": 0.88,
    "attribution_recall": 0.75,
    "time_value_recall": 0.80,
    "relation_recall": 0.70,
    "entity_recall": 0.92,
    "entity_not_split": 0.90,
}
RE3D_BOUNDS = {"name_f1": 0.78, "relations_linked": 0.68}


def score(script: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, str(SHARED / "eval" / script), *map(str, arguments), "--json"]
    scored: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return scored


@pytest.fixture(scope="module")
def event_scores(tmp_path_factory):
    texts, out = SHARED / "gold" / "texts", tmp_path_factory.mktemp("gold")
    kg.build(texts, out=out)
    return score("score_events.py", SHARED / "gold" / "dev", texts, out)


@pytest.fixture(scope="module")
def re3d_scores(tmp_path_factory):
    corpus, texts, out = (
        SHARED / "corpora" / "re3d",
        tmp_path_factory.mktemp("re3d"),
        tmp_path_factory.mktemp("out"),
    )
    command = [sys.executable, str(SHARED / "eval" / "score_re3d.py"), "texts", str(corpus), str(texts)]
    subprocess.run(command, check=True)
    kg.build(texts, out=out)
    return score("score_re3d.py", "score", corpus, out)


@pytest.mark.parametrize("measure", EVENT_BOUNDS)
def test_events(measure, event_scores):
    assert event_scores[measure] >= EVENT_BOUNDS[measure]


@pytest.mark.parametrize("measure", RE3D_BOUNDS)
def test_re3d(measure, re3d_scores):
    assert re3d_scores[measure] >= RE3D_BOUNDS[measure]


@pytest.fixture(scope="module")
def articles():
    return kg.build(SHARED / "seeds")


def rows(graph, query: str, **bind: str) -> list[dict[str, object]]:
    return graph.sparql(query, bind=bind).to_dict("records")


QUESTIONS = [
    ("who-ordered-what", {"who": "Francois Hollande", "target_name": "Raqqa"}),
    ("who-invoked-what", {"who": "Jean-Yves Le Drian", "what": "Article 42.7"}),
    ("strikes-by-place-and-day", {"place_name": "Raqqa", "who": "France", "day": "2015-11-17"}),
    ("strikes-by-place-and-day", {"place_name": "Raqqa", "who": "Russia", "day": "2015-11-17"}),
    ("aliases", {"label": "Islamic State", "name": "ISIL"}),
    ("aliases", {"label": "Islamic State", "name": "IS"}),
    ("aliases", {"label": "Islamic State", "name": "Daesch"}),
    ("escapes-and-movements", {"who": "Salah Abdeslam", "to": "Belgium"}),
    ("who-told-whom", {"who": "Hassan Rouhani", "whom": "Francois Hollande"}),
]


@pytest.mark.parametrize(("query", "answer"), QUESTIONS)
def test_question_is_answered_with_its_sentence(query, answer, articles):
    texts = [document.text for document in articles.documents]
    found = [
        row for row in rows(articles, query) if all(str(row[key]) == value for key, value in answer.items())
    ]
    assert found
    for row in found:
        assert any(str(row["sentence"]) in text for text in texts)
