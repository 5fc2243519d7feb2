"""Inspections: one look at one service, or several, by one team, from planning to closure.

Words: its *kind* is data (team size, stages used, rating alone or together); *stages* are one table in ``rules``;
a *member* belongs to the team; a *visit* is a dated appointment at a site; *hours* are time given by citizens,
services and officers.
"""
