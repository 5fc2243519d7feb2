"""Rules about frameworks, as plain values."""

from enum import StrEnum


class AnswerType(StrEnum):
    """How a criterion is answered."""

    SCALE = "scale"
    COUNT = "count"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


class PromptKind(StrEnum):
    """What a prompt asks an inspector to do."""

    ASK = "ask"
    LOOK = "look"
    READ = "read"
    COUNT = "count"


NOT_SEEN = "not_seen"
DOES_NOT_APPLY = "does_not_apply"
OUTSIDE_SCALE = frozenset({NOT_SEEN, DOES_NOT_APPLY})
"""Values that are no point of a scale: they never count as bad, and are left out of every average."""
