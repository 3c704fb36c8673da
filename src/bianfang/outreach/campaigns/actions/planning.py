"""Planning a campaign, by itself or after a template; starting and closing it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.campaigns import catalogue, definition, policies, workflow
from bianfang.outreach.campaigns.actions.inputs import CampaignInput, Looks
from bianfang.outreach.campaigns.definition import Errors
from bianfang.outreach.campaigns.enums import Subject, Verb
from bianfang.outreach.campaigns.models import Campaign, CampaignArea, Definition
from bianfang.outreach.campaigns.queries import campaigns
from bianfang.outreach.campaigns.workflow import CampaignState, Move
from bianfang.outreach.demands.queries.categories import categories_by_id
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area

LONGEST_NAME, LONGEST_MEASURES, LONGEST_WORD, LONGEST_UNIT = 40, 200, 20, 10


@transaction.atomic
def plan_campaign(
    *, actor: Actor, campaign: CampaignInput, looks: Looks | None = None, template: str = ""
) -> Campaign:
    """Plan a campaign; a template of the catalogue brings what it looks at and its questions."""
    policies.check_can_manage_campaigns(actor)
    pattern = catalogue.find_template(template) if template else None
    looks = looks or Looks()
    if pattern is not None:
        looks = Looks(
            subject=pattern.subject, spot_word=pattern.spot_word, size_unit=pattern.size_unit
        )
    covered = _check(actor, campaign, _looks_errors(looks))
    made = Campaign(
        town_id=actor.town_id,
        subject=looks.subject,
        spot_word=looks.spot_word.strip() if looks.subject == Subject.SPOT else "",
        size_unit=looks.size_unit.strip() if looks.subject == Subject.SPOT else "",
        planned_by_id=actor.person_id,
        planned_at=clock.now(),
    )
    _write(made, campaign)
    made.save(force_insert=True)
    _cover(made, covered)
    Definition.objects.create(
        town_id=actor.town_id,
        campaign=made,
        version=made.version,
        asks=definition.write_fields(pattern.fields if pattern else ()),
        made_by_id=actor.person_id,
        made_at=made.planned_at,
    )
    facts = {"name": made.name}
    journal.record(actor=actor, verb=Verb.PLANNED, target=made, facts=facts)
    return made


@transaction.atomic
def change_campaign(*, actor: Actor, campaign_id: UUID, campaign: CampaignInput) -> Campaign:
    """Change its particulars while it is not closed; what it looks at stays."""
    stored = campaigns.get_campaign_for_update(actor=actor, campaign_id=campaign_id)
    policies.check_can_manage_campaigns(actor)
    workflow.check_move(stored.state, Move.CHANGE)
    covered = _check(actor, campaign, _urgent_errors(actor, stored, campaign))
    _write(stored, campaign)
    stored.save(
        update_fields=[
            "name", "theme", "purpose", "starts_on", "ends_on", "category", "urgent_measures"
        ]
    )  # fmt: skip
    CampaignArea.objects.in_town(actor.town_id).filter(campaign=stored).delete()
    _cover(stored, covered)
    facts = {"name": stored.name}
    journal.record(actor=actor, verb=Verb.CHANGED, target=stored, facts=facts)
    return stored


@transaction.atomic
def start_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """From now on visits in its areas carry its questions; where there are none it cannot start."""
    stored = campaigns.get_campaign_for_update(actor=actor, campaign_id=campaign_id)
    policies.check_can_manage_campaigns(actor)
    workflow.check_move(stored.state, Move.START)
    asked = campaigns.get_definition(actor=actor, campaign=stored).fields
    if not asked:
        raise MoveError(_("Write down at least one question first."))
    if definition.has_urgent(asked) and not (stored.category_id and stored.urgent_measures):
        raise MoveError(
            _("Some answers raise urgent demands: choose their category and what is to be done.")
        )
    stored.state = CampaignState.RUNNING
    stored.save(update_fields=["state"])
    facts = {"name": stored.name, "version": stored.version}
    journal.record(actor=actor, verb=Verb.STARTED, target=stored, facts=facts)
    return stored


@transaction.atomic
def close_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """End it: visits no longer carry it, its findings stay."""
    stored = campaigns.get_campaign_for_update(actor=actor, campaign_id=campaign_id)
    policies.check_can_manage_campaigns(actor)
    workflow.check_move(stored.state, Move.CLOSE)
    stored.state, stored.closed_on = CampaignState.CLOSED, clock.today()
    stored.save(update_fields=["state", "closed_on"])
    journal.record(actor=actor, verb=Verb.CLOSED, target=stored, facts={"name": stored.name})
    return stored


def _check(actor: Actor, given: CampaignInput, errors: Errors) -> list[Area]:
    """Every wrong field at once; the areas, each once, none inside another one."""
    errors |= _name_errors(given.name.strip()) | _day_errors(given)
    if given.theme is None:
        errors["theme"] = _("Choose a theme.")
    if len(given.urgent_measures.strip()) > LONGEST_MEASURES:
        errors["urgent_measures"] = _("At most 200 characters.")
    if not given.area_ids:
        errors["areas"] = _("Choose at least one area.")
    wanted = {given.category_id} if given.category_id else set()
    if wanted - categories_by_id(actor=actor, ids=wanted).keys():
        errors["category"] = _("Choose a category of your town.")
    if errors:
        raise FieldErrors(errors)
    chosen = sorted(set(given.area_ids))
    found = [areas.get_area(actor=actor, area_id=area_id) for area_id in chosen]
    paths = {area.path for area in found}
    return [
        area
        for area in found
        if not any(area.path != path and area.path.startswith(path) for path in paths)
    ]


def _name_errors(name: str) -> Errors:
    if not name:
        return {"name": _("Give the campaign a name.")}
    return {"name": _("At most 40 characters.")} if len(name) > LONGEST_NAME else {}


def _day_errors(given: CampaignInput) -> Errors:
    errors: Errors = {}
    if given.starts_on is None:
        errors["starts_on"] = _("From which day?")
    if given.ends_on is None:
        errors["ends_on"] = _("Until which day?")
    elif given.starts_on is not None and given.ends_on < given.starts_on:
        errors["ends_on"] = _("The end lies before the beginning.")
    return errors


def _looks_errors(looks: Looks) -> Errors:
    errors: Errors = {}
    if looks.subject == Subject.SPOT and not looks.spot_word.strip():
        errors["spot_word"] = _("What is a spot called, such as “patch”?")
    if len(looks.spot_word.strip()) > LONGEST_WORD:
        errors["spot_word"] = _("At most 20 characters.")
    if len(looks.size_unit.strip()) > LONGEST_UNIT:
        errors["size_unit"] = _("At most 10 characters.")
    return errors


def _urgent_errors(actor: Actor, stored: Campaign, given: CampaignInput) -> Errors:
    """A running campaign keeps what its urgent answers need."""
    errors: Errors = {}
    asked = campaigns.get_definition(actor=actor, campaign=stored).fields
    if not stored.is_running or not definition.has_urgent(asked):
        return errors
    if given.category_id is None:
        errors["category"] = _("Urgent answers need a category for their demands.")
    if not given.urgent_measures.strip():
        errors["urgent_measures"] = _("Say what is to be done at once.")
    return errors


def _write(campaign: Campaign, given: CampaignInput) -> None:
    assert given.theme is not None
    assert given.starts_on is not None
    assert given.ends_on is not None
    campaign.name, campaign.theme = given.name.strip(), given.theme
    campaign.purpose = given.purpose.strip()
    campaign.starts_on, campaign.ends_on = given.starts_on, given.ends_on
    campaign.category_id = given.category_id
    campaign.urgent_measures = given.urgent_measures.strip()


def _cover(campaign: Campaign, covered: list[Area]) -> None:
    CampaignArea.objects.bulk_create(
        CampaignArea(town_id=campaign.town_id, campaign=campaign, area=area, area_path=area.path)
        for area in covered
    )
