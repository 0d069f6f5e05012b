"""Reading a long text costs no more a word than reading a short one: both in the same run, by CPU time."""

import time
from pathlib import Path

import pytest

from kg.datamodel import Document
from kg.extract.document import extract_doc
from kg.language import load

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TIMES = 12

pytestmark = pytest.mark.slow


def test_a_word_of_a_long_text_costs_what_one_of_a_short_text_does():
    nlp = load()
    short = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("0[1-5]_*.txt")))
    _cost(nlp, short)  # first calls load and compile
    once, parsed_once = _cost(nlp, short)
    many, parsed_many = _cost(nlp, "\n\n".join([short] * TIMES))
    assert parsed_many < 2 * TIMES * parsed_once
    assert many < 2 * TIMES * once


def _cost(nlp, text: str) -> tuple[float, float]:
    """Return the CPU seconds of extraction and of the pipeline."""
    began = time.process_time()
    doc = nlp(text)
    parsed = time.process_time()
    extract_doc(Document("doc", text, "text.txt", "0" * 64), doc)
    return time.process_time() - parsed, parsed - began
