"""How a result came about: plain facts, which reports keep, and the sentence that says them to whoever reads."""

from __future__ import annotations

from dataclasses import dataclass

from inspect_app.core.words import _, ngettext


@dataclass(frozen=True)
class Why:
    """What a result was made of; ``shown`` is None where there is none. Reports keep it: a new fact needs a default.

    ``counted`` are questions with an answer, or with ``of_themes`` themes with a result; ``same`` says that all of
    them count alike, ``least`` how many answers it takes. What was left out: questions not seen, not fitting here,
    without an answer; themes without a result. A ``band`` begins at ``band_from``.
    """

    shown: int | None
    counted: int
    of_themes: bool = False
    same: bool = True
    least: int = 0
    not_seen: int = 0
    does_not_apply: int = 0
    open: int = 0
    themes_left_out: int = 0
    band: str = ""
    band_from: float = 0

    @property
    def sentence(self) -> str:
        """Return it in words."""
        parts = self._over_all() if self.of_themes else self._of_theme()
        if self.band:
            parts.append(_("“%(band)s” begins at %(number)s.", band=self.band, number=f"{self.band_from:g}"))
        return " ".join(parts)

    def _over_all(self) -> list[str]:
        if self.shown is None:
            return [_("There is no result over all, because no theme has one.")]
        said = ngettext(
            "%(result)s of 100: the average of %(n)s theme.",
            "%(result)s of 100: the average of %(n)s themes.",
            self.counted,
            result=self.shown,
        )
        parts = [said]
        if not self.same:
            parts.append(_("Some themes count more than others."))
        if left_out := self.themes_left_out:
            said = ngettext(
                "%(n)s theme without a result is left out.", "%(n)s themes without a result are left out.", left_out
            )
            parts.append(said)
        return parts

    def _of_theme(self) -> list[str]:
        left_out = self._left_out()
        if not self.counted and not left_out:
            return [_("No question here counts in a result.")]
        if self.shown is None:
            said = ngettext(
                "There is no result: %(n)s question is answered, and it takes %(least)s.",
                "There is no result: %(n)s questions are answered, and it takes %(least)s.",
                self.counted,
                least=self.least,
            )
            parts = [said]
        else:
            said = ngettext(
                "%(result)s of 100: the average of %(n)s question.",
                "%(result)s of 100: the average of %(n)s questions.",
                self.counted,
                result=self.shown,
            )
            parts = [said]
            if not self.same:
                parts.append(_("Some questions count more than others."))
        if left_out:
            parts.append(_("Left out: %(what)s.", what=", ".join(left_out)))
        return parts

    def _left_out(self) -> list[str]:
        """Return how many questions were left out, for each reason there was."""
        found = []
        if n := self.not_seen:
            found.append(ngettext("%(n)s question not seen", "%(n)s questions not seen", n))
        if n := self.does_not_apply:
            found.append(ngettext("%(n)s question not fitting here", "%(n)s questions not fitting here", n))
        if n := self.open:
            found.append(ngettext("%(n)s question without an answer", "%(n)s questions without an answer", n))
        return found
