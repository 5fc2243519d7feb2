"""The same world as in public."""

from tests.improvement.conftest import browse, world  # noqa: F401  # fixtures
from tests.public.conftest import nobody, open_page, published  # noqa: F401  # fixtures
