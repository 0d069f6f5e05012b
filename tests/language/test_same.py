"""The same annotations for the same document, whatever it is read with, by how many threads and in which process."""

import importlib
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.language
from kg.language.confidence import arc_confidence, name_confidence

# Worker processes import this file, so that what takes seconds to import is imported where it is used.
if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SEEDS = Path(__file__).parents[2] / "seeds"
STATUS = Path("/proc/self/status")

#: What differs in length, in case, in spacing, and in how many windows it takes.
TEXTS = (
    *(
        (SEEDS / name).read_text(encoding="utf-8")
        for name in ("01_first-night.txt", "04_antalya-meeting.txt", "09_sinai-bomb.txt")
    ),
    "",
    " \n\n\t",
    "Yes",
    "Troops leave Kalma",
    "REBELS SEIZE PORT OF ARDEN AS TALKS IN GENEVA FAIL",
    "KALMA, March 3 (Sample Wire) — “We will not go,” Omar al-Haddad said.It was his third refusal in 2 weeks.",
    "- two dead\n- nine hurt\n- police: no arrests\n\nMore at 18:00",
    "the minister who said that the army which " + "held the bridge near the town that " * 50 + "fell left",
    "Jets struck a depot. It burned. " * 60,
    "Zoë Ångström’s naïve café-owner friend e-mailed https://example.org/a?b=1 at 10.30am; £3.5m was lost…",
)

Annotation = list[tuple[object, ...]]


def annotation(doc: "Doc") -> Annotation:
    """All that the pipeline says of a Doc.

    The confidences are compared to the last bit: where they differ, labels will, sooner or later.
    """
    columns = "text tag_ pos_ lemma_ dep_ is_sent_start ent_iob_ ent_type_".split()
    tokens = [
        (*(getattr(t, name) for name in columns), str(t.morph), t.head.i, arc_confidence(t)) for t in doc
    ]
    return [*tokens, *((ent.start, ent.end, ent.label_, name_confidence(ent)) for ent in doc.ents)]


def read(nlp: "Language", texts: Sequence[str], *, batch_size: int = 64) -> list[Annotation]:
    return [annotation(doc) for doc in nlp.pipe(texts, batch_size=batch_size)]


@pytest.fixture(scope="module")
def alone(nlp: "Language") -> list[Annotation]:
    """The annotation of each text, read by itself."""
    return [annotation(nlp(text)) for text in TEXTS]


def test_texts_are_worth_comparing(alone: list[Annotation]) -> None:
    assert sum(map(len, alone)) > 1500
    assert len({str(each) for each in alone}) == len(TEXTS)


# -- company -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [1, 3, 64])
@given(order=st.permutations(range(len(TEXTS))))
@settings(max_examples=3)
def test_any_order_and_batch_size(
    nlp: "Language", alone: list[Annotation], batch_size: int, order: list[int]
) -> None:
    found = read(nlp, [TEXTS[i] for i in order], batch_size=batch_size)
    assert found == [alone[i] for i in order]


@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=5), st.sampled_from([1, 3, 64]))
@settings(max_examples=8)
def test_any_company(nlp: "Language", alone: list[Annotation], chosen: list[int], batch_size: int) -> None:
    found = read(nlp, [TEXTS[i] for i in chosen], batch_size=batch_size)
    assert found == [alone[i] for i in chosen]


def test_whatever_was_read_before(alone: list[Annotation]) -> None:
    """A pipeline that starts cold with the last text, and ends warm with it."""
    fresh = kg.language.load()
    backward = list(reversed(TEXTS))
    assert read(fresh, backward) == alone[::-1]
    assert read(fresh, backward) == alone[::-1]


# -- threads -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [2, 4])
def test_any_number_of_threads(alone: list[Annotation], threads: int) -> None:
    assert read(kg.language.load(threads=threads), TEXTS) == alone


def sessions(nlp: "Language") -> list[Any]:
    """The sessions of onnxruntime in our network."""
    from onnxruntime import InferenceSession

    network: Any = nlp.get_pipe("kg_network")
    return [value for value in vars(network.model).values() if isinstance(value, InferenceSession)]


def test_one_thread_is_the_default(nlp: "Language") -> None:
    given = [session.get_session_options() for session in sessions(nlp)]
    assert given
    assert all(options.intra_op_num_threads == 1 for options in given)
    assert all(options.inter_op_num_threads == 1 for options in given)


# -- processes ---------------------------------------------------------------------------------------------------------


class Worker:
    """What a worker process holds: its own pipeline, and how many threads it had before that and has since."""

    nlp: "Language"
    threads: tuple[int, int]


def running_threads() -> int:
    """Count the threads of this process; 0 where the system does not tell."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("Threads:")), 0)


def start_worker() -> None:
    """Load a pipeline, and run it once."""
    sys.modules["torch"] = None  # type: ignore[assignment]  # spaCy would import it, in seconds; kg needs none of it
    for package in ("numpy", "spacy", "onnxruntime", "tokenizers"):
        importlib.import_module(package)
    before = running_threads()
    Worker.nlp = kg.language.load()
    read(Worker.nlp, TEXTS[:1])
    Worker.threads = (before, running_threads())


def read_in_worker(texts: list[str]) -> tuple[int, list[Annotation]]:
    return os.getpid(), read(Worker.nlp, texts)


def threads_of_worker() -> tuple[int, int]:
    return Worker.threads


@pytest.fixture(scope="module")
def workers() -> Iterator[tuple[Any, list[ProcessPoolExecutor]]]:
    """This file as worker processes import it, and three spawned processes that each have their own pipeline."""
    folder = str(Path(__file__).parent)
    sys.path.insert(0, folder)  # spawned processes have the path of this one
    try:
        module = importlib.import_module(Path(__file__).stem)
        with ExitStack() as stack:
            spawn = multiprocessing.get_context("spawn")
            yield (
                module,
                [
                    stack.enter_context(ProcessPoolExecutor(1, spawn, initializer=module.start_worker))
                    for _ in range(3)
                ],
            )
    finally:
        sys.path.remove(folder)
        sys.modules.pop(Path(__file__).stem, None)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes(
    alone: list[Annotation], workers: tuple[Any, list[ProcessPoolExecutor]], count: int
) -> None:
    module, executors = workers
    shards = [range(part, len(TEXTS), count) for part in range(count)]
    running = [
        executor.submit(module.read_in_worker, [TEXTS[i] for i in shard])
        for executor, shard in zip(executors, shards, strict=False)
    ]
    results = [each.result() for each in running]
    assert len({process for process, _ in results} - {os.getpid()}) == count
    for shard, (_, found) in zip(shards, results, strict=True):
        assert found == [alone[i] for i in shard]


@pytest.mark.skipif(not STATUS.exists(), reason="threads are counted in /proc")
def test_a_worker_runs_no_threads_of_its_own(workers: tuple[Any, list[ProcessPoolExecutor]]) -> None:
    module, executors = workers
    before, after = executors[0].submit(module.threads_of_worker).result()
    assert before >= 1
    assert after <= before + 1
