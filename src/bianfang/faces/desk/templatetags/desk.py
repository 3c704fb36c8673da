"""Tags that every template may use: icons, links that keep the chosen area, form fields, badges."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.base import dress

register = template.Library()

ENTRY = "src/desk.ts"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it says nothing that the text beside it does not say."""
    sprite = static("desk/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name
    )


@register.simple_tag
def desk_assets() -> SafeString:
    """The built style sheet and script; nothing where they have not been built."""
    try:
        tags: str = DjangoViteAssetLoader.instance().generate_vite_asset(ENTRY)
    except DjangoViteAssetNotFoundError:
        return SafeString("")
    return SafeString(tags)  # written by django-vite from the build's own manifest


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *args: Any, **query: Any) -> str:
    """The address of a page, with the area that was chosen and further parts of the query."""
    return address(context.get("area_choice") or "", name, *args, **query)


@register.simple_tag
def badge(shown: Badge | None) -> SafeString:
    """A state: shape, word and colour; nothing for None."""
    if shown is None:
        return SafeString("")
    return format_html('<span class="state {}">{}</span>', shown.css, shown.text)


@register.inclusion_tag("desk/components/field.html")
def field(bound: BoundField, *, above: bool = False, area_note: str = "") -> dict[str, Any]:
    """Label, control, help and error of one field; what was typed is kept."""
    widget = bound.field.widget
    dress(bound.field)
    return {
        "field": bound,
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "is_tick": isinstance(widget, CheckboxInput),
        "is_hidden": bound.is_hidden,
        "is_must": bound.field.required or bound.name in getattr(bound.form, "must", ()),
        "is_above": above,
        "note": area_note,
    }


@register.filter
def grouped(number: int | Decimal | str) -> str:
    """A number with its thousands apart, as figures print theirs; “1000+” stays."""
    return number if isinstance(number, str) else f"{number:,}"


@register.filter
def is_moment(value: object) -> bool:
    """Whether a cell holds a day with a time."""
    return isinstance(value, datetime)


@register.filter
def is_day(value: object) -> bool:
    """Whether a cell holds a day."""
    return isinstance(value, date)
