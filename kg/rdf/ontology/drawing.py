"""The class tree of an ontology as one SVG: a card a tree, in bands of columns. Equal trees give equal bytes.

No script, no font and no picture from elsewhere; each name shows its comment when one points at it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from kg.ids import ONTOLOGY
from kg.rdf.ontology.class_tree import OntologyTree, Term

__all__ = ["class_drawing"]

_COLUMNS, _WIDTH, _GAP, _MARGIN = 6, 250, 16, 28
_ROW, _INDENT, _PAD, _HEAD = 18, 16, 10, 26
_BAND = 44  # height of a band's heading
_LONGEST = 31  # letters of a name that fit into a card

_STYLE = (
    "text{font:13px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1d2733}"
    ".title{font-size:24px;font-weight:600}.band{font-size:17px;font-weight:600}"
    ".head{font-weight:600}.code{font-size:11px;fill:#55616e;letter-spacing:.04em}.note{fill:#55616e}"
    ".card{fill:#fff;stroke:#cbd3dc}.thing{fill:#e6eef7}.plover{fill:#fbe9dc}.other{fill:#e7f2e9}"
    "path{fill:none;stroke:#9aa6b2}"
)

_Band = tuple[str, str, tuple[Term, ...]]


def class_drawing(tree: OntologyTree) -> str:
    """Return the drawing: things and words first, events of the sixteen categories, then other events."""
    parts: list[str] = []
    top = 84
    for heading, kind, roots in _bands(tree):
        parts.append(f'<text class="band" x="{_MARGIN}" y="{top + 26}">{escape(heading)}</text>')
        top += _BAND
        placed, height = _place(roots, top)
        parts.extend(part for card in placed for part in card.draw(kind))
        top += height + _GAP
    width = 2 * _MARGIN + _COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP
    count = sum(root.count() for root in tree.classes)
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" viewBox="0 0 {width} {top}" role="img">',
        f"<title>{escape(tree.title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{top}" fill="#f6f8fa"/>',
        f'<text class="title" x="{_MARGIN}" y="44">{escape(tree.title)}</text>',
        f'<text class="note" x="{_MARGIN}" y="68">Version {escape(tree.version)}, {count} classes</text>',
    ]
    return "\n".join([*head, *parts, "</svg>", ""])


def _bands(tree: OntologyTree) -> Iterator[_Band]:
    events = [root for root in tree.classes if root.iri == ONTOLOGY + "Event"]
    things = tuple(root for root in tree.classes if root not in events)
    below = [term for root in events for term in root.below]
    bands = (
        ("Things, words and records", "thing", things),
        ("Events, by the categories of PLOVER", "plover", tuple(term for term in below if term.notation)),
        ("Other events", "other", tuple(term for term in below if not term.notation)),
    )
    yield from (band for band in bands if band[2])


@dataclass(frozen=True, slots=True)
class _Card:
    """A tree in its place."""

    root: Term
    x: int
    y: int

    def draw(self, kind: str) -> Iterator[str]:
        x, y, height = self.x, self.y, _height(self.root)
        yield f'<rect class="card" x="{x}" y="{y}" width="{_WIDTH}" height="{height}" rx="5"/>'
        yield f'<rect class="{kind}" x="{x + 1}" y="{y + 1}" width="{_WIDTH - 2}" height="{_HEAD - 2}" rx="4"/>'
        yield _name(self.root, x + _PAD, y + 18, "head")
        if code := self.root.notation or ", ".join(self.root.elsewhere[:1]):
            yield (
                f'<text class="code" x="{x + _WIDTH - _PAD}" y="{y + 17}" text-anchor="end">{escape(code)}</text>'
            )
        yield from self._rows()

    def _rows(self) -> Iterator[str]:
        """Yield the names below the root, each with the line that leads to it from the one above it."""
        last: dict[int, int] = {}
        for row, (depth, term) in enumerate([*self.root.walk()][1:]):
            middle = self.y + _HEAD + 6 + row * _ROW + _ROW // 2
            start = last.get(depth - 1, self.y + _HEAD)
            trunk = self.x + _PAD + 4 + (depth - 1) * _INDENT
            last[depth] = middle + 7
            yield f'<path d="M{trunk} {start}V{middle}H{trunk + 9}"/>'
            yield _name(term, trunk + 13, middle + 4, "")


def _name(term: Term, x: int, y: int, style: str) -> str:
    words = term.name.removeprefix("kg:")
    shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{x}" y="{y}">{escape(shown)}<title>{escape(term.comment)}</title></text>'


def _height(root: Term) -> int:
    rows = root.count() - 1
    return _HEAD + (12 + rows * _ROW if rows else 0)


def _place(roots: Sequence[Term], top: int) -> tuple[list[_Card], int]:
    """Give each tree the column that is shortest so far, tall ones first; return the cards and the band's height."""
    filled = [0] * _COLUMNS
    cards = []
    for root in sorted(roots, key=lambda root: (-root.count(), root.name)):
        column = filled.index(min(filled))
        cards.append(_Card(root, _MARGIN + column * (_WIDTH + _GAP), top + filled[column]))
        filled[column] += _height(root) + _GAP
    return cards, max(filled)
