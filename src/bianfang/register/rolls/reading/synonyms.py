"""What offices write over their columns. Add words here; spaces, brackets and stars do not matter.

A word may stand once only. It is compared after `header_key`: half-width, without blanks, signs and
stars; a header with a remark in brackets is also tried without the remark.
"""

import re
import unicodedata
from collections.abc import Mapping

from bianfang.kernel.codes.digits import without_unseen
from bianfang.register.rolls.reading.columns import Column

_WORDS: Mapping[Column, str] = {
    Column.SERIAL: "序号 编号 序 顺序号 行号 排序 No Num 序列号 序列",
    Column.COMMUNITY: (
        "社区 所属社区 所在社区 农村社区 社区名称 管区 所属管区 片区 所属片区 社区（管区） 新村社区"
    ),
    Column.VILLAGE: (
        "行政村 所属行政村 所在行政村 行政村名称 村委会 村委 村（居） 村居 村 村名 村庄 "
        "村庄名称 所属村 所在村 村（居）委会 村民委员会 村名称 所属村委会 行政村（居） "
        "村（社区） 村别"
    ),
    Column.HAMLET: (
        "自然村 自然村（组） 自然村名称 所属自然村 所在自然村 自然庄 自然屯 自然村庄 自然村落 "
        "屯 庄 自然村/组 自然村（屯） 自然村（庄） 自然湾 湾"
    ),
    Column.HOUSEHOLD_NO: (
        "户编号 户号 家庭编号 户编码 家庭户编号 家庭编码 农户编号 户籍编号 户口编号 住户编号 "
        "户代码 家庭号 户序号 农户编码 住户号 户籍号 户内编号"
    ),
    Column.DOOR: (
        "门牌号 门牌 门牌号码 家庭住址 住址 地址 家庭地址 详细地址 详细住址 现住址 居住地址 "
        "户籍地址 住户地址 房屋地址 居住地 住所 家庭详细地址 门号 户籍住址 现居住地址 常住地址 "
        "所在位置"
    ),
    Column.HEAD_NAME: (
        "户主姓名 户主 户主名 户主名字 家庭户主 户主（姓名） 姓名（户主） 家庭户主姓名 户代表 "
        "户主名称"
    ),
    Column.NAME: (
        "姓名 人员姓名 成员姓名 家庭成员 家庭成员姓名 居民姓名 村民姓名 名字 人口姓名 成员 "
        "家庭人口姓名 家庭成员名字 住户姓名 真实姓名 本人姓名 人员名称"
    ),
    Column.RELATION: (
        "与户主关系 关系 与户主的关系 与户主之关系 户主关系 家庭关系 同户主关系 和户主关系 "
        "成员关系 与户主或本人关系 与户主关系代码 称谓 与户主 与本人关系 家庭成员关系 "
        "与户主何关系"
    ),
    Column.SEX: "性别 男女 性別 性别（男/女） 性别代码 人员性别",
    Column.ID: (
        "公民身份号码 身份证号 身份证号码 证件号码 身份证 公民身份证号码 身份号码 证件号 "
        "身份证件号码 公民身份证号 居民身份证号码 居民身份证号 身份证编号 本人身份证号 "
        "身份证件号 成员身份证号 二代身份证号 个人身份证号 成员证件号码 人员身份证号码 "
        "身份证明号码"
    ),
    Column.BIRTH: (
        "出生日期 出生年月日 出生年月 生日 出生时间 出生 出生日 出生年月（日） 出生日期（年月日）"
    ),
    Column.PHONE: (
        "联系电话 电话 联系方式 手机号 手机号码 手机 电话号码 联系号码 联系手机 移动电话 "
        "本人电话 家庭电话 联系电话号码 本人联系电话 联系人电话 本人手机号 电话（手机） "
        "手机/电话"
    ),
    Column.STATUS: (
        "居住状态 居住情况 是否在家 居住状况 户状态 住户状态 常住情况 是否常住 住户类型 "
        "居住类型 在家情况 户居住状态 居住类别 住户类别 户类型 户别 家庭居住状态 是否居住 "
        "常住状态 常住状况 是否常住户 户居住情况"
    ),
    Column.AWAY: (
        "外出地 务工地 外出地点 外出务工地 外出务工地点 务工地点 外出去向 外出所在地 外出地址 "
        "打工地 打工地点 外出地区 外出地方 现工作地 务工所在地 外出（务工）地 流入地 去向 "
        "外出目的地 工作地点"
    ),
    Column.DIBAO: (
        "是否低保 低保 低保户 是否低保户 享受低保 是否享受低保 低保情况 最低生活保障 低保对象 "
        "是否低保对象 农村低保 是否为低保户 低保人员 是否低保人员 是否农村低保"
    ),
    Column.TEKUN: (
        "是否特困 特困（五保） 特困 五保 是否五保 特困供养 是否特困供养 五保户 是否五保户 "
        "特困人员 是否特困人员 五保供养 特困户 是否特困户 是否五保供养 五保对象 特困五保情况 "
        "五保（特困） 特困情况"
    ),
    Column.DISABILITY: (
        "残疾类别等级 残疾情况 残疾类别 残疾类型 残疾 残疾类别及等级 残疾类别和等级 "
        "残疾类型及等级 残疾状况 残疾类型等级 残疾种类 残疾等级及类别 残疾类别与等级 "
        "残疾类别/等级 是否残疾 残疾人情况 残疾人 残疾等级类别 残疾等级和类别 残疾人类别"
    ),
    Column.DISABILITY_LEVEL: "残疾等级 残疾级别 残级 残疾程度 残疾人等级",
    Column.NOTE: (
        "备注 说明 附注 其他说明 备考 情况说明 备注说明 其他情况 注 备注信息 其它 其他 "
        "其他需要说明的情况 需要说明的情况"
    ),
}

