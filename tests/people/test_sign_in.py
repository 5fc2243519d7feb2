import argon2
import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.jobs import work_once
from inspect_app.core.mail import MailMessage
from inspect_app.core.time import at, now
from inspect_app.people.queries import person_by_email
from inspect_app.people.rules import SIGN_IN_LASTS
from tests.people.conftest import PASSWORD

ADDRESS = "inspector@northfield.example"
NEW_PASSWORD = "seven quiet herons swim"


def mails(app: Flask) -> list[MailMessage]:
    with app.app_context():
        while work_once():
            pass
        return list(db.session.scalars(select(MailMessage).order_by(MailMessage.created_at)))


def link_in(mail: MailMessage) -> str:
    line = next(line for line in mail.body.splitlines() if line.startswith("http://127.0.0.1:8000/"))
    return line.removeprefix("http://127.0.0.1:8000")


def test_signs_in_with_a_password_however_the_address_is_written(own_app, people):
    client = own_app.test_client()
    answer = client.post("/sign-in", data={"email": " Inspector@Northfield.EXAMPLE", "password": PASSWORD})
    assert answer.location == "/"
    assert "Inspector" in client.get("/me").text


@pytest.mark.parametrize(
    "data",
    [
        {"email": ADDRESS, "password": "wrong wrong wrong"},
        {"email": "stranger@northfield.example", "password": "wrong wrong wrong"},
    ],
)
def test_the_same_answer_for_a_wrong_password_and_an_unknown_address(own_app, people, data):
    page = own_app.test_client().post("/sign-in", data=data).text
    assert page.count("The e-mail address or the password is not right") == 1
    assert "does not exist" not in page
    assert "Invalid" not in page


def test_no_time_tells_who_has_an_account(own_app, people, monkeypatch):
    """What takes the time is the hash: whoever asks, one is made, and it costs the same."""
    work = []
    hash_secret, verify_secret = argon2.low_level.hash_secret, argon2.low_level.verify_secret

    def hashing(*arguments, **how):
        made = hash_secret(*arguments, **how)
        work.append(cost_of(made))
        return made

    def verifying(made, *arguments):
        work.append(cost_of(made))
        return verify_secret(made, *arguments)

    monkeypatch.setattr(argon2.low_level, "hash_secret", hashing)
    monkeypatch.setattr(argon2.low_level, "verify_secret", verifying)
    client = own_app.test_client()
    for address in (ADDRESS, "stranger@northfield.example"):
        client.post("/sign-in", data={"email": address, "password": "not the one they have"})
    assert len(work) == 2
    assert work[0] == work[1]


def cost_of(made: bytes) -> bytes:
    """Return the costs that a hash names: memory, time, lanes."""
    return made.split(b"$")[3]


