"""Addresses of demands and half-year lists."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from bianfang.faces.desk.demand_moves import MOVE_FORMS
from bianfang.faces.desk.views import (
    demand_intake,
    demand_review,
    demands,
    dispatch,
    halfyear,
    halfyear_items,
    measures,
    meeting_pool,
    unit_board,
)
from bianfang.outreach.demands.enums import TodoKind


class MoveConverter:
    """The name of a move in an address."""

    regex = "|".join(MOVE_FORMS)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class TodoKindConverter(MoveConverter):
    """The name of a group of things to do in an address."""

    regex = "|".join(TodoKind.values)


register_converter(MoveConverter, "demand_move")
register_converter(TodoKindConverter, "todo_kind")

demand_urls: list[URLPattern | URLResolver] = [
    path("", demands.demand_list, name="list"),
    path("add/", demand_intake.add, name="add"),
    path("dispatch/", dispatch.queue, name="dispatch"),
    path("unit/", unit_board.board, name="unit"),
    path("review/", demand_review.review_list, name="review"),
    path("pool/", meeting_pool.pool, name="pool"),
    path("todo/<todo_kind:kind>/", demand_review.todo_list, name="todo"),
    path("<uuid:demand_id>/", demands.detail, name="detail"),
    path("<uuid:demand_id>/phone/", demands.phone, name="phone"),
    path("<uuid:demand_id>/<demand_move:name>/", demands.move, name="move"),
]
half_year_urls: list[URLPattern | URLResolver] = [
    path("", halfyear.half_year_lists, name="list"),
    path("add/", halfyear.add, name="add"),
    path("colours/", halfyear_items.colours, name="colours"),
    path("<uuid:list_id>/", halfyear.detail, name="detail"),
    path("<uuid:list_id>/paper/", halfyear_items.paper, name="paper"),
    path("<uuid:list_id>/export/", halfyear_items.export, name="export"),
    path("items/<uuid:carry_over_id>/", halfyear_items.item, name="item"),
    path("items/<uuid:carry_over_id>/describe/", halfyear_items.describe, name="describe"),
]
recurring_urls: list[URLPattern | URLResolver] = [
    path("", measures.recurring, name="list"),
    path("days/", measures.days, name="days"),
]
measure_urls: list[URLPattern | URLResolver] = [
    path("", measures.measure_list, name="list"),
    path("add/", measures.add, name="add"),
    path("<uuid:measure_id>/", measures.detail, name="detail"),
    path("<uuid:measure_id>/edit/", measures.edit, name="edit"),
    path("<uuid:measure_id>/finish/", measures.finish, name="finish"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("demands/", include((demand_urls, "demands"))),
    path("half-year/", include((half_year_urls, "halfyear"))),
    path("recurring/", include((recurring_urls, "recurring"))),
    path("measures/", include((measure_urls, "measures"))),
]
