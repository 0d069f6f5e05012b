"""From text to mentions: entities, times, events with roles, status and attribution, relations.

`extract` and `extract_doc` load spaCy when they are first used; the lexicon needs no spaCy, and its readers none either.
"""

from typing import Any

__all__ = ["extract", "extract_doc"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from kg.extract import document

        return getattr(document, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
