"""The report: one page for a desk editor, as Markdown and as HTML; every number leads to the sentences that it counts.

Both are made of the same records (`kg.render.content`). The HTML is one file that works offline: no script at all, one style
sheet that the Content-Security-Policy allows by its hash, and plots as inline SVG.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.graph import KnowledgeGraph
from kg.read.records import Rejection
from kg.render.chart import Bar, bars, columns, text_bar
from kg.render.citations import Number
from kg.render.content import report_content
from kg.render.page import environment

__all__ = ["escape_markdown", "render_report", "render_report_page"]

_SPECIAL = re.compile(r"([\\`*_\[\]|<>~&$])")
_AT_START = re.compile(r"^(\d{0,9})([-+#=.)])")
_NO_TEXT = ("Cc", "Cf", "Cs")


class _Markdown(str):
    """Text that is Markdown already and goes into the report as it is."""


def render_report(
    graph: KnowledgeGraph,
    analysis: Mapping[str, Any],
    *,
    title: str,
    provenance: Mapping[str, str],
    rejected: Sequence[Rejection] | None = None,
) -> str:
    """Return the report as Markdown (CommonMark with tables); the same graph gives the same text.

    Args:
        graph: what a build found.
        analysis: what `kg.analyse.analyse` says about this graph.
        title: heading.
        provenance: how it was made, in order.
        rejected: inputs that were not read; those of the graph's run where not given.
    """
    content = report_content(
        graph, analysis, title=title, provenance=provenance, rejected=_rejected(graph, rejected)
    )
    return _markdown().get_template("report.md.j2").render(content, text_bar=text_bar)


def render_report_page(
    graph: KnowledgeGraph,
    analysis: Mapping[str, Any],
    *,
    title: str,
    provenance: Mapping[str, str],
    rejected: Sequence[Rejection] | None = None,
) -> str:
    """Return the report as one HTML text with the same content as `render_report`; the arguments are the same."""
    content = report_content(
        graph, analysis, title=title, provenance=provenance, rejected=_rejected(graph, rejected)
    )
    style = (
        files("kg.render")
        .joinpath("templates", "report.css")
        .read_text(encoding="utf-8")
        .replace("\r\n", "\n")
    )
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            content,
            style=Markup(style),  # noqa: S704 - our own file
            policy=_policy(style),
            plots=_plots(content),
            day=_day,
        )
    )


def _rejected(graph: KnowledgeGraph, rejected: Sequence[Rejection] | None) -> Sequence[Rejection]:
    if rejected is not None:
        return rejected
    return graph.run.rejections if graph.run else ()


def _policy(style: str) -> str:
    """Return the Content-Security-Policy: our style by its hash, and nothing else."""
    found = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{found}'; base-uri 'none'; form-action 'none'"


def _plots(content: Mapping[str, Any]) -> dict[str, Markup]:
    """Return the plots of the report by name; none of what has no rows."""
    quads = content["quads"]
    plots = {
        "actors": bars(
            _bars(content["actors"], acts="acts", affected="acted on"), caption="Who acts and is acted on"
        ),
        "places": bars(_bars(content["places"], events="events"), caption="Where most happens"),
        "sources": bars(
            _bars(content["sources"], events="events"), caption="Who is quoted for how many events"
        ),
        "quads": columns(
            quads["counts"], caption=f"Events between two by {quads['period']} of report: words and deeds"
        ),
    }
    rows = {**{name: content[name] for name in ("actors", "places", "sources")}, "quads": quads["counts"]}
    return {name: plot for name, plot in plots.items() if rows[name]}


def _bars(rows: Sequence[Mapping[str, Any]], **parts: str) -> list[Bar]:
    """Return rows as bars: `parts` has for each key of a number how the bar calls it; the first one gives the link."""
    first = next(iter(parts))
    return [
        Bar(row["label"], {name: row[key].value for key, name in parts.items()}, row[first].href)
        for row in rows
    ]


# ----------------------------------------------------------------- Markdown


def escape_markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is: marks escaped, line breaks and direction marks gone.

    >>> escape_markdown("*a* <b>\n[c](d)")
    '\\*a\\* \\<b\\> \\[c\\](d)'
    >>> escape_markdown("- no list"), escape_markdown("2. no list")
    ('\\- no list', '2\\. no list')
    """
    kept = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in _NO_TEXT)
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", kept))


@cache
def _markdown() -> Environment:
    """Return the Jinja environment of the Markdown: whatever is not `_Markdown` is escaped."""

    def finish(value: Any) -> str:
        return value if isinstance(value, _Markdown) else escape_markdown(str(value))

    found = Environment(
        loader=PackageLoader("kg.render"),
        autoescape=False,  # noqa: S701 - `finalize` escapes, for Markdown
        finalize=finish,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["markdown"] = _Markdown  # what a macro wrote
    found.filters["link"] = _link
    found.filters["number"] = _number
    found.filters["day"] = _day
    found.filters["sum_of"] = _sum
    return found


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _sum(counted: Mapping[str, int]) -> int:
    return sum(counted.values())


def _number(number: Number) -> _Markdown:
    return _Markdown(f"[{number.value}]({number.href})" if number.href else str(number.value))


def _link(text: str, url: str | None) -> _Markdown:
    """Return a Markdown link, or the text alone where there is no web address."""
    shown = escape_markdown(text)
    return _Markdown(f"[{shown}](<{quote(url, safe=':/?#@!$&+,;=%~.-_')}>)" if url else shown)
