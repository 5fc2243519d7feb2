"""Sign-in cards for the people of a team: make, print, revoke."""

from __future__ import annotations

import uuid

from flask import Response, current_app, flash, render_template
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.languages import in_language, language
from inspect_app.core.programme import programme, zone
from inspect_app.core.qr import path_of
from inspect_app.core.time import local_day, now
from inspect_app.core.web import page
from inspect_app.core.words import _, ngettext
from inspect_app.inspections import operations
from inspect_app.inspections.forms import choices
from inspect_app.inspections.forms_team import CardsForm
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.views import attempt, bp, myself, status_of, to
from inspect_app.people.models import SignInCard
from inspect_app.people.operations_cards import printed_on
from inspect_app.people.queries_cards import card_of, cards_of, works
from inspect_app.people.rules_cards import CardState


@bp.route("/inspections/<reference>/cards", methods=["GET", "POST"])
@needs("inspections.cards")
def cards(inspection: Inspection) -> ResponseReturnValue:
    """Show the cards of a team, and make new ones."""
    form = CardsForm()
    able = operations.can_have_cards(inspection)
    form.people.choices = choices((one.person_id, one.person.name) for one in able)

    def make() -> None:
        people = [uuid.UUID(one) for one in form.people.data]
        operations.make_cards(inspection, people, myself(), id=form.new_id)

    if attempt(form, make):
        made = len(form.people.data)
        flash(ngettext("The card is made. Print it now.", "The cards are made. Print them now.", made), "success")
        return to("cards", inspection)
    today, there = local_day(now(), zone()), cards_of(inspection.id)
    states = {one.id: one.state(today) for one in there}
    new = any(state is CardState.NEW for state in states.values())
    without_mail = [one for one in able if not one.person.email]
    return page(
        "inspections/cards.html",
        inspection=inspection,
        form=form,
        able=able,
        cards=there,
        states=states,
        can_print=new,
        without_mail={one.person_id for one in without_mail},
    ), status_of(form)


@bp.get("/inspections/<reference>/cards.pdf")
@needs("inspections.cards")
def print_cards(inspection: Inspection) -> ResponseReturnValue:
    """Print every card of a team that nobody has used yet."""
    return _paper(inspection, [one for one in cards_of(inspection.id) if one.locked and works(one)])


@bp.get("/inspections/<reference>/cards/<uuid:card_id>.pdf")
@needs("inspections.cards")
def print_card(inspection: Inspection, card_id: uuid.UUID) -> ResponseReturnValue:
    """Print one card that nobody has used yet."""
    return _paper(inspection, [card_of(inspection.id, card_id)])


def _paper(inspection: Inspection, wanted: list[SignInCard]) -> ResponseReturnValue:
    from inspect_app.core.pdf import render_pdf  # takes a second to load, and only those who print need it

    if not wanted:
        raise Refused(_("There is no new card to print. Make one first."))
    address = f"{current_app.config['PUBLIC_URL']}/sign-in/card"
    printed = []
    for one in wanted:
        words, code = printed_on(one)
        printed.append({"card": one, "words": words.split(), "qr": path_of(f"{address}#{code}")})
    row = programme()
    with in_language(None):
        title = _("Sign-in cards: %(title)s", title=inspection.title)
        html = render_template(
            "inspections/cards_paper.html", inspection=inspection, printed=printed, title=title,
            address=address.partition("://")[2], phone=inspection.contact.phone or (row.contact_phone if row else ""),
        )  # fmt: skip
        response = Response(render_pdf(html, title=title, language=language()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="cards-{inspection.reference}.pdf"'
    return response


@bp.post("/inspections/<reference>/cards/<uuid:card_id>/revoke")
@needs("inspections.cards")
def revoke_card(inspection: Inspection, card_id: uuid.UUID) -> ResponseReturnValue:
    """End a card at once."""
    card = operations.revoke_card(inspection, card_id, myself())
    flash(_("The card of %(name)s opens nothing any more.", name=card.person.name), "success")
    return to("cards", inspection)
