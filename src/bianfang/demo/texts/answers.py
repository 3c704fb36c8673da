"""What some households answered to the questions about heating; invented."""

from collections.abc import Mapping, Sequence

WORKBOOK_NAME = "冬季取暖清单.xlsx"
ASKED_IN_ROUND = 2
ONE_OF = 101
"""One household of so many is asked, by its number."""

ANSWERS: Sequence[Mapping[str, object]] = (
    {"heating": "coal", "vent": "yes", "rooms": 2, "help": ["fuel"]},
    {"heating": "electric", "rooms": 1},
    {"heating": "gas", "rooms": 3, "help": ["equipment"]},
    {"heating": "none", "help": ["equipment", "repair"]},
    {
        "heating": "coal",
        "vent": "no",
        "rooms": 1,
        "help": ["repair", "other"],
        "help_other": "希望帮助清理烟道",
    },
)
