"""The end of a session: it must not meet the garbage collector half-way, and others wait for it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.state import InstanceState

from inspect_app.core.database import db
from inspect_app.core.journal import Chain


def test_objects_live_until_the_session_has_let_go_of_them(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    db.session.add(Chain())
    db.session.commit()
    db.session.remove()
    chain = db.session.scalars(select(Chain)).one()
    chain.myself = chain  # type: ignore[attr-defined]  # a cycle, as an inspection and its members are one
    gone = weakref.ref(chain)
    seen: list[bool] = []
    detach = InstanceState._detach_states.__func__  # type: ignore[attr-defined]

    def collect_half_way(cls: Any, *arguments: Any, **more: Any) -> None:
        gc.collect()
        seen.append(gone() is not None)
        detach(cls, *arguments, **more)

    monkeypatch.setattr(InstanceState, "_detach_states", classmethod(collect_half_way))
    del chain
    db.session.remove()
    assert seen == [True]
    gc.collect()
    assert gone() is None


def test_the_transaction_ends_before_anything_else_looks_at_the_answer(app: Flask) -> None:
    first = app.after_request_funcs[None][-1]  # Flask begins with what was registered last
    assert first.__module__ == "inspect_app.core.database"
