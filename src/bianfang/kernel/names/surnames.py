"""Surnames of two characters, and characters that are read otherwise in names than alone."""

from collections.abc import Mapping
from types import MappingProxyType

# What offices type for the dot of a transcribed name; the first is the right one.
MIDDLE_DOTS = "·\u2022\u30fb\u2027\u2219\u22c5\uff0e"

_COMPOUNDS = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊
赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文
司徒 鲜于 司空 闾丘 令狐 呼延 百里 东郭 南门 西门 左丘 拓跋 轩辕 单于
淳于 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓拔 夹谷 宰父 谷梁 段干
第五 梁丘 东门 羊舌 微生 纳兰 完颜 叶赫 达奚 贺兰 即墨
"""
COMPOUND_SURNAMES: frozenset[str] = frozenset(_COMPOUNDS.split())

# The first reading is the usual one of the surname; a second stands where families differ.
SURNAME_READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "单": ("shan",),
        "曾": ("zeng",),
        "仇": ("qiu",),
        "解": ("xie",),
        "查": ("zha",),
        "翟": ("zhai", "di"),
        "区": ("ou",),
        "朴": ("piao", "pu"),
        "员": ("yun",),
        "盖": ("ge", "gai"),
        "乐": ("yue", "le"),
        "尉": ("wei", "yu"),
        "召": ("shao",),
        "折": ("she",),
        "种": ("chong",),
        "缪": ("miao",),
        "繁": ("po",),
        "覃": ("qin", "tan"),
        "秘": ("bi",),
        "逄": ("pang",),
        "那": ("na",),
        "佴": ("nai",),
        "黑": ("he", "hei"),
        "隗": ("wei", "kui"),
        "洗": ("xian",),
        "郇": ("xun", "huan"),
        "郗": ("xi", "chi"),
        "祭": ("zhai",),
        "訾": ("zi",),
        "牟": ("mou", "mu"),
        "能": ("nai",),
        "柏": ("bai", "bo"),
        "行": ("xing", "hang"),
        "长": ("chang", "zhang"),
        "宓": ("mi", "fu"),
        "阚": ("kan",),
        "卜": ("bu",),
        "薄": ("bo",),
        "莘": ("xin", "shen"),
        "贲": ("ben",),
        "钭": ("tou", "dou"),
        "乜": ("nie", "mie"),
        "句": ("gou",),
        "都": ("du",),
        "冼": ("xian",),
    }
)

# Syllable by syllable; other compound surnames are read character by character.
COMPOUND_SURNAME_READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "万俟": ("mo", "qi"),
        "尉迟": ("yu", "chi"),
        "澹台": ("tan", "tai"),
        "长孙": ("zhang", "sun"),
        "单于": ("chan", "yu"),
        "乐正": ("yue", "zheng"),
        "子车": ("zi", "ju"),
    }
)

# In given names: characters whose reading there is another one, or where two are common.
GIVEN_NAME_READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "长": ("chang", "zhang"),
        "晟": ("sheng", "cheng"),
        "柏": ("bai", "bo"),
        "朝": ("chao", "zhao"),
        "重": ("zhong", "chong"),
        "行": ("xing", "hang"),
        "乐": ("le", "yue"),
        "茜": ("qian", "xi"),
        "藏": ("cang", "zang"),
        "降": ("jiang", "xiang"),
        "省": ("sheng", "xing"),
        "都": ("du",),
        "单": ("dan", "shan"),
        "解": ("jie", "xie"),
        "查": ("cha", "zha"),
        "曾": ("zeng",),
        "莘": ("xin", "shen"),
        "薄": ("bo",),
        "阚": ("kan",),
        "召": ("zhao", "shao"),
        "盖": ("gai", "ge"),
        "翟": ("zhai", "di"),
        "调": ("tiao", "diao"),
        "蔚": ("wei", "yu"),
        "参": ("shen", "can"),
        "卜": ("bu",),
        "露": ("lu",),
    }
)


def surname_length(name: str) -> int:
    """How many characters the surname has; two only when a given name is left over."""
    return 2 if name[2:] and name[:2] in COMPOUND_SURNAMES else 1


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name; a name with a middle dot gives its first part as the surname."""
    for place, sign in enumerate(name):
        if place and sign in MIDDLE_DOTS:
            return name[:place], name[place + 1 :]
    length = surname_length(name)
    return name[:length], name[length:]
