"""Rows of the phone page: its files are for everybody, what they ask for is not."""

from tests.permissions.routes import Route

WITHOUT_SIGN_IN = ("field:page", "field:worker", "field:manifest", "field:csrf")

ROUTES: list[Route] = []
