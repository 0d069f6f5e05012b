"""Where things lie and what a run may choose: the package's data folders and the `Settings` of a build."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError

__all__ = [
    "APPLICATION",
    "LIBRARIES",
    "LICENCES",
    "MUST",
    "STORE",
    "OwnOntology",
    "Settings",
    "__version__",
    "library_versions",
    "ontology_dir",
]

__version__ = "0.1.0"

#: The mention store in an output folder, and the number by which SQLite files are told apart ("kg01" in ASCII).
STORE, APPLICATION = "store.sqlite", 0x6B673031

#: The file beside a corpus that says which names a person wants merged or kept apart.
MUST = "must.toml"

#: Libraries whose version can change what a build writes.
LIBRARIES = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "graspologic-native",
    "pyvis",
    "rapidfuzz",
)

#: What the package carries, and under which licence.
LICENCES = (
    ("kg", "MIT"),
    ("language model", "CC BY-SA 4.0, see kg/language/data/LICENSE"),
    ("dictionary", "WordNet 3.0 licence, see kg/language/data/WORDNET-LICENSE"),
    ("places", "GeoNames, CC BY 4.0"),
    ("graph drawing", "vis-network, Apache-2.0 or MIT"),
)


def library_versions() -> dict[str, str | None]:
    """Return the installed version of each library that can change what a build writes; None where one is missing."""
    from importlib import metadata

    found: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


@cache
def ontology_dir() -> Path:
    """Return the folder of `kg.ttl`, `lexicon.toml` and `queries/`: beside the package, or in the source tree."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_ontology", package.parent / "ontology"):
        if folder.is_dir():
            return folder
    raise InputError(f"ontology folder not found beside {package}: reinstall kg")


@dataclass(frozen=True, slots=True)
class OwnOntology:
    """What a user's own ontology holds: the texts of its files, "" for one that is not there.

    The texts and not the place: a store carries them along, and equal texts give equal graphs wherever they lie.

    Attributes:
        lexicon: `lexicon.toml`, words and event classes over those of kg.
        mapping: `mapping.toml`, terms of the user's to be written beside those of kg.
        turtle: `ontology.ttl`, more about both.
    """

    lexicon: str = ""
    mapping: str = ""
    turtle: str = ""

    def files(self) -> dict[str, str]:
        """Return the text of each file that is there, by name."""
        texts = {"lexicon.toml": self.lexicon, "mapping.toml": self.mapping, "ontology.ttl": self.turtle}
        return {name: text for name, text in texts.items() if text}

    def sha256(self) -> str:
        """Return a checksum over names and texts."""
        parts = (f"{name} {len(text)}\n{text}" for name, text in self.files().items())
        return hashlib.sha256("".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build may choose. Two builds with equal settings and documents write equal bytes.

    Attributes:
        language_model: a spaCy pipeline by name or path; None is the one that comes with kg.
        seed: for all that is random (layout, communities).
        ontology: the user's own, over that of kg; None for that of kg alone.
    """

    language_model: str | None = None
    seed: int = 0
    ontology: OwnOntology | None = None
