"""`bianfang figures`: every figure by key, counted now, from the records."""

import argparse
import json
import sys
from dataclasses import replace
from typing import Any

from django.utils import translation

from bianfang.config.commands import towns
from bianfang.kernel import clock
from bianfang.kernel.figures import Figure, FigureScope, FigureValue
from bianfang.mechanisms.figurebook import BOOK
from bianfang.outreach.visits.queries import rounds as visits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For which area, in which form."""
    parser.add_argument("--town", default="", help="name, where the data hold several towns")
    parser.add_argument("--area", default="", help="code or name of an area (default: the town)")
    parser.add_argument("--language", choices=("zh-hans", "en"), default="zh-hans")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    town = towns.pick(arguments.town)
    area = towns.pick_area(town, arguments.area)
    scope = FigureScope(town_id=town.id, ranges=(area.reach,), as_of=clock.today())
    with translation.override(arguments.language):
        lines = dict(_lines(scope))
        if arguments.json:
            head = {"town": town.name, "area": area.name, "as_of": scope.as_of.isoformat()}
            _print(json.dumps({**head, "figures": lines}, ensure_ascii=False, indent=2))
            return 0
    for key, line in lines.items():
        _print(f"{key:<28} {line['text']:>14}  {line['label']}")
    return 0


def _lines(scope: FigureScope) -> list[tuple[str, dict[str, Any]]]:
    rounds = visits.list_round_numbers(town_id=scope.town_id)
    lines: list[tuple[str, dict[str, Any]]] = []
    for figure in BOOK:
        if not figure.per_round:
            lines.append((figure.key, _line(figure, figure.value(scope))))
            continue
        for number in rounds:
            value = figure.value(replace(scope, round_number=number))
            lines.append((f"{figure.key}_{number}", _line(figure, value)))
    return lines


def _line(figure: Figure, value: FigureValue) -> dict[str, Any]:
    return {
        "label": str(figure.label),
        "text": value.text(),
        "worded": figure.worded(value),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "formula": str(figure.formula),
    }


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
