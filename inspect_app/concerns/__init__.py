"""Concerns: what cannot wait. Somebody may be harmed, or something is dangerous here.

Words: a *concern* is a safeguarding matter. It goes at once to the safeguarding *lead*, after a time or when the lead
is involved to the *deputy*, and to nobody else: its journal is the restricted chain, and no report, export or list of
another room knows of it. A *hazard* is a danger to anybody now: it goes at once to the service and the coordinator,
and the team sees it.

Doors: :func:`inspect_app.concerns.operations.raise_concern` and
:func:`inspect_app.concerns.operations.report_hazard` are the ways in, from a page and from a tablet's outbox alike;
:func:`inspect_app.concerns.queries.concern_for` is the one way to read a concern.
"""
