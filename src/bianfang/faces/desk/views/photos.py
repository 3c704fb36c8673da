"""Photos: the picture itself, and taking one away."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show_form
from bianfang.faces.desk.photo_lines import words_for
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import storage
from bianfang.kernel.actor import Actor
from bianfang.outreach.photos import policies, queries
from bianfang.outreach.photos.actions import keeping, pictures
from bianfang.outreach.photos.models import Photo
from bianfang.register.people.enums import Permission


class RemoveForm(DeskForm):
    """Why a photo goes."""

    must = ("reason",)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=keeping.LONGEST_REASON, required=False
    )


@never_cache
@desk_page()
def show(request: DeskRequest, photo_id: UUID) -> HttpResponse:
    """The picture as it is kept; no machine on the way keeps it."""
    photo = queries.get_photo(actor=request.actor, photo_id=photo_id)
    return HttpResponse(storage.read(photo.key), content_type="image/jpeg")


@never_cache
@desk_page()
def small(request: DeskRequest, photo_id: UUID) -> HttpResponse:
    """The picture as it stands beside others."""
    photo = queries.get_photo(actor=request.actor, photo_id=photo_id)
    content = pictures.small(storage.read(photo.key))
    return HttpResponse(content, content_type="image/jpeg")


@desk_page()
def remove(request: DeskRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo away, for a reason that is kept."""
    photo = queries.get_photo(actor=request.actor, photo_id=photo_id)
    policies.check_can_remove_photo(request.actor, photo)
    form, back = RemoveForm(request.POST or None), _back(request, request.actor, photo)
    if form.is_valid() and attempt(
        form,
        lambda: keeping.remove_photo(
            actor=request.actor, photo_id=photo.id, reason=form.cleaned_data["reason"]
        ),
    ):
        return done(request, _("The photo is removed."), back)
    return show_form(
        request,
        form,
        title=_("Remove a photo"),
        button=_("Remove"),
        back=back,
        crumbs=[Crumb(words_for(photo), back)],
        explain=_("The photo is gone for good; the history keeps that there was one, and why."),
        is_serious=True,
    )


def _back(request: DeskRequest, actor: Actor, photo: Photo) -> str:
    """To the visit, where one may read it; else to the demand."""
    path = chosen_path(request)
    if photo.demand_id and not actor.may_at(Permission.VIEW_VISITS, photo.visit.area_path):
        return address(path, "demands:detail", photo.demand_id)
    return address(path, "visits:detail", photo.visit_id)
