"""Rows of the phone page: its files are for everybody, what they ask for is not."""

from tests.permissions.routes import EVERYBODY, READERS, Route

WITHOUT_SIGN_IN = ("field:page", "field:worker", "field:manifest", "field:csrf", "field:wiped")
OWN = frozenset({"handler", "admin"})
"""Whose phone it is, and who manages accounts."""
TAKER = frozenset({"secretary", "clerk"})
"""Who added the photo, and the visiting office."""

ROUTES: list[Route] = [
    Route(name="field:commands", post=True, gives=400, nobody=401),
    Route(name="field:known", post=True, gives=400, nobody=401),
    *(
        Route(name=f"field:{name}", post=True, gives=400, nobody=401)
        for name in ("start", "number", "photo")
    ),
    Route(
        name="field:bundle",
        things=("hamlet",),
        may=READERS,
        hidden=EVERYBODY - READERS,
        post=True,
        gives=400,
        nobody=401,
    ),
    Route(
        name="phones:empty",
        things=("phone",),
        may=OWN,
        hidden=EVERYBODY - OWN,
        far=404,
        stranger=404,
    ),
    *(
        Route(name=f"photos:{name}", things=("photo",), may=READERS, hidden=EVERYBODY - READERS)
        for name in ("show", "small")
    ),
    Route(name="photos:remove", things=("photo",), may=TAKER, hidden=EVERYBODY - READERS),
]
