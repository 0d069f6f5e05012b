"""The wheel holds all that a run needs, and works where only it and its dependencies are installed."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kg_command(clean_python: Path) -> Path:
    """The `kg` of the environment where only the wheel and its libraries are."""
    command = clean_python.parent / "kg"
    command.write_text(f"#!{clean_python}\nfrom kg.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    return command


def test_what_the_wheel_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "kg/py.typed",
        "kg/_ontology/kg.ttl",
        "kg/_ontology/lexicon.toml",
        "kg/_ontology/given_names.toml",
        "kg/_ontology/queries/who-ordered-what.rq",
        "kg/language/data/model.onnx",
        "kg/language/data/LICENSE",
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(name.startswith(("kg/", "kg-")) for name in names)
    assert not [name for name in names if "__pycache__" in name or name.endswith(".part")]


def test_it_builds_and_answers(kg_command: Path, tmp_path: Path) -> None:
    def kg(*words: str) -> str:
        done = subprocess.run(
            [kg_command, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PATH": os.defpath, "HOME": "/nonexistent"},
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "a.txt").write_text("President Anna Weber ordered strikes on Kalma.", encoding="utf-8")
    assert "1 documents done" in kg("build", "a.txt", "-o", "out")
    assert "Weber" in kg("query", "out", "who-ordered-what", "--json")
    assert str(kg_command.parent.parent) in kg("info")
