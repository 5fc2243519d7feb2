"""Questions come in from files and go out as files: by command and on the page."""

import io
import json
import uuid

from inspect_app.core.database import db
from inspect_app.frameworks.models import FrameworkDraft, FrameworkVersion
from inspect_app.frameworks.operations_drafts import publish_draft
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.xlsform.reading import read_xlsform
from inspect_app.frameworks.xlsform.template import example, write_template
from tests.routes.pages import faults_of

FORM = "type,name,label\ntext,a,What do you see?\ngeopoint,where,Where?\n"


def test_the_commands_bring_in_and_hand_out(app, people, tmp_path) -> None:
    run = app.test_cli_runner().invoke
    form = tmp_path / "walk.csv"
    form.write_text(FORM)
    dry = run(args=["framework", "import", str(form), "--dry-run", "--json"])
    said = json.loads(dry.output)
    assert (dry.exit_code, said["usable"], said["draft"]) == (0, True, None)
    assert said["themes"][0]["criteria"] == [{"key": "a", "question": "What do you see?", "answer": "text"}]
    assert said["not_carried_over"][-1] == {
        "sheet": "survey",
        "row": 3,
        "column": "type",
        "sentence": "“geopoint” is left out. Places on a map cannot be asked for here.",
    }
    assert db.session.query(FrameworkDraft).count() == 0

    done = run(args=["framework", "import", str(form)])
    assert done.exit_code == 0, done.output
    assert "row 3, column “type”: “geopoint” is left out." in done.output
    assert db.session.query(FrameworkDraft).one().begun_by_id == people.helen.id
    assert db.session.query(FrameworkVersion).count() == 0

    form.write_text("type,name,label\nselect_one x,a,A?\n")
    refused = run(args=["framework", "import", str(form), "--json"])
    assert refused.exit_code == 1
    assert json.loads(refused.output)["faults"][0]["sentence"].startswith("A question asks for a list")
    assert run(args=["framework", "import", str(form), "--as", "nobody@example.org"]).exit_code == 1

    sheet, text = tmp_path / "out.xlsx", tmp_path / "out.yaml"
    for kind, out in (("xlsform", sheet), ("yaml", text)):
        assert run(args=["framework", "export", "look-see", "--format", kind, "--out", str(out)]).exit_code == 0
    assert read_xlsform(sheet.read_bytes()).plain == read_framework(text.read_text())


def test_the_page_brings_in_a_draft_and_says_what_is_otherwise(people, as_person) -> None:
    helen = as_person(people.helen)
    shown = helen.get("/frameworks/drafts/bring")
    assert not faults_of(shown.text)
    sent = {"id": str(uuid.uuid4())}
    refused = helen.post("/frameworks/drafts/bring", data={**sent, "file": (io.BytesIO(b"type,name"), "a.csv")})
    assert refused.status_code == 422
    assert "This sheet holds no questions." in refused.text
    for _ in range(2):  # twice is once
        brought = helen.post(
            "/frameworks/drafts/bring", data={**sent, "file": (io.BytesIO(FORM.encode()), "stops.csv")}
        )
    draft = db.session.query(FrameworkDraft).one()
    kept = f"/frameworks/drafts/{draft.id}/brought"
    assert brought.location == kept
    assert not faults_of(helen.get(kept).text)
    assert "<strong>Row 3, type:</strong> “geopoint” is left out." in helen.get(kept).text
    assert kept in helen.get(f"/frameworks/drafts/{draft.id}").text
    version = publish_draft(draft.id, people.helen)
    db.session.commit()
    assert kept in helen.get(f"/frameworks/{version.id}").text
    assert "Go to the version" in helen.get(kept).text
    form = helen.get(f"/frameworks/drafts/{draft.id}/form")
    assert [one.title for one in read_xlsform(form.data).plain.themes] == ["stops"]
    assert as_person(people.ana).get("/frameworks/drafts/bring").status_code == 403


def test_the_template_reads_as_what_it_shows() -> None:
    report = read_xlsform(write_template())
    assert (report.plain, report.notes) == (example(), ())