@pytest.mark.parametrize("page", ["/sign-in/link", "/new-password"])
def test_asking_for_a_link_is_the_same_for_everybody(own_app, people, page):
    client = own_app.test_client()
    known = client.post(page, data={"email": ADDRESS})
    unknown = client.post(page, data={"email": "stranger@northfield.example"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location) == (303, known.location)
    sent = mails(own_app)
    assert [mail.to_address for mail in sent] == [ADDRESS]


def test_a_link_signs_in_once_and_only_by_its_button(own_app, people):
    client = own_app.test_client()
    client.post("/sign-in/link", data={"email": ADDRESS})
    link = link_in(mails(own_app)[0])
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert client.get("/me").status_code == 302
    assert client.post(link).location == "/"
    assert client.get("/me").status_code == 200
    assert own_app.test_client().post(link).status_code == 410


def test_a_newer_link_replaces_an_older_one(own_app, people):
    client = own_app.test_client()
    for _ in range(2):
        client.post("/sign-in/link", data={"email": ADDRESS})
        sent = mails(own_app)
    assert client.get(link_in(sent[0])).status_code == 410
    assert client.get(link_in(sent[1])).status_code == 200


def test_a_false_link_opens_nothing(own_app, people):
    assert own_app.test_client().post("/sign-in/link/never-made").status_code == 410


def test_a_link_never_leads_to_the_host_that_a_stranger_named(own_app, people):
    own_app.test_client().post("/new-password", data={"email": ADDRESS}, headers={"Host": "evil.example"})
    assert "evil.example" not in mails(own_app)[0].body


def test_a_new_password_by_mail_works_once_and_ends_other_sessions(own_app, people, enter):
    elsewhere = enter("inspector")
    client = own_app.test_client()
    client.post("/new-password", data={"email": ADDRESS})
    link = link_in(mails(own_app)[0])
    data = {"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}
    short = client.post(link, data={"password": "short", "password_confirm": "short"})
    assert "Choose a password of 12" in short.text
    assert client.post(link, data=data).location == "/sign-in"
    assert elsewhere.get("/me").status_code == 302
    assert client.post(link, data=data).location == "/new-password"
    assert "This link does not work any more" in client.get("/new-password").text
    assert client.post("/sign-in", data={"email": ADDRESS, "password": NEW_PASSWORD}).location == "/"
    assert mails(own_app)[-1].subject == "Your password is changed"
    assert "Your password was changed just now" in mails(own_app)[-1].body


def test_changes_the_own_password(own_app, people, enter):
    client = enter("inspector")
    data = {"password": "not it", "new_password": NEW_PASSWORD, "new_password_confirm": NEW_PASSWORD}
    assert "This is not your password of now" in client.post("/me/password", data=data).text
    client.post("/language", data={"wanted": "de"})
    assert client.post("/me/password?language=it", data=data | {"password": PASSWORD}).location == "/me"
    assert "Über Sie" in client.get("/me").text
    assert mails(own_app)[-1].subject == "Ihr Passwort ist geändert"
    assert "Ihr Passwort wurde gerade geändert." in mails(own_app)[-1].body


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example"])
def test_goes_nowhere_but_to_this_site_after_sign_in(own_app, people, target):
    answer = own_app.test_client().post(
        "/sign-in",
        query_string={"next": target},
        data={"email": ADDRESS, "password": PASSWORD, "next": target},
    )
    assert (answer.location or "/").startswith("/")
    assert not (answer.location or "/").startswith(("//", "/\\"))


def test_comes_back_to_the_page_that_was_asked_for(own_app, people):
    client = own_app.test_client()
    asked = client.get("/me")
    assert asked.location.startswith("/sign-in?next=")
    assert "/me" in client.post(asked.location, data={"email": ADDRESS, "password": PASSWORD}).location


def test_signs_out_by_post_alone(own_app, people, enter):
    client = enter("inspector")
    assert "Sign out?" in client.get("/sign-out").text
    assert client.get("/me").status_code == 200
    assert client.post("/sign-out").status_code == 302
    assert client.get("/me").status_code == 302


def test_a_sign_in_ends_after_twelve_hours_however_busy(own_app, people, enter):
    client = enter("inspector")
    begin = now()
    for part in (0.5, 0.9):
        with at(begin + SIGN_IN_LASTS * part):
            assert client.get("/me").status_code == 200
    with at(begin + SIGN_IN_LASTS * 1.01):
        assert client.get("/me").status_code == 302


def test_somebody_who_left_can_neither_stay_nor_come_in(own_app, people, enter):
    client = enter("inspector")
    with own_app.app_context():
        person_by_email(ADDRESS).active = False
        db.session.commit()
    assert client.get("/me").status_code == 302
    page = own_app.test_client().post("/sign-in", data={"email": ADDRESS, "password": PASSWORD}).text
    assert "is not right" in page
    assert "disabled" not in page
    own_app.test_client().post("/sign-in/link", data={"email": ADDRESS})
    assert mails(own_app) == []


def test_too_many_wrong_passwords_for_one_address(own_app, people):
    client = own_app.test_client()
    codes = [client.post("/sign-in", data={"email": ADDRESS, "password": "wrong"}).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    assert "Too many tries" in client.post("/sign-in", data={"email": ADDRESS, "password": PASSWORD}).text
    other = {"email": "observer@northfield.example", "password": PASSWORD}
    assert client.post("/sign-in", data=other).status_code == 302


def test_too_many_addresses_from_one_machine(own_app, people):
    client = own_app.test_client()
    codes = [
        client.post("/sign-in", data={"email": f"p{n}@northfield.example", "password": "wrong"}).status_code
        for n in range(41)
    ]
    assert codes == [200] * 40 + [429]


def test_too_many_links_for_one_address(own_app, people):
    client = own_app.test_client()
    codes = [client.post("/sign-in/link", data={"email": ADDRESS}).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


def test_there_is_no_way_to_register(own_app, people):
    for address in ("/register", "/us-signin", "/wan-signin", "/tf-setup"):
        assert own_app.test_client().get(address).status_code == 404


def test_no_token_and_no_json(own_app, people):
    answer = own_app.test_client().post("/sign-in?include_auth_token", json={"email": ADDRESS, "password": PASSWORD})
    assert not answer.is_json


def test_forged_requests_are_refused(own_app, people):
    own_app.config["WTF_CSRF_ENABLED"] = True
    client = own_app.test_client()
    data = {"email": ADDRESS, "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 400
    assert client.post("/sign-out").status_code == 400


def test_passwords_are_kept_as_argon2(own_app, people):
    with own_app.app_context():
        assert person_by_email(ADDRESS).password.startswith("$argon2")
