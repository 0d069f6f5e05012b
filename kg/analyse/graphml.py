"""The whole graph as GraphML."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.analyse.networks import to_networkx
from kg.graph import KnowledgeGraph

__all__ = ["write_graphml"]

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph as GraphML for Gephi, yEd, Cytoscape or networkx.

    GraphML knows no lists: they are joined by " | "; what is missing is left out. Edges get ids e0, e1, ... in
    sorted order and their key as attribute `name`; characters that XML forbids become "�". Raises OSError.
    """
    flat = _flat(to_networkx(graph))
    nx.readwrite.graphml.write_graphml_xml(flat, path, encoding="utf-8", prettyprint=True, named_key_ids=True)


def _flat(nx_graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a copy whose attributes are str, int or float only, and whose edge keys are unique."""
    flat = nx.MultiDiGraph()
    for node in sorted(nx_graph):
        flat.add_node(node, **_flat_attributes(nx_graph.nodes[node]))
    edges = sorted(nx_graph.edges(keys=True), key=lambda edge: (edge[0], edge[1], edge[2]))
    for number, (source, target, key) in enumerate(edges):
        attributes = _flat_attributes(nx_graph.edges[source, target, key])
        flat.add_edge(source, target, f"e{number}", name=key, **attributes)
    return flat


def _flat_attributes(attributes: Mapping[str, Any]) -> dict[str, str | int | float]:
    flat: dict[str, str | int | float] = {}
    for name in sorted(attributes):
        value = attributes[name]
        if isinstance(value, tuple):
            value = " | ".join(value)
        if isinstance(value, str):
            value = _NOT_XML.sub("\ufffd", value)
        if value is not None and value != "":
            flat[name] = value
    return flat
