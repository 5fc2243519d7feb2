"""Frameworks: the questions and scales that an inspection uses.

Words: a *framework* has *versions*; a version has *themes*, and each theme *criteria* with a statement,
prompts (ask, look, read, count) and an answer type; a *scale* has *points*, worst first. A published version never
changes.
"""
