"""Rows of who visits, what is asked, and how it is handled."""

from tests.permissions.routes import CLERK, READERS, Route

WHO = [
    Route(name="assignments:list", may=READERS),
    Route(name="assignments:gaps", may=READERS),
    Route(name="assignments:area", things=("area",), may=READERS, far=200),
    Route(name="assignments:person", things=("staff",), may=READERS, far=200),
    Route(name="assignments:give", may=CLERK),
    Route(name="assignments:hand_over", may=CLERK),
    Route(name="assignments:end", things=("village", "responsibility"), may=CLERK),
    Route(name="assignments:substitute", things=("village", "responsibility"), may=CLERK),
    Route(
        name="assignments:end_substitute",
        things=("village", "responsibility"),
        may=CLERK,
        post=True,
    ),
    Route(name="assignments:groups", may=READERS),
    Route(name="assignments:add_group", may=CLERK),
    Route(name="assignments:group", things=("group",), may=READERS, far=200),
    Route(name="assignments:members", things=("group",), may=CLERK),
    Route(name="assignments:end_group", things=("group",), may=CLERK),
]

ROUTES = [*WHO]
