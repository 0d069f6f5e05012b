"""PLOVER's quad classes: is an event words or deeds, cooperation or conflict."""

from collections.abc import Mapping

__all__ = ["PLOVER_QUADS", "QUADS", "quad"]

PLOVER_QUADS: Mapping[str, str] = {
    "AGREE": "verbal cooperation",
    "CONSULT": "verbal cooperation",
    "SUPPORT": "verbal cooperation",
    "CONCEDE": "verbal cooperation",
    "COOPERATE": "material cooperation",
    "AID": "material cooperation",
    "RETREAT": "material cooperation",
    "REQUEST": "verbal conflict",
    "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict",
    "THREATEN": "verbal conflict",
    "PROTEST": "material conflict",
    "SANCTION": "material conflict",
    "MOBILIZE": "material conflict",
    "COERCE": "material conflict",
    "ASSAULT": "material conflict",
}
"""The quad class of each PLOVER category (Halterman et al. 2023, after CAMEO's verbal/material split)."""

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def quad(plover: str | None) -> str | None:
    """Return the quad class of a PLOVER category; None where there is no category.

    >>> quad("ASSAULT"), quad(None)
    ('material conflict', None)
    """
    return PLOVER_QUADS.get((plover or "").upper())
