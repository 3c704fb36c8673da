"""Templates of campaigns, shipped as data; each is checked like what an office writes itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from bianfang.outreach.campaigns.definition import Field, check_field, read_fields
from bianfang.outreach.campaigns.enums import Subject
from bianfang.outreach.demands.enums import Theme

FILES = ("farmland_patches.json", "gas_safety.json", "living_environment.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A campaign to begin with."""

    key: str
    name: str
    name_en: str
    theme: Theme
    subject: Subject
    purpose: str
    fields: tuple[Field, ...]
    spot_word: str = ""
    size_unit: str = ""
    urgent_measures: str = ""
    category_code: str = ""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


@cache
def templates() -> Mapping[str, Template]:
    """All templates by key, read and checked once."""
    found = {}
    for name in FILES:
        data = json.loads(resources.files(__name__).joinpath(name).read_text("utf-8"))
        template = Template(
            **{
                **data,
                "theme": Theme(data["theme"]),
                "subject": Subject(data["subject"]),
                "fields": read_fields(data["fields"]),
            }
        )
        for place, field in enumerate(template.fields):
            check_field(field, template.fields[:place])
        found[template.key] = template
    return found


def find_template(key: str) -> Template | None:
    """The template of this key, None for an unknown one."""
    return templates().get(key)
