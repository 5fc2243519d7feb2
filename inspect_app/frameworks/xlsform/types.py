"""The kinds of answer of XLSForm, and what they are here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inspect_app.frameworks.answer_types import AnswerType

PLAIN_TYPES = {
    "text": AnswerType.TEXT,
    "string": AnswerType.TEXT,
    "integer": AnswerType.NUMBER,
    "int": AnswerType.NUMBER,
    "decimal": AnswerType.NUMBER,
    "range": AnswerType.NUMBER,
    "date": AnswerType.DATE,
    "time": AnswerType.TIME,
    "datetime": AnswerType.DATE_TIME,
    "image": AnswerType.PHOTO,
    "photo": AnswerType.PHOTO,
    "audio": AnswerType.SOUND,
    "note": AnswerType.NOTE,
    "calculate": AnswerType.CALCULATED,
    "acknowledge": AnswerType.YES_NO,
    "trigger": AnswerType.YES_NO,
    "barcode": AnswerType.TEXT,
}
CHOOSING_TYPES = {
    "select_one": AnswerType.ONE_OF,
    "select one": AnswerType.ONE_OF,
    "select1": AnswerType.ONE_OF,
    "select one from": AnswerType.ONE_OF,
    "add select one prompt using": AnswerType.ONE_OF,
    "select_multiple": AnswerType.SEVERAL_OF,
    "select multiple": AnswerType.SEVERAL_OF,
    "select multiple from": AnswerType.SEVERAL_OF,
    "select all that apply": AnswerType.SEVERAL_OF,
    "select all that apply from": AnswerType.SEVERAL_OF,
    "add select multiple prompt using": AnswerType.SEVERAL_OF,
    "rank": AnswerType.RANK,
}
CHOOSING_WORDS = re.compile(
    rf"({'|'.join(sorted(CHOOSING_TYPES, key=len, reverse=True))})\s+([^\s$]+)(\s+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
WRITTEN = {
    AnswerType.SCALE: "select_one scale_{0.scale_key}",
    AnswerType.COUNT: "integer",
    AnswerType.YES_NO: "select_one yes_no",
    AnswerType.YES_NO_PARTLY: "select_one yes_no_partly",
    AnswerType.NUMBER: "decimal",
    AnswerType.TEXT: "text",
    AnswerType.ONE_OF: "select_one list_{0.list_key}",
    AnswerType.SEVERAL_OF: "select_multiple list_{0.list_key}",
    AnswerType.RANK: "rank list_{0.list_key}",
    AnswerType.DATE: "date",
    AnswerType.TIME: "time",
    AnswerType.DATE_TIME: "dateTime",
    AnswerType.PHOTO: "image",
    AnswerType.SOUND: "audio",
    AnswerType.CALCULATED: "calculate",
    AnswerType.NOTE: "note",
}
"""How the form that we write asks for each type of answer."""
OPENS = re.compile(r"begin[ _](group|repeat|loop)\b.*", re.IGNORECASE)
CLOSES = re.compile(r"end[ _](group|repeat|loop)\b.*", re.IGNORECASE)
ASKED_ELSE = {
    "acknowledge": "It is asked with yes and no.",
    "trigger": "It is asked with yes and no.",
    "barcode": "The number below the bars is asked for as text.",
}
ITSELF = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "imei",
        "username",
        "phonenumber",
        "phone number",
        "email",
        "device id",
        "subscriber id",
        "sim id",
        "start time",
        "end time",
        "simserial",
        "subscriberid",
        "audit",
        "start-geopoint",
        "background-audio",
        "caseid",
    }
)
LACKING = {
    "geopoint": "Places on a map cannot be asked for here.",
    "gps": "Places on a map cannot be asked for here.",
    "geotrace": "Lines on a map cannot be asked for here.",
    "geoshape": "Areas on a map cannot be asked for here.",
    "video": "Films cannot be asked for here.",
    "file": "Files cannot be asked for here.",
    "hidden": "Hidden values are not kept here.",
}
FROM_FILE = re.compile(r"(select.*(from[ _]file|external)|csv-external|xml-external|osm)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """What a row asks for; ``sentence`` says how it differs from the form, or why it does not come over."""

    answer_type: AnswerType | None
    list_name: str = ""
    has_other: bool = False
    sentence: str = ""


def kind_of(text: str) -> Kind:
    """Return what a cell of the column ``type`` asks for."""
    found = CHOOSING_WORDS.fullmatch(text)
    if found:
        words = re.sub(r"\s+", " ", found[1].lower())
        return Kind(CHOOSING_TYPES[words], found[2], bool(found[3]))
    name = re.sub(r"\s+", " ", text.lower())
    if name in PLAIN_TYPES:
        return Kind(PLAIN_TYPES[name], sentence=ASKED_ELSE.get(name, ""))
    if name in ITSELF or name.startswith("get "):
        return Kind(None, sentence=f"“{text}” is left out: when and by whom things are seen is kept here anyway.")
    if FROM_FILE.match(name):
        return Kind(None, sentence=f"“{text}” is left out: its answers come from another file.")
    return Kind(None, sentence=f"“{text}” is left out. {LACKING.get(name, 'This kind of answer is not known here.')}")
