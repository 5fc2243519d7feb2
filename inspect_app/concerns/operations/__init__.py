"""Writes of concerns and hazards: take in what is told, look after it, close it."""

from inspect_app.concerns.operations.concerns import acknowledge, add_note, close, raise_concern
from inspect_app.concerns.operations.hazards import acknowledge_hazard, close_hazard, note_hazard, report_hazard
from inspect_app.concerns.operations.shared import Received

__all__ = [
    "Received",
    "acknowledge",
    "acknowledge_hazard",
    "add_note",
    "close",
    "close_hazard",
    "note_hazard",
    "raise_concern",
    "report_hazard",
]
