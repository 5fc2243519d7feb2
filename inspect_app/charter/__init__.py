"""The charter: what each side owes the other, and by when.

Words: a *charter* has *commitments* (who owes what to whom, within which time after which event); a *clock* is
one commitment running in one inspection. Clocks are not stored: they follow from charter, journal and the present
moment.
"""
