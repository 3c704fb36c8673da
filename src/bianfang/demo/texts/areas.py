"""The places of the town: 12 communities, 66 villages, 114 hamlets.

Invented, except the town and the villages 李家沟村 and 寨里村, which the founding text names.
"""

from typing import NamedTuple

COUNTY = ("昌乐县", "Changle County")
TOWN = ("鄌郚镇", "Tangwu Town")


class VillageText(NamedTuple):
    """A village, its hamlets, and the surnames of its two largest clans."""

    zh: str
    en: str
    hamlets: tuple[str, ...]
    clans: tuple[str, str]


class CommunityText(NamedTuple):
    """A rural community and its villages."""

    zh: str
    en: str
    villages: tuple[VillageText, ...]


_XINGHE = CommunityText(
    "兴和社区",
    "Xinghe",
    (
        VillageText("兴和村", "Xinghe", ("东兴和村", "西兴和村"), ("刘", "张")),
        VillageText("王家楼子村", "Wangjialouzi", ("王家楼子村",), ("王", "孙")),
        VillageText("牛角沟村", "Niujiaogou", ("牛角沟村", "沟南沿村"), ("陈", "马")),
        VillageText("石碑店村", "Shibeidian", ("石碑店村", "碑后村"), ("张", "周")),
        VillageText("赵家园村", "Zhaojiayuan", ("赵家园村",), ("赵", "李")),
        VillageText("双井村", "Shuangjing", ("前双井村", "后双井村", "双井新村"), ("孙", "郭")),
    ),
)
_LIUDI = CommunityText(
    "柳堤社区",
    "Liudi",
    (
        VillageText("李家沟村", "Lijiagou", ("李家沟村", "沟北崖村"), ("李", "董")),
        VillageText("柳堤村", "Liudi", ("柳堤村",), ("杨", "王")),
        VillageText("董家埠子村", "Dongjiabuzi", ("董家埠子村",), ("董", "韩")),
        VillageText("芦花荡村", "Luhuadang", ("芦花荡村", "荡西村"), ("徐", "宋")),
        VillageText("渡口村", "Dukou", ("上渡口村", "下渡口村"), ("高", "林")),
    ),
)
_ZHAISHAN = CommunityText(
    "寨山社区",
    "Zhaishan",
    (
        VillageText("寨里村", "Zhaili", ("寨里村", "寨西头村"), ("秦", "王")),
        VillageText("寨山前村", "Zhaishanqian", ("寨山前村",), ("马", "田")),
        VillageText("鹿鸣峪村", "Lumingyu", ("鹿鸣峪村",), ("张", "崔")),
        VillageText("磨盘山村", "Mopanshan", ("磨盘山村",), ("吕", "刘")),
        VillageText("松树底村", "Songshudi", ("松树底村", "松树岭村"), ("史", "于")),
        VillageText("三道梁村", "Sandaoliang", ("头道梁村", "二道梁村", "三道梁村"), ("孟", "赵")),
    ),
)
_SHAHEYAN = CommunityText(
    "沙河沿社区",
    "Shaheyan",
    (
        VillageText("沙河沿村", "Shaheyan", ("沙河沿村", "河沿新村"), ("徐", "李")),
        VillageText("曹家滩村", "Caojiatan", ("曹家滩村",), ("曹", "丁")),
        VillageText("苇箔村", "Weibo", ("苇箔村", "苇箔小庄村"), ("朱", "张")),
        VillageText("长桥村", "Changqiao", ("长桥村", "桥南村"), ("郭", "王")),
        VillageText("老河身村", "Laoheshen", ("老河身村", "河身口村"), ("姜", "刘")),
    ),
)
_TAOLING = CommunityText(
    "桃岭社区",
    "Taoling",
    (
        VillageText("桃岭村", "Taoling", ("前桃岭村", "后桃岭村"), ("王", "魏")),
        VillageText("杏花坡村", "Xinghuapo", ("杏花坡村", "坡底村"), ("李", "程")),
        VillageText("柿子沟村", "Shizigou", ("柿子沟村",), ("韩", "张")),
        VillageText("黄家窑村", "Huangjiayao", ("黄家窑村", "窑头村"), ("黄", "任")),
        VillageText("石匠庄村", "Shijiangzhuang", ("石匠庄村",), ("石", "梁")),
        VillageText("望云台村", "Wangyuntai", ("望云台村", "台下村"), ("刘", "冯")),
    ),
)
_YUEHU = CommunityText(
    "月湖社区",
    "Yuehu",
    (
        VillageText("月湖村", "Yuehu", ("月湖东村", "月湖西村", "月湖北村"), ("宋", "孙")),
        VillageText("范家水口村", "Fanjiashuikou", ("范家水口村",), ("范", "王")),
        VillageText("莲子汪村", "Lianziwang", ("莲子汪村",), ("邢", "李")),
        VillageText("白鹭崖村", "Bailuya", ("白鹭崖村", "崖头村"), ("周", "陈")),
        VillageText("鱼池村", "Yuchi", ("鱼池村", "鱼池新村"), ("纪", "张")),
    ),
)
_FENGYU = CommunityText(
    "丰裕社区",
    "Fengyu",
    (
        VillageText("丰裕村", "Fengyu", ("丰裕村", "丰裕屯村"), ("孙", "侯")),
        VillageText("谷家场村", "Gujiachang", ("谷家场村",), ("谷", "王")),
        VillageText("瓜园村", "Guayuan", ("瓜园村", "瓜园子村"), ("张", "薛")),
        VillageText("麦岭村", "Mailing", ("麦岭村", "岭前村"), ("李", "郝")),
        VillageText("碌碡村", "Liuzhou", ("碌碡村",), ("胡", "刘")),
        VillageText("场院村", "Changyuan", ("东场院村", "西场院村"), ("丁", "郑")),
    ),
)
_GUQIAO = CommunityText(
    "古桥社区",
    "Guqiao",
    (
        VillageText("古桥村", "Guqiao", ("古桥村", "桥西头村"), ("赵", "吴")),
        VillageText("邵家集村", "Shaojiaji", ("邵家集村", "集后村"), ("邵", "王")),
        VillageText("铁匠炉村", "Tiejianglu", ("铁匠炉村",), ("许", "张")),
        VillageText("古井庄村", "Gujingzhuang", ("古井庄村",), ("田", "李")),
        VillageText("油坊岭村", "Youfangling", ("油坊岭村", "油坊口村"), ("潘", "刘")),
    ),
)
_YUQIAN = CommunityText(
    "榆钱社区",
    "Yuqian",
    (
        VillageText("榆钱村", "Yuqian", ("大榆钱村", "小榆钱村"), ("林", "王")),
        VillageText("槐花店村", "Huaihuadian", ("槐花店村", "店西村"), ("高", "董")),
        VillageText("桑园子村", "Sangyuanzi", ("桑园子村",), ("钟", "陈")),
        VillageText("梨树行村", "Lishuhang", ("梨树行村", "树行新村"), ("张", "唐")),
        VillageText("酸枣岗村", "Suanzaogang", ("酸枣岗村", "岗后村"), ("袁", "李")),
    ),
)
_BEIBU = CommunityText(
    "北埠社区",
    "Beibu",
    (
        VillageText("北埠村", "Beibu", ("北埠村", "埠前村"), ("王", "尹")),
        VillageText("谭家疃村", "Tanjiatuan", ("谭家疃村",), ("谭", "徐")),
        VillageText("红土崖村", "Hongtuya", ("红土崖村", "崖南村"), ("李", "逄")),
        VillageText("沙土坡村", "Shatupo", ("沙土坡村",), ("马", "张")),
        VillageText("烽台村", "Fengtai", ("烽台村", "烽台前村"), ("葛", "杨")),
        VillageText(
            "长埠岭村", "Changbuling", ("东长埠岭村", "中长埠岭村", "西长埠岭村"), ("隋", "王")
        ),
    ),
)
_KANGPING = CommunityText(
    "康平社区",
    "Kangping",
    (
        VillageText("康平村", "Kangping", ("康平村", "康平新村"), ("蔡", "李")),
        VillageText("三官庙村", "Sanguanmiao", ("三官庙村", "庙前村"), ("朱", "吕")),
        VillageText("饮马池村", "Yinmachi", ("饮马池村",), ("张", "贾")),
        VillageText("大车店村", "Dachedian", ("大车店村", "车店后村"), ("刘", "庄")),
        VillageText("夏家营村", "Xiajiaying", ("夏家营村", "营西村"), ("夏", "王")),
    ),
)
_RUIQUAN = CommunityText(
    "瑞泉社区",
    "Ruiquan",
    (
        VillageText("瑞泉村", "Ruiquan", ("上瑞泉村", "中瑞泉村", "下瑞泉村"), ("陈", "王")),
        VillageText("皇甫庄村", "Huangfuzhuang", ("皇甫庄村",), ("皇甫", "张")),
        VillageText("草帽山村", "Caomaoshan", ("草帽山村",), ("滕", "李")),
        VillageText("石榴院村", "Shiliuyuan", ("石榴院村", "榴院东村"), ("沈", "刘")),
        VillageText("竹篮庄村", "Zhulanzhuang", ("竹篮庄村",), ("仇", "孙")),
        VillageText("喜鹊窝村", "Xiquewo", ("喜鹊窝村", "窝前村"), ("臧", "赵")),
    ),
)

COMMUNITIES: tuple[CommunityText, ...] = (
    _XINGHE,
    _LIUDI,
    _ZHAISHAN,
    _SHAHEYAN,
    _TAOLING,
    _YUEHU,
    _FENGYU,
    _GUQIAO,
    _YUQIAN,
    _BEIBU,
    _KANGPING,
    _RUIQUAN,
)
