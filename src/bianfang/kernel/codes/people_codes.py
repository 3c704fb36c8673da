"""Codes about people: sex (GB/T 2261.1) and relation to the head of the household (GB/T 4761).

The values are the national codes, which outside systems exchange; the code reads them by name.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text


class Sex(TextChoices):
    """Sex as GB/T 2261.1 distinguishes it."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    UNSTATED = "9", _("not stated")


class Relation(TextChoices):
    """Relation to the head of the household; OTHER (97) is another relative, not a stranger."""

    HEAD = "02", _("head of household")
    SPOUSE = "10", _("spouse")
    SON = "20", _("son")
    SON_IN_LAW = "28", _("son-in-law")
    DAUGHTER = "30", _("daughter")
    DAUGHTER_IN_LAW = "38", _("daughter-in-law")
    GRANDSON = "41", _("son's son")
    GRANDDAUGHTER = "42", _("son's daughter")
    DAUGHTERS_SON = "43", _("daughter's son")
    DAUGHTERS_DAUGHTER = "44", _("daughter's daughter")
    FATHER = "51", _("father")
    MOTHER = "52", _("mother")
    HUSBANDS_FATHER = "53", _("husband's father")
    HUSBANDS_MOTHER = "54", _("husband's mother")
    WIFES_FATHER = "55", _("wife's father")
    WIFES_MOTHER = "56", _("wife's mother")
    GRANDFATHER = "61", _("grandfather")
    GRANDMOTHER = "62", _("grandmother")
    ELDER_BROTHER = "71", _("elder brother")
    YOUNGER_BROTHER = "73", _("younger brother")
    ELDER_SISTER = "75", _("elder sister")
    YOUNGER_SISTER = "77", _("younger sister")
    NEPHEW = "93", _("brother's son")
    NIECE = "94", _("brother's daughter")
    OTHER = "97", _("other relation")


SEX_WORDS: Mapping[Sex, str] = MappingProxyType({Sex.MALE: "男", Sex.FEMALE: "女"})

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
        Relation.SPOUSE: "妻 夫 妻子 丈夫 老婆 老公 爱人 老伴 妻子（配偶） 丈夫（配偶）",
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
    {relation.value: relation for relation in Relation}
    | {word: relation for relation, word in RELATION_WORDS.items()}
    | {
        code_text(word): relation
        for relation, words in _RELATION_SYNONYMS.items()
        for word in words.split()
    }
)
_SEXES = MappingProxyType(
    {word: sex for sex, word in SEX_WORDS.items()}
    | {sex.value: sex for sex in Sex}
    | {"男性": Sex.MALE, "女性": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
)


def find_relation(text: str) -> Relation | None:
    """The relation a word or a two-digit national code stands for; None when it is not known."""
    return _RELATIONS_BY_WORD.get(code_text(text))


def find_sex(text: str) -> Sex | None:
    """The sex a word or a national code stands for; None when it is not known."""
    return _SEXES.get(code_text(text))
