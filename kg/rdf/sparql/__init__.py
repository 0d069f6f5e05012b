"""SPARQL over a graph, read-only: queries and their names, what may be asked, processes that answer, what follows."""
