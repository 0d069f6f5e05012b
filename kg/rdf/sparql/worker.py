"""The process that answers one query under a time limit: a request as JSON on stdin, the answer as JSON on stdout.

Only `kg.rdf.sparql.query` starts it. Exit code 1 means that stdout holds the kind and text of an error for the user.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KgError
from kg.rdf.sparql.query import load_store, query
from kg.rdf.sparql.results import to_json

__all__ = ["main"]


def main(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answer the request; return the exit code."""
    request: dict[str, Any] = json.load(stdin)
    try:
        source = base64.b64decode(request["turtle"]) if "turtle" in request else Path(request["path"])
        store = load_store(source, infer=request["infer"])
        result = query(store, request["query"], bind=request["bind"], limit=request["limit"])
    except KgError as error:
        stdout.write(json.dumps([type(error).__name__, str(error)]).encode())
        return 1
    stdout.write(to_json(result).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.buffer, sys.stdout.buffer))
