"""Forms in use in the world, where a folder of them lies beside the product; `script/forms` goes through all."""

from pathlib import Path

import pytest

from inspect_app.frameworks.plain import criteria
from inspect_app.frameworks.xlsform import isolated
from inspect_app.frameworks.xlsform.opening import Opened
from inspect_app.frameworks.xlsform.reading import report_of
from inspect_app.frameworks.xlsform.types import CLOSES, OPENS

SOME = (
    "IFRC_distribution_site_assessment__OLE2-named-xlsx.xlsx",
    "hot_toilets_inspection_en_fr.xls",
    "socio_economic_survey_en_fr.xlsx",
    "surveycto_table_list_matrix.xlsx",
    "pyxform_specify_other.csv",
)


def folder() -> Path:
    around = (parent / "shared" / "data" / "xlsforms" for parent in Path(__file__).resolve().parents)
    found = next((one for one in around if one.is_dir()), None)
    return found or pytest.skip("no folder of real forms lies beside the product")


@pytest.mark.parametrize("name", SOME)
def test_each_row_of_a_real_form_comes_over_or_is_named(name):
    content = (folder() / name).read_bytes()
    kind = isolated.kind_of(content)
    sheets = isolated.READERS[kind](content)["sheets"]
    report = report_of(Opened(sheets, (), (), {"valid": True}))
    assert report.plain, report.faults
    named = {note.row for note in report.notes if note.sheet == sheets["survey"]["name"]}
    header, *rows = sheets["survey"]["rows"]
    at = [cell.strip().lower() for cell in header[1]].index("type")
    asked = [row for row, cells in rows if len(cells) > at and not (OPENS.match(cells[at]) or CLOSES.match(cells[at]))]
    assert len(set(asked) - named) <= sum(1 for _ in criteria(report.plain))
