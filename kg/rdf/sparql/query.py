"""SPARQL 1.1 over a graph and the ontology, read-only, on pyoxigraph.

A query is a text or the name of one in `ontology/queries/`. Prefixes of `kg.rdf.terms.PREFIXES` are known. What could
write or fetch is refused before anything is read (`kg.rdf.sparql.readonly`); a query with a time limit runs in a process of
its own that is killed when the limit is over, because the engine cannot be interrupted.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

from pyoxigraph import (
    DefaultGraph,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

import kg
from kg.config import ontology_dir
from kg.errors import KgError, OutputError, QueryError
from kg.graph import KnowledgeGraph
from kg.rdf.formats.files import open_turtle, turtle_file
from kg.rdf.formats.turtle import to_turtle
from kg.rdf.mapping.triples import triples
from kg.rdf.ontology.own import ontology_beside, ontology_of, own_ontology_of
from kg.rdf.sparql.bindings import terms_of
from kg.rdf.sparql.infer import infer as add_inferred
from kg.rdf.sparql.questions import named_query
from kg.rdf.sparql.readonly import check_read_only, check_variables, restricted, tokens
from kg.rdf.sparql.results import QueryResult, from_json, lexical
from kg.rdf.sparql.spelling import unknown_names
from kg.rdf.terms import PREFIXES

__all__ = ["load_store", "query"]

Source = Path | str | KnowledgeGraph | Store

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def query(
    source: Source,
    text_or_name: str,
    *,
    bind: Mapping[str, str] | None = None,
    timeout: float | None = None,
    limit: int | None = None,
    infer: bool = False,
) -> QueryResult:
    """Ask a graph.

    Args:
        source: a Turtle file or the output folder that holds `graph.ttl`, a graph, or what `load_store` returned
            (best for many queries).
        text_or_name: SPARQL, or the name of a query in `ontology/queries/`.
        bind: values for variables, as a person types them: a name or alias, a day, an IRI; see `kg.rdf.sparql.bindings`.
        timeout: seconds; None sets no limit and runs in this process. Not for a `Store`, which no other process has.
        limit: rows or triples at most; the result says when there were more.
        infer: ask what follows by the ontology as well; see `kg.rdf.sparql.infer`. Not for a `Store`: load it so.

    Raises:
        QueryError: the query is not known, not allowed, does not parse, takes too long, or nothing has a bound name.
        OutputError: the file cannot be read or is no Turtle.
    """
    named = named_query(text_or_name)
    text = named.text if named else text_or_name
    check_read_only(text)
    check_variables(text, bind or ())
    _check_prefixes(text)
    if timeout is not None:
        return _in_own_process(source, text, dict(bind or {}), timeout, limit, infer)
    if isinstance(source, Store) and infer:
        raise QueryError("a loaded store is asked as it is: load it with load_store(..., infer=True)")
    store = source if isinstance(source, Store) else load_store(source, infer=infer)
    typed = dict(bind or {})
    warnings = unknown_names(store, text, typed.values())
    if typed:
        text = restricted(text, {name: terms_of(store, name, value) for name, value in typed.items()})
    return replace(_ask(store, text, limit), warnings=warnings)


def load_store(source: Path | str | bytes | KnowledgeGraph, *, infer: bool = False) -> Store:
    """Return a store with a graph and the ontology, so that `rdfs:subClassOf*` leads from a class to those below.

    Args:
        source: a Turtle file, the output folder that holds `graph.ttl`, Turtle itself as bytes, or a graph.
        infer: add what follows by the ontology.

    Raises:
        OutputError: the file cannot be read or is no Turtle.
    """
    store = Store()
    match source:
        case KnowledgeGraph():
            store.bulk_load(ontology_of(source), RdfFormat.TURTLE)
            default = DefaultGraph()
            store.bulk_extend(Quad(t.subject, t.predicate, t.object, default) for t in triples(source))
        case bytes():
            _load(store, ontology_dir() / "kg.ttl")
            store.bulk_load(source, RdfFormat.TURTLE)
        case _:
            _load(store, ontology_beside(turtle_file(Path(source))))
            _load(store, turtle_file(Path(source)))
    if infer:
        add_inferred(store)
    return store


def _load(store: Store, path: Path) -> None:
    with open_turtle(path) as file:
        store.bulk_load(file, RdfFormat.TURTLE)


def _ask(store: Store, text: str, limit: int | None) -> QueryResult:
    try:
        answer = store.query(text, prefixes=PREFIXES)
        if isinstance(answer, QueryBoolean):
            return QueryResult(boolean=bool(answer))
        if isinstance(answer, QuerySolutions):
            return _table(answer, text, limit)
        return _triples(answer, limit)
    except SyntaxError as error:
        raise QueryError(_parse_error(text, error)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {_one_line(error)}") from None


def _table(answer: QuerySolutions, text: str, limit: int | None) -> QueryResult:
    names = tuple(variable.value for variable in answer.variables)
    found = [tuple(solution) for solution in islice(answer, _one_more(limit))]
    if not any(token.keyword == "ORDER" for token in tokens(text)):
        found.sort(key=lambda row: [(term is not None, lexical(term), str(term)) for term in row])
    rows = tuple(found[:limit])
    return QueryResult(names, rows, cut=len(rows) < len(found))


def _triples(answer: QueryTriples, limit: int | None) -> QueryResult:
    found = sorted(
        (str(t.subject), str(t.predicate), str(t.object)) for t in islice(answer, _one_more(limit))
    )
    kept = tuple(dict.fromkeys(found[:limit]))
    return QueryResult(triples=kept, cut=limit is not None and len(found) > limit)


def _one_more(limit: int | None) -> int | None:
    return None if limit is None else limit + 1


# -------------------------------------------------------------------- errors


def _check_prefixes(text: str) -> None:
    """Refuse a prefix that is neither known nor declared; the engine's own words for it are no help."""
    found = tokens(text)
    declared = {after.text[:-1] for before, after in pairwise(found) if before.keyword == "PREFIX"}
    for token in found:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared and prefix not in PREFIXES:
            raise QueryError(
                f"prefix {prefix + ':'!r} is not known (in {token.text!r}): write PREFIX {prefix}: <...> before the "
                f"query, or use one of {', '.join(PREFIXES)}"
            )


