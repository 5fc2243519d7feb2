"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("making", __name__)
