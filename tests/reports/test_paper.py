from __future__ import annotations

from pathlib import Path

from inspect_app.core import files, jobs
from inspect_app.reports import paper, queries
from tests.reports.steps import drafted


def test_a_draft_becomes_a_pdf_by_the_worker(world, tmp_path):
    draft = drafted(world)
    from inspect_app.core.database import db

    db.session.commit()
    jobs.work_until_empty()
    draft = queries.latest_draft(world.inspection.id)
    assert draft.file is not None
    data = files.read(draft.file)
    assert data.startswith(b"%PDF")
    Path("/tmp/reports-draft.pdf").write_bytes(data)
    assert paper.make_draft_file(draft).id == draft.file_id
