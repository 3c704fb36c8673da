import pytest

from bianfang.kernel.codes.people_codes import (
    RELATION_WORDS,
    Relation,
    Sex,
    find_relation,
    find_sex,
)


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_one_word_and_one_code(relation: Relation) -> None:
    assert find_relation(RELATION_WORDS[relation]) is relation
    assert find_relation(relation.value) is relation
    assert relation.label


def test_relation_words_are_unique() -> None:
    assert len(set(RELATION_WORDS.values())) == len(Relation)


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("本人", Relation.HEAD),
        ("次子", Relation.SON),
        (" 长 女\u3000", Relation.DAUGHTER),
        ("妻子(配偶)", Relation.SPOUSE),
        ("外孙", Relation.DAUGHTERS_SON),
        ("同住", None),
        ("亲戚", None),
        ("", None),
    ],
)
def test_find_relation_reads_the_words_of_rolls(word: str, relation: Relation | None) -> None:
    assert find_relation(word) is relation


@pytest.mark.parametrize(
    ("word", "sex"),
    [("男", Sex.MALE), (" 女 ", Sex.FEMALE), ("男性", Sex.MALE), ("f", Sex.FEMALE), ("?", None)],
)
def test_find_sex_reads_the_words_of_rolls(word: str, sex: Sex | None) -> None:
    assert find_sex(word) is sex


@pytest.mark.parametrize("sex", Sex)
def test_find_sex_reads_the_national_code(sex: Sex) -> None:
    assert find_sex(sex.value) is sex
