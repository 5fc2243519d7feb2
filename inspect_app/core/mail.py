"""Mail: plain words, kept as a row first, sent by the worker afterwards.

A message that a real mail server accepted is *delivered*. Without a mail server it is *written* to a file in
the data folder: good for trying things out, and proof of nothing.
"""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from blinker import Signal
from flask import current_app, render_template
from sqlalchemy import CheckConstraint, String, Text, Uuid, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db, new_id, uuid_pk
from inspect_app.core.errors import Refused
from inspect_app.core.files import sync_folder
from inspect_app.core.jobs import Job, enqueue, handler, progress
from inspect_app.core.programme import programme
from inspect_app.core.time import now
from inspect_app.core.words import lazy

log = logging.getLogger(__name__)

mail_delivered = Signal()
"""Sent with the message, in the transaction that notes that a real mail server accepted it."""

ATTEMPTS = 7  # with growing pauses: about eleven hours, longer than most mail servers are away
TIMEOUT_SECONDS = 20
BAD_ADDRESS = lazy("This e-mail address is not complete. It should look like name@example.org.")


_silent: ContextVar[bool] = ContextVar("mail_is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Send no mail for what happens inside: the demonstration tells of a past in which mails went out long ago."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    """Say whether no mail goes out for what happens now."""
    return _silent.get()


class MailMessage(Model):
    """One mail to one address. ``delivered`` means that a mail server accepted it; ``written`` does not."""

    __tablename__ = "mail_message"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'delivered', 'written', 'failed')", name="state_known"),
        CheckConstraint("(finished_at IS NULL) = (state = 'queued')", name="finished_when_ended"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    person_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(60))
    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)


def send_later(
    to_address: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    *,
    person_id: uuid.UUID | None,
    kind: str,
    unique_key: str | None = None,
) -> MailMessage:
    """Write the mail from ``templates/mail/<template>.txt`` and have the worker send it.

    The template also sees ``programme``, so that every mail can say whom to ring. A message with the same
    ``unique_key`` is made once, ever. Raises Refused (422) for an address that is none.
    """
    words = render_template(f"mail/{template}.txt", **{"programme": programme(), **context})
    message = MailMessage(
        id=new_id(),
        person_id=person_id,
        to_address=_checked(to_address),
        subject=" ".join(subject.split())[:200],
        body=re.sub(r"\n{3,}", "\n\n", words).strip() + "\n",
        kind=kind,
        unique_key=unique_key,
        created_at=now(),
    )
    if unique_key and (earlier := _with_key(unique_key)):
        return earlier
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except IntegrityError:
        earlier = _with_key(unique_key) if unique_key else None
        if earlier is None:
            raise
        return earlier
    enqueue("mail.send", {"message_id": str(message.id)}, unique_key=f"mail.send:{message.id}")
    return message


def _with_key(unique_key: str) -> MailMessage | None:
    return db.session.scalar(select(MailMessage).where(MailMessage.unique_key == unique_key))


def _checked(address: str) -> str:
    try:
        if len(address) > 254 or not Address(addr_spec=address.strip()).domain:
            raise ValueError("no domain")
    except (ValueError, IndexError, MessageError) as error:
        raise Refused(BAD_ADDRESS, 422) from error
    return address.strip()


def _give_up(job: Job) -> None:
    message = db.session.get(MailMessage, uuid.UUID(job.payload["message_id"]))
    if message is not None and message.state == "queued":
        _finish(message, "failed", error=job.error)


@handler("mail.send", attempts=ATTEMPTS, on_failed=_give_up)
def _send(job: Job) -> None:
    message = db.session.get(MailMessage, uuid.UUID(job.payload["message_id"]))
    if message is None or message.state != "queued":
        return
    letter = compose(message)
    # The network may be slow: nobody shall wait for this transaction meanwhile.
    progress(job, 10, "Sending the mail.")
    if not current_app.config.get("MAIL_SERVER"):
        _write(message, letter)
        _finish(message, "written")
        return
    try:
        _hand_over(letter)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _raise_unless_final(error, max(codes, default=0))
    except smtplib.SMTPResponseException as error:
        _raise_unless_final(error, error.smtp_code)
    _finish(message, "delivered")
    mail_delivered.send(message)


def _raise_unless_final(error: smtplib.SMTPException, code: int) -> None:
    """Give up at once when the server says never (5xx), try again later when it says not now."""
    if 500 <= code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError):
        raise Refused("The mail server refused this mail. Check the address.") from error
    raise error


def compose(message: MailMessage) -> EmailMessage:
    """Return the mail as RFC 5322 wants it; its Message-ID stays the same however often it is sent."""
    sender = str(current_app.config["MAIL_FROM"])
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = message.to_address
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.created_at.astimezone(UTC))
    letter["Message-ID"] = f"<{message.id}@{letter['From'].addresses[0].domain or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    return letter


def _hand_over(letter: EmailMessage) -> None:
    config = current_app.config
    server, port = str(config["MAIL_SERVER"]), int(config.get("MAIL_PORT") or 587)
    security = config.get("MAIL_TLS", "starttls")
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(server, port, timeout=TIMEOUT_SECONDS, context=context)
        if security == "tls"
        else smtplib.SMTP(server, port, timeout=TIMEOUT_SECONDS)
    ) as connection:
        if security == "starttls":
            connection.starttls(context=context)
        if config.get("MAIL_USERNAME"):
            connection.login(str(config["MAIL_USERNAME"]), str(config.get("MAIL_PASSWORD") or ""))
        connection.send_message(letter)


def _write(message: MailMessage, letter: EmailMessage) -> None:
    folder = Path(current_app.config["VAR"]) / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{message.id}.eml"
    passing = path.with_suffix(".part")
    with passing.open("wb") as out:
        out.write(letter.as_bytes())
        out.flush()
        os.fsync(out.fileno())
    passing.replace(path)
    sync_folder(folder)


def _finish(message: MailMessage, state: str, error: str | None = None) -> None:
    message.state = state
    message.finished_at = now()
    message.error = error
