"""Codes about people: sex (GB/T 2261.1) and relation to the head of the household (GB/T 4761).

The register keeps the English word; the national code and the roll's Chinese word stand beside it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text


class Sex(TextChoices):
    """Sex as GB/T 2261.1 distinguishes it."""

    UNKNOWN = "unknown", _("unknown")
    MALE = "male", _("male")
    FEMALE = "female", _("female")
    UNSTATED = "unstated", _("not stated")


class Relation(TextChoices):
    """Relation to the head of the household, in the words of household rolls."""

    HEAD = "head", _("head of household")
    SPOUSE = "spouse", _("spouse")
    SON = "son", _("son")
    SON_IN_LAW = "son_in_law", _("son-in-law")
    DAUGHTER = "daughter", _("daughter")
    DAUGHTER_IN_LAW = "daughter_in_law", _("daughter-in-law")
    GRANDSON = "grandson", _("son's son")
    GRANDDAUGHTER = "granddaughter", _("son's daughter")
    DAUGHTERS_SON = "daughters_son", _("daughter's son")
    DAUGHTERS_DAUGHTER = "daughters_daughter", _("daughter's daughter")
    FATHER = "father", _("father")
    MOTHER = "mother", _("mother")
    HUSBANDS_FATHER = "husbands_father", _("husband's father")
    HUSBANDS_MOTHER = "husbands_mother", _("husband's mother")
    WIFES_FATHER = "wifes_father", _("wife's father")
    WIFES_MOTHER = "wifes_mother", _("wife's mother")
    GRANDFATHER = "grandfather", _("grandfather")
    GRANDMOTHER = "grandmother", _("grandmother")
    ELDER_BROTHER = "elder_brother", _("elder brother")
    YOUNGER_BROTHER = "younger_brother", _("younger brother")
    ELDER_SISTER = "elder_sister", _("elder sister")
    YOUNGER_SISTER = "younger_sister", _("younger sister")
    NEPHEW = "nephew", _("brother's son")
    NIECE = "niece", _("brother's daughter")
    OTHER = "other", _("other relation")


SEX_CODES: Mapping[Sex, str] = MappingProxyType(
    {Sex.UNKNOWN: "0", Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNSTATED: "9"}
)
SEX_WORDS: Mapping[Sex, str] = MappingProxyType({Sex.MALE: "男", Sex.FEMALE: "女"})

# Where the standard has no code of its own for "other", its last one (no relative) is not claimed:
# 97 means another relative.
RELATION_CODES: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.HEAD: "02",
        Relation.SPOUSE: "10",
        Relation.SON: "20",
        Relation.SON_IN_LAW: "28",
        Relation.DAUGHTER: "30",
        Relation.DAUGHTER_IN_LAW: "38",
        Relation.GRANDSON: "41",
        Relation.GRANDDAUGHTER: "42",
        Relation.DAUGHTERS_SON: "43",
        Relation.DAUGHTERS_DAUGHTER: "44",
        Relation.FATHER: "51",
        Relation.MOTHER: "52",
        Relation.HUSBANDS_FATHER: "53",
        Relation.HUSBANDS_MOTHER: "54",
        Relation.WIFES_FATHER: "55",
        Relation.WIFES_MOTHER: "56",
        Relation.GRANDFATHER: "61",
        Relation.GRANDMOTHER: "62",
        Relation.ELDER_BROTHER: "71",
        Relation.YOUNGER_BROTHER: "73",
        Relation.ELDER_SISTER: "75",
        Relation.YOUNGER_SISTER: "77",
        Relation.NEPHEW: "93",
        Relation.NIECE: "94",
        Relation.OTHER: "97",
    }
)

RELATION_WORDS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.HEAD: "户主",
        Relation.SPOUSE: "配偶",
        Relation.SON: "子",
        Relation.SON_IN_LAW: "女婿",
        Relation.DAUGHTER: "女",
        Relation.DAUGHTER_IN_LAW: "儿媳",
        Relation.GRANDSON: "孙子",
        Relation.GRANDDAUGHTER: "孙女",
        Relation.DAUGHTERS_SON: "外孙子",
        Relation.DAUGHTERS_DAUGHTER: "外孙女",
        Relation.FATHER: "父亲",
        Relation.MOTHER: "母亲",
        Relation.HUSBANDS_FATHER: "公公",
        Relation.HUSBANDS_MOTHER: "婆婆",
        Relation.WIFES_FATHER: "岳父",
        Relation.WIFES_MOTHER: "岳母",
        Relation.GRANDFATHER: "祖父",
        Relation.GRANDMOTHER: "祖母",
        Relation.ELDER_BROTHER: "兄",
        Relation.YOUNGER_BROTHER: "弟",
        Relation.ELDER_SISTER: "姐",
        Relation.YOUNGER_SISTER: "妹",
        Relation.NEPHEW: "侄子",
        Relation.NIECE: "侄女",
        Relation.OTHER: "其他",
    }
)

# Other words of rolls that mean exactly one of the relations above.
_RELATION_SYNONYMS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.HEAD: "本人 自己 本户户主",
        Relation.SPOUSE: "妻 夫 妻子 丈夫 爱人 老伴 妻子（配偶） 丈夫（配偶）",
        Relation.SON: "儿子 长子 次子 三子 四子 五子 独生子 儿 大儿子 二儿子 养子 继子",
        Relation.SON_IN_LAW: "女婿子 婿",
        Relation.DAUGHTER: "女儿 长女 次女 二女 三女 四女 五女 独生女 养女 继女 闺女",
        Relation.DAUGHTER_IN_LAW: "媳妇 儿媳妇 子媳",
        Relation.GRANDSON: "孙 长孙 孙儿",
        Relation.GRANDDAUGHTER: "孙女儿 长孙女",
        Relation.DAUGHTERS_SON: "外孙 外孙儿",
        Relation.FATHER: "父 爸爸",
        Relation.MOTHER: "母 妈妈",
        Relation.HUSBANDS_FATHER: "公爹",
        Relation.HUSBANDS_MOTHER: "婆母",
        Relation.WIFES_FATHER: "丈人",
        Relation.WIFES_MOTHER: "丈母娘",
        Relation.GRANDFATHER: "爷爷",
        Relation.GRANDMOTHER: "奶奶",
        Relation.ELDER_BROTHER: "哥哥 哥 兄长",
        Relation.YOUNGER_BROTHER: "弟弟",
        Relation.ELDER_SISTER: "姐姐",
        Relation.YOUNGER_SISTER: "妹妹",
        Relation.NEPHEW: "侄 侄儿",
        Relation.OTHER: "其它",
    }
)

_RELATIONS_BY_WORD: Mapping[str, Relation] = MappingProxyType(
    {word: relation for relation, word in RELATION_WORDS.items()}
    | {
        code_text(word): relation
        for relation, words in _RELATION_SYNONYMS.items()
        for word in words.split()
    }
)
_RELATIONS_BY_CODE = MappingProxyType({code: word for word, code in RELATION_CODES.items()})
_SEXES = MappingProxyType(
    {word: sex for sex, word in SEX_WORDS.items()}
    | {code: sex for sex, code in SEX_CODES.items()}
    | {"男性": Sex.MALE, "女性": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
)


def find_relation(text: str) -> Relation | None:
    """The relation a word or a two-digit national code stands for; None when it is not known."""
    word = code_text(text)
    return _RELATIONS_BY_WORD.get(word) or _RELATIONS_BY_CODE.get(word)


def find_sex(text: str) -> Sex | None:
    """The sex a word or a national code stands for; None when it is not known."""
    return _SEXES.get(code_text(text))
