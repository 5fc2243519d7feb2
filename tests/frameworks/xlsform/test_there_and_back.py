"""A framework handed out as a form is accepted by others' programs, and reads in again as the same."""

import io
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pyxform.xls2xform import convert

from inspect_app.frameworks.plain import PlainFramework, texts_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.xlsform import isolated
from inspect_app.frameworks.xlsform.opening import Opened
from inspect_app.frameworks.xlsform.reading import report_of
from inspect_app.frameworks.xlsform.template import example
from inspect_app.frameworks.xlsform.writing import sheets_of, workbook, write_xlsform
from tests.frameworks.made import frameworks

LIBRARY = sorted(Path("inspect_app/frameworks/library").glob("*.yaml"))


def in_order(plain: PlainFramework) -> PlainFramework:
    """The same with each translation in the order of the texts: in which order a file has them says nothing."""
    places = list(texts_of(plain))
    layers = (
        replace(one, texts=tuple(sorted(one.texts, key=lambda text: places.index(text[0]))))
        for one in plain.translations
    )
    return replace(plain, translations=tuple(layers))


def there_and_back(plain: PlainFramework) -> PlainFramework:
    content = write_xlsform(plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        convert(xlsform=io.BytesIO(content), file_type=".xlsx")
    found = isolated.read_xlsx(content)
    report = report_of(Opened(found["sheets"], (), (), {"valid": True}))
    assert report.plain, report.faults
    return report.plain


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(frameworks())
def test_a_framework_made_by_chance(plain):
    assert there_and_back(plain) == in_order(plain)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_a_framework_of_the_library(path):
    plain = read_framework(path.read_text())
    assert there_and_back(plain) == in_order(plain)


def test_people_write_over_a_form_of_ours_and_add_rows():
    sheets = sheets_of(example())
    lift, stairs = sheets["survey"][1], sheets["survey"][2]
    lift["label"] = "There is a lift for wheelchairs."
    stairs |= {"type": "text", "name": "Ways", "label": "Which other ways are there?"}
    sheets["survey"].insert(3, {"type": "select_one paint", "name": "paint", "label": "Which colour?"})
    sheets["survey"].insert(4, {"type": "date", "name": "day", "label": "Since?", "relevant": "${paint} = 'Dark Red'"})
    sheets["choices"] += [{"list_name": "paint", "name": "Dark Red", "label": "Dark red"}]
    sheets["choices"] += [{"list_name": "scale_five", "name": "best", "label": "The best"}]
    plain = report_of(Opened(isolated.read_xlsx(workbook(sheets))["sheets"], (), (), {"valid": True})).plain
    assert [(one.key, one.plain, one.answer_type, one.condition) for one in plain.themes[0].criteria[:4]] == [
        ("lift", "There is a lift for wheelchairs.", "yes_no", ""),
        ("ways", "Which other ways are there?", "text", "${lift} = 'no'"),
        ("paint", "Which colour?", "one_of", ""),
        ("day", "Since?", "date", "${paint} = 'dark-red'"),
    ]
    assert plain.scales[0].points[-1].label == plain.scales[0].points[-1].descriptor == "The best"
