"""A page of the desk: who may open it, what frames it, and what becomes of a refusal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk import errors
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.register.people.enums import Permission

P = ParamSpec("P")


class Record(Protocol):
    """A dataclass, which some actions give instead of a row."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


T = TypeVar("T", bound="Model | Record | Sequence[Any]")
Page = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

NOT_YOURS = _("None of your posts includes this. Ask the system administrator if it should.")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: str | Promise
    href: str


def desk_page(*may: Permission) -> Callable[[Page[P]], View[P]]:
    """Open the page to who holds one of the permissions somewhere (to everybody if none is named).

    Not in scope becomes 404, refused 403 and any other refusal 409, each with its sentence.
    """

    def decorate(page: Page[P]) -> View[P]:
        @wraps(page)
        def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            assert isinstance(request, HttpRequest)
            try:
                guard(request.actor, *may)  # type: ignore[attr-defined]  # see DeskRequest
                return page(request, *args, **kwargs)  # type: ignore[arg-type]  # see DeskRequest
            except NotFoundError as error:
                return errors.not_found(request, error)
            except NotAllowedError as error:
                return errors.forbidden(request, error)
            except DomainError as error:
                return errors.impossible(request, error)

        return view

    return decorate


def guard(actor: Actor, *may: Permission) -> None:
    """Refuse who holds none of the permissions anywhere."""
    if may and not any(actor.may(permission) for permission in may):
        raise NotAllowedError(NOT_YOURS)


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str | Promise,
    crumbs: Sequence[Crumb] = (),
    region: str = "",
    code: int = 200,
    **context: Any,
) -> HttpResponse:
    """Draw the page; for an htmx request that replaces `region`, only the partial of that name."""
    htmx = getattr(request, "htmx", None)
    name = f"{template}#{region}" if region and htmx and htmx.target == region else template
    whole = {"title": title, "crumbs": crumbs, **context}
    return render(request, name, whole, status=code)


def show_form(
    request: HttpRequest,
    form: Form,
    *,
    title: str | Promise,
    button: str | Promise,
    back: str,
    crumbs: Sequence[Crumb] = (),
    explain: str | Promise = "",
    draft: str = "",
    is_serious: bool = False,
    conflict: str = "",
    changed: Sequence[object] = (),
) -> HttpResponse:
    """A page that is one form; a link to it may also open it as a dialog.

    `conflict` says that somebody else was faster, `changed` lists the fields that differ now.
    """
    return show(
        request,
        "desk/form_page.html",
        title=title,
        crumbs=crumbs,
        form=form,
        button=button,
        back=back,
        explain=explain,
        draft=draft,
        is_serious=is_serious,
        conflict=conflict,
        changed=changed,
        has_file=form.is_multipart(),
    )


def attempt(
    form: Form, act: Callable[[], T], *, passing: type[DomainError] = NotFoundError
) -> T | None:
    """Do it; a refusal of the domain goes into the form, beside the fields that it names.

    Gives None where it was refused. What lies out of scope, is not the actor's to do, or is
    `passing`, goes on to who called.
    """
    try:
        return act()
    except (NotFoundError, NotAllowedError, passing):
        raise
    except FieldErrors as error:
        for name, sentence in error.errors.items():
            form.add_error(_field_of(form, name), str(sentence))
    except DomainError as error:
        form.add_error(None, str(error))
    return None


def _field_of(form: Form, name: str) -> str | None:
    """The form's field for the domain's; None puts the sentence above the form."""
    return next((field for field in (name, f"{name}_id") if field in form.fields), None)


def attempt_and_tell(
    request: HttpRequest, act: Callable[[], object], *, done: str | Promise, back: str
) -> HttpResponse:
    """Do it, say what came of it, and go back: for buttons without a form of their own."""
    try:
        act()
    except (NotFoundError, NotAllowedError):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(done))
    return HttpResponseRedirect(back)


def done(request: HttpRequest, sentence: str | Promise, back: str) -> HttpResponse:
    """Say that it is done and go on."""
    messages.success(request, str(sentence))
    return HttpResponseRedirect(back)
