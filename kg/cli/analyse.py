"""`kg analyse`: the graph as a network: who is central, who acts with or against whom, what changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import Json, Out, complain, print_json, print_line, print_rows, visible

if TYPE_CHECKING:
    from kg.datamodel import Entity
    from kg.graph import KnowledgeGraph

__all__ = ["analyse_cli"]

_CLOSE = 5  # names that a line lists


def analyse_cli(
    out: Out,
    network: Annotated[
        str,
        typer.Option(
            metavar="actors|places|mentions",
            help="Who acts on whom, who has to do with which place, or who is named in one sentence with whom.",
        ),
    ] = "actors",
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class", metavar="NAME", help="Only events of this class (AirStrike) or PLOVER category."
        ),
    ] = None,
    quads: Annotated[
        list[str] | None,
        typer.Option(
            "--quad", metavar="NAME", help='Only events of this quad class, such as "material conflict".'
        ),
    ] = None,
    statuses: Annotated[
        list[str] | None, typer.Option("--status", metavar="NAME", help="Only events of this status.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="First day; tells what changed against before.",
        ),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last day.")
    ] = None,
    clock: Annotated[
        str,
        typer.Option(
            metavar="published|event",
            help="Days of the first report, or of the event itself (often unknown).",
        ),
    ] = "published",
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="NAME NAME", help="Show the shortest ways between these two, with their events."
        ),
    ] = None,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="Rows of each table.")] = 10,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of communities and estimates.")] = 0,
    backend: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A networkx backend that is installed, such as parallel."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read the graph as a network: central and bridging actors, communities, who is with or against whom, what changed.

    Options that narrow the events may be given several times. --json prints all measures of all nodes, by id.

    \b
    kg analyse out
    kg analyse out --quad 'material conflict' --status asserted
    kg analyse out --from 2015-11-17 --to 2015-11-20
    kg analyse out --between Hollande Putin --json
    """
    from kg.analyse import examine
    from kg.pipeline import load_graph

    graph = load_graph(out)
    found = examine(
        graph,
        network=network,
        classes=classes or (),
        quads=quads or (),
        statuses=statuses or (),
        since=_day(since),
        until=_day(until),
        clock=clock,
        between=between,
        seed=seed,
        backend=backend,
    )
    if as_json:
        print_json(found)
    else:
        _print(graph, found, top)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _print(graph: "KnowledgeGraph", found: Mapping[str, Any], top: int) -> None:
    size = found["size"]
    print_line(visible(f"network of {found['network']}{_in_words(found['period'])}"))
    reciprocity = "" if size["reciprocity"] is None else f", {size['reciprocity']:.0%} of pairs act both ways"
    print_line(
        f"{size['nodes']} nodes in {size['parts']} parts, {size['edges']} edges between {size['pairs']} pairs{reciprocity}"
    )
    if not size["nodes"]:
        complain("no event matches; leave out --class, --quad, --status or a day")
        return
    labels = {entity.id: entity.label for entity in graph.entities}
    _print_central(found, top)
    _print_communities(found, top)
    _print_pairs(found, labels, top)
    _print_quads(found["quads"])
    if found["changes"]:
        _print_changes(graph, found["changes"], top)
    if found["paths"] is not None:
        _print_paths(graph, found["paths"], labels)


def _in_words(period: Mapping[str, Any]) -> str:
    days = [f"{word} {day}" for word, day in (("from", period["since"]), ("to", period["until"])) if day]
    by = "day of the event" if period["clock"] == "event" else "day of first report"
    return f", {' '.join(days)} by {by}" if days else ""


def _heading(text: str) -> None:
    print_line(f"\n{text}")


def _print_central(found: Mapping[str, Any], top: int) -> None:
    acting = found["network"] == "actors"
    broker = "; broker: how often somebody links two who have no link of their own" if acting else ""
    _heading(f"central: by PageRank{broker}")
    rows = []
    for record in list(found["entities"].values())[:top]:
        links = [record["out"], record["in"]] if acting else [record["degree"]]
        ranks = [f"{record[name]:.3f}" for name in ("pagerank", "betweenness")]
        last = [_broker(record["brokerage"])] if acting else []
        rows.append([record["label"], record["type"], *links, *ranks, record["core"], *last])
    links, last = (["acts on", "acted on by"], ["broker"]) if acting else (["linked to"], [])
    print_rows(("name", "type", *links, "PageRank", "betweenness", "core", *last), rows, "table")


