"""The people that the demo's sign-in page offers: one for each kind of work."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.demo.building.ground import DEMO_PASSWORD
from bianfang.register.people import queries as people

OFFERED: tuple[tuple[str, str | Promise], ...] = (
    ("visits.1", _("Visiting office: rolls, rounds, write-off, lists")),
    ("secretary", _("Party secretary: the whole town on one screen")),
    ("leader01", _("Leader of a group: its communities")),
    ("worker011", _("Community worker: one community")),
    ("cadre01", _("Contact cadre: visits a village")),
    ("village0101", _("Village Party secretary: one village")),
    ("livelihood_center.head", _("Head of a station: extensions, reviews")),
    ("livelihood_center.1", _("Handler of a station: its demands")),
    ("admin", _("System administrator: accounts and posts, no residents")),
    ("privacy", _("Data protection officer: who looked at what")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """One person to sign in as."""

    username: str
    password: str
    name: str
    title: str
    work: str | Promise


def list_logins(town_id: UUID) -> list[Offered]:
    """Those of the offered people who are there."""
    found = [(people.find_staff(town_id=town_id, username=name), work) for name, work in OFFERED]
    return [
        Offered(
            username=staff.username,
            password=DEMO_PASSWORD,
            name=staff.name,
            title=_title(town_id, staff.id),
            work=work,
        )
        for staff, work in found
        if staff is not None
    ]


def _title(town_id: UUID, staff_id: UUID) -> str:
    post = people.list_posts(town_id=town_id, staff_id=staff_id).first()
    return post.title if post else ""
