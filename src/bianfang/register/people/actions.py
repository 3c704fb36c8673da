"""Every change of units, accounts and posts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import events
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area
from bianfang.register.people import policies, queries
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.events import AccountClosed
from bianfang.register.people.models import Post, Staff, Unit

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


@transaction.atomic
def create_unit(
    *, actor: Actor, name: str, kind: UnitKind, area_id: UUID | None = None, phone: str = ""
) -> Unit:
    """Add a unit; its name is used once in the town."""
    policies.check_can_manage_staff(actor)
    name = name.strip()
    if not name:
        raise FieldError("name", _("A unit needs a name."))
    if Unit.objects.in_town(actor.town_id).filter(name=name).exists():
        raise FieldError("name", _("There is a unit %(name)s already.") % {"name": name})
    area = areas.get_area(actor=actor, area_id=area_id) if area_id else None
    unit = Unit.objects.create(
        town_id=actor.town_id, name=name, kind=kind, area=area, phone=phone.strip()
    )
    journal.record(actor=actor, verb="unit_created", target=unit, facts={"name": name})
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit_id: UUID, on: date) -> Unit:
    """End a unit; posts in it must have ended."""
    policies.check_can_manage_staff(actor)
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    if unit.closed_on is not None:
        raise DomainError(_("%(unit)s has been closed already.") % {"unit": unit.name})
    if Post.objects.in_town(actor.town_id).current_on(on).filter(unit=unit).exists():
        raise DomainError(_("%(unit)s still has posts; end those first.") % {"unit": unit.name})
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    journal.record(actor=actor, verb="unit_closed", target=unit, facts={"on": on.isoformat()})
    return unit


@transaction.atomic
def create_staff(
    *,
    actor: Actor,
    username: str,
    name: str,
    password: str = "",
    phone: str = "",
    email: str = "",
) -> Staff:
    """Make an account; without a password nobody can sign in to it yet."""
    policies.check_can_manage_staff(actor)
    staff = Staff(
        town_id=actor.town_id,
        username=_free_username(username),
        name=_person_name(name),
        phone=phone.strip(),
        email=email.strip(),
    )
    staff.password = _hashed(password, staff) if password else make_password(None)
    staff.save(force_insert=True)
    journal.record(actor=actor, verb="staff_created", target=staff)
    return staff


@transaction.atomic
def edit_staff(
    *, actor: Actor, staff_id: UUID, name: str, phone: str = "", email: str = ""
) -> Staff:
    """Change a name or how somebody is reached."""
    policies.check_can_manage_staff(actor)
    staff = queries.get_staff(actor=actor, staff_id=staff_id)
    staff.name, staff.phone, staff.email = _person_name(name), phone.strip(), email.strip()
    staff.save(update_fields=["name", "phone", "email"])
    journal.record(actor=actor, verb="staff_edited", target=staff)
    return staff


@transaction.atomic
def set_password(*, actor: Actor, staff_id: UUID, password: str) -> Staff:
    """Give an account a new password; the person changes it at the desk."""
    policies.check_can_manage_staff(actor)
    staff = queries.get_staff(actor=actor, staff_id=staff_id)
    staff.password = _hashed(password, staff)
    staff.save(update_fields=["password"])
    journal.record(actor=actor, verb="password_set", target=staff)
    return staff


@transaction.atomic
def set_active(*, actor: Actor, staff_id: UUID, active: bool) -> Staff:
    """Close an account or open it again; nobody closes his own."""
    policies.check_can_manage_staff(actor)
    staff = queries.get_staff(actor=actor, staff_id=staff_id)
    if staff.id == actor.staff_id:
        raise DomainError(_("You cannot close your own account; another administrator can."))
    staff.is_active = active
    staff.save(update_fields=["is_active"])
    verb = "staff_activated" if active else "staff_deactivated"
    journal.record(actor=actor, verb=verb, target=staff)
    if not active:
        events.emit(AccountClosed(actor=actor, staff_id=staff.id))
    return staff


@transaction.atomic
def give_post(
    *,
    actor: Actor,
    staff_id: UUID,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
    area_id: UUID | None = None,
    unit_id: UUID | None = None,
    title: str = "",
) -> Post:
    """Give somebody a role in an area, or for a unit, from a day on; never to oneself."""
    role = Role(role)
    policies.check_can_give_rights_to(actor, staff_id)
    staff = _active(queries.get_staff(actor=actor, staff_id=staff_id), "staff")
    area = _open_area(actor, area_id) if area_id else None
    unit = _open_unit(actor, unit_id) if unit_id else None
    policies.check_place(role, area_given=area is not None, unit_given=unit is not None)
    policies.check_term(valid_from, valid_to)
    held = queries.list_rights(town_id=actor.town_id, staff_id=staff.id)
    post = Post(
        town_id=actor.town_id,
        staff=staff,
        role=role,
        title=title.strip(),
        area=area,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    policies.check_not_held_twice(post, held)
    policies.check_roles_go_together(
        role, staff_id=staff.id, posts=held, first=valid_from, last=valid_to
    )
    post.save(force_insert=True)
    facts = {"staff": str(staff.id), "role": role.value, "from": valid_from.isoformat()}
    journal.record(actor=actor, verb="post_given", target=post, facts=facts)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post_id: UUID, on: date) -> Post:
    """Let a post end with that day; its rights end with it, and are never made longer so."""
    post = queries.get_post(actor=actor, post_id=post_id)
    policies.check_can_give_rights_to(actor, post.staff_id)
    if on < post.valid_from:
        raise FieldError("on", _("A post cannot end before it began."))
    if post.valid_to is not None and on > post.valid_to:
        raise FieldError("on", _("The post ends before that day; give a new post instead."))
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    journal.record(actor=actor, verb="post_ended", target=post, facts={"on": on.isoformat()})
    return post


@transaction.atomic
def set_substitute(
    *, actor: Actor, post_id: UUID, substitute_id: UUID, from_: date, to: date
) -> Post:
    """Let somebody stand in for some days of the post, with its rights; never oneself."""
    policies.check_can_give_rights_to(actor, substitute_id)
    post = queries.get_post(actor=actor, post_id=post_id)
    substitute = _active(queries.get_staff(actor=actor, staff_id=substitute_id), "substitute")
    if substitute.id == post.staff_id:
        raise FieldError("substitute", _("The substitute must be another person."))
    policies.check_term(from_, to, field="to")
    if not policies.overlaps(post, from_, to):
        raise FieldError("from_", _("The post is not held on any of these days."))
    held = queries.list_rights(town_id=actor.town_id, staff_id=substitute.id)
    policies.check_roles_go_together(
        Role(post.role), staff_id=substitute.id, posts=held, first=from_, last=to
    )
    post.substitute, post.substitute_from, post.substitute_to = substitute, from_, to
    post.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    facts = {"substitute": str(substitute.id), "from": from_.isoformat(), "to": to.isoformat()}
    journal.record(actor=actor, verb="substitute_set", target=post, facts=facts)
    return post


@transaction.atomic
def clear_substitute(*, actor: Actor, post_id: UUID) -> Post:
    """The holder is back."""
    policies.check_can_manage_staff(actor)
    post = queries.get_post(actor=actor, post_id=post_id)
    post.substitute = post.substitute_from = post.substitute_to = None
    post.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    journal.record(actor=actor, verb="substitute_cleared", target=post)
    return post


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStaff:
    """An account to be made with its posts."""

    username: str
    name: str
    role: Role
    valid_from: date
    phone: str = ""
    title: str = ""
    unit_id: UUID | None = None
    area_ids: tuple[UUID, ...] = ()


@transaction.atomic
def create_staff_bulk(
    *, actor: Actor, people: Sequence[NewStaff], password: str
) -> dict[str, Staff]:
    """Make many accounts with their posts and one first password; gives them by sign-in name.

    The password is hashed once: hundreds of hashes would take minutes.
    """
    policies.check_can_manage_staff(actor)
    hashed = _hashed(password, Staff(username="", name=""))
    for person in people:
        _check_username(person.username)
    taken = set(
        Staff.objects.filter(username__in=[person.username for person in people]).values_list(
            "username", flat=True
        )
    )
    if taken:
        names = ", ".join(sorted(taken))
        raise FieldError("username", _("Sign-in names in use: %(names)s.") % {"names": names})
    made = {
        person.username: Staff(
            town_id=actor.town_id,
            username=person.username,
            name=_person_name(person.name),
            phone=person.phone,
            password=hashed,
        )
        for person in people
    }
    Staff.objects.bulk_create(made.values())
    posts = [post for person in people for post in _posts_of(actor, person, made[person.username])]
    Post.objects.bulk_create(posts)
    town = areas.get_town_area(actor.town_id)
    facts = {"accounts": len(made), "posts": len(posts)}
    journal.record(actor=actor, verb="staff_created_in_bulk", target=town, facts=facts)
    return made


def _posts_of(actor: Actor, person: NewStaff, staff: Staff) -> list[Post]:
    policies.check_place(
        person.role, area_given=bool(person.area_ids), unit_given=person.unit_id is not None
    )
    return [
        Post(
            town_id=actor.town_id,
            staff=staff,
            role=person.role,
            title=person.title,
            unit_id=person.unit_id,
            area_id=area_id,
            valid_from=person.valid_from,
        )
        for area_id in person.area_ids or (None,)
    ]


def _free_username(username: str) -> str:
    username = username.strip().lower()
    _check_username(username)
    if Staff.objects.filter(username=username).exists():
        raise FieldError("username", _("This sign-in name is in use; choose another."))
    return username


def _check_username(username: str) -> None:
    if USERNAME.fullmatch(username) is None:
        raise FieldError(
            "username",
            _(
                "A sign-in name begins with a letter and is made of small letters, digits, dot, "
                "dash and line: 2 to 60 signs."
            ),
        )


def _active(staff: Staff, field: str) -> Staff:
    if not staff.is_active:
        raise FieldError(
            field, _("The account of %(name)s is closed; open it first.") % {"name": staff.name}
        )
    return staff


def _open_area(actor: Actor, area_id: UUID) -> Area:
    area = areas.get_area(actor=actor, area_id=area_id)
    if area.valid_to is not None:
        raise FieldError(
            "area", _("%(area)s has ended; choose its successor.") % {"area": area.name}
        )
    return area


def _open_unit(actor: Actor, unit_id: UUID) -> Unit:
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    if unit.closed_on is not None:
        raise FieldError(
            "unit", _("%(unit)s has been closed; choose another.") % {"unit": unit.name}
        )
    return unit


def _person_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise FieldError("name", _("Give the person's name."))
    return name


def _hashed(password: str, staff: Staff) -> str:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise FieldError("password", " ".join(error.messages)) from error
    return make_password(password)
