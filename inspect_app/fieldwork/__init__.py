"""Fieldwork: what inspectors see, hear, ask, read and count, and how they rate it.

Words: an *observation* is something one person noticed at one time; *evidence* is a photo or document with a caption;
a *rating* is one inspector's point for one criterion with the reason; a *seal* says that its author is done;
a *self-rating* is the service's own, on the same questions.
"""
