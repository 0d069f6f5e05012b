"""What was merged into an entity or event, why, and the lines that undo it: for a reader who sees a wrong merge."""

from collections import defaultdict
from typing import Any

from kg.graph import KnowledgeGraph
from kg.merges import undo
from kg.tables import rows

__all__ = ["merges_of"]

_MOST = 40
"""Merges shown of one entity or event; `kg merges` lists all."""


def merges_of(graph: KnowledgeGraph) -> dict[str, list[dict[str, Any]]]:
    """Return by id of entity or event what it took in: words, document, rule, what it saw, how to undo it.

    Pronouns and other words that refer back within a document are left out: they are explained by `kg merges`, and
    there are too many of them to read.
    """
    number = {document.id: i for i, document in enumerate(graph.documents)}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(graph, "decisions"):
        merges = found[row["subject"]]
        if row["kind"] != "merge" or row["rule"] == "coreference" or len(merges) >= _MOST:
            continue
        shown = {"text": row["text"] or row["object"], "rule": row["rule"], "evidence": row["evidence"]}
        document = row["object"].partition("#")[0]
        if document in number:
            shown["document"] = number[document]
        if lines := undo(row):
            shown["undo"] = lines
        merges.append(shown)
    return {id: merges for id, merges in found.items() if merges}
