"""A phone: what it sends, as the contract says, and the client that sends it."""

import json
from typing import Any
from uuid import UUID

from django.test import Client

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.households.models import Household

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Json = dict[str, Any]


class Phone:
    """In somebody's hands, signed in."""

    def __init__(self, town: SmallTown, name: str) -> None:
        self.town, self.staff = town, town.staff[name]
        self.client = Client()
        self.client.force_login(self.staff, backend=BACKEND)
        self.last: str | None = None

    def post(self, path: str, body: object) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(f"/field/api/{path}/", content, content_type="application/json")

    def send(self, *commands: Json, **frame: Any) -> Json:
        answer = self.post("commands", self.batch(*commands, **frame))
        assert answer.status_code == 200, answer.content.decode()
        told: Json = answer.json()
        return told

    def answers(self, *commands: Json) -> list[Json]:
        found: list[Json] = self.send(*commands)["answers"]
        return found

    def batch(self, *commands: Json, **frame: Any) -> Json:
        return {
            "phone_id": str(UUID(int=9)),
            "person_id": str(self.staff.id),
            "last_accepted": self.last,
            "commands": list(commands),
            **frame,
        }

    def command(self, household: Household | None = None, **body: Any) -> Json:
        """A finished visit under a fresh id."""
        return {
            "id": str(new_id()),
            "kind": "visit.record",
            "made_at": clock.now().isoformat(),
            "body": self.visit(household or self.town.household, **body),
        }

    def visit(self, household: Household, **changes: Any) -> Json:
        return {
            "visit_id": str(new_id()),
            "household_id": str(household.id),
            "mode": "evening",
            "outcome": "met",
            "happened_at": clock.local(clock.now()).isoformat(),
            "visitor_ids": [str(self.staff.id)],
            "topic_ids": [],
            "respondent_relation": "02",
            "village_facts": "",
            "note": "",
            "demands": [],
            "findings": [],
            "answers": None,
            "changes": None,
            **changes,
        }

    def demand(self, **changes: Any) -> Json:
        return {
            "content": "路灯坏了两盏",
            "category_id": str(self.town.category.id),
            "kind": "request",
            "urgent": False,
            "resident_id": None,
            "route": "",
            "outcome": "solved",
            "result": "",
            "reply": "",
            "reply_mode": "in_person",
            "satisfaction": "not_asked",
            **changes,
        }


def changes(**given: Json) -> Json:
    """What a visit found changed; what is not named stays."""
    names = ("living_status", "contact_time", "door", "phone")
    return {name: given.get(name) for name in names}
