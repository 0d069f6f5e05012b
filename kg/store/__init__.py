"""The mention store: what was given to a folder's builds, and what was found in each document (`store.sqlite`).

`Given` is the set that a graph is a function of: documents, rejections, pairs that a person decided. `Store` keeps it
with the extraction of each document, so that a document is read once: by a later build, after a kill, or when another
document is added or taken away. The graph itself is never kept: it is resolved anew from the extractions.
"""

from kg.store.database import Contents, DamagedStoreError, Store
from kg.store.given import Given
from kg.store.version import extractor_version

__all__ = ["Contents", "DamagedStoreError", "Given", "Store", "extractor_version"]
