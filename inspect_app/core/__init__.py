"""The ground floor: what every room stands on, and which knows no room.

Words: the *journal* is the one append-only record; a *permission* says who may do what, and when;
a *revision* is one saved state of something that a person wrote; a *refusal* is a sentence that says
what is missing and who can mend it.
"""
