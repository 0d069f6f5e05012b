"""kg: from news text to a graph of who did what to whom, where and when, and who says so.

    import kg
    graph = kg.build("seeds/")
    graph.frame("events")

What stands in `__all__` is the public interface. It is loaded when it is first used, so that `import kg` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.config import __version__

if TYPE_CHECKING:
    from kg.config import Settings as Settings
    from kg.datamodel import Document as Document
    from kg.datamodel import Entity as Entity
    from kg.datamodel import Event as Event
    from kg.datamodel import Relation as Relation
    from kg.errors import InputError as InputError
    from kg.errors import KgError as KgError
    from kg.errors import LexiconError as LexiconError
    from kg.errors import ModelError as ModelError
    from kg.errors import OutputError as OutputError
    from kg.errors import QueryError as QueryError
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.pipeline import add as add
    from kg.pipeline import build as build
    from kg.pipeline import load_graph as load_graph
    from kg.pipeline import rebuild as rebuild
    from kg.pipeline import remove as remove
    from kg.rdf import from_rdf as from_rdf
    from kg.rdf.checks.validate import ValidationReport as ValidationReport
    from kg.rdf.checks.validate import validate as validate

_HOME = {
    "add": "kg.pipeline",
    "build": "kg.pipeline",
    "load_graph": "kg.pipeline",
    "rebuild": "kg.pipeline",
    "remove": "kg.pipeline",
    "validate": "kg.rdf.checks.validate",
    "ValidationReport": "kg.rdf.checks.validate",
    "from_rdf": "kg.rdf",
    "KnowledgeGraph": "kg.graph",
    "Settings": "kg.config",
    "Document": "kg.datamodel",
    "Entity": "kg.datamodel",
    "Event": "kg.datamodel",
    "Relation": "kg.datamodel",
    "KgError": "kg.errors",
    "InputError": "kg.errors",
    "LexiconError": "kg.errors",
    "ModelError": "kg.errors",
    "OutputError": "kg.errors",
    "QueryError": "kg.errors",
}

__all__ = [
    "Document",
    "Entity",
    "Event",
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "LexiconError",
    "ModelError",
    "OutputError",
    "QueryError",
    "Relation",
    "Settings",
    "ValidationReport",
    "__version__",
    "add",
    "build",
    "from_rdf",
    "load_graph",
    "rebuild",
    "remove",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
