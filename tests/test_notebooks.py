"""The notebooks import kg only, are stored without output, and run."""

import ast
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))


def code(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_quick_start",
        "02_sparql",
        "03_network_over_time",
        "04_your_own",
        "05_how_far_to_trust_it",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_output(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_imports_kg_only(path: Path) -> None:
    modules = set()
    for source in code(path):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
    assert {name for name in modules if name not in sys.stdlib_module_names} == {"kg"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, clean_python: Path) -> Path:
    """A folder with notebooks and articles, and a kernel whose only kg is that of the wheel."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("notebooks", "seeds"):
        shutil.copytree(NOTEBOOKS[0].parent.parent / name, folder / name)
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    start = [str(clean_python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    facts = {"argv": start, "display_name": "kg", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def ran(path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a notebook with its outputs."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("matplotlib")
    # libraries that only the path of this process has; never a source tree with a kg
    beside = [part for part in sys.path if part and not (Path(part) / "kg").exists()]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(beside))
    monkeypatch.setenv("JUPYTER_PATH", str(desk / "jupyter"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    notebook = nbformat.read(desk / "notebooks" / path.name, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(desk / "notebooks")}},
    )
    client.execute()
    return notebook


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# The kernel's own libraries warn about each other; what the notebook warns of comes as output.
@pytest.mark.filterwarnings("ignore")
def test_runs_from_the_wheel(path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = ran(path, desk, monkeypatch)
    outputs = [cell["outputs"] for cell in notebook.cells if cell.cell_type == "code"]
    assert all(outputs)
    assert not [output for cell in outputs for output in cell if output.get("name") == "stderr"]
    shown = json.dumps([output.get("data", {}) for cell in outputs for output in cell])
    assert "text/html" in shown or "image/png" in shown
    assert "&lt;Figure" not in shown


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.filterwarnings("ignore")
def test_the_graph_is_drawn_in_an_exported_notebook(
    desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser: Any
) -> None:
    """`show` in the HTML of nbconvert: the frame is closed, its page draws, and nothing complains."""
    nbconvert = pytest.importorskip("nbconvert")
    nbformat = pytest.importorskip("nbformat")
    source = "import kg\nkg.build('../seeds', out='../out/notebooks').show()"
    cell = nbformat.v4.new_code_cell(source)
    (desk / "notebooks" / "show.ipynb").write_text(
        nbformat.writes(nbformat.v4.new_notebook(cells=[cell])), encoding="utf-8"
    )
    exporter = nbconvert.HTMLExporter(template_name="basic")
    body, _ = exporter.from_notebook_node(ran(Path("show.ipynb"), desk, monkeypatch))
    page = tmp_path / "show.html"
    page.write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
    tab = browser.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(page.as_uri())
    (frame,) = [child for child in tab.frames if child != tab.main_frame]
    frame.wait_for_selector("canvas", timeout=60_000)
    assert tab.locator("iframe").get_attribute("sandbox") is not None
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    tab.close()
