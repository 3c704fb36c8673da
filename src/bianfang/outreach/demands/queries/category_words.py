"""Words that residents use, by category: the phone suggests a category by those it finds in a text.

A suggestion and no more: whoever writes the demand down chooses.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bianfang.outreach.demands.models import Category

SAID: Mapping[str, str] = MappingProxyType(
    {
        "sanitation": (
            "垃圾 垃圾桶 保洁 清运 清扫 脏 卫生 小广告 柴草 秸秆 杂物 乱堆 倒垃圾 蚊蝇 苍蝇 "
            "地膜 枯枝 乱倒"
        ),
        "drainage": (
            "排水 排水沟 水沟 沟渠 下水道 积水 返水 倒灌 淤泥 淤堵 内涝 雨水 雨水井 井盖 "
            "盖板 污水 污水管 管网 河道 清淤 臭水沟"
        ),
        "toilets": "厕所 改厕 旱厕 公厕 茅房 化粪池 抽粪 抽厕 冲水 便池 马桶 粪坑",
        "greening": "绿化 栽树 种树 树苗 行道树 浇水 花草 种花 草坪 空地 修剪 苗木",
        "idle_homestead": (
            "老宅 旧宅 破院子 闲置 空宅 没人住 院墙 山墙 倒塌 危墙 断墙 残墙 老屋 荒院 长草 宅院"
        ),
        "unauthorised_structure": (
            "棚子 搭棚 铁皮棚 私搭 乱建 违建 违章 占道 占路 加盖 摊位 消防通道 车棚 围挡"
        ),
        "pollution": (
            "养猪 养鸡 养殖 猪场 粪污 粪便 粪水 臭味 臭气 扬尘 尘土 灰尘 篷布 冒烟 烧秸秆 "
            "噪音 废水 洗车 散养 污染"
        ),
        "farmland_patch": "图斑 耕地图斑 卫片 复耕 占耕地 耕地 基本农田 砍树 非粮化 毁田",
        "gas_safety": (
            "燃气 煤气 煤气罐 液化气 液化气罐 天然气罐 胶管 软管 报警器 漏气 灶具 立管 减压阀"
        ),
        "other_environment": "村容 村貌 环境 墙绘 乱停 乱停车 流浪狗 野狗 鞭炮 广告牌",
        "land_contract": (
            "承包地 承包 承包证 承包合同 确权 地垄 地界 边界 地边 面积 二轮 延包 分地 调地 口粮地"
        ),
        "neighbours": (
            "邻居 隔壁 邻家 南邻 西邻 吵架 噪声 音响 空调 檐水 滴水 墙根 遮了 遮挡 挡光 "
            "采光 狗叫 放音响"
        ),
        "homestead_right": (
            "宅基地 宅基地证 四至 过道 地皮 房产证 建房 盖房 批宅基 审批 院界 房屋登记"
        ),
        "wages": "工钱 工资 欠薪 欠钱 拖欠 包工头 工地 老板 工伤 辞退 劳动合同 加班 讨薪",
        "village_affairs": (
            "村务 公开 公开栏 账 账目 收支 明细 村财 发包 机动地 招标 怎么花 村干部 公章"
        ),
        "other_dispute": "纠纷 矛盾 调解 借钱不还 欠条 彩礼 离婚 赡养 分家 打架 赔偿 被骗 诈骗",
        "dibao": "低保 低保金 低保户 低保边缘 最低生活保障 困难户 复核 没收入 收入低",
        "tekun": "特困 五保 五保户 特困供养 敬老院 无儿无女 没儿没女 孤寡 集中供养 没人养",
        "disability": (
            "残疾 残疾证 残疾人 评残 残疾等级 轮椅 拐杖 助听器 辅具 坡道 无障碍 护理补贴 "
            "重度残疾 盲人 康复"
        ),
        "temporary_aid": (
            "临时救助 救急 重病 大病 突发 失火 火灾 着火 周转 周转不开 被褥 棉被 过冬 受灾 "
            "添置 揭不开锅"
        ),
        "child_welfare": (
            "孤儿 困境儿童 留守 留守儿童 跟着爷爷奶奶 爷爷奶奶带 书包 学习用品 助学 "
            "上不起学 单亲 生活费 监护"
        ),
        "safe_housing": (
            "危房 危房改造 漏雨 土坯房 房子裂 裂缝 裂了 后墙 屋顶 房顶 房梁 翻修 修房 塌房"
        ),
        "other_aid": "独居 送药 捎药 腿脚不好 代办 跑腿 陪护 上门 擦洗 失能 理发 修电灯 慰问 求助",
        "education": (
            "学校 上学 入学 校车 接送 放学 校门口 幼儿园 老师 课后 课后服务 看管 学费 "
            "奖学金 学区 转学 读书"
        ),
        "medical": (
            "看病 卫生室 卫生院 医生 大夫 村医 缺药 药 降糖药 血压 血糖 体检 签约 家庭医生 "
            "坐诊 打针 疫苗"
        ),
        "pension": (
            "养老金 养老保险 社保 退休 退休金 领取资格 资格认证 认证 刷脸 缴费年限 补缴 "
            "居民养老 停发 老年补贴 高龄津贴"
        ),
        "health_insurance": (
            "医保 医疗保险 报销 异地就医 备案 医保卡 新农合 合作医疗 医保缴费 集中缴费 参保 "
            "门诊 慢性病 长期护理险"
        ),
        "elderly_care": (
            "养老院 幸福院 日间照料 食堂 老年食堂 助餐 做饭难 送餐 午饭 养老服务 照料 老年人"
        ),
        "roads": (
            "路 修路 道路 路面 坑洼 坑 硬化 土路 水泥路 柏油 泥泞 坡太陡 桥 漫水桥 公交 "
            "班车 客车 拓宽 减速带 红绿灯"
        ),
        "water_supply": (
            "自来水 水龙头 吃水 饮水 喝水 停水 水压 水管 水表 水质 水费 发黄 有渣 水垢 没水 "
            "断水 管线 爆管 阀门"
        ),
        "lighting": "路灯 灯 不亮 灯坏了 路灯坏 摸黑 太阳能灯 灯杆 照明 看不见 装灯 晚上走",
        "power_telecom": (
            "停电 电压 电压低 电线 线杆 电线杆 跳闸 变压器 电表 电费 信号 没信号 信号弱 "
            "手机信号 宽带 网络 网速 基站"
        ),
        "culture_sports": (
            "文化广场 广场 广场舞 跳舞 健身 健身器材 篮球场 图书 书屋 农家书屋 看书 唱戏 "
            "放电影 文艺 活动室"
        ),
        "certificates": (
            "身份证 户口 户口本 户籍 居住证 结婚证 出生证 死亡证明 证明 盖章 办证 换证 "
            "驾驶证 营业执照 过期 迁户口"
        ),
        "other_service": (
            "快递 通天然气 管道天然气 通气 银行 取钱 网点 超市 集市 公墓 殡葬 班次 暖气 取暖"
        ),
        "employment": (
            "找工作 找活 招人 招工 就业 创业 零工 打工 进厂 下岗 岗位 公益岗 工作 创业贷款 "
            "创业担保 担保贷款 回乡"
        ),
        "training": "培训 学手艺 手艺 技能 想学 学习班 考证 技能证 电焊 育婴 护理培训 报名",
        "farming_support": (
            "补贴 种地 种子 化肥 农药 大棚 拱棚 瓜苗 品种 病虫 打蔫 技术员 农机 收割机 "
            "种粮补贴 农业保险 生产路 减产"
        ),
        "irrigation": "浇地 浇水 机井 水井 水泵 抽水 水渠 塘坝 水库 灌溉 天旱 节水 涵洞",
        "land_transfer": (
            "流转 土地流转 流转合同 租金 地租 租地 包地 转包 流转费 到期 地流转 托管 租出去 承租"
        ),
        "market": (
            "卖不出去 销路 销售 收购 收瓜 客商 价格 压价 行情 烂市 冷库 直播 电商 快递费 "
            "滞销 品牌 上市 合作社"
        ),
        "collective_income": "村集体 集体收入 集体经济 公益 分红 入股 壮大 集体资产 光伏 厂房出租",
        "other_income": "增收 挣钱 致富 贷款 副业 手工活 来料加工 农家乐 民宿 养蜂 采摘 赚钱",
    }
)
"""Written down by those who know how people talk; a town's own categories have their names only."""

_JOINTS = re.compile("[与和及、/·（）() ]+")
_EMPTY_WORDS = frozenset({"其他", "问题", "服务", "公共", "农村"})
"""Parts of names that say nothing by themselves."""
PAIR, LONGEST = 2, 12


def words_of(category: Category) -> list[str]:
    """The words by which a text may be about this category, the parts of its name first."""
    said = SAID.get(category.code, "").split()
    return list(dict.fromkeys([*_parts(category.name), *said]))


def _parts(name: str) -> list[str]:
    """A name at its joints, and its halves where four signs make two words."""
    found: list[str] = []
    for part in _JOINTS.split(name.removeprefix("其他")):
        found.append(part)
        if len(part) == PAIR * 2:
            found += [part[:PAIR], part[PAIR:]]
    return [part for part in found if PAIR <= len(part) <= LONGEST and part not in _EMPTY_WORDS]
