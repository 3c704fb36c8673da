"""Rows of the phone page: its files are for everybody, what they ask for is not."""

from tests.permissions.routes import Route

WITHOUT_SIGN_IN = ("field:page", "field:worker", "field:manifest", "field:csrf")

ROUTES: list[Route] = [
    Route(name="field:commands", post=True, gives=400, nobody=401),
    Route(name="field:known", post=True, gives=400, nobody=401),
]
