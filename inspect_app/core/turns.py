"""One request at a time in each process, and slow networks outside.

Python's threads wait for each other at every step, and longest where a request asks the database many small
things: two at once take far longer than one after the other. So threads are for waiting alone: each reads what
its browser sends, at the pace of its network; then requests take turns; answers are sent outside again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IN_MEMORY = 1024 * 1024
"""Bytes of a request that are kept in memory; what is longer waits on the disk."""
AT_ONCE = 64 * 1024


class Turns:
    """The application behind a turnstile; ``longest`` is the most bytes that it reads of a request.

    ``longer`` names addresses that take more, and how much: from those alone who may open the page at that address.
    """

    def __init__(
        self, application: WSGIApplication, longest: int, longer: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self.application = application
        self.longest = longest
        self.longer = longer
        self.turn = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Take in the whole request, then answer it when it is its turn."""
        length = _length(environ)
        longest = self.longer.get(environ.get("PATH_INFO", ""), self.longest)
        if not 0 < length <= longest:  # nothing to read, or too long: refused without being read
            with self.turn:
                return self.application(environ, start_response)
        if length > self.longest and (refusal := self._refusal(environ)):
            return refusal(start_response)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            _copy(environ["wsgi.input"], body, length)
            body.seek(0)
            environ["wsgi.input"] = body
            with self.turn:
                return self.application(environ, start_response)

    def _refusal(self, environ: WSGIEnvironment) -> Callable[[StartResponse], Iterable[bytes]] | None:
        """Return what somebody is told who may not even open the page; None for whoever may."""
        look = {**environ, "REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
        with self.turn:
            parts, status, headers = run_wsgi_app(self.application, look, buffered=True)
        if status.startswith("200"):
            return None

        def answer(start_response: StartResponse) -> Iterable[bytes]:
            start_response(status, list(headers))
            return parts

        return answer


def _copy(source: Any, target: SpooledTemporaryFile[bytes], length: int) -> None:
    while length > 0:
        try:
            part = source.read(min(AT_ONCE, length))
        except OSError:
            return  # the network broke, with the same effect as below
        if not part:
            return  # the browser went away: the application sees that something is missing
        target.write(part)
        length -= len(part)


def _length(environ: WSGIEnvironment) -> int:
    """Return how many bytes the request says that it brings; 0 when it says nothing that is a number."""
    said = environ.get("CONTENT_LENGTH", "")
    return int(said) if said.isdecimal() else 0
