"""Writes the folder that a build leaves: tables, Turtle, GraphML, page, report, and a manifest over them all."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.analyse import analyse, write_graphml
from kg.config import LICENCES, Settings, __version__, library_versions
from kg.datamodel import Document
from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.ids import digest
from kg.rdf import own_ontology_of, write_turtle
from kg.render import render_report, render_report_page, write_page
from kg.tables import TABLES, write_tables

__all__ = [
    "FILES",
    "Progress",
    "check_folder",
    "corpus_hash",
    "read_manifest",
    "save",
    "silent",
]

#: What `save` writes, in the order in which the files take their names; the manifest vouches for the others.
FILES = (
    "documents.jsonl",
    "entities.jsonl",
    "events.jsonl",
    "relations.jsonl",
    "decisions.jsonl",
    "contradictions.jsonl",
    "graph.ttl",
    "graph.graphml",
    "graph.html",
    "report.md",
    "report.html",
    "manifest.json",
)

#: Written too where a user's own ontology is part of the graph's: all that graph.ttl is written in.
ONTOLOGY = "ontology.ttl"

_UNFINISHED = ".unfinished-"

#: Told the stage, how many documents or files are done, and how many there will be (None: not known yet).
Progress = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """Take the place of a progress display where nobody looks."""


def save(graph: KnowledgeGraph, out: Path, *, progress: Progress | None = None) -> Path:
    """Write all views of `graph` into the folder `out`, and return it.

    Every file is written in full beside its place before the first one takes it, so each file in `out` is the old or
    the new one, never half of one, and a build that fails while writing leaves an earlier one as it was. The files
    take their places one after the other: a failure between two of them leaves both kinds, and manifest.json, the
    last of them, with checksums that the new ones do not match.

    Raises:
        OutputError: the folder or a file cannot be written, or `out` holds a manifest.json that is not kg's.
    """
    tell = progress or silent
    check_folder(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out))
        try:
            names = _names(graph)
            for number, _ in enumerate(_write(graph, unfinished), 1):
                tell("write", number, len(names))
            for name in names:
                _flush(unfinished / name)
            stale = _stale(out, names)
            for name in names:
                os.replace(unfinished / name, out / name)
            for path in stale:
                path.unlink(missing_ok=True)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"output folder {out} cannot be written: {reason}; name another with -o") from error
    return out


def sweep(out: Path) -> None:
    """Remove what killed runs left half written; for one who knows that nobody else writes into `out` now."""
    for folder in out.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)


def check_folder(out: Path) -> None:
    """Raise OutputError where `out` is no folder and cannot become one, or holds another program's manifest.json."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"output {out} is a file: name a folder with -o")
    if os.path.lexists(out / "manifest.json"):
        try:
            read_manifest(out)
        except OutputError as error:
            raise OutputError(
                f"output {out} holds a manifest.json that is not kg's: name another folder with -o, or remove it"
            ) from error


def read_manifest(out: Path) -> dict[str, Any]:
    """Return the manifest of a folder that a build wrote.

    Raises:
        OutputError: there is none, or it cannot be read.
    """
    path = out / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OutputError(
            f"{out} is no output of kg (no manifest.json): run kg build INPUT -o {out}"
        ) from None
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise OutputError(f"{path} is damaged ({error}): remove it and run kg build again") from error
    if not isinstance(manifest, dict) or "kg" not in manifest:
        raise OutputError(f"{path} was not written by kg: name the folder of a build")
    return manifest


def _names(graph: KnowledgeGraph) -> tuple[str, ...]:
    """Return the names of the files of a graph, manifest.json last."""
    own = graph.run is not None and graph.run.settings.ontology is not None
    return (ONTOLOGY, *FILES) if own else FILES


def _stale(out: Path, names: Sequence[str]) -> list[Path]:
    """Return what an earlier build with an ontology of its own has left: beside a graph without one it would mislead."""
    try:
        listed = read_manifest(out)["files"]
    except (OutputError, KeyError):
        return []
    return [out / ONTOLOGY] if ONTOLOGY in listed and ONTOLOGY not in names else []


