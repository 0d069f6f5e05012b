"""Composes the stages: read, extract, resolve, and the files that `kg.output` writes.

    texts -> documents -> extractions -> entities and events -> graph -> files
                             |  store  |

Equal documents and settings give equal bytes in every file, in whatever order the inputs are named, in one build or bit
by bit: what was given is a sorted set before anything else happens (`kg.store.Given`), each extraction depends on its
document alone, all that follows is made anew from the whole set, and no file holds a clock, a path of this machine or
a random number. Only `store.sqlite` is not canonical. The order of a change is: extractions into the store one by one,
files, and last the store's list of what belongs to the graph; killed before its end, it has changed nothing that counts.
"""

from kg.pipeline.changes import Change, add, add_documents, rebuild, remove, remove_documents
from kg.pipeline.stages import Notice
from kg.pipeline.stored import load_graph, status
from kg.pipeline.whole import build, build_graph

__all__ = [
    "Change",
    "Notice",
    "add",
    "add_documents",
    "build",
    "build_graph",
    "load_graph",
    "rebuild",
    "remove",
    "remove_documents",
    "status",
]
