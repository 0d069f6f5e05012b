"""`kg serve`: the graph over HTTP, for this machine."""

from typing import Annotated

import typer

from kg.cli.printing import Json, Out, check_output, complain, print_json, print_line

__all__ = ["serve_cli"]


def serve_cli(
    out: Out,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = 7878,
    host: Annotated[
        str,
        typer.Option(metavar="H", help="Where to listen; any but this machine's own opens the graph to all."),
    ] = "127.0.0.1",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Rows of an answer at most.")] = 10_000,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="Time for a query at most.")
    ] = 60.0,
    infer: Annotated[
        bool, typer.Option("--infer", help="Ask what follows by the ontology too: classes above, inverses.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Serve a page to ask the graph, the page of the build, and a SPARQL 1.1 endpoint. Reads only; Ctrl-C ends it.

    \b
    kg serve out
    curl -H 'Accept: text/csv' --data-urlencode 'query=who-met-whom' http://127.0.0.1:7878/sparql
    """
    from kg.rdf.sparql.pool import QueryPool
    from kg.serve import ENDPOINT, GraphServer, is_loopback

    graph = check_output(out, "graph.ttl")
    with (
        QueryPool(graph, infer=infer, timeout=timeout, limit=limit) as pool,
        GraphServer(out, host, port, pool) as server,
    ):
        pool.start()
        if not is_loopback(host):
            complain(
                f"whoever reaches {host} on the network can read all of {out}: its graph, sentences and names"
            )
        if as_json:
            print_json({"page": server.address, "endpoint": server.address.rstrip("/") + ENDPOINT})
        else:
            print_line(server.address)
            complain(f"the SPARQL endpoint is {server.address.rstrip('/')}{ENDPOINT}; Ctrl-C ends")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            complain("ended")
