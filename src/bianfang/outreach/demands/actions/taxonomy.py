"""The categories that a new town starts with (M19); the town sets its own days and units."""

from typing import NamedTuple

from bianfang.outreach.demands.actions.categories import CategorySeed
from bianfang.outreach.demands.enums import Theme


class _Kind(NamedTuple):
    """What a demand may be about, and within how many working days it is usually settled."""

    code: str
    name: str
    name_en: str
    usual_days: int


_KINDS: dict[Theme, tuple[_Kind, ...]] = {
    Theme.ENVIRONMENT: (
        _Kind("sanitation", "环境卫生", "Cleanliness and waste", 8),
        _Kind("drainage", "排水沟渠", "Drains and ditches", 15),
        _Kind("toilets", "厕所改造", "Toilets", 10),
        _Kind("greening", "村庄绿化", "Greening", 15),
        _Kind("idle_homestead", "残垣断壁与闲置宅院", "Ruins and idle yards", 15),
        _Kind("unauthorised_structure", "私搭乱建", "Unauthorised structures", 15),
        _Kind("pollution", "养殖与扬尘污染", "Pollution and dust", 10),
        _Kind("farmland_patch", "耕地图斑", "Farmland map patches", 15),
        _Kind("gas_safety", "燃气安全", "Gas safety", 8),
        _Kind("other_environment", "其他环境问题", "Other surroundings", 10),
    ),
    Theme.PETITIONS: (
        _Kind("land_contract", "土地承包", "Land contracts", 15),
        _Kind("neighbours", "邻里纠纷", "Neighbours", 10),
        _Kind("homestead_right", "宅基地权属", "Homestead rights", 20),
        _Kind("wages", "欠薪与劳动争议", "Unpaid wages", 15),
        _Kind("village_affairs", "村务公开", "Village affairs", 10),
        _Kind("other_dispute", "其他矛盾", "Other disputes", 15),
    ),
    Theme.ASSISTANCE: (
        _Kind("dibao", "低保", "Minimum living allowance", 25),
        _Kind("tekun", "特困供养", "Destitute support", 25),
        _Kind("disability", "残疾人服务", "Disability", 15),
        _Kind("temporary_aid", "临时救助", "Temporary aid", 10),
        _Kind("child_welfare", "困境儿童", "Children in need", 20),
        _Kind("safe_housing", "住房安全", "Safe housing", 20),
        _Kind("other_aid", "其他帮扶", "Other help", 10),
    ),
    Theme.PROJECTS: (
        _Kind("education", "教育", "Education", 15),
        _Kind("medical", "医疗卫生", "Medical care", 15),
        _Kind("pension", "养老保障", "Old-age pension", 10),
        _Kind("health_insurance", "医疗保险", "Health insurance", 10),
        _Kind("elderly_care", "农村养老服务", "Care of the old", 20),
        _Kind("roads", "道路交通", "Roads and transport", 20),
        _Kind("water_supply", "饮水供水", "Drinking water", 15),
        _Kind("lighting", "路灯亮化", "Street lighting", 12),
        _Kind("power_telecom", "供电通信", "Power and telecom", 15),
        _Kind("culture_sports", "文化体育", "Culture and sport", 15),
        _Kind("certificates", "证照办事", "Certificates and papers", 5),
        _Kind("other_service", "其他公共服务", "Other services", 15),
    ),
    Theme.LIVELIHOODS: (
        _Kind("employment", "就业创业", "Jobs and start-ups", 10),
        _Kind("training", "技能培训", "Training", 20),
        _Kind("farming_support", "农业生产与补贴", "Farming and grants", 15),
        _Kind("irrigation", "农田水利", "Irrigation", 15),
        _Kind("land_transfer", "土地流转", "Land transfer", 15),
        _Kind("market", "产业与销售", "Products and sales", 15),
        _Kind("collective_income", "村集体增收", "Collective income", 20),
        _Kind("other_income", "其他增收", "Other income", 15),
    ),
}

STARTING_TREE: tuple[CategorySeed, ...] = tuple(
    CategorySeed(
        code=kind.code,
        name=kind.name,
        name_en=kind.name_en,
        theme=theme,
        usual_days=kind.usual_days,
    )
    for theme, kinds in _KINDS.items()
    for kind in kinds
)
"""All of them, by theme; jobs, medical care, education and pensions have their own (M19)."""
