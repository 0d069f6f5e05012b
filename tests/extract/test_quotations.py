"""Where direct speech stands: paragraph by paragraph, with slips that quote nothing."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.parse import Parse
from kg.extract.quotations import find_quotations

NLP = spacy.blank("en")

TEXTS = [
    ('"We won the vote," he said. "It is over."', ['"We won the vote,"', '"It is over."']),
    ("“We won the vote,” he said.", ["“We won the vote,”"]),
    # a long quotation: each paragraph opens, only the last one closes
    ("“We won the vote.\n\n“It is over,” he said.", ["“We won the vote.\n\n", "“It is over,”"]),
    # single line breaks part paragraphs too, where the line before is finished
    ("“We won the vote.\n“It is over,” he said.", ["“We won the vote.\n", "“It is over,”"]),
    # a mark that is never closed quotes nothing, and does not swallow the rest
    ('He had a 6" gun. The army left.\n\nHollande visited Lyon.', []),
    ("He said “nobody knows.\n\nThe army left. Hollande visited Lyon.", []),
    ("It's the soldiers' bread.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "quoted"), TEXTS)
def test_quotations(text, quoted):
    assert [quotation.tokens.text.rstrip(" ") for quotation in find_quotations(Parse(NLP(text)))] == quoted


@given(st.text(alphabet='ab. "“”\n', max_size=60))
def test_quotations_do_not_overlap_and_stay_in_their_paragraph(text):
    found = find_quotations(Parse(NLP(text)))
    for before, after in pairwise(found):
        assert before.tokens.end <= after.tokens.start
        assert before.paragraph <= after.paragraph
    for quotation in found:
        assert all(quotation.tokens.start <= i < quotation.tokens.end for i in quotation.words)
