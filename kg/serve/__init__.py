"""The graph of an output folder over HTTP: a SPARQL 1.1 endpoint, a page to ask it with, and the files of the build."""

from kg.serve.guard import is_loopback
from kg.serve.server import GraphServer
from kg.serve.site import ENDPOINT, Site

__all__ = ["ENDPOINT", "GraphServer", "Site", "is_loopback"]
