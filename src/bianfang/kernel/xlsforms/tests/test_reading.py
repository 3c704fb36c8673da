import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bianfang.kernel.errors import FieldError
from bianfang.kernel.xlsforms import workbook
from bianfang.kernel.xlsforms.answers import check_answers
from bianfang.kernel.xlsforms.definition import digest_of, read_definition
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.kernel.xlsforms.problems import Problem, ProblemKind
from bianfang.kernel.xlsforms.reading import Reading, read_form
from bianfang.kernel.xlsforms.tests.shared import example
from bianfang.kernel.xlsforms.xform import make_xform

Rows = Sequence[Sequence[object]]
HEADS = ("type", "name", "label", "relevant", "constraint", "calculation", "required")
LISTS = (
    ("list_name", "name", "label", "town"),
    ("yes_no", "yes", "是", "a"),
    ("yes_no", "no", "否", "b"),
)


def book(*rows: Sequence[object], heads: Sequence[str] = HEADS, **sheets: Rows) -> bytes:
    made = Workbook()
    made.worksheets[0].title = "survey"
    for name, lines in {"survey": (heads, *rows), "choices": LISTS, **sheets}.items():
        page = made[name] if name in made.sheetnames else made.create_sheet(name)
        for line in lines:
            page.append(list(line))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def problems(*rows: Sequence[object], heads: Sequence[str] = HEADS, **sheets: Rows) -> list[str]:
    """Where, of which question, because of what."""
    reading = read_form(book(*rows, heads=heads, **sheets))
    assert all(one.sentence for one in reading.problems)
    assert (reading.definition is None) == bool(reading.problems)
    return [
        f"{one.cell.sheet} {one.cell.address} {one.question} {one.because_of}"
        for one in reading.problems
    ]


def test_every_unsupported_cell_is_named_at_once_and_no_other() -> None:
    reading = read_form(example("checklist-unsupported.xlsx"))

    wanted = shared_cells()
    assert [as_cell(problem) for problem in reading.problems] == wanted
    assert {problem.kind for problem in reading.problems} == {ProblemKind.UNSUPPORTED}
    assert reading.definition is None


def shared_cells() -> list[dict[str, object]]:
    cells: list[dict[str, object]] = json.loads(example("checklist-unsupported.expected.json"))[
        "cells"
    ]
    return cells


def as_cell(problem: Problem) -> dict[str, object]:
    return {
        "sheet": problem.cell.sheet,
        "row": problem.cell.row,
        "column": problem.cell.title,
        "cell": problem.cell.address,
        "question": problem.question,
        "because_of": problem.because_of,
    }


@pytest.mark.parametrize("content", [example("checklist.xlsx"), example_workbook()])
def test_good_workbooks_become_forms_and_xforms(content: bytes) -> None:
    reading = read_form(content)

    assert reading.problems == ()
    assert reading.definition is not None
    form = read_definition(reading.definition)
    assert form.languages == ("zh", "en")
    xml = make_xform(content)
    assert xml.startswith("<?xml")
    for question in form.all_questions():
        assert f"/{question.name}" in xml
    again = read_form(content).definition
    assert again is not None
    assert digest_of(again) == digest_of(reading.definition)


def test_titles_and_languages_are_read_in_the_ways_people_write_them() -> None:
    assert workbook.key_of("Label : 中文") == "label::zh"
    assert workbook.key_of("label::English (en)") == "label::en"
    assert workbook.key_of("hint::zh-Hans") == "hint::zh"
    assert workbook.key_of("label::Français") == "label::Français"
    assert workbook.key_of("Constraint Message::English") == "constraint_message::en"
    assert workbook.key_of("relevance") == "relevant"
    assert workbook.key_of("bind::ODK:Length") == "bind::odk::length"


