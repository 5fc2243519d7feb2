"""The hostile network does exactly what it says, to exactly the requests for which it was meant."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from script.lib.torture import faults
from script.lib.torture.proxy import Proxy, between

BODY = bytes(range(256)) * 40
ANSWER = b"it is stored" * 50


class Office(ThreadingHTTPServer):
    """Notes what arrives whole, and answers in one of two ways."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.whole: list[bytes] = []
        self.begun = 0

    def handle_error(self, request, client_address) -> None:
        """A cut is no news here."""


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Office

    def do_POST(self) -> None:
        self.server.begun += 1
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        self.server.whole.append(body)
        self.send_response(200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for begin in range(0, len(ANSWER), 100):
                piece = ANSWER[begin : begin + 100]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()

    def log_message(self, *_words) -> None:
        """Be silent."""


@pytest.fixture
def office() -> Iterator[Office]:
    server = Office()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(office: Office) -> Iterator[Proxy]:
    with between(f"http://127.0.0.1:{office.server_port}") as network:
        yield network


def post(proxy: Proxy, path: str = "/outbox", method: str = "POST") -> tuple[int, bytes] | None:
    """Return status and body, or None where the connection broke."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(proxy.address).port)
    try:
        connection.request(method, path, BODY if method == "POST" else None)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/outbox", "/chunked"])
def test_a_good_network_carries_everything(office: Office, proxy: Proxy, path: str) -> None:
    assert post(proxy, path) == (200, ANSWER)
    assert office.whole == [BODY]


def test_an_answer_without_body_is_carried(proxy: Proxy) -> None:
    assert post(proxy, method="HEAD") == (200, b"")


@pytest.mark.parametrize("part", range(faults.TWENTIETHS))
def test_a_cut_request_never_arrives_whole(office: Office, proxy: Proxy, part: int) -> None:
    proxy.arm(faults.CutRequest(part))
    assert post(proxy) is None
    assert office.whole == []
    assert post(proxy) == (200, ANSWER)
    assert office.whole == [BODY]


@pytest.mark.parametrize("part", range(faults.TWENTIETHS))
def test_a_cut_answer_belongs_to_a_request_that_was_carried_out(office: Office, proxy: Proxy, part: int) -> None:
    proxy.arm(faults.CutAnswer(part))
    assert post(proxy) != (200, ANSWER)
    assert office.whole == [BODY]


@pytest.mark.parametrize("code", faults.STATUSES)
def test_a_status_is_said_without_the_office(office: Office, proxy: Proxy, code: int) -> None:
    proxy.arm(faults.status(code))
    said = post(proxy)
    assert said is not None
    assert said[0] == code
    assert office.begun == 0


def test_a_slow_drip_brings_the_whole_answer(proxy: Proxy) -> None:
    proxy.arm(faults.Drip(0.001))
    assert post(proxy) == (200, ANSWER)


def test_a_captive_portal_answers_with_its_own_page_or_sends_there(office: Office, proxy: Proxy) -> None:
    proxy.arm(faults.portal_page())
    assert post(proxy) == (200, faults.PORTAL_PAGE)
    proxy.arm(faults.portal_redirect())
    assert post(proxy) == (302, b"")
    assert post(proxy, faults.PORTAL_PATH) == (200, faults.PORTAL_PAGE)
    assert office.begun == 0


def test_a_fault_meets_only_what_it_was_meant_for_and_only_as_often(office: Office, proxy: Proxy) -> None:
    rule = proxy.arm(faults.status(500), "POST", "^/outbox$", times=2)
    assert post(proxy, "/chunked") == (200, ANSWER)
    assert [one[0] for one in (post(proxy), post(proxy), post(proxy)) if one] == [500, 500, 200]
    assert rule.met == 2
    assert [(one.path, one.status) for one in proxy.seen][-1] == ("/outbox", 200)


def test_a_network_that_is_down_takes_nothing_until_it_is_up_again(office: Office, proxy: Proxy) -> None:
    proxy.down()
    assert post(proxy) is None
    proxy.calm()
    assert post(proxy) == (200, ANSWER)
    assert office.begun == 1


def test_every_fault_of_the_list_is_there() -> None:
    names = [name for name, _ in faults.every()]
    assert len(names) == len(set(names)) == 2 * faults.TWENTIETHS + len(faults.STATUSES) + 3
