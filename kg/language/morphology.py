"""Morphological features by a table over tag and word: those that rules on events and coreference ask for."""

from functools import lru_cache

_TAGS = {
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "NNPS": "Number=Plur",
    "VB": "VerbForm=Inf",
    "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "VBG": "Tense=Pres|VerbForm=Part",
    "VBN": "Tense=Past|VerbForm=Part",
    "MD": "VerbForm=Fin",
    "JJ": "Degree=Pos",
    "JJR": "Degree=Cmp",
    "JJS": "Degree=Sup",
    "RBR": "Degree=Cmp",
    "RBS": "Degree=Sup",
    "WDT": "PronType=Rel",
    "CD": "NumType=Card",
}

_PRONOUNS = {
    "i": "Case=Nom|Number=Sing|Person=1",
    "me": "Case=Acc|Number=Sing|Person=1",
    "my": "Number=Sing|Person=1|Poss=Yes",
    "mine": "Number=Sing|Person=1|Poss=Yes",
    "myself": "Number=Sing|Person=1|Reflex=Yes",
    "we": "Case=Nom|Number=Plur|Person=1",
    "us": "Case=Acc|Number=Plur|Person=1",
    "our": "Number=Plur|Person=1|Poss=Yes",
    "ours": "Number=Plur|Person=1|Poss=Yes",
    "ourselves": "Number=Plur|Person=1|Reflex=Yes",
    "you": "Person=2",
    "your": "Person=2|Poss=Yes",
    "yours": "Person=2|Poss=Yes",
    "yourself": "Number=Sing|Person=2|Reflex=Yes",
    "yourselves": "Number=Plur|Person=2|Reflex=Yes",
    "he": "Case=Nom|Gender=Masc|Number=Sing|Person=3",
    "him": "Case=Acc|Gender=Masc|Number=Sing|Person=3",
    "his": "Gender=Masc|Number=Sing|Person=3|Poss=Yes",
    "himself": "Gender=Masc|Number=Sing|Person=3|Reflex=Yes",
    "she": "Case=Nom|Gender=Fem|Number=Sing|Person=3",
    "her": "Gender=Fem|Number=Sing|Person=3",
    "hers": "Gender=Fem|Number=Sing|Person=3|Poss=Yes",
    "herself": "Gender=Fem|Number=Sing|Person=3|Reflex=Yes",
    "it": "Gender=Neut|Number=Sing|Person=3",
    "its": "Gender=Neut|Number=Sing|Person=3|Poss=Yes",
    "itself": "Gender=Neut|Number=Sing|Person=3|Reflex=Yes",
    "they": "Case=Nom|Number=Plur|Person=3",
    "them": "Case=Acc|Number=Plur|Person=3",
    "their": "Number=Plur|Person=3|Poss=Yes",
    "theirs": "Number=Plur|Person=3|Poss=Yes",
    "themselves": "Number=Plur|Person=3|Reflex=Yes",
    "this": "Number=Sing|PronType=Dem",
    "that": "Number=Sing|PronType=Dem",
    "these": "Number=Plur|PronType=Dem",
    "those": "Number=Plur|PronType=Dem",
}

#: Labels of participles without an auxiliary: "the man killed", "a wounded man".
REDUCED = frozenset({"acl", "amod"})

_NEGATIVE = frozenset(
    {"not", "n't", "n’t", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere"}
)
_BE_PRESENT = {
    "am": "Number=Sing|Person=1",
    "is": "Number=Sing|Person=3",
    "are": "",
    "'m": "Number=Sing|Person=1",
}
_BE_PAST = {"was": "Number=Sing", "were": ""}


@lru_cache(maxsize=50_000)
def morphology(word: str, tag: str, pos: str, *, passive: bool = False) -> str:
    """Return the features of a lower-cased word as Universal Dependencies writes them, sorted by name.

    With `passive` (the word has a passive auxiliary, or one of the labels `REDUCED`) a past participle gets `Voice=Pass`.
    """
    if pos in {"PRON", "DET"}:
        text = _PRONOUNS.get(word, "") if tag in {"PRP", "PRP$", "DT"} else _TAGS.get(tag, "")
    elif word in _BE_PRESENT and pos in {"AUX", "VERB"}:
        text = "|".join(filter(None, ("Mood=Ind", _BE_PRESENT[word], "Tense=Pres", "VerbForm=Fin")))
    elif word in _BE_PAST and pos in {"AUX", "VERB"}:
        text = "|".join(filter(None, ("Mood=Ind", _BE_PAST[word], "Tense=Past", "VerbForm=Fin")))
    else:
        text = _TAGS.get(tag, "")
    features = text.split("|") if text else []
    if tag == "VBN" and passive:
        features.append("Voice=Pass")
    if word in _NEGATIVE and pos in {"PART", "ADV", "DET", "PRON", "CCONJ", "INTJ"}:
        features.append("Polarity=Neg")
    return "|".join(sorted(features))