def _parse_error(text: str, error: SyntaxError) -> str:
    found = _POSITION.match(str(error))
    if not found:
        return f"the query does not parse: {_one_line(error)}"
    line, column, expected = int(found[1]), int(found[2]), " ".join(found[3].split())
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"before {rest[:30]!r}" if rest else "at the end of the line"
    return f"the query does not parse: line {line}, column {column}, {near}: {expected[:120]}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


# ---------------------------------------------------------------- time limit


def _in_own_process(
    source: Source, text: str, bind: dict[str, str], timeout: float, limit: int | None, infer: bool
) -> QueryResult:
    """Run a query in a process that is killed after `timeout` seconds of work, its start included."""
    if isinstance(source, Store):
        raise QueryError(
            "a query on a loaded store cannot have a time limit: give the file or the graph instead"
        )
    where = (
        {"turtle": base64.b64encode(to_turtle(source) + own_ontology_of(source)).decode()}
        if isinstance(source, KnowledgeGraph)
        else {"path": str(turtle_file(Path(source)).resolve())}
    )
    request = json.dumps({**where, "query": text, "bind": bind, "limit": limit, "infer": infer})
    command = [sys.executable, "-m", "kg.rdf.sparql.worker"]
    package = str(Path(kg.__file__).resolve().parent.parent)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    }
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the query comes on its stdin)
            command,
            input=request.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"the query took longer than {timeout:g} s and was stopped: narrow it, or allow more"
        ) from None
    return _answer_of(done)


def _answer_of(done: subprocess.CompletedProcess[bytes]) -> QueryResult:
    if done.returncode == 0:
        return from_json(done.stdout)
    if done.returncode == 1 and done.stdout:
        kind, message = json.loads(done.stdout)
        raise {"OutputError": OutputError, "QueryError": QueryError}.get(kind, KgError)(message)
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    raise QueryError(f"the query's process ended with code {done.returncode}: {last or 'no message'}")
