"""Every page of the frame and the register, drawn for those who may, in both languages."""

import pytest
from django.urls import reverse

from bianfang.faces.desk.helptexts import SECTIONS
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.people.models import Post

PAGES = [
    ("clerk", "desk:home", ()),
    ("head", "desk:home", ()),
    ("admin", "desk:home", ()),
    ("officer", "desk:home", ()),
    ("secretary", "desk:work", ()),
    ("handler", "desk:work", ()),
    ("clerk", "desk:account", ()),
    ("clerk", "areas:tree", ()),
    ("clerk", "areas:detail", ("area",)),
    ("clerk", "areas:add", ("area",)),
    ("clerk", "areas:rename", ("area",)),
    ("clerk", "areas:close", ("hamlet",)),
    ("admin", "units:list", ()),
    ("admin", "units:add", ()),
    ("admin", "units:detail", ("unit",)),
    ("admin", "units:close", ("unit",)),
    ("admin", "staff:list", ()),
    ("admin", "staff:add", ()),
    ("admin", "staff:detail", ("staff",)),
    ("admin", "staff:edit", ("staff",)),
    ("admin", "staff:password", ("staff",)),
    ("admin", "posts:give", ("staff",)),
    ("admin", "posts:end", ("post",)),
    ("admin", "posts:substitute", ("post",)),
    ("secretary", "households:list", ()),
    ("secretary", "households:add", ()),
    ("secretary", "households:find", ()),
    ("secretary", "households:detail", ("household",)),
    ("secretary", "households:edit", ("household",)),
    ("secretary", "households:status", ("household",)),
    ("secretary", "households:end", ("household",)),
    ("secretary", "households:add_resident", ("household",)),
    ("secretary", "residents:edit", ("resident",)),
    ("secretary", "residents:move", ("resident",)),
    ("secretary", "residents:end", ("resident",)),
    ("secretary", "residents:make_head", ("resident",)),
    ("secretary", "residents:state_fact", ("resident",)),
    ("secretary", "residents:reveal", ("resident",)),
    ("clerk", "calendar:year_of", ("=2026",)),
    ("clerk", "calendar:notice", ("=2027",)),
    ("officer", "journal:changes", ()),
    ("officer", "journal:access", ()),
]


@pytest.fixture
def things(town: SmallTown) -> dict[str, str]:
    factories.handling_state(town)
    resident = factories.make_resident(town.household, "董小山")
    post = Post.objects.in_town(town.town.id).filter(staff=town.staff["handler"]).get()
    found = {
        "area": town.place.north,
        "hamlet": town.place.upper_hamlet,
        "unit": town.units["civil"],
        "staff": town.staff["handler"],
        "post": post,
        "household": town.household,
        "resident": resident,
    }
    return {name: str(thing.pk) for name, thing in found.items()}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("who", "name", "words"), PAGES)
def test_page_is_drawn_for_who_may_open_it(
    who: str,
    name: str,
    words: tuple[str, ...],
    language: str,
    sign_in: SignIn,
    things: dict[str, str],
) -> None:
    args = [word[1:] if word.startswith("=") else things[word] for word in words]

    response = sign_in(who).get(reverse(name, args=args), headers={"accept-language": language})

    text = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in text
    assert '<main class="page" id="main">' in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_section_has_its_help_in_both_languages(
    section: object, language: str, sign_in: SignIn
) -> None:
    address = reverse("help:section", args=[section.name])  # type: ignore[attr-defined]  # a Section

    response = sign_in("clerk").get(address, headers={"accept-language": language})

    assert response.status_code == 200
    assert "<h2>" in response.content.decode()


def test_unknown_help_page_is_not_there(sign_in: SignIn) -> None:
    assert sign_in("clerk").get("/help/nonsense/").status_code == 404


def test_menu_offers_what_exists_and_may_be_used(sign_in: SignIn) -> None:
    clerk = sign_in("clerk").get(reverse("desk:home")).content.decode()
    officer = sign_in("officer").get(reverse("desk:home")).content.decode()

    assert reverse("households:list") in clerk
    assert reverse("journal:changes") not in clerk
    assert reverse("households:list") not in officer
    assert reverse("journal:changes") in officer


def test_links_keep_the_chosen_area(sign_in: SignIn, town: SmallTown) -> None:
    path = town.place.north.path

    text = sign_in("clerk").get(reverse("households:list"), {"area": path}).content.decode()

    assert f"{reverse('areas:tree')}?area={path}" in text


def test_area_outside_ones_posts_is_not_there(sign_in: SignIn, town: SmallTown) -> None:
    response = sign_in("worker").get(reverse("households:list"), {"area": town.place.south.path})

    assert response.status_code == 404


def test_area_switcher_offers_ones_own_areas(sign_in: SignIn, town: SmallTown) -> None:
    text = sign_in("worker").get(reverse("desk:home")).content.decode()

    assert f'value="{town.place.upper.path}"' in text
    assert f'value="{town.place.far.path}"' not in text


def test_refusal_names_its_reason(sign_in: SignIn) -> None:
    response = sign_in("leader").get(reverse("households:add"), headers={"accept-language": "en"})

    assert response.status_code == 403
    assert "None of your posts includes this" in response.content.decode()
