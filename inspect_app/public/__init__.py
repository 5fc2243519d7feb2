"""Public: what everybody may read, without signing in: published inspections, and what became of them.

Words: a *published* inspection is one that counts (no practice) and of which an edition stands (was not withdrawn).
Everything here comes from that edition, from what was made public since (answers, plan, updates, verdicts, clocks) or
from the public kinds of the journal; never from drafts, notes or anybody's own ratings.
"""
