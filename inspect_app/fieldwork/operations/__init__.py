"""Writes of fieldwork: save a rating, note something, add a photo or a sound, seal."""

from inspect_app.fieldwork.operations.evidence import Photo, Sound, add_evidence, add_sound, withdraw_evidence
from inspect_app.fieldwork.operations.notes import Note, capture_observation, withdraw_observation
from inspect_app.fieldwork.operations.origins import Sent
from inspect_app.fieldwork.operations.ratings import capture
from inspect_app.fieldwork.operations.seals import open_seal, seal
from inspect_app.fieldwork.operations.sheets import (
    SheetAnswer,
    WrongAnswers,
    add_sheet_photo,
    type_sheet,
    withdraw_sheet_photo,
)
from inspect_app.fieldwork.operations.twice import keep_typing, settle
from inspect_app.fieldwork.operations.words import forget_words, keep_words
from inspect_app.fieldwork.operations.writing_down import may_write_down, write_down

__all__ = [
    "Note",
    "Photo",
    "Sent",
    "SheetAnswer",
    "Sound",
    "WrongAnswers",
    "add_evidence",
    "add_sheet_photo",
    "add_sound",
    "capture",
    "capture_observation",
    "forget_words",
    "keep_typing",
    "keep_words",
    "may_write_down",
    "open_seal",
    "seal",
    "settle",
    "type_sheet",
    "withdraw_evidence",
    "withdraw_observation",
    "withdraw_sheet_photo",
    "write_down",
]
