"""What a folder's store tells: its graph, its state, and whether it may be changed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ModelError, OutputError
from kg.graph import KnowledgeGraph
from kg.output import Progress, check_folder, corpus_hash, read_manifest, silent
from kg.pipeline.stages import Notice, Stages, ignore, with_ontology
from kg.store import Contents, Given, Store

__all__ = ["load_graph", "opened", "status"]


def load_graph(out: str | Path) -> KnowledgeGraph:
    """Return the graph of a folder that `build` wrote, resolved from its store without reading a text again.

    Raises:
        OutputError: the folder has no store, one of another version or a damaged one, or is in use.
    """
    with Store.open(out) as store:
        contents = store.contents()
        stages = Stages(contents.settings, silent, ignore)
        check_version(contents, stages, Path(out))
        return stages.resolve(store.given(), store.extractions())


def status(out: str | Path) -> Mapping[str, object]:
    """Return what the store of a folder holds, and whether it fits this kg and the files beside it.

    Returns:
        documents, rejected, characters: counts; `version` of the extractor that read them and `this` one's; `fits`:
        whether they are the same; `files_fit`: whether the files beside it are of these documents; `unfinished`:
        documents that a run has read which was stopped before its end; `damaged`: ids of documents of which the store
        has lost what was found in them; `settings`; `must`: files of pairs; `bytes` of the store and of `files`.

    Raises:
        OutputError: the folder has no store, or one that cannot be read.
    """
    folder = Path(out)
    with Store.open(folder) as store:
        contents, given, path = store.contents(), store.given(), store.path
        finished = sum(store.finished().values())
        _, damaged = store.known(contents.version)
    try:
        this = Stages(contents.settings, silent, ignore).version
    except ModelError as error:
        this = f"none: {error}"
    return {
        "documents": len(given.documents),
        "rejected": len(given.rejected()),
        "characters": sum(len(document.text) for document in given.documents),
        "version": contents.version,
        "this": this,
        "fits": contents.version == this,
        "files_fit": _files_fit(folder, given),
        "unfinished": finished - len(given.documents),
        "damaged": list(damaged),
        "settings": {
            "language_model": contents.settings.language_model,
            "seed": contents.settings.seed,
            "ontology": contents.settings.ontology and contents.settings.ontology.sha256(),
        },
        "must": [location for location, _ in contents.must],
        "bytes": {
            "store": path.stat().st_size,
            "files": sum(item.stat().st_size for item in folder.iterdir() if item.is_file())
            - path.stat().st_size,
        },
    }


@contextmanager
def opened(
    folder: Path,
    progress: Progress | None,
    notice: Notice | None,
    *,
    any_version: bool = False,
    ontology: str | Path | None = None,
) -> Iterator[tuple[Stages, Store]]:
    """Open the store of a finished build alone, with the stages under the settings of that build.

    With `any_version` they may change: to the code of today, and to an ontology that is given.
    """
    check_folder(folder)
    with Store.open(folder, write=True) as store:
        contents = store.contents()
        settings = with_ontology(contents.settings, ontology)
        if settings != contents.settings and not any_version:
            raise OutputError(
                f"{folder} was built with another ontology than {ontology}: run kg rebuild {folder} "
                f"--ontology {ontology}, which reads its texts again, or leave the option out"
            )
        stages = Stages(settings, progress or silent, notice or ignore)
        if not any_version:
            check_version(contents, stages, folder)
        yield stages, store


def check_version(contents: Contents, stages: Stages, folder: Path) -> None:
    if contents.version != stages.version:
        raise OutputError(
            f"{folder} was read by another version ({contents.version}; this is {stages.version}): "
            f"run kg rebuild {folder}, which reads its texts again"
        )


def _files_fit(folder: Path, given: Given) -> bool:
    """Tell whether the files in a folder are of the documents that its store has."""
    try:
        corpus = read_manifest(folder)["corpus"]
        return bool(corpus["sha256"] == corpus_hash(given.documents))
    except (OutputError, KeyError, TypeError):
        return False
