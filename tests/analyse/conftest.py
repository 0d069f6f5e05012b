"""The made-up week of news that the page is tested with, for the measures too."""

import importlib.util
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph


@pytest.fixture(scope="session")
def news() -> KnowledgeGraph:
    path = Path(__file__).parent.parent / "render" / "conftest.py"
    spec = importlib.util.spec_from_file_location("made_up_news", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    graph: KnowledgeGraph = module.news_graph()
    return graph
