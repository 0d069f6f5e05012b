"""What people see: the page, the report, the notebook display. The only part that knows pyvis and Jinja2."""

from kg.render.notebook import Evidence, Passage, entity_html, event_html, evidence, graph_html, show
from kg.render.page import render_page, write_page
from kg.render.report import render_report, render_report_page
from kg.render.view import view_model

__all__ = [
    "Evidence",
    "Passage",
    "entity_html",
    "event_html",
    "evidence",
    "graph_html",
    "render_page",
    "render_report",
    "render_report_page",
    "show",
    "view_model",
    "write_page",
]
