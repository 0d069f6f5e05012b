"""The version of the extractor: all that decides what is found in a document, beside the document itself."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from kg.config import __version__, ontology_dir

__all__ = ["extractor_version"]

#: Libraries that take part in reading a text; the others only shape what is written.
_LIBRARIES = ("spacy", "onnxruntime", "tokenizers", "numpy")
_PACKAGE = Path(__file__).resolve().parent.parent
#: Not read when a text is: the recipe for training, and weights, whose checksum the model's version holds.
_LEFT_OUT = ("training", "__pycache__")
_READ = (".py", ".toml", ".json", ".txt")


def extractor_version(model: str, lexicon: str = "") -> str:
    """Return the version under which extractions are kept: equal versions find the same in the same document.

    Args:
        model: name, version and checksum of the language pipeline.
        lexicon: text of a user's own; "" where there is none.

    It names kg's version and the model, and ends in a hash over the code and the word lists that extraction reads and
    the versions of the libraries below it, so that a changed lexicon or rule is another version too. The processor is
    not part of it: the last digits of the network's numbers may differ between kinds of processors.
    """
    own = f", own lexicon {hashlib.sha256(lexicon.encode()).hexdigest()[:12]}" if lexicon else ""
    return f"kg {__version__}, {model}, rules {_rules()}{own}"


@cache
def _rules() -> str:
    sha = hashlib.sha256()
    for library in _LIBRARIES:
        sha.update(f"{library} {metadata.version(library)}\n".encode())
    for name, path in _files():
        data = path.read_bytes().replace(b"\r\n", b"\n")
        sha.update(f"{name} {len(data)}\n".encode() + data)
    return sha.hexdigest()[:12]


def _files() -> Iterator[tuple[str, Path]]:
    """Yield name and place of each file that extraction reads, sorted by name."""
    for path in sorted(ontology_dir().glob("*.toml")):
        yield path.name, path
    yield "datamodel.py", _PACKAGE / "datamodel.py"
    for part in ("extract", "language"):
        for path in sorted((_PACKAGE / part).rglob("*"), key=Path.as_posix):
            name = path.relative_to(_PACKAGE)
            if path.suffix in _READ and not set(_LEFT_OUT) & set(name.parts):
                yield name.as_posix(), path
