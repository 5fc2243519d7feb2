"""Keys of what is asked for an instance of a repeated theme (repeats.py): ``noise--mi3xw0k2a7f1q``."""

from __future__ import annotations

BETWEEN = "--"
"""Stands in no key of a framework."""
NAME = "name-"
"""Begins what stands behind it in the key of the question for an instance's name."""


def joined(key: str, instance: str) -> str:
    """Return the key of a question for one instance; its own key where there is none."""
    return f"{key}{BETWEEN}{instance}" if instance else key


def parted(slot: str) -> tuple[str, str]:
    """Return the key of a question (or, for a name, of a theme) and the instance, "" for none."""
    key, _between, instance = slot.partition(BETWEEN)
    return key, instance


def name_key(theme_key: str, instance: str) -> str:
    """Return the key of the question for an instance's name."""
    return joined(theme_key, NAME + instance)


def is_name(instance: str) -> bool:
    """Say whether an answer that is kept under this instance is the instance's name."""
    return instance.startswith(NAME)
