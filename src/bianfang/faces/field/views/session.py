"""The token that each sending carries."""

from django.middleware.csrf import get_token

from bianfang.faces.field.api import Answer, FieldRequest, field_api
from bianfang.register.people.models import Staff


@field_api("GET", is_open=True)
def csrf(request: FieldRequest) -> Answer:
    """A fresh token, and whether somebody is signed in; asked for before each batch."""
    return {"csrf": get_token(request), "signed_in": isinstance(request.user, Staff)}
