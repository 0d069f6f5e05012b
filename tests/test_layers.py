"""The layout holds: who may import whom, and which library may stand where.

Every import statement counts, also those inside functions and under TYPE_CHECKING.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"

#: A part imports only from parts of earlier lines, or from itself.
ORDER = (
    ("errors",),
    ("datamodel",),
    ("ids", "sentences"),
    ("config",),
    ("read",),
    ("language",),
    ("extract",),
    ("store",),
    ("resolve",),
    ("graph",),
    ("tables",),
    ("texts",),
    ("checks", "merges"),
    ("explain",),
    ("frames",),
    ("rdf", "analyse", "render"),
    ("output",),
    ("serve",),
    ("scale",),
    ("pipeline",),
    ("cli",),
)
LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}

#: The methods of KnowledgeGraph lead to its views, those of records to their display: these imports stand inside their bodies.
HUBS = {"graph": {"rdf", "analyse", "render", "frames", "output"}, "datamodel": {"render"}}

WALLS = {
    "spacy": {"language", "extract"},
    "onnxruntime": {"language"},
    "tokenizers": {"language"},
    "torch": {"language"},
    "transformers": {"language"},
    "rdflib": {"rdf"},
    "pyoxigraph": {"rdf"},
    "pyshacl": {"rdf"},
    "networkx": {"analyse"},
    "pyvis": {"render"},
    "jinja2": {"render"},
    "typer": {"cli"},
    "rich": {"cli"},
    "pandas": {"frames", "cli"},
}

#: Names for annotations only: never imported when the program runs.
TYPES_ONLY = {("graph", "rdflib"), ("graph", "networkx"), ("graph", "pandas"), ("pipeline", "spacy")}

Import = tuple[str, str, int, bool, bool]


def part_of(path: Path) -> str:
    """Return the part of the layout that a module belongs to; "" for kg/__init__.py."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def imports() -> Iterator[Import]:
    """Yield part, imported module, line, whether inside a function, whether under TYPE_CHECKING."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node, function, typing_only in walk(tree, False, False):
            package = ["kg", *path.relative_to(PACKAGE).parent.parts]
            for name in names(node, package):
                yield part_of(path), name, node.lineno, function, typing_only


def walk(
    node: ast.AST, function: bool, typing_only: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, function, typing_only
        inside = function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typed = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
        yield from walk(child, inside, typed)


def names(node: ast.Import | ast.ImportFrom, package: list[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = (
        [*package[: len(package) - node.level + 1], node.module or ""] if node.level else [node.module or ""]
    )
    module = ".".join(part for part in base if part)
    return [f"{module}.{alias.name}" for alias in node.names] if module == "kg" else [module]


FOUND = list(imports())


def test_the_walk_sees_the_package() -> None:
    assert {"cli", "pipeline", "output", "graph", "read", "tables"} <= {part for part, *_ in FOUND}
    assert ("graph", "kg.rdf", True) in {(part, name, function) for part, name, _, function, _ in FOUND}


def test_every_part_has_its_place_in_the_order() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")} - {""}
    assert parts <= set(LEVEL)


def test_parts_import_only_from_above() -> None:
    wrong = []
    for part, name, line, function, _ in FOUND:
        if not name.startswith("kg.") or part == "":
            continue
        other = name.split(".")[1]
        if part == other or (other in HUBS.get(part, ()) and function):
            continue
        if other not in LEVEL or LEVEL[other] >= LEVEL[part]:
            wrong.append(f"{part}, line {line}: {name}")
    assert wrong == []


@pytest.mark.parametrize("part", ["rdf", "analyse", "render"])
def test_views_do_not_know_each_other(part: str) -> None:
    others = {"rdf", "analyse", "render"} - {part}
    assert not [
        name
        for own, name, *_ in FOUND
        if own == part and name.split(".")[1:2] and name.split(".")[1] in others and name.startswith("kg.")
    ]


@pytest.mark.parametrize("library", WALLS)
def test_libraries_stay_behind_their_walls(library: str) -> None:
    users = {
        part
        for part, name, _, _, typing_only in FOUND
        if name.split(".")[0] == library and not (typing_only and (part, library) in TYPES_ONLY)
    }
    assert users <= WALLS[library]


def calls(name: str) -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


#: Training is a program of its own: it prints its progress.
PROGRAMS = ("kg/cli/", "kg/language/training/")


@pytest.mark.parametrize("name", ["print", "sys.exit", "exit", "quit"])
def test_only_the_command_line_prints_or_exits(name: str) -> None:
    assert [place for place in calls(name) if not place.startswith(PROGRAMS)] == []


def test_text_files_are_opened_with_their_encoding() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rsplit(".", 1)[-1]
            given = {keyword.arg for keyword in node.keywords}
            modes = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            binary = any("b" in mode for mode in modes if len(mode) <= 3)
            if (
                name in ("read_text", "write_text")
                and "encoding" not in given
                and len(node.args) < 2 - (name == "read_text")
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            if ast.unparse(node.func) in ("open", "path.open") and not binary and "encoding" not in given:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_nothing_unpickles() -> None:
    assert [
        f"{part}: {name}"
        for part, name, *_ in FOUND
        if name.split(".")[0] in ("pickle", "dill", "cloudpickle", "marshal", "shelve")
    ] == []
