"""The examples in the docstrings of kg.resolve are true."""

import doctest
import importlib
import pkgutil

import pytest

import kg.resolve

MODULES = sorted(m.name for m in pkgutil.iter_modules(kg.resolve.__path__, "kg.resolve."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) > 15


@pytest.mark.parametrize("name", MODULES)
def test_all_names_what_is_there(name: str) -> None:
    module = importlib.import_module(name)
    assert list(module.__all__) == sorted(
        module.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n)
    )
    assert all(hasattr(module, exported) for exported in module.__all__)
