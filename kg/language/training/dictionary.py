"""Compiles the dictionary that chooses among lemma scripts: `python -m kg.language.training.dictionary`.

The words are WordNet's verbs and nouns and its irregular forms, as distributed in the package spacy-lookups-data, with the
predicates of `ontology/lexicon.toml` added; WordNet's licence goes beside them.
"""

import gzip
import importlib.util
import json
import tomllib
from pathlib import Path
from typing import Any

from kg.config import ontology_dir
from kg.errors import InputError
from kg.language.model import DICTIONARY, SHIPPED

__all__ = ["compile_dictionary"]

_TAGS = {"VERB": ("verb", "verbs"), "NOUN": ("noun", "nouns")}
_LICENCE = "WORDNET-LICENSE"


def compile_dictionary(out: Path = SHIPPED) -> Path:
    """Write the dictionary and WordNet's licence into `out`; returns the dictionary's path.

    Raises:
        InputError: the package spacy-lookups-data is not installed.
    """
    package = importlib.util.find_spec("spacy_lookups_data")
    if package is None or package.origin is None:
        raise InputError("the dictionary is compiled from spacy-lookups-data: pip install 'kg[train]'")
    folder = Path(package.origin).parent / "data"
    index, irregular = (_read(folder / f"en_lemma_{name}.json.gz") for name in ("index", "exc"))
    lexicon = tomllib.loads((ontology_dir() / "lexicon.toml").read_text(encoding="utf-8"))
    dictionary: dict[str, dict[str, Any]] = {"words": {}, "irregular": {}}
    for tag, (part, section) in _TAGS.items():
        words = {word for word in (*index[part], *lexicon[section]) if word.isalpha() and word.islower()}
        forms = {
            form: lemmas[0] for form, lemmas in irregular[part].items() if form.isalpha() and len(lemmas) == 1
        }
        dictionary["words"][tag] = sorted(words)
        dictionary["irregular"][tag] = dict(sorted(forms.items()))
    path = out / DICTIONARY
    path.write_text(json.dumps(dictionary, separators=(",", ":")) + "\n", encoding="utf-8")
    (out / _LICENCE).write_text((folder / "en_license.txt").read_text(encoding="utf-8"), encoding="utf-8")
    return path


def _read(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    compile_dictionary()
