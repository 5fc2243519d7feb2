"""The content of a report: plain JSON with numbered paragraphs, from plain values; the same in, the same out.

Whoever makes it says in which language: sentences with facts ("63 of 100: the average of 4 questions.") are frozen in
it, and said again in the reader's on a screen (:func:`said_again`). Titles, and words for a kind, a decision or a state
are kept in English and said when they are shown.

A paragraph is ``{"n": "2.3", "text": …}``. Its number stays with it from the draft to every edition, so that an
accuracy point and a later correction can name it. Upper rooms add their part of an edition (answers, plan) through
:func:`add_part_with`.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from inspect_app.core.words import _, ngettext
from inspect_app.frameworks import scores
from inspect_app.frameworks.scores import ALL_TOGETHER, BEST, Result, Scores, figure, profile_row
from inspect_app.reports.material import AskedThing, FoundThing, Material, RatedQuestion
from inspect_app.reports.rules import FINDING_WORDS, SECTIONS, FindingKind, squeeze

Content = dict[str, Any]
Part = Callable[[Any], Mapping[str, Any]]
HEARD = frozenset({"heard", "asked"})
_parts: list[Part] = []


def add_part_with(part: Part) -> None:
    """Register what an upper room adds to an edition: a function from an inspection to plain values by name.

    Known names: ``answers`` (a mapping from a recommendation's id as text to ``{decision, words, reason, day,
    actions: [{what, owner, due, how_seen}], today: {words, kind, text}}``; ``kind`` is a
    sign: ok, mid, wrong or plain) and ``meetings`` (a list of ``{day, place, notes}``, oldest
    first).
    """
    if part not in _parts:
        _parts.append(part)


def added_parts(inspection: Any) -> Content:
    """Return what upper rooms have to say of an inspection now."""
    merged: Content = {}
    for part in _parts:
        merged.update(part(inspection))
    return merged


def build(material: Material) -> Content:
    """Return the report's content; empty sections are left out, and so are questions that nobody answered."""
    numbers = count(1)
    chapters = _chapters(material, numbers, before=True)
    ratings = next(numbers) if material.questions else 0
    themes = _themes(material, ratings)
    findings = _findings(material.findings, next(numbers) if material.findings else 0)
    asked = [_asked(one, material.findings) for one in material.recommendations]
    closing = _chapters(material, numbers, before=False)
    return {
        "schema": 1,
        **material.header,
        "sections": chapters,
        "themes": themes,
        "overall": figure(material.results.overall) if material.results else None,
        "findings": findings,
        "recommendations": asked,
        "closing": closing,
        "minority": [dict(one) for one in material.minority],
        **material.parts,
    }


def _chapters(material: Material, numbers: Iterator[int], *, before: bool) -> list[Content]:
    """Return the running text that stands before the findings, or after them; empty parts take no number."""
    return [
        _chapter(section.key, section.title, text, next(numbers))
        for section in SECTIONS
        if section.before == before and (text := material.sections.get(section.key, "").strip())
    ]


def _chapter(key: str, title: str, text: str, number: int) -> Content:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]
    return {
        "key": key,
        "title": title,
        "paragraphs": [{"n": f"{number}.{place}", "text": block} for place, block in enumerate(blocks, 1)],
    }


def _themes(material: Material, chapter: int) -> list[Content]:
    themes: dict[str, Content] = {}
    for place, question in enumerate(material.questions, 1):
        theme = themes.setdefault(
            question.theme_key, {"key": question.theme_key, "title": question.theme_title, "questions": []}
        )
        theme["questions"].append(_question(question, f"{chapter}.{place}"))
    ours, own = _by_theme(material.results), _by_theme(material.own_results)
    for key, theme in themes.items():
        theme |= _profile(theme["questions"], ours.get(key), own.get(key))
    return list(themes.values())


def _by_theme(found: Scores | None) -> dict[str, Result]:
    return {one.key: one.result for one in found.themes} if found else {}


