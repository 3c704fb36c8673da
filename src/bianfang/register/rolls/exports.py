"""Workbooks that leave: the office's own with remarks, the empty template, the roll of an area."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.documents.xlsx_mark import Remark, RemarkKind, mark_workbook
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.memory import uncollected
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.register.areas import queries as areas
from bianfang.register.households.enums import LivingStatus, YesNo
from bianfang.register.households.models import Household, Resident
from bianfang.register.rolls import policies, queries
from bianfang.register.rolls.actions.kept import kept_content, read_kept
from bianfang.register.rolls.enums import Verb
from bianfang.register.rolls.reading.areas import AreaIndex, AreaPath
from bianfang.register.rolls.reading.kinds import Severity
from bianfang.register.rolls.reading.messages import explain
from bianfang.register.rolls.reading.rows import RollRow, export_cells
from bianfang.register.rolls.reading.template import export_table, template_sheets
from bianfang.register.rolls.state import hamlets_of

MARKED = {Severity.ERROR: RemarkKind.ERROR, Severity.WARNING: RemarkKind.WARNING}


def marked_workbook(*, actor: Actor, roll_id: UUID) -> bytes:
    """The office's own workbook: bad cells coloured and commented, a list of them in front."""
    roll = queries.get_import(actor=actor, roll_id=roll_id)
    policies.check_can_import_roll(actor)
    reading = read_kept(roll, hamlets_of(roll.town_id))
    remarks = [
        Remark(
            sheet=problem.sheet,
            row=problem.row,
            column=problem.place,
            column_title=problem.header,
            read=str(problem.read),
            reason=explain(problem),
            kind=MARKED[problem.severity],
        )
        for problem in reading.problems
        if problem.severity in MARKED
    ]
    return mark_workbook(kept_content(roll), remarks)


def template_workbook(*, actor: Actor) -> bytes:
    """The empty template with the town's own areas to choose from."""
    policies.check_can_import_roll(actor)
    target = BytesIO()
    write_workbook(target, template_sheets(AreaIndex.build(hamlets_of(actor.town_id))))
    return target.getvalue()


@uncollected()
@transaction.atomic
def export_roll(*, actor: Actor, area_id: UUID) -> bytes:
    """The roll of an area in the form in which it is imported; the export is logged."""
    area = areas.get_area(actor=actor, area_id=area_id)
    policies.check_can_export_roll(actor, area.path)
    rows = Resident.objects.in_town(actor.town_id).on_register()
    count = rows.filter(within([area.reach])).count()
    target = BytesIO()
    day = clock.today()
    table = export_table(
        (export_cells(serial, row) for serial, row in enumerate(_rows(actor, area.reach), 1)),
        row_count=count,
        title=_("Household roll of %(area)s") % {"area": area.name},
        subtitles=[_("As of %(day)s") % {"day": day.isoformat()}],
    )
    write_workbook(target, [table])
    journal.record(actor=actor, verb=Verb.ROLL_EXPORTED, target=area, facts={"people": count})
    journal.record_access(
        actor=actor, what="roll_export", target=area, reason=_("Export of the roll")
    )
    return target.getvalue()


def _rows(actor: Actor, reach: PathRange) -> Iterator[RollRow]:
    """The people of the area as rows of a roll, household by household, the head's order first."""
    paths = {area.path: path for path, area in hamlets_of(actor.town_id).items()}
    homes = Household.objects.in_town(actor.town_id).on_register().filter(within([reach]))
    people = Resident.objects.in_town(actor.town_id).on_register().filter(within([reach]))
    by_home: dict[UUID, list[Resident]] = {}
    for person in people.order_by("order", "id"):
        by_home.setdefault(person.household_id, []).append(person)
    for home in homes.order_by("area_path", "number"):
        for person in by_home.get(home.id, ()):
            yield _row(home, person, paths.get(home.area_path))


def _row(home: Household, person: Resident, path: AreaPath | None) -> RollRow:
    return RollRow(
        sheet="",
        row=0,
        household_key=home.number,
        path=path,
        household_no=home.number,
        door=home.door,
        head_name=home.head_name,
        status=LivingStatus(home.living_status),
        name=person.name,
        relation=Relation(person.relation) if person.relation else None,
        sex=Sex(person.sex),
        id_number=person.id_number,
        id_is_verified=person.id_is_verified,
        birth_date=person.birth_date,
        phone=person.phone,
        away_place=person.away_place,
        dibao=YesNo(person.dibao),
        tekun=YesNo(person.tekun),
        disability=person.disability,
        note=person.note,
        is_importable=True,
    )
