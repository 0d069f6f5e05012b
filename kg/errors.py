"""Everything that `kg` raises on purpose.

    KgError
    ├── InputError       a document, folder, manifest or option that cannot be used
    ├── LexiconError     an entry of the lexicon or the ontology that contradicts the rest
    ├── ModelError       a language pipeline that is missing, broken or unknown
    ├── OutputError      an output folder or file that is missing, foreign or cannot be written
    └── QueryError       a SPARQL query that does not parse, is not allowed, or does not exist

A message is one line: what failed, the value, what is allowed, the next step.
"""

__all__ = ["InputError", "KgError", "LexiconError", "ModelError", "OutputError", "QueryError"]


class KgError(Exception):
    """Base of all errors that `kg` raises on purpose; its text is one line for a person to read."""


class InputError(KgError):
    """A document, folder, manifest or option that cannot be used."""


class LexiconError(KgError):
    """An entry of the lexicon or the ontology that contradicts the rest; names file and entry."""


class ModelError(KgError):
    """A language pipeline that is missing, broken or unknown."""


class OutputError(KgError):
    """An output folder or file that is missing, foreign or cannot be written."""


class QueryError(KgError):
    """A SPARQL query that does not parse, is not allowed, or does not exist."""
