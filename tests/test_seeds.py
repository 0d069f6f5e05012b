"""The sample corpus: its manifest, its form, and that its sentences are its own."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
MAINTAINERS_DATA = PROJECT.parent / "shared"
TEXTS = sorted(SEEDS.glob("*.txt"))
RUN_LENGTH = 9


def manifest_tables() -> list[dict[str, Any]]:
    """The [[document]] tables of the manifest, in file order."""
    with (SEEDS / "manifest.toml").open("rb") as file:
        return list(tomllib.load(file)["document"])


def word_runs(text: str, length: int = RUN_LENGTH) -> set[str]:
    """Every run of `length` words, blind to case and punctuation."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_there_are_at_least_ten_articles() -> None:
    assert len(TEXTS) >= 10


def test_manifest_lists_each_text_once_sorted_by_path() -> None:
    assert [table["path"] for table in manifest_tables()] == [path.name for path in TEXTS]


@pytest.mark.parametrize("table", manifest_tables(), ids=lambda table: table["path"])
def test_manifest_entry(table: dict[str, Any]) -> None:
    assert set(table) == {"path", "title", "publisher", "published", "language"}
    assert type(table["published"]) is date, "published must be a TOML local date"
    assert date(2015, 11, 13) <= table["published"] <= date(2015, 11, 20)
    assert table["publisher"].startswith("Sample "), "outlets are invented and say so"
    assert table["language"] == "en"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_text_is_a_short_article_under_its_headline(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    titles = {table["path"]: table["title"] for table in manifest_tables()}
    lines = text.split("\n")
    assert "\t" not in text
    assert "\r" not in text
    assert text.endswith("\n")
    assert lines[0] == titles[path.name]
    assert not lines[0].endswith("."), "a headline has no full stop"
    assert lines[1] == "", "a blank line follows the headline"
    assert 150 <= len(text.split()) <= 500


def test_two_articles_share_no_sentence() -> None:
    seen: dict[str, str] = {}
    for path in TEXTS:
        for run in sorted(word_runs(path.read_text(encoding="utf-8"))):
            assert seen.setdefault(run, path.name) == path.name, f"{path.name} repeats: {run}"


def test_word_runs_ignore_case_and_punctuation() -> None:
    assert word_runs("One, two - THREE!", 2) == {"one two", "two three"}
    assert word_runs("too short", 3) == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_run_of_nine_words_is_taken_from_the_originals(path: Path) -> None:
    originals = sorted([*MAINTAINERS_DATA.glob("seeds/*.txt"), *MAINTAINERS_DATA.glob("gold/texts/*.txt")])
    if not originals:
        pytest.skip("the maintainers' data folder (../shared) is not beside the project")
    taken = word_runs(path.read_text(encoding="utf-8"))
    for original in originals:
        common = taken & word_runs(original.read_text(encoding="utf-8"))
        assert not common, f"{path.name} shares with {original.name}: {sorted(common)}"
