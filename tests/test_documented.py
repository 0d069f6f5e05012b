"""Every command and every flag is documented, where people read: the README's table or the guide."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from kg.cli import app

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "notebooks" / "guide.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def section(command: str) -> str:
    """Return the section of the guide on a command, without that of the next one; "" where there is none."""
    found = re.search(rf"^## `kg {command}`.*?(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def options(command: str) -> set[str]:
    """Return the long names of all options of a command."""
    names = {
        name
        for parameter in COMMANDS[command].params
        if parameter.param_type_name == "option" and not getattr(parameter, "hidden", False)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    return {name for name in names if name.startswith("--")} - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith(f"| `kg {command} ")]
    text = "\n".join([*rows, section(command)])
    assert text.strip(), f"neither README nor guide has kg {command}"
    assert "--json" in options(command)
    assert [name for name in sorted(options(command)) if f"`{name}" not in text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_with_an_example(command: str) -> None:
    assert re.search(rf"^kg {command}\b", section(command), re.MULTILINE), f"no example of kg {command}"


def test_the_guide_tells_of_no_command_or_option_that_is_not_there() -> None:
    told = set(re.findall(r"^## `kg ([a-z-]+)", GUIDE, re.MULTILINE))
    assert told <= set(COMMANDS)
    for command in sorted(told):
        ours = "\n".join(line for line in section(command).splitlines() if not line.startswith("curl "))
        used = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", ours))
        known = set().union(*(options(name) for name in COMMANDS), {"--help", "--version", "--debug"})
        assert used <= known, command
