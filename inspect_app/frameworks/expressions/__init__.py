"""The small language of conditions, checks and calculations: the part of XPath that XLSForm uses.

A text is compiled once to a small tree of plain values (JSON), which server and tablet
(``static/frameworks/expressions.js``) both evaluate, with the same result. Nothing is ever handed to Python's or the
browser's own ``eval``.

``compile_expression`` reads a text, ``text_of_tree`` writes it again, ``names_in`` says which questions it asks about,
``evaluate``, ``holds`` and ``words_of`` give its value.
"""

from inspect_app.frameworks.expressions.evaluating import Given, evaluate, holds, words_of
from inspect_app.frameworks.expressions.grammar import compile_expression
from inspect_app.frameworks.expressions.trees import Tree, names_in, renamed, text_of_tree

__all__ = [
    "Given",
    "Tree",
    "compile_expression",
    "evaluate",
    "holds",
    "names_in",
    "renamed",
    "text_of_tree",
    "words_of",
]
