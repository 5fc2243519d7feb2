"""The room's blueprint, which all its pages share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("fieldwork", __name__)

SAVED_REFERENCE = "saved_reference"
"""The part of an address by which an inspection is loaded for a save, with as little as a save needs."""