def _question(question: RatedQuestion, number: str) -> Content:
    positions = {position for _name, position in question.own}
    return {
        "key": question.key,
        "statement": question.statement,
        "points": list(question.points),
        "dots": list(question.dots),
        "outside": list(question.outside),
        "sayings": [vars(one) for one in question.sayings],
        "agreed": question.agreed,
        "agreed_words": question.agreed_words,
        "own": positions.pop() if len(positions) == 1 else None,
        "own_words": [vars(one) for one in question.own_words],
        "words": in_words(question),
        "reason": {"n": number, "text": question.reason} if question.reason.strip() else None,
        "minority": [dict(one) for one in question.minority],
        "worked_out": question.worked_out,
    }


def in_words(question: RatedQuestion) -> str:
    """Say the picture of a question's ratings in words: "2 said weak, 1 said good. Agreed: fair."."""
    own = [(name, question.points[position]) for name, position in question.own]
    return _in_words(question.points, question.dots, question.agreed, own)


def _in_words_again(question: Mapping[str, Any]) -> str:
    points = question["points"]
    own = [(one["who"], one["text"]) for one in question["own_words"] if one["text"] in points]
    return _in_words(points, question["dots"], question["agreed"], own)


def _in_words(points: Sequence[str], dots: Sequence[int], agreed: int | None, own: Iterable[tuple[str, str]]) -> str:
    parts: list[str] = []
    if dots:
        counts = [
            ngettext("%(n)s said “%(point)s”", "%(n)s said “%(point)s”", list(dots).count(place), point=points[place])
            for place in range(len(points))
            if place in dots
        ]
        parts.append(_("Inspectors: %(said)s.", said=", ".join(counts)))
    if agreed is not None:
        parts.append(_("Agreed: “%(point)s”.", point=points[agreed]))
    parts += [_("%(name)s said of itself: “%(point)s”.", name=name, point=point) for name, point in own]
    return " ".join(parts)


def _profile(questions: Sequence[Content], ours: Result | None, own: Result | None) -> Content:
    """Return a theme's result as a place on the scale of its questions, and in words.

    Where the questions have more than one scale the place is one between 0 and 1.
    """
    if ours is None or ours.exact is None:
        said = figure(ours) if ours and ours.counts.answered else None
        return {"value": None, "count": 5, "text": "" if said else _("Not rated."), "own": None, "result": said}
    rated = [one for one in questions if one["agreed"] is not None]
    scales = {tuple(one["points"]) for one in rated}
    points = scales.pop() if len(scales) == 1 and len(rated) == ours.counts.answered else ()
    value = _place(ours, points)
    return {
        "value": value,
        "count": len(points) or 2,
        "text": _mean(points[int(value + 0.5)], len(rated)) if points else "",
        "own": _place(own, points) if own and own.exact is not None else None,
        "result": figure(ours),
    }


def said_again(content: Mapping[str, Any]) -> Content:
    """Return a content for the screen: what the product says of ratings and results, in the reader's language."""
    overall = content.get("overall")
    return {
        **content,
        "themes": [_theme_again(one) for one in content["themes"]],
        "overall": scores.said_again(overall) if overall else None,
    }


def _theme_again(theme: Mapping[str, Any]) -> Content:
    questions = [one | {"words": _in_words_again(one)} for one in theme["questions"]]
    if "result" not in theme:  # an edition of old, which counted in another way
        return {**theme, "questions": questions}
    rated = [one for one in questions if one["agreed"] is not None]
    text, value, result = theme["text"], theme["value"], theme["result"]
    if text:
        text = _("Not rated.") if value is None else _mean(rated[0]["points"][int(value + 0.5)], len(rated))
    return {**theme, "questions": questions, "text": text, "result": scores.said_again(result) if result else None}


def _place(result: Result, points: Sequence[str]) -> float:
    return round(float((result.exact or 0) / BEST) * (len(points) - 1 if points else 1), 2)


