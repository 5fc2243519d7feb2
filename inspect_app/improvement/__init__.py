"""Improvement: what the service answers and does, and what the inspectors say of it.

Words: an *answer* is the service's reply to one recommendation; an *action* is a commitment of the improvement plan;
an *update* reports progress, with *proof*; a *verdict* is an inspector's word: fixed, partly fixed, not fixed,
cannot tell.
A recommendation is settled only by two keys: the service says done, the inspectors say fixed.
"""
