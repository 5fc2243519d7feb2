"""The room's blueprint, which all its pages share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("fieldwork", __name__)
