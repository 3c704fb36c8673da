"""Rows of who visits, what is asked, and how it is handled."""

from tests.permissions.routes import CLERK, EDITORS, READERS, Route

TYPISTS = frozenset({"clerk", "worker"})
"""Those who type in paper sheets."""

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

ROUNDS = [
    Route(name="rounds:list", may=READERS),
    Route(name="rounds:add", may=CLERK),
    Route(name="rounds:detail", things=("round",), may=READERS, far=200),
    Route(name="rounds:edit", things=("plan",), may=CLERK),
    Route(name="rounds:configure", things=("plan",), may=CLERK),
    Route(name="rounds:start", things=("plan",), may=CLERK, post=True),
    Route(name="rounds:finish", things=("round",), may=CLERK, post=True),
    Route(name="rounds:cancel", things=("plan",), may=CLERK),
    Route(name="rounds:left", things=("round",), may=READERS, far=200),
    Route(name="rounds:households", things=("round",), may=READERS, far=200),
    Route(name="rounds:changes", things=("round",), may=READERS, far=200),
]
CHECKLISTS = [
    Route(name="checklists:list", may=READERS),
    Route(name="checklists:add", may=CLERK),
    Route(name="checklists:detail", things=("checklist",), may=READERS, far=200),
    Route(name="checklists:paper", things=("checklist",), may=READERS, far=200),
    Route(name="checklists:intro", things=("checklist",), may=CLERK),
    Route(name="checklists:publish", things=("checklist",), may=CLERK, post=True),
    Route(name="checklists:renew", things=("checklist",), may=CLERK, post=True),
    Route(name="checklists:add_topic", things=("checklist",), may=CLERK, post=True, gives=200),
    Route(name="checklists:edit_topic", things=("topic",), may=CLERK),
    Route(name="checklists:remove_topic", things=("topic",), may=CLERK, post=True),
    Route(name="checklists:questions", things=("checklist",), may=READERS, far=200),
    Route(name="checklists:workbook", things=("checklist",), may=READERS, far=200),
    Route(name="checklists:xform", things=("checklist",), may=READERS, far=200),
    Route(name="checklists:marked", things=("checklist",), may=CLERK),
    Route(name="checklists:example", may=CLERK),
    Route(name="checklists:load", things=("checklist",), may=CLERK, post=True, gives=200),
    Route(name="checklists:remove_form", things=("checklist",), may=CLERK, post=True),
    Route(name="checklists:answers", things=("checklist",), may=READERS, post=True, gives=404),
]
VISITS = [
    Route(name="visits:list", may=READERS),
    Route(name="visits:add", may=READERS),
    Route(name="visits:record", things=("household",), may=READERS),
    Route(name="visits:detail", things=("visit",), may=READERS),
    Route(name="visits:saved", things=("visit",), may=READERS),
    Route(name="visits:correct", things=("visit",), may=EDITORS),
    Route(name="forums:list", may=READERS),
    Route(name="forums:add", may=READERS),
    Route(name="forums:detail", things=("forum",), may=READERS),
    Route(name="sheets:list", may=READERS),
    Route(name="sheets:paper", may=READERS),
    Route(name="sheets:enter", may=TYPISTS),
]

CAMPAIGNS = [
    Route(name="campaigns:list", may=READERS),
    Route(name="campaigns:add", may=CLERK),
    Route(name="campaigns:findings", may=READERS),
    Route(name="campaigns:rechecks", may=READERS),
    Route(name="campaigns:all_spots", may=READERS),
    Route(name="campaigns:spot", things=("spot",), may=READERS),
    Route(name="campaigns:spot_edit", things=("spot",), may=CLERK),
    Route(name="campaigns:detail", things=("campaign",), may=READERS, far=200),
    Route(name="campaigns:edit", things=("campaign",), may=CLERK),
    Route(name="campaigns:start", things=("campaign",), may=CLERK, post=True),
    Route(name="campaigns:close", things=("campaign",), may=CLERK, post=True),
    Route(name="campaigns:question_add", things=("campaign",), may=CLERK),
    Route(name="campaigns:question_edit", things=("campaign", "=status"), may=CLERK),
    Route(name="campaigns:question_remove", things=("campaign", "=note"), may=CLERK, post=True),
    Route(name="campaigns:spots", things=("campaign",), may=READERS, far=200),
    Route(name="campaigns:spot_add", things=("campaign",), may=CLERK),
    Route(name="campaigns:spots_import", things=("campaign",), may=CLERK),
    Route(name="campaigns:spots_template", things=("campaign",), may=CLERK),
    Route(
        name="campaigns:spots_export",
        things=("campaign",),
        may=READERS,
        far=200,
        post=True,
        gives=200,
    ),
]
LEAFLETS = [
    Route(name="leaflets:list", may=READERS),
    Route(name="leaflets:add", may=CLERK),
    Route(name="leaflets:detail", things=("leaflet",), may=READERS, far=200),
    Route(name="leaflets:edit", things=("leaflet",), may=CLERK),
    Route(name="leaflets:paper", things=("leaflet",), may=READERS, far=200),
]
ROUTES = [*WHO, *ROUNDS, *CHECKLISTS, *VISITS, *CAMPAIGNS, *LEAFLETS]
