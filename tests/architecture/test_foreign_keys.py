import ast

from django.apps import apps
from django.db.models import Field, Model

from tests.architecture import sources

ROOT_NAME = "bianfang"
GROUPS_WITHOUT_ORDER = {"kernel", "faces"}
LINKS = {"ForeignKey", "OneToOneField", "ManyToManyField", "TownForeignKey"}


def test_foreign_keys_point_downwards_only() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if _is_ours(model)
        for field in model._meta.get_fields()
        if isinstance(field, Field) and isinstance(field.related_model, type)
        if _is_ours(field.related_model) and not _may_link(model, field.related_model)
    ]

    assert upward == []


def test_foreign_keys_name_the_class_so_that_the_import_shows_the_dependency() -> None:
    by_name = [
        f"{sources.short(path)}:{node.lineno}"
        for path in sources.python_files()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call) and _called(node) in LINKS and _target_is_text(node)
    ]

    assert by_name == []


def test_every_floor_of_the_house_has_a_place_in_the_order() -> None:
    placed = {name for layer in sources.layers_of(ROOT_NAME) for name in layer}

    assert {"config", "kernel", "register", "outreach"} <= placed


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith(f"{ROOT_NAME}.")


def _may_link(model: type[Model], target: type[Model]) -> bool:
    """Downwards, or inside one package; the first differing step decides."""
    container = ROOT_NAME
    steps = zip(model.__module__.split(".")[1:3], target.__module__.split(".")[1:3], strict=True)
    for own, other in steps:
        if own != other:
            return container.rpartition(".")[2] in GROUPS_WITHOUT_ORDER or (
                _height(container, own) > _height(container, other)
            )
        container = f"{container}.{own}"
    return True


def _height(container: str, name: str) -> int:
    layers = sources.layers_of(container)
    heights = [len(layers) - place for place, layer in enumerate(layers) if name in layer]
    assert heights, f"{container}.{name} has no place in the import contracts"
    return heights[0]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _target_is_text(node: ast.Call) -> bool:
    named = [keyword.value for keyword in node.keywords if keyword.arg == "to"]
    target = node.args[0] if node.args else (named[0] if named else None)
    return isinstance(target, ast.Constant) and target.value != "self"
