"""Tablet: the office's side of the tablets with which inspectors work without a network.

Words: an *entry* is one thing that somebody did on a tablet, as a text that is made once and never changes; a *receipt*
says what the office stored, by hash, and what became of it; an *upload* is a photo or a sound on its way, in pieces; a
*device key* locks what lies on one tablet for one person; a *rescue file* is what a tablet saves when no way leads to
the office.

Doors: :func:`inspect_app.tablet.operations_entries.receive` is the one way in, for what tablets send and for rescue
files; a room below that takes entries registers its handlers with :func:`inspect_app.tablet.entries.handles`.
"""
