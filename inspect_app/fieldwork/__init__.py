"""Fieldwork: what inspectors see, hear, ask, read and count, and how they rate it.

Words: an *observation* is something one person noticed at one time; *evidence* is a photo with a caption; a
*rating* is one inspector's point for one criterion with the reason; a *seal* says that its author is done; a
*self-rating* is the service's own, on the same questions.

Doors: :func:`inspect_app.fieldwork.operations.capture` is the one way to save a rating, and
:func:`inspect_app.fieldwork.queries.visible_ratings` the one way to read somebody else's.
"""
