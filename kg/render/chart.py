"""Static plots as SVG of our own: bars beside names, stacked columns over time. No script, no style but classes.

Colours and fonts come from the style sheet of the page that holds them, so that dark mode and print reach them; each bar has
a `<title>` that says its number, and the whole a text for those who do not see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Bar", "bars", "columns", "text_bar"]

_ROW, _LABELS, _BARS = 24, 180, 500
_WIDTH = 640
_TALL, _LEFT, _BELOW, _ABOVE = 210, 34, 26, 12
_LONGEST = 28  # letters of a label
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of `bars`: a name, its parts one after the other by class, and where it leads."""

    label: str
    parts: Mapping[str, int]
    href: str | None = None

    @property
    def total(self) -> int:
        """What all parts add up to."""
        return sum(self.parts.values())


def bars(rows: Sequence[Bar], *, caption: str) -> Markup:
    """Return horizontal bars, longest first as given; the class of each part is "part" and its name, joined by "-".

    >>> "<title>Ann: acts 3</title>" in bars([Bar("Ann", {"acts": 3})], caption="Who acts")
    True
    """
    most = max((row.total for row in rows), default=0) or 1
    room = _BARS - _LABELS - 36
    drawn = []
    for number, row in enumerate(rows):
        y = number * _ROW
        x = float(_LABELS)
        inside = Markup('<text class="name" x="{}" y="{}" text-anchor="end">{}</text>').format(
            _LABELS - 8, y + 16, _short(row.label)
        )
        for name, value in row.parts.items():
            width = value / most * room
            inside += Markup(
                '<rect class="part {}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
            ).format(_class(name), _round(x), y + 4, _round(width), _ROW - 8, f"{row.label}: {name} {value}")
            x += width
        inside += Markup('<text class="value" x="{}" y="{}">{}</text>').format(
            _round(x + 6), y + 16, row.total
        )
        drawn.append(Markup('<a href="{}">{}</a>').format(row.href, inside) if row.href else inside)
    return _svg("bars", _BARS, max(1, len(rows)) * _ROW, caption, Markup("").join(drawn))


def columns(periods: Mapping[str, Mapping[str, int]], *, caption: str) -> Markup:
    """Return stacked columns, one a period, in the order given.

    Args:
        periods: by name of the period, how many of each kind; the kinds of the first hold for all.
        caption: what it shows, in words.
    """
    kinds = list(next(iter(periods.values()), {}))
    most = max((sum(counts.values()) for counts in periods.values()), default=0) or 1
    step = _nice(most / _TICKS)
    top = step * -(-most // step)
    high = _TALL - _ABOVE - _BELOW
    wide = (_WIDTH - _LEFT) / max(1, len(periods))
    drawn = [_grid(step, top, high)]
    every = -(-len(periods) // 10)  # a label needs the room of a tenth
    for number, (period, counts) in enumerate(periods.items()):
        x, y = _LEFT + number * wide, float(_TALL - _BELOW)
        for kind in kinds:
            height = counts[kind] / top * high
            y -= height
            if counts[kind]:
                drawn.append(
                    Markup('<rect class="part {}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                        _class(kind), _round(x + wide * 0.12), _round(y), _round(wide * 0.76), _round(height),
                        f"{period}: {kind} {counts[kind]}",
                    )
                )  # fmt: skip
        if number % every == 0:
            drawn.append(
                Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    _round(x + wide / 2), _TALL - 8, period
                )
            )
    return _svg("columns", _WIDTH, _TALL, caption, Markup("").join(drawn))


def _grid(step: int, top: int, high: int) -> Markup:
    lines = Markup("")
    for value in range(0, top + 1, step):
        y = _round(_TALL - _BELOW - value / top * high)
        lines += Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="tick" x="{}" y="{}" text-anchor="end">{}</text>'
        ).format(_LEFT, _WIDTH, y, y, _LEFT - 6, _round(y + 4), value)
    return lines


def text_bar(value: int, most: int, *, width: int = 24) -> str:
    """Return a bar of block letters, for Markdown.

    >>> text_bar(3, 4, width=4), text_bar(1, 1000, width=4), text_bar(0, 4)
    ('███', '▏', '')
    """
    if value <= 0 or most <= 0:
        return ""
    return "█" * round(value / most * width) or "▏"


def _svg(kind: str, width: int, height: int, caption: str, inside: Markup) -> Markup:
    return Markup(
        '<svg class="chart {}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>'
    ).format(kind, width, height, width, height, caption, inside)


def _nice(value: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50, ..."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor >= value:
                return size * factor
        size *= 10


def _class(name: str) -> str:
    return "part-" + "-".join(str(escape(name)).lower().split())


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _round(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