def _mean(point: str, count: int) -> str:
    return ngettext("%(point)s, over %(n)s question", "%(point)s, over %(n)s questions", count, point=point)


def profile_rows(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what the picture over the themes shows, the result over all first; editions of old have none over all."""
    rows: list[Mapping[str, Any]] = [{"label": theme["title"], **theme} for theme in content["themes"]]
    overall = content.get("overall")
    return [profile_row(ALL_TOGETHER, overall), *rows] if overall and len(rows) > 1 else rows


def _findings(findings: Sequence[FoundThing], chapter: int) -> list[Content]:
    made: list[Content] = []
    for kind in FindingKind:
        for finding in (one for one in findings if one.kind == kind):
            number = f"{chapter}.{len(made) + 1}"
            seen = [
                {
                    "n": f"{number}{_letter(place)}",
                    "kind": one.kind,
                    "text": one.text,
                    "where": one.where,
                    "day": one.day,
                    "photos": [dict(photo) for photo in one.photos],
                    "sounds": [dict(sound) for sound in one.sounds],
                }
                for place, one in enumerate(finding.seen)
            ]
            made.append(
                {
                    "n": number,
                    "number": finding.number,
                    "kind": kind.value,
                    "kind_words": FINDING_WORDS[kind],
                    "text": finding.text,
                    "seen": seen,
                    "questions": list(finding.questions),
                }
            )
    return made


def _letter(place: int) -> str:
    """Return a, b, … z, aa, ab … for 0, 1, …."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _asked(asked: AskedThing, findings: Sequence[FoundThing]) -> Content:
    under = [one for one in findings if one.number in asked.findings]
    seen = [thing for finding in under for thing in finding.seen]
    return {
        "id": asked.id,
        "n": f"R{asked.number}",
        "number": asked.number,
        "service": asked.service,
        "text": asked.text,
        "why": asked.why,
        "findings": list(asked.findings),
        "saw": [{"text": one.text, "where": one.where} for one in seen if one.kind not in HEARD],
        "heard": [{"text": one.text, "where": one.where} for one in seen if one.kind in HEARD],
        "themes": sorted({question for finding in under for question in finding.questions}),
    }


def numbered(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every numbered paragraph, recommendations included, in the order of the report."""
    for chapter in content["sections"]:
        yield from chapter["paragraphs"]
    for theme in content["themes"]:
        for question in theme["questions"]:
            if question["reason"]:
                yield question["reason"]
    for finding in content["findings"]:
        yield finding
        yield from finding["seen"]
    yield from content["recommendations"]
    for chapter in content["closing"]:
        yield from chapter["paragraphs"]


def paragraphs(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of every numbered paragraph that states facts, by number; recommendations are not among them."""
    asked = recommendation_numbers(content)
    return {one["n"]: one["text"] for one in numbered(content) if one["n"] not in asked}


def recommendation_numbers(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the numbers of the recommendations ("R1")."""
    return frozenset(one["n"] for one in content["recommendations"])


def find_paragraph(content: Mapping[str, Any], quote: str) -> str | None:
    """Return the number of the first paragraph in which a quote stands, or None."""
    wanted = squeeze(quote)
    return next((number for number, text in paragraphs(content).items() if wanted in squeeze(text)), None)


def with_changes(content: Mapping[str, Any], changes: Mapping[str, str]) -> Content:
    """Return a copy in which the named paragraphs have new text; raises KeyError for a number that is not there."""
    changed: Content = copy.deepcopy(dict(content))
    by_number = {one["n"]: one for one in numbered(changed)}
    for number, text in changes.items():
        old = by_number[number]["text"]
        by_number[number]["text"] = text
        for asked in changed["recommendations"]:
            for seen in (*asked["saw"], *asked["heard"]):
                # What a recommendation stands on is printed with it again: both say the same.
                if seen["text"] == old:
                    seen["text"] = text
    return changed


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
