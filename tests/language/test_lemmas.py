"""Edit scripts and the choice of a lemma."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.lemmas import KEEP, Lemmatizer, apply, script


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [
        ("countries", "country", "lower|3|y"),
        ("Countries", "country", "lower|3|y"),
        ("went", "go", "keep|4|go"),
        ("FRANCE", "France", "title|0|"),
        ("Paris", "Paris", "keep|0|"),
        ("the", "the", "lower|0|"),
        ("n't", "not", "lower|2|ot"),
    ],
)
def test_script(form: str, lemma: str, expected: str) -> None:
    assert script(form, lemma) == expected
    assert apply(form, expected) == lemma


@given(
    st.text(min_size=1, max_size=12),
    st.text(alphabet=st.characters(exclude_characters="|"), min_size=1, max_size=12),
)
def test_script_leads_to_the_lemma(form: str, lemma: str) -> None:
    assert apply(form, script(form, lemma)) == lemma


@given(st.text(min_size=1, max_size=5))
def test_script_that_does_not_fit_keeps_the_form(form: str) -> None:
    assert apply(form, "keep|99|x") == form
    assert apply(form, KEEP) == form


def test_known_words_first_then_scripts_to_known_lemmas() -> None:
    lemmatizer = Lemmatizer({"VERB": {"left": "leave", "kills": "kill"}})
    assert lemmatizer.lemma("Left", "VERB", ["lower|0|"]) == "leave"
    assert lemmatizer.lemma("killed", "VERB", ["lower|1|", "lower|2|"]) == "kill"
    assert lemmatizer.lemma("bombed", "VERB", ["lower|2|", "lower|1|"]) == "bomb"
    assert lemmatizer.lemma("Raqqa", "PROPN", ["keep|0|"]) == "Raqqa"


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("raids", "NOUN", "raid"),
        ("fled", "VERB", "flee"),
        ("huddled", "VERB", "huddle"),
        ("expelled", "VERB", "expel"),
        ("freed", "VERB", "free"),
        ("seizing", "VERB", "seize"),
        ("tragedies", "NOUN", "tragedy"),
        ("crashes", "NOUN", "crash"),
        ("rallied", "VERB", "rally"),
        ("killed", "VERB", "kill"),
        ("besieging", "VERB", "besiege"),
        ("staged", "VERB", "stage"),
        ("quoting", "VERB", "quote"),
        ("planned", "VERB", "plan"),
        ("fixed", "VERB", "fix"),
    ],
)
def test_dictionary_chooses_regular_forms_over_odd_scripts(form: str, pos: str, lemma: str) -> None:
    words = {
        "NOUN": ["raid", "ray", "tragedy", "crash"],
        "VERB": "flee huddle expel free seize rally kill besiege stag stage quote quot plan plane fix".split(),
    }
    lemmatizer = Lemmatizer({"NOUN": {}, "VERB": {}}, words, {"VERB": {"fled": "flee"}})
    assert lemmatizer.lemma(form, pos, ["lower|3|y", "lower|2|", "lower|1|"]) == lemma
