"""The examples in the docstrings hold."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["evidence", "page", "report"])
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"kg.render.{name}"))
    assert (result.attempted > 0, result.failed) == (True, 0)
