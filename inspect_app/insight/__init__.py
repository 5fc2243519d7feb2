"""Insight: what all inspections together say, reckoned from the journal and what was published."""
