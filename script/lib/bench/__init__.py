"""Measures the product on generated data: pages, saves, queries, and the report as a PDF."""
