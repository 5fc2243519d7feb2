"""Moderation: the team compares its sealed ratings, widest disagreement first, and agrees.

Words: the *agreed rating* is what the team decides, with the reason; a *minority statement* keeps a dissent beside it.
"""
