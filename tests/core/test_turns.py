"""Requests take turns in a process; only what a network is slow at happens beside one another."""

from __future__ import annotations

import io
from threading import Barrier, Event, Thread

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Request, Response

from inspect_app.core.turns import IN_MEMORY, Turns


@Request.application
def echo(request: Request) -> Response:
    return Response(request.get_data())


def post(application, body, **environ):
    built = EnvironBuilder(method="POST", input_stream=body, content_length=len(body.getvalue())).get_environ()
    return run_wsgi_app(application, {**built, **environ})


@pytest.mark.parametrize("length", [1, IN_MEMORY, 3 * IN_MEMORY + 7])
def test_what_a_browser_sends_arrives_whole(length: int) -> None:
    body = bytes(range(256)) * (length // 256) + b"x" * (length % 256)
    parts, status, _ = post(Turns(echo, 10 * IN_MEMORY), io.BytesIO(body))
    assert status == "200 OK"
    assert b"".join(parts) == body


def test_what_came_before_the_network_broke_arrives() -> None:
    class Broken(io.BytesIO):
        def read(self, size=-1, /):
            part = super().read(size)
            if not part:
                raise ConnectionResetError
            return part

    @Request.application
    def look(request: Request) -> Response:
        return Response(request.environ["wsgi.input"].read())

    parts, _, _ = post(Turns(look, 99), Broken(b"abc"), CONTENT_LENGTH="9")
    assert b"".join(parts) == b"abc"


def test_what_is_too_long_is_not_read() -> None:
    body = io.BytesIO(b"x" * 100)

    def refuse(environ, start_response):
        assert environ["wsgi.input"] is body
        assert body.tell() == 0
        return Response("too large", 413)(environ, start_response)

    assert post(Turns(refuse, 99), body)[1].startswith("413")


@pytest.mark.parametrize("may", [True, False])
def test_much_is_read_from_those_alone_who_may_open_the_page(may: bool) -> None:
    body = io.BytesIO(b"x" * 150)

    @Request.application
    def page(request: Request) -> Response:
        return Response(request.get_data() or b"a page") if may else Response("not for you", 403)

    parts, status, _ = post(Turns(page, 99, {"/": 200}), body)
    assert (status, b"".join(parts)) == (("200 OK", b"x" * 150) if may else ("403 FORBIDDEN", b"not for you"))
    assert body.tell() == (150 if may else 0)


@pytest.mark.parametrize("said", ["", "many", "-5", "²"])
def test_a_length_that_is_no_number_breaks_nothing(said: str) -> None:
    assert post(Turns(echo, 99), io.BytesIO(b"x"), CONTENT_LENGTH=said)[1] == "200 OK"


def test_one_at_a_time() -> None:
    inside, most, gate = 0, 0, Barrier(5)

    def application(environ, start_response):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        answer = Response("done")(environ, start_response)
        inside -= 1
        return answer

    turns = Turns(application, 99)

    def ask():
        gate.wait()
        for _ in range(50):
            post(turns, io.BytesIO(b"x"))

    threads = [Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_who_sends_slowly_keeps_nobody_waiting() -> None:
    reading, go_on = Event(), Event()

    class Slow(io.BytesIO):
        def read(self, size=-1):
            reading.set()
            assert go_on.wait(20)
            return super().read(size)

    turns, answers = Turns(echo, 99), []
    slow = Thread(target=lambda: answers.append(post(turns, Slow(b"slow"))))
    slow.start()
    assert reading.wait(20)
    assert b"".join(post(turns, io.BytesIO(b"fast"))[0]) == b"fast"
    assert answers == []
    go_on.set()
    slow.join()
    assert b"".join(answers[0][0]) == b"slow"


def test_who_breaks_off_does_not_keep_the_turn() -> None:
    def application(environ, start_response):
        raise RuntimeError("broken")

    turns = Turns(application, 99)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            post(turns, io.BytesIO(b"x"))
