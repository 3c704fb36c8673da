"""Finding the town and area that a command is about."""

from bianfang.config.commands.ready import CommandError
from bianfang.kernel.tenancy import queries as tenancy
from bianfang.kernel.tenancy.models import Town
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area


def pick(name: str) -> Town:
    """The town of that name, or the only one there is."""
    towns = list(tenancy.list_towns())
    if name:
        towns = [town for town in towns if name in {town.name, town.slug}]
    if not towns:
        known = f"there is no town {name!r} here" if name else "this data folder holds no town yet"
        msg = f"{known}; `bianfang import-roll FILE --town NAME --merge` makes one from a roll."
        raise CommandError(msg)
    if len(towns) > 1:
        names = ", ".join(town.name for town in towns)
        msg = f"several towns are here ({names}); name one with --town."
        raise CommandError(msg)
    return towns[0]


def pick_area(town: Town, word: str) -> Area:
    """The area with that code or name; without a word, the whole town."""
    if not word:
        return areas.get_town_area(town.id)
    found = list(areas.find_areas(town_id=town.id, word=word))
    if not found:
        msg = f"{town.name} has no area with the code or name {word!r}."
        raise CommandError(msg)
    return found[0]