# Familiar columns that a roll import does not need; some of them a register must not hold.
_IGNORED = (
    "民族 政治面貌 文化程度 学历 婚姻状况 婚姻 婚否 健康状况 年龄 周岁 宗教信仰 银行卡号 "
    "银行账号 开户行 一卡通账号 工作单位 职业 户口性质 户籍性质 户籍地 籍贯 家庭人口 人口数 "
    "家庭人口数 户人口数 人数 常住人口 镇 乡镇 镇街 乡镇（街道） 街道 县 区县 县市区 省 市 省份 "
    "所属乡镇 村民小组 小组 组 组别 生产队 网格 网格员 网格名称 包保干部 包村干部 残疾证号 "
    "残疾人证号 残疾证号码 照片 签字 签名 确认签字 户主身份证号 户主身份证号码 户主身份证 "
    "户主电话 户主联系电话 户主联系方式 户主手机号 户主性别 房屋面积 宅基地面积 耕地面积 "
    "承包地亩数 收入 年收入 家庭年收入 参保情况 医保 养老保险 外出时间 返乡时间 务工时间 车牌号 "
    "经度 纬度 更新时间 登记时间 登记人 填表人 是否党员 党员 证件类型 证件种类 年龄段 实际年龄 "
    "低保金额 低保证号 低保类别 享受低保时间 监护人 监护人姓名"
)

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_SIGNS = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]")
_GROUP_TAIL = re.compile(r"(?:基本|家庭)?(?:信息|情况|资料|状况|栏)$")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", without_unseen(text)).casefold()


def header_key(text: str) -> str:
    """The form in which headers are compared: half-width, no blanks, no signs, no numbering."""
    return _SIGNS.sub("", _NUMBERING.sub("", _plain(text)))


def _bare_key(text: str) -> str:
    """The same without what stands in brackets, such as （必填） or （18位）."""
    return _SIGNS.sub("", _BRACKETED.sub("", _NUMBERING.sub("", _plain(text))))


COLUMN_OF: Mapping[str, Column] = {
    header_key(word): column for column, words in _WORDS.items() for word in words.split()
}
IGNORED: frozenset[str] = frozenset(header_key(word) for word in _IGNORED.split())


def find_column(text: str) -> Column | None:
    """The meaning of a header, or None when nobody taught it."""
    key = header_key(text)
    found = COLUMN_OF.get(key)
    if found is None and key not in IGNORED:
        found = COLUMN_OF.get(_bare_key(text))
    return found


def is_ignored(text: str) -> bool:
    """Whether a header is familiar and left out on purpose."""
    return header_key(text) in IGNORED or _bare_key(text) in IGNORED


def group_stem(text: str) -> str:
    """A group's header without its general tail: 户主信息 reads 户主, 残疾情况 reads 残疾."""
    return _GROUP_TAIL.sub("", header_key(text))


def synonyms_of(column: Column) -> tuple[str, ...]:
    """The words that are understood as this column, for the help page and the template."""
    return tuple(_WORDS[column].split())
