"""Where things lie and what a run may choose: the package's data folders and the `Settings` of a build."""

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
class Settings:
    """What a build may choose. Two builds with equal settings and documents write equal bytes.

    Attributes:
        language_model: a spaCy pipeline by name or path; None is the one that comes with kg.
        seed: for all that is random (layout, communities).
    """

    language_model: str | None = None
    seed: int = 0