def test_a_form_of_one_language_speaks_the_one_of_its_settings() -> None:
    settings = (("default_language", "version"), ("English (en)", 2.0))
    reading = read_form(book(("text", "a", "A"), settings=settings))

    assert reading.definition is not None
    assert reading.definition["languages"] == ["en"]
    assert reading.definition["version"] == "2"
    assert read_form(book(("text", "a", "甲"))).definition is not None


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([("", "a", "甲")], ["survey B2 a a"]),
        ([("", "", "甲")], ["survey C2  甲"]),
        ([("", "", "", "true()")], []),
        ([("text", "", "甲")], ["survey A2  text"]),
        ([("text", "1a", "甲")], ["survey B2 1a 1a"]),
        ([("text", "甲", "甲")], ["survey B2 甲 甲"]),
        ([("text", "a", "甲"), ("text", "A", "乙")], ["survey B3 A A"]),
        ([("text", "a", "")], ["survey B2 a label"]),
        ([("barcode", "a", "甲")], ["survey A2 a barcode"]),
        ([("rank yes_no", "a", "甲")], ["survey A2 a rank"]),
        ([("select_one many", "a", "甲")], ["survey A2 a many"]),
        ([("select one yes_no or_other", "a", "甲")], ["survey A2 a or_other"]),
        ([("begin_group", "g", "组"), ("text", "a", "甲")], ["survey A2 g begin_group"]),
        ([("text", "a", "甲"), ("end group",)], ["survey A3  end group"]),
        (
            [("begin group", "g", "组"), ("end repeat",)],
            ["survey A2 g begin group", "survey A3  end repeat"],
        ),
        (
            [
                ("begin repeat", "r", "次"),
                ("begin repeat", "s", "再"),
                ("text", "a", "甲"),
                ("end repeat",),
                ("end repeat",),
            ],
            ["survey A3 s begin repeat"],
        ),
    ],
)
def test_mistakes_of_rows_are_named(rows: Rows, wanted: list[str]) -> None:
    assert problems(*rows, ("note", "n", "说明")) == wanted


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("${b} = 'x'",), "D2 a b"),
        (("${g} = 'x'",), "D2 a g"),
        (("count(${c}) > 1",), "D2 a c"),
        (("count(${nobody}) > 1",), "D2 a nobody"),
        (("${inner} = 'x'",), "D2 a inner"),
        ((". = 'x'",), "D2 a ."),
        (("${a} = 'x'",), "D2 a a"),
        (("${c} = ",), "D2 a "),
        (("'x",), "D2 a '"),
        (("(1))",), "D2 a )"),
        (("not(1, 2)",), "D2 a not"),
        (("1 & 2",), "D2 a &"),
        (("('" + "x" * 3 + "')" + " + 1" * 200,), "D2 a "),
        (("", "regex(., '(a+)+')"), "E2 a regex"),
        (("", "regex(., ${c})"), "E2 a regex"),
        (("", "not(-regex(., concat('a', 'b')))"), "E2 a concat"),
        (("", "1 + -count(${r}) > 0 or -regex(., '(') = 1"), "E2 a regex"),
        (("-${b} = 1",), "D2 a b"),
        (("", "", "1 + 1"), "F2 a calculation"),
        (("", "", "", "perhaps"), "G2 a perhaps"),
    ],
)
def test_mistakes_of_rules_are_named(cells: tuple[str, ...], wanted: str) -> None:
    found = problems(
        ("text", "a", "甲", *cells),
        ("text", "c", "丙"),
        ("begin group", "g", "组"),
        ("text", "d", "丁"),
        ("end group",),
        ("begin repeat", "r", "次"),
        ("text", "inner", "内"),
        ("end repeat",),
    )

    assert found == [f"survey {wanted}"]


def test_rules_that_wait_for_each_other_are_all_named() -> None:
    found = problems(
        ("begin group", "g", "组", "${c} = 'x'"),
        ("text", "a", "甲", "${b} > 1"),
        ("end group",),
        ("calculate", "b", "", "", "", "string-length(${a})"),
        ("text", "c", "丙", "${b} > 1"),
        ("text", "d", "丁", "${b} > 1"),
        ("calculate", "e", ""),
    )

    assert found == [
        "survey D2 g c",
        "survey D3 a b",
        "survey F5 b a",
        "survey D6 c b",
        "survey A8 e calculate",
    ]


def test_lists_that_depend_on_each_other_are_named() -> None:
    found = problems(
        ("select_one yes_no", "a", "甲", "town = ${b}"),
        ("select_one yes_no", "b", "乙", "town = ${a}"),
        heads=("type", "name", "label", "choice_filter"),
    )

    assert found == ["survey D2 a b", "survey D3 b a"]


def test_a_list_offers_what_belongs_to_another_answer() -> None:
    reading = read_form(
        book(
            ("text", "b", "乙", ""),
            ("select_one yes_no", "a", "甲", "town = ${b}"),
            heads=("type", "name", "label", "choice_filter"),
        )
    )
    assert reading.definition is not None
    form = read_definition(reading.definition)

    def invalid(**given: object) -> dict[str, object]:
        return dict(check_answers(form, given, today=date(2026, 4, 10)).invalid)

    assert invalid(b="a", a="yes") == {}
    assert invalid(b="b", a="yes") == {"a": "choice"}
    assert invalid(a="yes") == {"a": "choice"}


def test_inside_a_repeat_its_own_answers_and_those_before_are_known() -> None:
    rows = (
        ("text", "a", "甲"),
        ("begin repeat", "r", "次", "${a} != ''"),
        ("text", "b", "乙 ${a}"),
        ("text", "c", "丙 ${b}", "${b} = 'x' and count(${r}) > 1"),
        ("end repeat",),
        ("calculate", "d", "", "", "", "count(${r})"),
    )

    reading = read_form(book(*rows))

    assert reading.problems == ()
    assert reading.definition is not None
    assert reading.definition["order"] == ["a", "r", "d"]
    assert reading.definition["questions"][1]["order"] == ["b", "c"]


