"""The demo's sign-in buttons."""

from typing import Any

from django import template
from django.template import Context

from bianfang.faces.desk import demo

register = template.Library()


@register.inclusion_tag("desk/components/demo_logins.html", takes_context=True)
def demo_logins(context: Context) -> dict[str, Any]:
    """One button per role; nothing where there is no demo."""
    return {"logins": demo.list_logins(), "csrf_token": context.get("csrf_token")}
