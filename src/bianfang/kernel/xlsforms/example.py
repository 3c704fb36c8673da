"""A small workbook to begin with: in both languages, with a rule of each common kind."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

_WIDTH = 26
_SURVEY: Sequence[Sequence[str]] = (
    (
        "type",
        "name",
        "label::中文 (zh)",
        "label::English (en)",
        "hint::中文 (zh)",
        "hint::English (en)",
        "required",
        "relevant",
        "constraint",
        "constraint_message::中文 (zh)",
        "constraint_message::English (en)",
        "calculation",
    ),
    ("note", "intro", "可以不回答任何一题。", "Any question may be left out."),
    ("begin group", "winter", "冬季取暖", "Heating in winter"),
    (
        "select_one heating",
        "heating",
        "主要取暖方式",
        "How the home is heated",
        "",
        "",
        "yes",
    ),
    (
        "select_one yes_no",
        "vent",
        "烟道是否通畅",
        "Is the flue clear",
        "请看一看烟囱出口",
        "Look at the mouth of the chimney",
        "",
        "${heating} = 'coal'",
    ),
    (
        "integer",
        "rooms",
        "需要取暖的房间数",
        "Rooms to be heated",
        "",
        "",
        "",
        "${heating} != 'none'",
        ". >= 1 and . <= 12",
        "1 到 12 间",
        "From 1 to 12",
    ),
    ("end group",),
    ("select_multiple help", "help", "需要的帮助（可多选）", "Help that is wanted"),
    (
        "text",
        "help_other",
        "其他帮助",
        "Other help",
        "",
        "",
        "",
        "selected(${help}, 'other')",
        "string-length(.) <= 60",
        "不超过 60 字",
        "At most 60 characters",
    ),
    ("calculate", "help_count", *[""] * 9, "count-selected(${help})"),
    (
        "note",
        "summary",
        "共需要 ${help_count} 项帮助。",
        "${help_count} kinds of help are wanted.",
    ),
)
_CHOICES: Sequence[Sequence[str]] = (
    ("list_name", "name", "label::中文 (zh)", "label::English (en)"),
    ("heating", "electric", "电暖", "Electric"),
    ("heating", "gas", "燃气壁挂炉", "Gas boiler"),
    ("heating", "coal", "煤炉", "Coal stove"),
    ("heating", "none", "无取暖", "None"),
    ("yes_no", "yes", "是", "Yes"),
    ("yes_no", "no", "否", "No"),
    ("help", "equipment", "取暖设备", "Equipment"),
    ("help", "fuel", "燃料费用", "Cost of fuel"),
    ("help", "repair", "房屋修缮", "Repair of the house"),
    ("help", "other", "其他", "Other"),
)
_SETTINGS: Sequence[Sequence[str]] = (
    ("form_title", "form_id", "version", "default_language"),
    ("冬季取暖清单（示例）", "winter_example", "1", "中文 (zh)"),
)


def example_workbook() -> bytes:
    """The workbook; it is read without a remark."""
    target = BytesIO()
    book = Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E6ECF4"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name, rows in (("survey", _SURVEY), ("choices", _CHOICES), ("settings", _SETTINGS)):
        page = book.add_worksheet(name)
        page.set_column(0, len(rows[0]) - 1, _WIDTH, text)
        page.freeze_panes(1, 0)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write_string(place, column, value, text if place else head)
    book.close()
    return target.getvalue()
