"""The product's tests; a package of its own, so that no library's stray folder of this name takes its place."""
