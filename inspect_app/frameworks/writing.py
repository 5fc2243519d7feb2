"""Write a framework as its file (docs/frameworks.md): what is written reads as what it was written from."""

from __future__ import annotations

import yaml

from inspect_app.frameworks.document import document_of
from inspect_app.frameworks.plain import PlainFramework

LONGEST_LINE = 120


def write_framework(plain: PlainFramework) -> str:
    """Return the file of a framework, which :func:`inspect_app.frameworks.reading.read_framework` understands."""
    return yaml.dump(
        document_of(plain),
        Dumper=yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=LONGEST_LINE,
    )
