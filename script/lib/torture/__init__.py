"""Tries to make a tablet lose work: kills it, cuts its network, fills its storage; counts what reached the office."""
