"""The exception tree is what its docstring draws, and all of it is public."""

import inspect
import re

import kg
import kg.errors
from kg.errors import KgError


def test_docstring_draws_the_tree() -> None:
    drawn = re.findall(r"[├└]── (\w+)", kg.errors.__doc__ or "")
    children = sorted(cls.__name__ for cls in KgError.__subclasses__() if cls.__module__ == "kg.errors")
    assert sorted(drawn) == children
    assert drawn


def test_all_is_complete_and_public() -> None:
    classes = {name for name, cls in inspect.getmembers(kg.errors, inspect.isclass)}
    assert classes == set(kg.errors.__all__)
    assert classes <= set(kg.__all__)
    for name in classes:
        assert issubclass(getattr(kg, name), KgError)
        assert inspect.getdoc(getattr(kg, name))
