"""A framework in the structure of its file (docs/frameworks.md), as JSON and YAML can hold it, and back.

:func:`plain_of` reads what the product itself wrote, drafts among it: it checks nothing, and what is missing stays
empty. What comes from elsewhere goes through :mod:`inspect_app.frameworks.reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspect_app.frameworks.plain import (
    MOST_REPEATS,
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainOption,
    PlainPoint,
    PlainPrompt,
    PlainScale,
    PlainScoring,
    PlainTheme,
    PlainTranslation,
)

Document = dict[str, Any]
SAME_WORDS = ("hint", "condition", "constraint", "constraint_words", "calculation", "photo", "sound", "symbol")
"""Texts of a question that its file calls as the plain value does."""
ANSWER_WORDS = ("unit", "least", "most", "step")


def document_of(plain: PlainFramework) -> Document:
    """Return the structure of a framework's file; what only repeats a default is left out."""
    scoring = {
        "least_answers": plain.scoring.least_answers if plain.scoring.least_answers != 1 else None,
        "bands": [
            {"key": one.key, "label": one.label, "from_percent": one.from_percent} for one in plain.scoring.bands
        ],
    }
    return {
        "key": plain.key,
        "version": plain.version,
        "language": plain.language,
        "title": plain.title,
        "summary": plain.summary,
        "source": plain.source,
        "scales": {one.key: {"title": one.title, "points": [_point(it) for it in one.points]} for one in plain.scales},
        **_there(
            lists={
                one.key: {"options": [{"key": it.key, "label": it.label} for it in one.options]} for one in plain.lists
            },
            scoring=_there(**scoring),
        ),
        "themes": [_theme(one) for one in plain.themes],
        **_there(translations={one.language: dict(one.texts) for one in plain.translations}),
    }


def _point(point: PlainPoint) -> Document:
    return {
        "key": point.key,
        "label": point.label,
        "descriptor": point.descriptor,
        **_there(easy=point.easy, sign=point.sign),
    }


def _theme(theme: PlainTheme) -> Document:
    return {
        "key": theme.key,
        "title": theme.title,
        **_there(
            condition=theme.condition,
            each=theme.each,
            most=None if theme.most == MOST_REPEATS else theme.most,
        ),
        **({} if theme.weight == 1 else {"weight": theme.weight}),
        "criteria": [_criterion(one) for one in theme.criteria],
    }


def _criterion(criterion: PlainCriterion) -> Document:
    easy = criterion.easy if criterion.easy != criterion.plain else ""
    answer = {name: getattr(criterion, name) for name in ANSWER_WORDS}
    return {
        "key": criterion.key,
        "statement": {"plain": criterion.plain, **_there(easy=easy)},
        "answer": {
            "type": criterion.answer_type,
            **_there(scale=criterion.scale_key, list=criterion.list_key, **answer),
        },
        **_there(**{name: getattr(criterion, name) for name in SAME_WORDS}, required=criterion.required),
        **({} if criterion.weight == 1 else {"weight": criterion.weight}),
        **_there(prompts=[{one.kind: one.text, **_there(easy=one.easy)} for one in criterion.prompts]),
        "not_seen": criterion.may_be_not_seen,
        "does_not_apply": criterion.may_not_apply,
    }


def _there(**values: Any) -> Document:
    """Return what is there: no empty text, list or name."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def plain_of(document: Mapping[str, Any]) -> PlainFramework:
    """Return the framework that a document of our own holds."""
    scoring = document.get("scoring") or {}
    return PlainFramework(
        key=document["key"],
        version=document["version"],
        language=document["language"],
        title=_text(document, "title"),
        summary=_text(document, "summary"),
        source=_text(document, "source"),
        scales=tuple(_scale_of(key, one) for key, one in (document.get("scales") or {}).items()),
        themes=tuple(_theme_of(one) for one in document.get("themes") or ()),
        lists=tuple(_list_of(key, one) for key, one in (document.get("lists") or {}).items()),
        translations=translations_of(document),
        scoring=PlainScoring(
            least_answers=scoring.get("least_answers", 1),
            bands=tuple(
                PlainBand(one["key"], _text(one, "label"), _number(one["from_percent"]))
                for one in scoring.get("bands") or ()
            ),
        ),
    )


def translations_of(document: Mapping[str, Any]) -> tuple[PlainTranslation, ...]:
    """Return the translations that a document of our own holds."""
    return tuple(
        PlainTranslation(language, tuple((address, words.strip()) for address, words in texts.items()))
        for language, texts in (document.get("translations") or {}).items()
    )


def _scale_of(key: str, scale: Mapping[str, Any]) -> PlainScale:
    points = tuple(
        PlainPoint(
            key=one["key"],
            label=_text(one, "label"),
            descriptor=_text(one, "descriptor"),
            easy=_text(one, "easy"),
            sign=one.get("sign"),
        )
        for one in scale.get("points") or ()
    )
    return PlainScale(key, _text(scale, "title"), points)


def _list_of(key: str, options: Mapping[str, Any]) -> PlainList:
    return PlainList(key, tuple(PlainOption(one["key"], _text(one, "label")) for one in options.get("options") or ()))


def _theme_of(theme: Mapping[str, Any]) -> PlainTheme:
    return PlainTheme(
        key=theme["key"],
        title=_text(theme, "title"),
        criteria=tuple(_criterion_of(one) for one in theme.get("criteria") or ()),
        weight=_number(theme.get("weight", 1)),
        condition=_text(theme, "condition"),
        each=_text(theme, "each"),
        most=theme.get("most", MOST_REPEATS),
    )


def _criterion_of(criterion: Mapping[str, Any]) -> PlainCriterion:
    statement, answer = criterion["statement"], criterion["answer"]
    plain = _text(statement, "plain")
    texts: dict[str, Any] = {name: _text(criterion, name) for name in SAME_WORDS}
    return PlainCriterion(
        key=criterion["key"],
        plain=plain,
        easy=_text(statement, "easy") or plain,
        answer_type=answer["type"],
        scale_key=answer.get("scale"),
        prompts=tuple(_prompt_of(one) for one in criterion.get("prompts") or ()),
        may_be_not_seen=criterion.get("not_seen", True),
        may_not_apply=criterion.get("does_not_apply", True),
        list_key=answer.get("list"),
        unit=_text(answer, "unit"),
        least=_as_text(answer.get("least")),
        most=_as_text(answer.get("most")),
        step=_as_text(answer.get("step")),
        required=criterion.get("required", False),
        weight=_number(criterion.get("weight", 1)),
        **(texts | {"symbol": texts["symbol"] or None}),
    )


def _prompt_of(prompt: Mapping[str, Any]) -> PlainPrompt:
    kind = next(name for name in prompt if name != "easy")
    return PlainPrompt(kind, _text(prompt, kind), _text(prompt, "easy"))


def _text(data: Mapping[str, Any], name: str) -> str:
    return (data.get(name) or "").strip()


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _as_text(value: str | float | None) -> str | None:
    return value if value is None or isinstance(value, str) else str(value)
