"""Access: one table, permission → which standings, in which stages; deny by default.

A *standing* is what a person is to a thing: coordinator of the programme, inspector of this inspection, lead
of its service. Rooms declare permissions; the inspections room says how standings are found. Views name their
permission with :func:`needs`; a page without one is refused. Buttons ask :func:`may` with the same table, so
they show or explain themselves with the same sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from inspect_app.core import words_back
from inspect_app.core.database import only_read
from inspect_app.core.errors import Refused
from inspect_app.core.words import _, either, mark


class Standing(StrEnum):
    """What somebody is to an inspection, a service or the programme."""

    ANYBODY = mark("anybody")
    SIGNED_IN = mark("somebody signed in")
    COORDINATOR = mark("a coordinator")
    TEAM_LEAD = mark("the team's lead")
    INSPECTOR = mark("an inspector of this team")
    INVITED = mark("somebody invited to this team")
    SUPPORTER = mark("a supporter in this team")
    SERVICE_LEAD = mark("the lead of the service")
    SERVICE_STAFF = mark("staff of the service")
    REVIEWER = mark("the reviewer of this inspection")
    SAFEGUARDING_LEAD = mark("the safeguarding lead")
    SAFEGUARDING_DEPUTY = mark("the safeguarding deputy")
    OBSERVER = mark("an observer")


@dataclass(frozen=True)
class Permission:
    """One thing that can be done: by whom, and while the inspection is in which stages (None: always)."""

    name: str
    does: str
    standings: frozenset[Standing]
    stages: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """Yes, or no with the sentence that says who can do it, or when."""

    yes: bool
    sentence: str = ""
    status: int = 200

    def __bool__(self) -> bool:
        return self.yes


class Person(Protocol):
    """Somebody who is signed in."""

    @property
    def id(self) -> Any:
        """Return the identifier."""


Finder = Callable[[Any, Any], frozenset[Standing]]
Loader = Callable[[str], Any]
StageNamer = Callable[[str], str]

_permissions: dict[str, Permission] = {}
_finders: list[Finder] = []
_loaders: dict[str, Loader] = {}
_stage_name: list[StageNamer] = []


def permit(name: str, does: str, *standings: Standing, stages: tuple[str, ...] | None = None) -> None:
    """Declare a permission; ``does`` completes the sentence "Only … can …".

    Raises ValueError when it is declared otherwise already.
    """
    permission = Permission(name, does, frozenset(standings), stages)
    if _permissions.get(name, permission) != permission:
        raise ValueError(f"the permission {name} is declared twice")
    _permissions[name] = permission


def permissions() -> Mapping[str, Permission]:
    """Return the whole table."""
    return _permissions


def find_standings_with(finder: Finder) -> None:
    """Register how to find what a person is to a thing; answers of several finders are joined."""
    if finder not in _finders:
        _finders.append(finder)


def load_with(argument: str, loader: Loader, called: str | None = None) -> None:
    """Register how a thing is loaded from the part of an address named ``argument``; it raises Refused(404).

    ``called`` is the name under which a view gets the thing, for an argument that is not in ``THINGS`` yet.
    """
    _loaders[argument] = loader
    if called is not None:
        THINGS[argument] = called


def name_stages_with(namer: StageNamer) -> None:
    """Register how a stage is called on screen."""
    _stage_name[:] = [namer]


def standings(person: Person | None, thing: Any = None) -> frozenset[Standing]:
    """Return what a person is to a thing (or to the programme); found once per request."""
    if person is None:
        return frozenset({Standing.ANYBODY})
    key = (person.id, getattr(thing, "id", None))
    cache: dict[Any, frozenset[Standing]] = g.setdefault("standings", {})
    if key not in cache:
        found = {Standing.ANYBODY, Standing.SIGNED_IN}
        for finder in _finders:
            found |= finder(person, thing)
        cache[key] = frozenset(found)
    return cache[key]


def forget_standings() -> None:
    """Forget what was found, after an operation changed who somebody is."""
    g.pop("standings", None)


def may(person: Person | None, permission: str, thing: Any = None) -> Answer:
    """Answer whether a person may do something to a thing now, with a sentence where not.

    Raises KeyError for a permission that nobody declared.
    """
    rule = _permissions[permission]
    if not rule.standings & standings(person, thing):
        who = either(_(standing.value) for standing in sorted(rule.standings))
        return Answer(False, _("Only %(who)s can %(does)s.", who=who, does=_(rule.does)), 403)
    stage = getattr(thing, "stage", None)
    if rule.stages is not None and stage is not None and stage not in rule.stages:
        name = _stage_name[0] if _stage_name else str
        when = either(_("“%(words)s”", words=name(one)) for one in rule.stages)
        sentence = _(
            "You can %(does)s while this inspection is in %(when)s. It is now in “%(now)s”.",
            does=_(rule.does),
            when=when,
            now=name(stage),
        )
        return Answer(False, sentence, 409)
    return Answer(True)


def require(person: Person | None, permission: str, thing: Any = None) -> None:
    """Raise :class:`Refused` unless :func:`may` says yes."""
    answer = may(person, permission, thing)
    if not answer:
        raise Refused(answer.sentence, answer.status)


View = Callable[..., Any]


def needs(permission: str) -> Callable[[View], View]:
    """Name the permission of a view.

    Where the address holds a registered part (``reference`` → an inspection), the view gets the loaded thing
    in its place, under the loader's name, already checked.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**arguments: Any) -> Any:
            person = signed_in()
            thing = None
            for argument, loader in _loaders.items():
                if argument in arguments:
                    thing = loader(arguments.pop(argument))
                    arguments[THINGS[argument]] = thing
                    g.thing = thing
            answer = may(person, permission, thing)
            if not answer:
                only_read()
                if person is None:
                    return _to_sign_in()
                raise Refused(answer.sentence, answer.status)
            return view(**arguments)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


THINGS: dict[str, str] = {"reference": "inspection", "service_slug": "service", "published": "published"}
"""Part of an address → the name under which the view gets what it stands for."""


def signed_in() -> Any:
    """Return the person who is signed in, or None (a page that needs nobody to be signed in must look)."""
    person = current_user._get_current_object()
    return person if person is not None and person.is_authenticated else None


def _to_sign_in() -> BaseResponse:
    """Send somebody to the sign-in page; a script that saves gets 401 and keeps its entry."""
    view = current_app.view_functions.get(request.endpoint or "")
    by_script = getattr(view, "takes_json", False) or getattr(view, "speaks_json", False)
    if by_script or request.headers.get("HX-Request") or request.headers.get("X-Outbox"):
        raise Refused(_("You are signed out. Sign in again: what you wrote is still on this page."), 401)
    if words_back.can_be_given_back():
        return words_back.give_back(401, "out", words_back.OUT)
    target = request.full_path if request.method == "GET" else "/"
    return redirect(f"{url_for('security.login')}?{urlencode({'next': target})}")


OPEN_BLUEPRINTS = frozenset({"security", "static"})


def init_app(app: Flask) -> None:
    """Refuse every page that names no permission."""

    @app.before_request
    def deny_by_default() -> None:
        endpoint = request.endpoint
        if endpoint is None or endpoint == "static" or request.blueprint in OPEN_BLUEPRINTS:
            return
        if getattr(current_app.view_functions[endpoint], "permission", None) is None:
            raise Refused(_("Nobody may open this page."), 403)


permit("open to all", mark("read this"), Standing.ANYBODY)
permit("signed in", mark("see this"), Standing.SIGNED_IN)
