"""What became of what people said, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.plain import PlainTheme
from inspect_app.making import queries
from inspect_app.making.models import Gathering, QuestionComment, Saying
from inspect_app.making.rules import OUTCOMES, SPEAKERS, Priority, priorities


@dataclass(frozen=True)
class Story:
    """How questions came about: by place what was said, what matters to whom, what was decided and why."""

    themes: tuple[PlainTheme, ...]
    words: dict[str, list[Saying]]
    priorities: dict[str, Priority]
    comments: dict[str, list[QuestionComment]]
    gone: Sequence[QuestionComment]
    speakers: dict[str, str]
    outcomes: dict[str, str]


def story_of(gathering: Gathering) -> Story:
    """Return how the questions of a gathering came about; ``gone`` are comments on questions that were taken out."""
    plain = plain_of(gathering.draft.document)
    keys = [one.key for theme in plain.themes for one in theme.criteria]
    words: dict[str, list[Saying]] = {}
    for saying in queries.sayings_of(gathering):
        words.setdefault(saying.place, []).append(saying)
    comments: dict[str, list[QuestionComment]] = {}
    for comment in queries.comments_of(gathering):
        comments.setdefault(comment.criterion_key, []).append(comment)
    return Story(
        themes=plain.themes,
        words=words,
        priorities={one.key: one for one in priorities(queries.weights_of(gathering), keys)},
        comments=comments,
        gone=[one for key, found in comments.items() if key not in keys for one in found],
        speakers={str(side): words for side, words in SPEAKERS.items()},
        outcomes={str(outcome): words for outcome, words in OUTCOMES.items()},
    )
