"""Refusals: what the product says when something cannot be done, in words that help."""


class Refused(Exception):
    """Something cannot be done now; the sentence says why and who can mend it.

    ``status`` is the HTTP status that the page bears: 403 for the wrong person, 404 for nothing there,
    409 for the wrong time, 413 for too large, 422 for input that must be corrected.
    """

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)  # a lazy one is said now, to whoever asked
        self.status = status
