"""`import kg` is quick, loads nothing heavy, and every public name is there."""

import subprocess
import sys

import pytest

import kg

HEAVY = (
    "spacy",
    "onnxruntime",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "pyvis",
    "pandas",
    "numpy",
    "pydantic",
    "typer",
)


def test_every_public_name_is_there() -> None:
    assert sorted(kg.__all__) == kg.__all__
    for name in kg.__all__:
        assert getattr(kg, name) is not None
        assert name in dir(kg)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'biuld'"):
        _ = kg.biuld


@pytest.mark.parametrize("statement", ["import kg", "import kg.cli"])
def test_import_loads_nothing_heavy(statement: str) -> None:
    allowed = ("typer",) if statement.endswith("cli") else ()
    code = f"{statement}; import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert set(done.stdout.split()) <= set(allowed)


@pytest.mark.parametrize("words", [["-c", "import kg"], ["-m", "kg.cli", "--help"]])
def test_start_takes_less_than_a_third_of_a_second(words: list[str]) -> None:
    code = "import resource, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL); u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, encoding="utf-8", check=True
        )
        for _ in range(3)
    ]
    assert min(float(run.stdout) for run in runs) < 0.3
