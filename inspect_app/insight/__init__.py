"""Insight: what all inspections together say, reckoned from the journal and what was published.

Words: *figures* are sums over published inspections, each with its denominator; a *line* is one inspection's part of
them. Practice inspections never count.
"""
