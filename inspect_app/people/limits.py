"""How often somebody may try: for each address that is typed, and for each machine that sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from inspect_app.people.rules import normal_email

FAILED_PER_ADDRESS = "10 per 15 minutes"
FAILED_PER_MACHINE = "40 per 15 minutes"  # a library's or an office's people may share one machine's address
LINKS_PER_ADDRESS = "5 per hour"
LINKS_PER_MACHINE = "30 per hour"
KEYS_PER_MACHINE = "20 per 15 minutes"

View = Callable[..., Any]


def protect(app: Flask) -> None:
    """Put limits on whatever a stranger can send; called when all these pages are registered."""
    limiter = Limiter(get_remote_address, app=app, strategy="moving-window")
    # The library's decorators know it by a weak reference alone, and where limits are off it keeps itself nowhere.
    app.extensions["people.limiter"] = limiter
    limited: set[str] = set()
    limiter.request_filter(lambda: request.endpoint not in limited)  # spares every other page the looking

    def limit(endpoint: str, *, per_address: str | None, per_machine: str, failed_only: bool = True) -> None:
        limited.add(endpoint)
        counts = _failed if failed_only else None
        view: View = app.view_functions[endpoint]
        view = limiter.limit(per_machine, methods=["POST"], deduct_when=counts)(view)
        if per_address:
            view = limiter.limit(per_address, key_func=_address, methods=["POST"], deduct_when=counts)(view)
        app.view_functions[endpoint] = view

    limit("security.login", per_address=FAILED_PER_ADDRESS, per_machine=FAILED_PER_MACHINE)
    limit("security.reset_password", per_address=None, per_machine=FAILED_PER_MACHINE)
    limit("security.change_password", per_address=None, per_machine=FAILED_PER_MACHINE)
    limit("people.follow_link", per_address=None, per_machine=FAILED_PER_MACHINE)
    limit("people.card", per_address=None, per_machine=FAILED_PER_MACHINE)
    limit("people.card_pin", per_address=None, per_machine=FAILED_PER_MACHINE)
    limit("people.start", per_address=None, per_machine=KEYS_PER_MACHINE)
    for endpoint in ("people.ask_for_link", "security.forgot_password"):
        limit(endpoint, per_address=LINKS_PER_ADDRESS, per_machine=LINKS_PER_MACHINE, failed_only=False)


def _address() -> str:
    return "address:" + normal_email(request.form.get("email", ""))[:254]


def _failed(response: Response) -> bool:
    """Say whether a try failed: what went well leads on to another page."""
    return response.status_code not in (302, 303)
