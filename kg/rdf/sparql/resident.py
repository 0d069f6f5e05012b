"""The process that keeps a graph in memory and answers queries on it, one after the other.

Only `kg.rdf.sparql.pool` starts it. What it is told on stdin is JSON, a line each: first which graph, then the queries. What it
says on stdout is a line of JSON each time, after an answer as many bytes of it as the line says. It ends with its stdin.
"""

import json
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Store

from kg.errors import KgError
from kg.rdf.sparql.protocol import written
from kg.rdf.sparql.query import load_store, query

__all__ = ["main"]


def main(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Load the graph, then answer until nobody asks any more; return the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks
    where = json.loads(stdin.readline())
    try:
        store = load_store(Path(where["path"]), infer=where["infer"])
    except KgError as error:
        _tell(stdout, _failure(error))
        return 1
    _tell(stdout, {"triples": len(store)})
    for line in stdin:
        _answer(store, json.loads(line), stdout)
    return 0


def _answer(store: Store, request: dict[str, Any], stdout: BinaryIO) -> None:
    _limit_time(request["timeout"])
    try:
        result = query(store, request["query"], bind=request["bind"], limit=request["limit"])
        body = written(result, request["media_type"])
    except KgError as error:
        _tell(stdout, _failure(error))
    else:
        _tell(stdout, {"length": len(body), "cut": result.cut, "warnings": result.warnings}, body)


def _limit_time(timeout: float) -> None:
    """End with a signal some time after the limit: the program that asked may have died without ending this one."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(timeout) + 10)


def _failure(error: KgError) -> dict[str, str]:
    return {"error": type(error).__name__, "message": str(error)}


def _tell(stdout: BinaryIO, line: dict[str, Any], body: bytes = b"") -> None:
    stdout.write(json.dumps(line).encode() + b"\n" + body)
    stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.buffer, sys.stdout.buffer))
