"""Services: who is answerable, what is inspected, and where it is met.

Words: an *organisation* is answerable for services; a *service* is what is inspected and what a
recommendation is addressed to; a *site* is a place where one meets it.
"""
