"""The sentences by which a clock says how it stands. Each is whole, so that translators can say it in their way."""

from __future__ import annotations

from inspect_app.charter.calendar import Unit
from inspect_app.core.words import ngettext


def late_by(n: int, unit: str) -> str:
    """Say by how many days a duty is late."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("Late by %(n)s working day.", "Late by %(n)s working days.", n)
    return ngettext("Late by %(n)s day.", "Late by %(n)s days.", n)


def left(n: int, unit: str) -> str:
    """Say how many days are left."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("%(n)s working day left.", "%(n)s working days left.", n)
    return ngettext("%(n)s day left.", "%(n)s days left.", n)


def done_late(n: int, unit: str) -> str:
    """Say how many days late it was done."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("Done, but %(n)s working day late.", "Done, but %(n)s working days late.", n)
    return ngettext("Done, but %(n)s day late.", "Done, but %(n)s days late.", n)


def took(n: int, unit: str) -> str:
    """Say how many days it took."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("Kept. It took %(n)s working day.", "Kept. It took %(n)s working days.", n)
    return ngettext("Kept. It took %(n)s day.", "Kept. It took %(n)s days.", n)


def allowed(amount: int, unit: str) -> str:
    """Say how much time there was."""
    if unit == Unit.MONTHS:
        return ngettext("The time was %(n)s month.", "The time was %(n)s months.", amount)
    if unit == Unit.WORKING_DAYS:
        return ngettext("The time was %(n)s working day.", "The time was %(n)s working days.", amount)
    return ngettext("The time was %(n)s day.", "The time was %(n)s days.", amount)


def amount_words(amount: int, unit: str) -> str:
    """Return how much time a promise allows, "20 working days"."""
    if unit == Unit.MONTHS:
        return ngettext("%(n)s month", "%(n)s months", amount)
    if unit == Unit.WORKING_DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", amount)
    return ngettext("%(n)s calendar day", "%(n)s calendar days", amount)
