"""The room's blueprint, which all its pages share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("tablet", __name__)

IN_JSON = ("/outbox", "/uploads", "/tablet/key", "/tablet/office-key")
"""Where scripts ask: whatever goes wrong there, the answer is JSON."""
