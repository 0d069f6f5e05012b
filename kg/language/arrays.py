"""Writing whole columns of annotation into a Doc."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc


def write_columns(doc: Doc, names: Sequence[str], table: NDArray[np.uint64]) -> None:
    """Write a table of a row for each token and a column for each attribute, as spaCy numbers them.

    Strings come as their hash; heads as the distance from the token, negative ones modulo 2**64.
    """
    target: Any = doc  # spaCy's stubs know the arrays of its own library only
    target.from_array(list(names), np.ascontiguousarray(table))
