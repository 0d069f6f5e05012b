"""Many queries on one file: processes that keep the graph in memory, each killed when a query takes too long.

The engine cannot be interrupted, so a time limit needs a process (as in `kg.rdf.sparql.query`); starting one for each query
would read the graph each time. A process is started when it is needed, and anew when the file has changed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Event, Timer
from typing import Any

import kg
from kg.errors import KgError, OutputError, QueryError

__all__ = ["Answer", "QueryPool", "TimeLimitError"]

#: Seconds that a process may take to start and to read the graph: for a machine that is busy, and a large graph.
_LOADING = 600.0

_Stamp = tuple[int, int, int]


class TimeLimitError(QueryError):
    """A query that took too long, or found all processes busy for as long."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query was answered with.

    Attributes:
        body: in the format that was asked for.
        cut: there were more rows or triples than are allowed.
        warnings: what is probably a slip in the query, a sentence each.
    """

    body: bytes
    cut: bool
    warnings: tuple[str, ...] = ()


class QueryPool:
    """Asks a Turtle file, from any number of threads; to be closed, or used in a `with` statement.

    Args:
        path: the file.
        infer: ask what follows by the ontology as well.
        timeout: seconds for each query.
        limit: rows or triples of an answer at most; None for all.
        size: processes at most; each has the whole graph in memory.
    """

    def __init__(
        self,
        path: Path,
        *,
        infer: bool = False,
        timeout: float = 60.0,
        limit: int | None = None,
        size: int = 2,
    ) -> None:
        self.path, self.infer, self.timeout, self.limit = path, infer, timeout, limit
        self._free: LifoQueue[_Resident | None] = LifoQueue()
        self._started: set[_Resident] = set()
        for _ in range(size):
            self._free.put(None)

    def start(self) -> int:
        """Read the graph, so that the first query need not wait; return the number of triples with the ontology's.

        Raises:
            OutputError: the file cannot be read or is no Turtle.
        """
        with self._resident() as resident:
            return resident.triples

    def ask(self, text_or_name: str, media_type: str, *, bind: Mapping[str, str] | None = None) -> Answer:
        """Answer a query in a format of `kg.rdf.sparql.protocol.media_types`.

        Raises:
            TimeLimitError: it took too long, or no process was free in that time.
            QueryError: the query is not known, not allowed, does not parse, or nothing has a bound name.
            OutputError: the file cannot be read or is no Turtle.
        """
        request = {
            "query": text_or_name,
            "bind": dict(bind or {}),
            "media_type": media_type,
            "limit": self.limit,
            "timeout": self.timeout,
        }
        with self._resident() as resident:
            return resident.ask(request, self.timeout)

    def close(self) -> None:
        """End all processes."""
        for resident in tuple(self._started):
            resident.end()

    def __enter__(self) -> "QueryPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _resident(self) -> "Iterator[_Resident]":
        """Take a process that knows the file as it is now, and give it back."""
        try:
            resident = self._free.get(timeout=self.timeout)
        except Empty:
            raise TimeLimitError(
                f"other queries kept the server busy for {self.timeout:g} s: ask again later"
            ) from None
        try:
            stamp = _stamp(self.path)
            if resident is None or resident.stamp != stamp or not resident.alive:
                self._drop(resident)
                resident = None
                resident = _Resident(self.path, stamp, self.infer)
                self._started.add(resident)
                resident.load()
            yield resident
        finally:
            if resident is not None and not resident.alive:
                self._drop(resident)
                resident = None
            self._free.put(resident)

    def _drop(self, resident: "_Resident | None") -> None:
        if resident is not None:
            resident.end()
            self._started.discard(resident)


class _Resident:
    """One process of `kg.rdf.sparql.resident`."""

    def __init__(self, path: Path, stamp: _Stamp, infer: bool) -> None:
        self.stamp, self.triples = stamp, 0
        self._where = {"path": str(path.resolve()), "infer": infer}
        package = str(Path(kg.__file__).resolve().parent.parent)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.rdf.sparql.resident"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def load(self) -> None:
        late = (
            f"{self._where['path']} took longer than {_LOADING:g} s to read and was given up: is it a graph?"
        )
        try:
            told, _ = self._exchange(self._where, _LOADING, late)
        except KgError:
            self.end()
            raise
        self.triples = told["triples"]

    def ask(self, request: Mapping[str, object], timeout: float) -> Answer:
        late = f"the query took longer than {timeout:g} s and was stopped: narrow it, or allow more"
        told, body = self._exchange(request, timeout, late)
        return Answer(body, told["cut"], tuple(told["warnings"]))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):  # what it was told and did not read
                if pipe is not None:
                    pipe.close()

    def _exchange(
        self, message: Mapping[str, object], timeout: float, late: str
    ) -> tuple[dict[str, Any], bytes]:
        """Tell the process something and return what it says; kill it after `timeout` seconds."""
        overdue = Event()

        def stop() -> None:
            overdue.set()
            self._process.kill()

        timer = Timer(timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            told, body = self._say_and_hear(message)
        finally:
            timer.cancel()
        if overdue.is_set():
            self._process.wait()
        if told is None and overdue.is_set():
            raise TimeLimitError(late)
        if told is None:
            raise QueryError(f"the query's process ended with code {self._process.wait()}: narrow the query")
        if "error" in told:
            raise _ERRORS.get(told["error"], KgError)(told["message"])
        return told, body

    def _say_and_hear(self, message: Mapping[str, object]) -> tuple[dict[str, Any] | None, bytes]:
        """Return what the process says, or None where it ends before it has said all."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101  (both are pipes; for the type checker)
        assert stdout is not None  # noqa: S101
        try:
            stdin.write(json.dumps(message).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            return None, b""
        line = stdout.readline()
        if not line.endswith(b"\n"):
            return None, b""
        told: dict[str, Any] = json.loads(line)
        body = stdout.read(told.get("length", 0))
        return (told, body) if len(body) == told.get("length", 0) else (None, b"")


_ERRORS = {"OutputError": OutputError, "QueryError": QueryError}


def _stamp(path: Path) -> _Stamp:
    """Return what changes when a build replaces the file."""
    try:
        found = path.stat()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}; build it again") from None
    return found.st_mtime_ns, found.st_size, found.st_ino
