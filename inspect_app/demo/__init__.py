"""The demonstration: real input, told in ``story/`` and loaded only through the product's own operations."""