def _broker(counts: Mapping[str, int]) -> str:
    """Return how often somebody is a broker, and mostly in which role."""
    role = max(counts, key=lambda name: counts[name])
    return f"{sum(counts.values())} ({role})" if counts[role] else ""


def _print_communities(found: Mapping[str, Any], top: int) -> None:
    if found["communities"]:
        _heading("communities")
        rows = [[group["name"], len(group["entities"])] for group in found["communities"][:top]]
        print_rows(("named after", "members"), rows, "table")


def _print_pairs(found: Mapping[str, Any], labels: Mapping[str, str], top: int) -> None:
    _heading("most active pairs")
    told = found["network"] != "mentions"
    rows = []
    for pair in found["pairs"][:top]:
        days = list(pair["over_time"])
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}" if days else ""
        quads = [", ".join(f"{name} {number}" for name, number in pair["by_quad"].items())] if told else []
        number = len(pair["events"]) if told else pair["mentions"]
        rows.append([labels[pair["source"]], labels[pair["target"]], number, *quads, when])
    fields = (
        ("who", "whom", "events", "quad classes", "when") if told else ("who", "whom", "sentences", "when")
    )
    print_rows(fields, rows, "table")


def _print_quads(quads: Mapping[str, Any]) -> None:
    if not quads["counts"]:
        return
    by = "day of the event" if quads["clock"] == "event" else "day of first report"
    _heading(f"words and deeds by {quads['period']}, {by}")
    names = list(next(iter(quads["counts"].values())))
    rows = [[period, *counts.values()] for period, counts in quads["counts"].items()]
    print_rows((quads["period"], *names), rows, "table")


def _print_changes(graph: "KnowledgeGraph", changes: Mapping[str, Any], top: int) -> None:
    _heading(f"changes against all up to {changes['until']}")
    labels = {entity.id: entity.label for entity in graph.entities}
    known = {entity.id: _prominence(entity) for entity in graph.entities}
    for name, words in (("new_nodes", "new"), ("gone_nodes", "no longer")):
        _print_names(words, [labels[id] for id in sorted(changes[name], key=lambda id: known[id])])
    for name, words in (("new_pairs", "new pairs"), ("gone_pairs", "pairs no longer")):
        pairs = sorted(changes[name], key=lambda pair: (known[pair[0]], known[pair[1]]))
        _print_names(words, [f"{labels[a]} > {labels[b]}" for a, b in pairs])
    turned = [
        f"{labels[turn['source']]} > {labels[turn['target']]} from {turn['before']} to {turn['after']}"
        for turn in changes["turned"]
    ]
    _print_names("turned", turned)
    moved = [(id, change) for id, change in changes["ranks"].items() if change][:top]
    _print_names("moved most in PageRank", [f"{labels[id]} {change:+.3f}" for id, change in moved])


def _prominence(entity: "Entity") -> tuple[bool, int, str]:
    """Order entities for reading: those with a name first, then by mentions."""
    described = all(mention.kind != "name" for mention in entity.mentions)
    return described, -len(entity.mentions), entity.id


def _print_names(words: str, names: Sequence[str]) -> None:
    more = f" and {len(names) - _CLOSE} more" if len(names) > _CLOSE else ""
    listed = visible(", ".join(names[:_CLOSE]) or "none")
    print_line(f"  {words} ({len(names)}): {listed}{more}")


def _print_paths(
    graph: "KnowledgeGraph", ways: Sequence[Mapping[str, Any]], labels: Mapping[str, str]
) -> None:
    _heading("ways between them" if ways else "there is no way between them")
    for number, way in enumerate(ways, 1):
        print_line(visible(f"{number}. {' - '.join(labels[id] for id in way['nodes'])}"))
        for step in way["steps"]:
            for key in [*step["forward"], *step["back"]][:_CLOSE]:
                print_line(f"   {visible(_edge(graph, key))}")


def _edge(graph: "KnowledgeGraph", key: str) -> str:
    """Return what an edge says: the label of its event, or the document that names both."""
    documents = {document.id: document for document in graph.documents}
    if key in documents:
        return documents[key].title or documents[key].path
    event = graph.event(key)
    return f"{event.label} ({event.status})"
