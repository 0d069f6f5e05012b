"""All training and development data of the recipe."""

from dataclasses import dataclass
from pathlib import Path

from kg.language.training.documents import TrainingDocument
from kg.language.training.name_corpora import read_crossner, read_gmb, read_wikigold
from kg.language.training.treebanks import read_ewt, read_gum


@dataclass(frozen=True, slots=True)
class Corpora:
    """All that the recipe reads from one folder."""

    train_syntax: list[TrainingDocument]
    train_names: list[TrainingDocument]
    dev: list[TrainingDocument]


def load(folder: Path, *, silver_weight: float) -> Corpora:
    """Read the corpora under `folder` (as laid out in the maintainers' data folder)."""
    syntax, names = folder / "syntax", folder / "names"
    gold = [
        *read_wikigold(names / "wikigold.txt"),
        *read_crossner(names / "crossner-politics-train.txt"),
        *read_crossner(names / "crossner-politics-dev.txt"),
    ]
    return Corpora(
        train_syntax=[
            *read_ewt(syntax / "ewt-train.conllu", names / "uner-ewt-train.iob2"),
            *read_gum(syntax / "gum-train.conllu"),
        ],
        train_names=[*gold, *read_gmb(names / "gmb.csv.zip", silver_weight)],
        dev=[
            *read_ewt(syntax / "ewt-dev.conllu", names / "uner-ewt-dev.iob2"),
            *read_gum(syntax / "gum-dev.conllu"),
        ],
    )
