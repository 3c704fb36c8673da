"""Who answers for what: giving, ending, standing in, handing over, leader groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice
from bianfang.faces.desk.forms.offers import Groups, Pairs, offer, offer_grouped
from bianfang.outreach.assignments.enums import Duty


class AssignForm(DeskForm):
    """A duty in an area; the duty itself is chosen before, since it decides who can have it."""

    area = IdChoice(_("Area"))
    staff = IdChoice(_("Person"))
    group = IdChoice(_("Leader group"))
    valid_from = DayField(_("From"))
    valid_to = DayField(_("To"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(
        self, *args: Any, duty: Duty, areas: Pairs, holders: Groups, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        is_group = duty == Duty.LEADER_GROUP
        del self.fields["staff" if is_group else "group"]
        offer(self, "area", areas)
        offer_grouped(self, "group" if is_group else "staff", holders)


class EndForm(DeskForm):
    """The last day."""

    on = DayField(_("Last day"))


class StandInForm(DeskForm):
    """Who stands in, from when to when."""

    substitute = IdChoice(_("Substitute"))
    from_ = DayField(_("From"))
    to = DayField(_("To"))

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "substitute", people)


class HandOverForm(DeskForm):
    """All that one person answers for, to another."""

    from_staff = IdChoice(_("From"))
    to_staff = IdChoice(_("To"))
    on = DayField(_("From that day on"))

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(people)
        offer(self, "from_staff", listed)
        offer(self, "to_staff", listed)


class NewGroupForm(DeskForm):
    """A leader group by its name."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Such as “Group 1”. Members come next.")
    )


class MembersForm(DeskForm):
    """Who sits in a group from a day on."""

    members = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("of a group", "Members"), widget=forms.CheckboxSelectMultiple
    )
    other = IdChoice(
        _("Somebody else"), required=False, help_text=_("Who is not in the list above.")
    )
    head = IdChoice(_("Heads the group"), required=False)
    valid_from = DayField(_("From"))

    def __init__(self, *args: Any, usual: Pairs, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.required = False
        field.choices = [(str(key), text) for key, text in usual]
        listed = list(people)
        offer(self, "other", listed)
        offer(self, "head", listed)
