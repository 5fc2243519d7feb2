"""Public: what everybody may read, without signing in: published inspections, and what became of them."""
