"""Turtle against the SHACL shapes, and against the tables."""
