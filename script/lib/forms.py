"""Goes through real forms and frameworks made by chance: see script/forms."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, Phase, given, settings

from inspect_app.frameworks.plain import PlainFramework, criteria, texts_of
from inspect_app.frameworks.xlsform import isolated
from inspect_app.frameworks.xlsform.opening import Opened
from inspect_app.frameworks.xlsform.reading import read_xlsform, report_of
from inspect_app.frameworks.xlsform.report import Report
from inspect_app.frameworks.xlsform.writing import write_xlsform


def main() -> None:
    """Go through all, and end with status 1 when anything differs."""
    parser = argparse.ArgumentParser(prog="script/forms")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/xlsforms"))
    parser.add_argument("--made", type=int, default=1000, help="how many frameworks to make")
    asked = parser.parse_args()
    differs = 0
    for path in sorted(asked.folder.iterdir()) if asked.folder.is_dir() else ():
        begun = time.monotonic()
        report = read_xlsform(path.read_bytes())
        seconds = time.monotonic() - begun
        is_same = report.plain is None or comes_back(report.plain) == in_order(report.plain)
        differs += not is_same
        print(f"{seconds:5.1f} s  {path.name}: {told(report)}{'' if is_same else '  COMES BACK OTHERWISE'}")
    differs += made(asked.made)
    sys.exit(1 if differs else 0)


def told(report: Report) -> str:
    """Return one line about a form."""
    if report.plain is None:
        return f"refused. {report.faults[0]}"
    questions = sum(1 for _ in criteria(report.plain))
    return f"{len(report.plain.themes)} themes, {questions} questions, {len(report.notes)} notes"


def comes_back(plain: PlainFramework) -> PlainFramework | None:
    """Return what is read of what was written, which pyxform has to accept."""
    content = write_xlsform(plain)
    checked = isolated.checked(content, ".xlsx")
    if not checked["valid"]:
        print(checked)
        return None
    return report_of(Opened(isolated.read_xlsx(content)["sheets"], (), (), checked)).plain


def in_order(plain: PlainFramework) -> PlainFramework:
    """Return the same with the texts of each translation in their order."""
    places = list(texts_of(plain))
    layers = tuple(
        replace(one, texts=tuple(sorted(one.texts, key=lambda text: places.index(text[0]))))
        for one in plain.translations
    )
    return replace(plain, translations=layers)


def made(count: int) -> int:
    """Write and read frameworks made by chance; return 1 when one comes back otherwise."""
    done = 0

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(made_frameworks().frameworks())
    def goes_round(plain: PlainFramework) -> None:
        nonlocal done
        done += 1
        if comes_back(plain) != in_order(plain):
            raise ValueError(f"this comes back otherwise: {plain}")

    try:
        goes_round()
    except ValueError as error:
        print(error)
        return 1
    finally:
        print(f"{done} frameworks made by chance were written and read again.")
    return 0


def made_frameworks() -> ModuleType:
    """Return the tests' own maker of frameworks, which is no part of the product."""
    spec = importlib.util.spec_from_file_location("made", "tests/frameworks/made.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("tests/frameworks/made.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
