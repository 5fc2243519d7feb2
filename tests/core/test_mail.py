"""Mail: plain, complete, sent once; delivered only when a real server took it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app.core import mail
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.jobs import work_once
from inspect_app.core.mail import MailMessage, compose, mail_delivered, send_later
from inspect_app.core.programme import Programme
from inspect_app.core.time import at, now

CONTEXT = {
    "name": "Zoë",
    "paragraphs": ["The draft report is ready.", "You have until 4 May to say what is wrong."],
    "link": "https://inspect.example.org/reports/1?a=1&b=2",
    "link_words": "Read the draft",
}


class Server:
    """A mail server that notes what it gets, or refuses."""

    got: list[EmailMessage]
    refusal: Exception | None

    def __init__(self) -> None:
        self.got, self.refusal, self.said = [], None, []

    def __call__(self, *_: Any, **given: Any) -> Server:
        assert given["timeout"]
        return self

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.said.append("quit")

    def starttls(self, context: object) -> None:
        assert context, "the server's certificate is checked"
        self.said.append("tls")

    def login(self, user: str, _password: str) -> None:
        self.said.append(user)

    def send_message(self, letter: EmailMessage) -> None:
        if self.refusal:
            raise self.refusal
        self.got.append(letter)


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    fake = Server()
    monkeypatch.setattr(mail.smtplib, "SMTP", fake)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    return fake


def write(subject: str = "The draft is ready", to: str = "zoe@example.org", **more: Any) -> MailMessage:
    return send_later(to, subject, "message", CONTEXT, person_id=None, kind="draft", **more)


def test_the_words_of_a_mail(app: Flask) -> None:
    db.session.add(
        Programme(
            name="Northford Inspects",
            organisation_name="Northford Council",
            contact_name="Ada Bell",
            contact_phone="01632 960 123",
            contact_email="ada@example.org",
        )
    )
    assert write().body == (
        "Hello Zoë,\n\nThe draft report is ready.\n\nYou have until 4 May to say what is wrong.\n\n"
        "Read the draft:\nhttps://inspect.example.org/reports/1?a=1&b=2\n\n"
        "If you have a question, ring Ada Bell: 01632 960 123.\n\nNorthford Inspects\nNorthford Council\n"
    )


def test_before_there_is_a_programme_a_mail_still_says_whom_to_ask(app: Flask) -> None:
    assert write().body.endswith("b=2\n\nIf you have a question, ask your coordinator.\n")


def test_without_a_server_the_mail_is_written_to_a_file(app: Flask) -> None:
    message = write("Grüße, the draft is ready")
    assert work_once()
    assert message.state == "written"
    folder = Path(app.config["VAR"]) / "mail"
    data = (folder / f"{message.id}.eml").read_bytes()
    letter = message_from_bytes(data, policy=policy.default)
    assert letter["To"] == "zoe@example.org"
    assert letter["Subject"] == "Grüße, the draft is ready"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Zoë" in letter.get_content()
    assert b"\r\n" in data
    assert not list(folder.glob("*.part"))


def test_what_a_real_server_accepts_is_delivered(app: Flask, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_USERNAME", "inspect")
    heard: list[MailMessage] = []
    hear = mail_delivered.connect(lambda message: heard.append(message))
    message = write()
    work_once()
    assert (message.state, heard) == ("delivered", [message])
    assert server.said == ["tls", "inspect", "quit"]
    assert len(server.got) == 1
    mail_delivered.disconnect(hear)


def test_the_same_mail_is_made_once(app: Flask) -> None:
    first = write(unique_key="weekly 2026-10 zoe")
    assert write(unique_key="weekly 2026-10 zoe").id == first.id
    assert db.session.scalar(select(func.count()).select_from(MailMessage)) == 1


def test_a_mail_sent_twice_bears_the_same_number(app: Flask) -> None:
    message = write()
    assert compose(message)["Message-ID"] == compose(message)["Message-ID"]
    assert str(message.id) in compose(message)["Message-ID"]


def test_a_server_that_is_away_is_tried_again(app: Flask, server: Server) -> None:
    server.refusal = ConnectionRefusedError()
    message = write()
    work_once()
    assert message.state == "queued"
    server.refusal = None
    with at(now() + timedelta(minutes=5)):
        work_once()
    assert message.state == "delivered"


@pytest.mark.parametrize(
    "refusal",
    [
        smtplib.SMTPRecipientsRefused({"zoe@example.org": (550, b"no such mailbox")}),
        smtplib.SMTPDataError(554, b"no"),
    ],
)
def test_a_mail_that_the_server_will_never_take_has_failed(app: Flask, server: Server, refusal: Exception) -> None:
    server.refusal = refusal
    message = write()
    work_once()
    assert message.state == "failed"
    assert message.error


@pytest.mark.parametrize(
    "refusal",
    [
        smtplib.SMTPRecipientsRefused({"zoe@example.org": (450, b"busy")}),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
    ],
)
def test_not_now_is_not_never(app: Flask, server: Server, refusal: Exception) -> None:
    server.refusal = refusal
    message = write()
    work_once()
    assert message.state == "queued"


def test_nothing_in_a_subject_can_become_a_heading(app: Flask) -> None:
    letter = compose(write("Hello\r\nBcc: all@example.org"))
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: all@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "zoe",
        "zoe@",
        "@example.org",
        "a@b.org\nBcc: c@d.org",
        "a@b.org, c@d.org",
        "A <a@b.org>",
        "a" * 250 + "@b.org",
    ],
)
def test_what_is_no_address_is_refused(app: Flask, address: str) -> None:
    with pytest.raises(Refused, match=r"name@example\.org") as refusal:
        write(to=address)
    assert refusal.value.status == 422