def test_texts_mention_only_what_is_asked() -> None:
    assert problems(("text", "a", "甲 ${nobody} ${}")) == [
        "survey C2 a nobody",
        "survey C2 a ",
    ]


@pytest.mark.parametrize(
    ("head", "cell", "wanted"),
    [
        ("repeat_count", "3", "survey D2 a repeat_count"),
        ("media::image", "a.jpg", "survey D2 a media::image"),
        ("bind::type", "int", "survey D2 a bind::type"),
        ("trigger", "${a}", "survey D2 a trigger"),
        ("appearance", "multiline w2", "survey D2 a w2"),
        ("choice_filter", "town = 'a' or town = 'b'", "survey D2 a choice_filter"),
        ("choice_filter", "street = ${b}", "survey D2 a street"),
        ("choice_filter", "town = ${nobody}", "survey D2 a nobody"),
        ("remarks of the office", "anything", ""),
        ("choice_filter", "town = ${b}", ""),
    ],
)
def test_columns_that_change_the_form_are_named(head: str, cell: str, wanted: str) -> None:
    found = problems(
        ("select_one yes_no", "a", "甲", cell),
        ("text", "b", "乙"),
        heads=("type", "name", "label", head),
    )

    assert found == ([wanted] if wanted else [])


def test_lists_settings_and_further_sheets_are_looked_at_as_well() -> None:
    found = problems(
        ("select_one l", "a", "甲"),
        choices=(
            ("list_name", "name", "label", "image"),
            ("l", "x", "一"),
            ("l", "x", "二"),
            ("l", "y z", "三"),
            ("l", "w", ""),
            ("l", "", "四"),
            ("l", "v", "五", "a.png"),
        ),
        settings=(("form_title", "style"), ("题", "pages")),
        entities=(("list_name",), ("trees",)),
        notes=(("anything",),),
    )

    assert found == [
        "choices B3  x",
        "choices B4  y z",
        "choices B5  label",
        "choices A6  l",
        "choices D7  image",
        "settings B2  style",
        "entities A1  entities",
    ]


def test_a_photo_or_place_is_never_compulsory() -> None:
    assert problems(
        ("image", "a", "甲", "", "", "", "yes"),
        ("geopoint", "b", "乙", "", "", "", True),
        ("image", "c", "丙", "", "", "", "no"),
        ("text", "d", "丁", "", "", "", "${c} = 'x'"),
    ) == ["survey G2 a yes", "survey G3 b yes"]


def test_defaults_are_answers_or_rules() -> None:
    reading = read_form(
        book(
            ("text", "a", "甲", "it's"),
            ("date", "b", "乙", "today()"),
            ("integer", "c", "丙", 5),
            heads=("type", "name", "label", "default"),
        )
    )

    assert reading.definition is not None
    found = [one["default"] for one in reading.definition["questions"]]
    assert found == ['"it\'s"', "today()", "'5'"]
    assert problems(("text", "a", "甲", "uuid()"), heads=("type", "name", "label", "default")) == [
        "survey D2 a uuid"
    ]


def test_there_are_not_more_questions_and_answers_than_people_can_bear() -> None:
    many = [("text", f"a{number}", "甲") for number in range(201)]
    assert problems(*many) == ["survey A202 a200 a200"]
    choices = [("list_name", "name", "label"), *(("l", f"x{n}", "一") for n in range(501))]
    assert problems(("select_one l", "a", "甲"), choices=choices) == ["choices B502  x500"]


@pytest.mark.parametrize(
    "content",
    [
        b"no workbook",
        b"x" * 1_000_001,
        book(("text", "a", "甲"), heads=("kind", "name", "label")),
        book(),
    ],
)
def test_other_files_are_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(FieldError) as refused:
        read_form(content)

    assert refused.value.field == "file"


def test_a_workbook_that_unpacks_to_a_flood_is_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w", compression=8) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 20_000_001)

    with pytest.raises(FieldError):
        read_form(target.getvalue())


def test_what_the_converter_refuses_is_told_in_its_words() -> None:
    with pytest.raises(FieldError) as refused:
        make_xform(book(("select_one nobody", "a", "甲")))

    assert "nobody" in str(refused.value)


def test_further_problems_take_the_form_away() -> None:
    reading = read_form(example_workbook())
    first = reading.words[0]
    problem = Problem(
        cell=first.cell,
        kind=ProblemKind.MISTAKE,
        question=first.question,
        because_of="x",
        sentence="no",
    )

    refused: Reading = reading.refusing([problem])

    assert (refused.definition, refused.problems) == (None, (problem,))
    assert reading.refusing([]).definition is reading.definition
