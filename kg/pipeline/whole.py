"""A build of all in one go."""

import os
from dataclasses import replace
from pathlib import Path

from kg.config import Settings
from kg.graph import KnowledgeGraph
from kg.output import Progress, silent
from kg.pipeline.inputs import Inputs, as_list, check_apart, check_given, read_inputs
from kg.pipeline.stages import Notice, Stages, ignore, warn, warn_of, with_ontology

__all__ = ["build", "build_graph"]


def build(
    inputs: Inputs,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    manifest: str | Path | None = None,
    must: str | Path | None = None,
    ontology: str | Path | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read articles and return the graph of what they say; write it into the folder `out` if one is named.

    Args:
        inputs: files, folders, patterns, or "-" for standard input (see `kg.read.read`).
        out: the folder to write into; it is made where it is missing. What its store has of these documents is not
            read again.
        settings: what may be chosen; None for the defaults.
        manifest: metadata of the articles, in place of the manifests that stand beside them.
        must: pairs of names to merge or keep apart, in place of the `must.toml` that stand beside them.
        ontology: folder of an ontology of your own, over that of kg (see `kg.rdf.ontology.own`); None for that of the settings.
        progress: called after each document and each file.

    Raises:
        InputError: no document could be read, or a manifest, file of pairs or folder of an ontology cannot be used.
        LexiconError: the ontology names what neither it nor kg's has.
        ModelError: the language pipeline cannot be loaded.
        OutputError: `out` cannot be written, or is in use.

    Warns:
        UserWarning: some inputs were turned away; `graph.run.rejections` lists them. Or the store was damaged.
    """
    graph = build_graph(
        inputs,
        out=out,
        settings=settings,
        manifest=manifest,
        must=must,
        ontology=ontology,
        progress=progress,
        notice=warn,
    )
    warn_of(graph.run.rejections if graph.run else ())
    return graph


def build_graph(
    inputs: Inputs,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    manifest: str | Path | None = None,
    must: str | Path | None = None,
    ontology: str | Path | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> KnowledgeGraph:
    """Do what `build` does, and leave it to the caller to tell of rejections."""
    settings = with_ontology(_kept(settings or Settings()), ontology)
    stages = Stages(settings, progress or silent, notice or ignore)
    names = as_list(inputs)
    folder = None if out is None else Path(out)
    if folder is not None:
        check_apart(folder, names)
    given = read_inputs(names, manifest, must, stages.tell)
    check_given(given, names)
    if folder is None:
        given, extractions = stages.extract(given)
        check_given(given, names)
        return stages.resolve(given, extractions)
    with stages.store(folder) as store:
        given, extractions = stages.extract(given, store)
        check_given(given, names)
        return stages.write(given, extractions, store)


def _kept(settings: Settings) -> Settings:
    """Return the settings with the place of a pipeline made absolute, so that they hold wherever kg runs next."""
    model = settings.language_model
    if model is None or not Path(model).is_dir():
        return settings
    return replace(settings, language_model=os.path.abspath(model))
