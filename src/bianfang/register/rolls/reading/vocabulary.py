"""The words that stand in the cells of rolls. Add words here; compared by `word_key`."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.register.households.enums import LivingStatus, YesNo

_SIGNS = re.compile(r"[()\[\]【】,.;:、。]+")


def word_key(text: str) -> str:
    """The form in which words are compared: half-width capitals without blanks and brackets."""
    return _SIGNS.sub("", code_text(text))


def _words(line: str) -> frozenset[str]:
    return frozenset(map(word_key, line.split()))


_BARE_SIGNS = re.compile(r"[-—–_/\\.·。*#?、,;:~|()]*")
NULL_WORDS = _words("无 没有 暂无 未填 未填写 空白 NONE NULL NA N/A NAN NIL 0 空")
_LONGEST_NULL_WORD = 8


def is_null_word(text: str) -> bool:
    """Whether a text means: nothing. Signs alone, such as a dash or a stroke, do."""
    if len(text) > _LONGEST_NULL_WORD:
        return False
    return word_key(text) in NULL_WORDS or _BARE_SIGNS.fullmatch(code_text(text)) is not None


STATUS_WORDS: Mapping[LivingStatus, str] = MappingProxyType(
    {
        LivingStatus.RESIDENT: "常住",
        LivingStatus.AWAY: "外出务工",
        LivingStatus.VACANT: "空户",
        LivingStatus.UNKNOWN: "",
    }
)
_STATUS_SYNONYMS = {
    "常住户 在家 在家居住 常年在家 居住 在住 在村 在村居住 常驻 常驻户 长住 长期居住 有人居住 "
    "有人 正常居住 在籍在住 人户一致 本村常住 留守 常住在家 住人": LivingStatus.RESIDENT,
    "外出 打工 外出打工 务工 外出务工户 常年外出 长期外出 举家外出 全家外出 外出户 在外务工 "
    "在外打工 外地务工 外出经商 在外 整户外出 外出就业": LivingStatus.AWAY,
    "空挂户 空置 空置户 空挂 无人居住 无人 空房 空宅 闲置 长期无人居住 常年无人居住 "
    "空关户 房屋空置 无人户 空": LivingStatus.VACANT,
}
STATUSES: Mapping[str, LivingStatus] = MappingProxyType(
    {word_key(word): status for status, word in STATUS_WORDS.items() if word}
    | {word_key(w): status for line, status in _STATUS_SYNONYMS.items() for w in line.split()}
)

YES_NO_WORDS: Mapping[YesNo, str] = MappingProxyType(
    {YesNo.YES: "是", YesNo.NO: "否", YesNo.UNKNOWN: ""}
)
_FLAG_SYNONYMS = {
    "是 √ ✓ ✔ ☑ 🗹 V Y YES TRUE T 有 对 1 享受 已享受 是的 正享受 享受中 低保 低保户 低保对象 "
    "农村低保 特困 特困户 五保 五保户 特困供养 特困人员 集中供养 分散供养 在保": YesNo.YES,
    "否 × ✗ ✘ ✕ ☒ x N NO FALSE F 无 没有 非 不是 不 未享受 不享受 未 非低保 非低保户 非特困 "
    "非五保 没 0": YesNo.NO,
}
FLAGS: Mapping[str, YesNo] = MappingProxyType(
    {word_key(w): flag for line, flag in _FLAG_SYNONYMS.items() for w in line.split()}
)

SEX_EXTRAS: Mapping[str, Sex] = MappingProxyType(
    {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE, "男士": Sex.MALE, "女士": Sex.FEMALE}
    | {"男孩": Sex.MALE, "女孩": Sex.FEMALE, "♂": Sex.MALE, "♀": Sex.FEMALE}
)

# Kin without a word of their own in the list of relations, and further spellings.
_RELATION_EXTRAS = {
    "孙媳 孙媳妇 曾孙 曾孙子 曾孙女 重孙 重孙子 重孙女 外曾孙 外曾孙女 玄孙 孙女婿 外孙女婿 "
    "外孙媳 嫂 嫂子 弟媳 弟妹 弟媳妇 姐夫 妹夫 外祖父 外祖母 姥姥 姥爷 外公 外婆 曾祖父 曾祖母 "
    "伯父 伯母 叔叔 婶婶 叔父 姑姑 姑母 舅舅 舅母 姨 姨母 外甥 外甥女 侄媳 侄孙 堂兄 堂弟 堂姐 "
    "堂妹 表兄 表弟 表姐 表妹 保姆 寄养 其他亲属 非亲属 其他关系 干儿子 干女儿 内弟 小叔子 "
    "小姑子 大伯": Relation.OTHER,
    "继父 养父 爹 父亲（继） 爸": Relation.FATHER,
    "继母 养母 娘 母亲（继） 妈": Relation.MOTHER,
    "夫人 内人 先生 太太 配偶（妻） 配偶（夫） 老婆子": Relation.SPOUSE,
    "户主本人 主 户主（本人） 本人（户主） 一家之主": Relation.HEAD,
    "儿子（养） 养子 继子 独子 小儿子": Relation.SON,
    "女儿（养） 养女 继女 独女 小女儿": Relation.DAUGHTER,
    "岳丈 老丈人": Relation.WIFES_FATHER,
    "丈母": Relation.WIFES_MOTHER,
}
RELATION_EXTRAS: Mapping[str, Relation] = MappingProxyType(
    {word_key(w): relation for line, relation in _RELATION_EXTRAS.items() for w in line.split()}
)
ORDINAL = re.compile(
    r"^(?:老[大二三四五]|[大小长次幼老二三四五六七八九]|独生?|第[一二三四五六]|双胞胎)(?=.)"
)

MALE_RELATIONS = frozenset(
    {Relation.SON, Relation.SON_IN_LAW, Relation.GRANDSON, Relation.DAUGHTERS_SON}
    | {Relation.FATHER, Relation.HUSBANDS_FATHER, Relation.WIFES_FATHER, Relation.GRANDFATHER}
    | {Relation.ELDER_BROTHER, Relation.YOUNGER_BROTHER, Relation.NEPHEW}
)
FEMALE_RELATIONS = frozenset(
    {Relation.DAUGHTER, Relation.DAUGHTER_IN_LAW, Relation.GRANDDAUGHTER}
    | {Relation.DAUGHTERS_DAUGHTER, Relation.MOTHER, Relation.HUSBANDS_MOTHER}
    | {Relation.WIFES_MOTHER, Relation.GRANDMOTHER, Relation.ELDER_SISTER}
    | {Relation.YOUNGER_SISTER, Relation.NIECE}
)

DISABILITY_KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
DISABILITY_LEVELS = ("一级", "二级", "三级", "四级")
DISABILITY_KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {kind: kind for kind in DISABILITY_KINDS}
    | {"视残": "视力", "盲": "视力", "听残": "听力", "聋": "听力", "语言": "言语", "肢残": "肢体"}
    | {"智残": "智力", "智障": "智力", "精残": "精神", "精神病": "精神", "多重残": "多重"}
)
DISABILITY_LEVEL_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        sign: level
        for level, signs in zip(
            DISABILITY_LEVELS, ("I 一 1 壹", "II 二 2 贰", "III 三 3 叁", "IV 四 4 肆"), strict=True
        )
        for sign in signs.split()
    }
)
NO_DISABILITY_WORDS = _words("否 无残疾 不是 非残疾 健康 正常 N NO 未残疾 × 健全")
