"""The wheel holds all that a run needs, and works where only it and its dependencies are installed."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the source tree, without the network."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def kg_command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kg` of a fresh environment: the wheel, and the libraries of this one, but not its `kg`."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = folder / "lib" / version / "site-packages"
    # A path line brings the libraries in; .pth files over there, such as that of an editable kg, are not followed.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    command = folder / "bin" / "kg"
    command.write_text(f"#!{folder / 'bin' / 'python'}\nfrom kg.cli import main\nmain()\n", encoding="utf-8")
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
