"""Rounds: planning, what and how, giving up; checklists and their topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.offers import Pairs, offer
from bianfang.outreach.visits.enums import TopicKind


class PlanForm(DeskForm):
    """A round by name and days."""

    name = forms.CharField(label=_("Name"), max_length=60)
    starts_on = DayField(_("Starts on"))
    due_on = DayField(_("To be finished by"))


class ConfigureForm(DeskForm):
    """What is asked, and how demands are handled."""

    checklist = IdChoice(_("Checklist"), help_text=_("Published checklists only."))
    coordinator = IdChoice(
        _("Coordinating unit"), help_text=_("It sees to it that every demand gets into good hands.")
    )
    timed_days = forms.IntegerField(
        label=_("Working days for timed handling"),
        min_value=1,
        max_value=90,
        help_text=_("Where the kind of demand sets no time of its own."),
    )

    def __init__(self, *args: Any, checklists: Pairs, units: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "checklist", checklists)
        offer(self, "coordinator", units)


class CancelForm(DeskForm):
    """Why a plan is given up."""

    reason = LongText(_("Reason"), rows=2, max_length=400)


class NewChecklistForm(DeskForm):
    """A checklist by its name and first words."""

    name = forms.CharField(label=_("Name"), max_length=60)
    intro = LongText(
        _("Words to begin with"),
        required=False,
        help_text=_("Who we are, why we come, what the notes are for, that nobody has to answer."),
    )


class IntroForm(DeskForm):
    """The words that a visit begins with."""

    intro = LongText(_("Words to begin with"), rows=4, required=False)


class TopicForm(DeskForm):
    """One line of a checklist."""

    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=TopicKind.choices, coerce=TopicKind, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Topic"), max_length=60)
    hint = forms.CharField(label=_("Hint"), max_length=200, required=False)


class QuestionsFileForm(DeskForm):
    """An office's workbook of questions."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An XLSForm: an .xlsx file with the sheets survey, choices and settings."),
    )
