"""The examples in the docstrings hold."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["centrality", "networks", "overtime", "quads", "structure"])
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"kg.analyse.{name}"))
    assert (result.attempted > 0, result.failed) == (True, 0)
