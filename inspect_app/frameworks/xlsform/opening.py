"""Open a form's file: its cells, and what pyxform says of it, from a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspect_app.frameworks.xlsform.report import Note

LARGEST = 10_000_000
"""Bytes."""
LONGEST_WAIT = 8.5
"""Seconds by the clock on the wall, the child's start counted; what is left of ten is for reading what it found."""
SCRIPT = Path(__file__).with_name("isolated.py")
TOO_LONG = "Reading this file takes too long: nearly 10 seconds. Take out what is no part of the form, and try again."
TOO_MUCH = "Opening this file takes more memory than a form may. Copy the form into a new file, and try again."


@dataclass(frozen=True)
class Opened:
    """A form's cells: sheet → name and rows, each with its number; and what pyxform says."""

    sheets: dict[str, Any]
    others: tuple[str, ...]
    marks: tuple[str, ...]
    checked: dict[str, Any]


def open_form(content: bytes) -> Opened | Note:
    """Return what a file holds, or one sentence that says why it cannot be opened."""
    if len(content) > LARGEST:
        return Note(f"The file has more than {LARGEST // 1_000_000} MB. A form has less.")
    end = time.monotonic() + LONGEST_WAIT
    with subprocess.Popen(  # noqa: S603 - our own script, with no argument from outside
        [sys.executable, "-I", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    ) as child:
        try:
            out, _ = child.communicate(content, timeout=max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
    ran_out = TOO_LONG if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else TOO_MUCH
    answers = [json.loads(line) for line in out.decode().splitlines(keepends=True) if line.endswith("\n")]
    if not answers:
        return Note(ran_out)
    found = answers[0]
    if "fault" in found:
        fault = found["fault"]
        return Note(fault["sentence"], fault.get("sheet", ""), fault.get("row"))
    checked = answers[1] if len(answers) > 1 else {"valid": False, "said": "", "sentence": ran_out}
    return Opened(found["sheets"], tuple(found["others"]), tuple(found["marks"]), checked)