def _write(graph: KnowledgeGraph, folder: Path) -> Iterator[str]:
    """Write each of the files into `folder`, and yield its name when it is done."""
    if own := own_ontology_of(graph):
        (folder / ONTOLOGY).write_bytes(own)
        yield ONTOLOGY
    write_tables(graph, folder)
    yield from (f"{table}.jsonl" for table in TABLES)
    write_turtle(graph, folder / "graph.ttl", run=graph.run.facts() if graph.run else None)
    yield "graph.ttl"
    write_graphml(graph, folder / "graph.graphml")
    yield "graph.graphml"
    analysis = analyse(graph, seed=graph.run.settings.seed if graph.run else 0)
    write_page(graph, analysis, folder / "graph.html", title=graph.title, provenance=_provenance(graph))
    yield "graph.html"
    report = render_report(graph, analysis, title=graph.title, provenance=_provenance(graph))
    (folder / "report.md").write_text(report, encoding="utf-8", newline="\n")
    yield "report.md"
    report_page = render_report_page(graph, analysis, title=graph.title, provenance=_provenance(graph))
    (folder / "report.html").write_text(report_page, encoding="utf-8", newline="\n")
    yield "report.html"
    manifest = json.dumps(_manifest(graph, folder), ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_text(manifest, encoding="utf-8", newline="\n")
    yield "manifest.json"


def _flush(path: Path) -> None:
    """Have the file on the disk, so that no crash can leave an empty one under the final name."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _provenance(graph: KnowledgeGraph) -> dict[str, str]:
    """Return what page and report say about how they were made."""
    made = {"Made by": f"kg {graph.run.version if graph.run else __version__}"}
    if graph.run is not None:
        made["Language model"] = graph.run.model
        made["Seed"] = str(graph.run.settings.seed)
        if own := graph.run.settings.ontology:
            made["Ontology"] = f"{', '.join(own.files())} over that of kg, sha256 {own.sha256()[:16]}"
    made["Corpus"] = f"{len(graph.documents)} documents, sha256 {corpus_hash(graph.documents)[:16]}"
    made["Licences"] = "; ".join(f"{name}: {licence}" for name, licence in LICENCES)
    return made


def corpus_hash(documents: Iterable[Document]) -> str:
    """Return a hash over the ids of the documents, which follow from their bytes and metadata."""
    return digest(*sorted(document.id for document in documents), length=64)


def _manifest(graph: KnowledgeGraph, folder: Path) -> dict[str, Any]:
    """Return what was read, what was made of it, and with what: enough to check a copy or to build it again."""
    run = graph.run
    encodings = dict(run.encodings) if run else {}
    rejections = run.rejections if run else ()
    done = [
        {"path": document.path, "status": "done", "id": document.id, "encoding": encodings.get(document.id)}
        for document in sorted(graph.documents, key=lambda document: (document.path, document.id))
    ]
    rejected = [{"path": item.path, "status": "rejected", "reason": item.reason} for item in rejections]
    return {
        "kg": run.version if run else __version__,
        "model": run.model if run else None,
        "settings": _settings(run.settings) if run else None,
        "pairs": list(run.pairs) if run else [],
        "libraries": library_versions(),
        "licences": dict(LICENCES),
        "corpus": {
            "sha256": corpus_hash(graph.documents),
            "characters": sum(len(document.text) for document in graph.documents),
        },
        "counts": {
            "documents": len(graph.documents),
            "rejected": len(rejections),
            "entities": len(graph.entities),
            "events": len(graph.events),
            "relations": len(graph.relations),
            "contradictions": len(graph.contradictions),
        },
        "documents": done + rejected,
        "files": {
            name: _file_facts(folder / name) for name in sorted(_names(graph)) if name != "manifest.json"
        },
    }


def _settings(settings: Settings) -> dict[str, object]:
    """Return the settings; of a pipeline only the name, for paths differ between machines; of texts the checksums."""
    model, own = settings.language_model, settings.ontology
    return {
        **asdict(settings),
        "language_model": model and Path(model).name,
        "ontology": own
        and {name: hashlib.sha256(text.encode()).hexdigest() for name, text in own.files().items()},
    }


def _file_facts(path: Path) -> dict[str, object]:
    with path.open("rb") as stream:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
