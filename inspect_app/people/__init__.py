"""People: persons, what they may do, how they sign in, and what training they have.

Words: a *person* is anybody who signs in; a *grant* gives a role, for the whole programme or for one service;
*training* says what somebody learnt, when and from whom.
"""
