"""The page: one offline HTML file with the network, its evidence, and the tools to ask it.

Nothing in it runs but our own scripts and vis-network: the Content-Security-Policy allows these by hash and
forbids every address. The data is JSON inside a script element of type application/json, where no text can end
the element or become markup, and reaches the screen through `textContent` alone.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.render.columns import packed
from kg.render.view import view_model

__all__ = ["SCRIPTS", "environment", "json_for_html", "page_of_view", "render_page", "to_pyvis", "write_page"]

_LOGIC = (
    "text", "words", "facts", "state", "paths", "visible", "places", "room", "find", "rows", "selection", "graphml", "turtle",
    "bins", "address",
)  # fmt: skip
"""Scripts that know the data alone: given `DATA`, they run without a page."""

_SCREEN = (
    "base", "icons", "style", "tips", "labels", "network", "search", "cards", "panel", "overview", "timeline", "table",
    "legend", "notice", "export", "select", "trail", "keys", "sheet", "main",
)  # fmt: skip
"""Scripts that draw and listen."""

SCRIPTS = ("start", *(f"logic/{name}" for name in _LOGIC), *(f"screen/{name}" for name in _SCREEN))
"""All of them in the order of the page, which is one scope."""

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def render_page(
    graph: KnowledgeGraph, analysis: Mapping[str, Any], *, title: str, provenance: Mapping[str, str]
) -> str:
    """Return the page as one HTML text; the same graph gives the same text.

    Args:
        graph: what a build found.
        analysis: what `kg.analyse.analyse` says about this graph.
        title: heading and window title.
        provenance: what the footer says about the making of the page (command, version, licences), in order.

    Raises:
        OutputError: pyvis does not carry the vis-network it should.
    """
    return page_of_view(view_model(graph, analysis, title=title), provenance=provenance)


def write_page(
    graph: KnowledgeGraph,
    analysis: Mapping[str, Any],
    path: Path,
    *,
    title: str,
    provenance: Mapping[str, str],
) -> None:
    """Write `render_page` to a file as UTF-8 with Unix line ends; raises OutputError and OSError."""
    text = render_page(graph, analysis, title=title, provenance=provenance)
    path.write_text(text, encoding="utf-8", newline="\n")


def page_of_view(view: Mapping[str, Any], *, provenance: Mapping[str, str]) -> str:
    """Return the page of a view model."""
    networks = {mode: to_pyvis(network) for mode, network in view["networks"].items()}
    parts = {
        mode: {"nodes": net.nodes, "edges": net.edges, "core": view["networks"][mode]["core"]}
        for mode, net in networks.items()
    }
    # what the events say themselves start.js reads off them
    parts["events"]["edges"] = [edge for edge in parts["events"]["edges"] if "role" not in edge]
    data = {name: packed(value) if isinstance(value, list) else value for name, value in view.items()}
    data["networks"] = {
        mode: {name: packed(records) for name, records in part.items()} for mode, part in parts.items()
    }
    style, scripts = _template_text("page.css"), [_vis_network(), _app()]
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            title=_plain(view["title"]),
            heading=view["title"],
            policy=_policy(style, scripts),
            style=Markup(style),  # noqa: S704 - our own file
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own files and vis-network's
            data=Markup(json_for_html(data)),  # noqa: S704 - escaped by json_for_html
            provenance=dict(provenance),
            counts=view["overview"]["counts"],
        )
    )


def to_pyvis(network: Mapping[str, Any]) -> Any:
    """Return a `pyvis.network.Network` of the nodes and edges of one view.

    Its lists are filled directly: `add_node` and `add_edge` take time quadratic in their number, and its own
    HTML writers load from the network and put labels into the page as they are.
    """
    from pyvis.network import Network  # imported late: it loads IPython

    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [dict(node) for node in network["nodes"]]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.node_ids = list(net.node_map)
    net.edges = [dict(edge) for edge in network["edges"]]
    return net


def json_for_html(data: Any) -> str:
    r"""Return JSON that is safe inside a script element: ASCII only, and <, >, & escaped.

    >>> json_for_html("</script>")
    '"\\u003c/script\\u003e"'
    """
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


@cache
def environment() -> Environment:
    """Return the Jinja environment of the page: everything is escaped, an unknown name is an error."""
    return Environment(
        loader=PackageLoader("kg.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _template_text(name: str) -> str:
    return files("kg.render").joinpath("templates", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _app() -> str:
    """Return our scripts as one, in a scope of its own, run when the browser has painted what stands in the page."""
    parts = [_template_text(f"js/{name}.js") for name in SCRIPTS]
    return '"use strict";\nrequestAnimationFrame(() => setTimeout(() => {\n' + "\n".join(parts) + "}));\n"


@cache
def _vis_network() -> str:
    """Return vis-network's script as it comes with pyvis."""
    resource = files("pyvis").joinpath(_VIS)
    if not resource.is_file():
        raise OutputError(f"vis-network is not where pyvis 0.3.2 has it ({resource}): reinstall pyvis==0.3.2")
    # an HTML parser reads \r\n as \n, and the policy's hash is of what it reads
    return resource.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _policy(style: str, scripts: list[str]) -> str:
    """Return the Content-Security-Policy: our style and scripts by their hashes, and nothing else."""
    allowed = " ".join(_source_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _plain(text: str) -> str:
    """Return a text for the window's title: without control and direction characters, at most 120 letters."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return re.sub(r"\s+", " ", kept)[:120]
