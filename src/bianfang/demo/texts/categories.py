"""The five themes and their categories of demands.

Deadlines are working days for the time-limited route; a town sets its own.
"""

from typing import Literal, NamedTuple

from bianfang.demo.named import Named

Theme = Literal["environment", "petitions", "assistance", "projects", "livelihoods"]

# Working days for what a meeting has to resolve, whatever its category.
MEETING_SLA_DAYS = 30

THEMES: tuple[Named, ...] = (
    Named(code="environment", zh="人居环境", en="Living environment"),
    Named(code="petitions", zh="信访需求", en="Petitions and disputes"),
    Named(code="assistance", zh="困难帮扶", en="Help in hardship"),
    Named(code="projects", zh="公共服务", en="Public services"),
    Named(code="livelihoods", zh="富民增收", en="Jobs and income"),
)


class Category(NamedTuple):
    """What a demand is about, who handles it by default and within how many working days."""

    theme: Theme
    code: str
    zh: str
    en: str
    sla_days: int
    unit: str


CATEGORIES: tuple[Category, ...] = (
    Category("environment", "sanitation", "环境卫生", "Cleanliness and waste", 8, "sanitation"),
    Category("environment", "drainage", "排水沟渠", "Drains and ditches", 15, "planning"),
    Category("environment", "toilets", "厕所改造", "Toilets", 10, "sanitation"),
    Category("environment", "greening", "村庄绿化", "Greening", 15, "sanitation"),
    Category(
        "environment",
        "idle_homestead",
        "残垣断壁与闲置宅院",
        "Ruins and idle yards",
        15,
        "planning",
    ),
    Category(
        "environment",
        "unauthorised_structure",
        "私搭乱建",
        "Unauthorised structures",
        15,
        "enforcement",
    ),
    Category("environment", "pollution", "养殖与扬尘污染", "Pollution and dust", 10, "enforcement"),
    Category(
        "environment", "farmland_patch", "耕地图斑", "Farmland map patches", 15, "natural_resources"
    ),
    Category("environment", "gas_safety", "燃气安全", "Gas safety", 8, "emergency"),
    Category(
        "environment", "other_environment", "其他环境问题", "Other surroundings", 10, "planning"
    ),
    Category("petitions", "land_contract", "土地承包", "Land contracts", 15, "agriculture"),
    Category("petitions", "neighbours", "邻里纠纷", "Neighbours", 10, "public_order"),
    Category(
        "petitions", "homestead_right", "宅基地权属", "Homestead rights", 20, "natural_resources"
    ),
    Category("petitions", "wages", "欠薪与劳动争议", "Unpaid wages", 15, "livelihood_center"),
    Category("petitions", "village_affairs", "村务公开", "Village affairs", 10, "finance"),
    Category("petitions", "other_dispute", "其他矛盾", "Other disputes", 15, "public_order"),
    Category("assistance", "dibao", "低保", "Minimum living allowance", 25, "livelihood_center"),
    Category("assistance", "tekun", "特困供养", "Destitute support", 25, "livelihood_center"),
    Category("assistance", "disability", "残疾人服务", "Disability", 15, "livelihood_center"),
    Category("assistance", "temporary_aid", "临时救助", "Temporary aid", 10, "livelihood_center"),
    Category(
        "assistance", "child_welfare", "困境儿童", "Children in need", 20, "livelihood_center"
    ),
    Category("assistance", "safe_housing", "住房安全", "Safe housing", 20, "planning"),
    Category("assistance", "other_aid", "其他帮扶", "Other help", 10, "livelihood_center"),
    Category("projects", "education", "教育", "Education", 15, "school"),
    Category("projects", "medical", "医疗卫生", "Medical care", 15, "health_center"),
    Category("projects", "pension", "养老保障", "Old-age pension", 10, "livelihood_center"),
    Category(
        "projects", "health_insurance", "医疗保险", "Health insurance", 10, "livelihood_center"
    ),
    Category(
        "projects", "elderly_care", "农村养老服务", "Care of the old", 20, "livelihood_center"
    ),
    Category("projects", "roads", "道路交通", "Roads and transport", 20, "planning"),
    Category("projects", "water_supply", "饮水供水", "Drinking water", 15, "water_company"),
    Category("projects", "lighting", "路灯亮化", "Street lighting", 12, "power"),
    Category("projects", "power_telecom", "供电通信", "Power and telecom", 15, "economy"),
    Category("projects", "culture_sports", "文化体育", "Culture and sport", 15, "culture"),
    Category("projects", "certificates", "证照办事", "Certificates and papers", 5, "police"),
    Category("projects", "other_service", "其他公共服务", "Other services", 15, "party_office"),
    Category(
        "livelihoods", "employment", "就业创业", "Jobs and start-ups", 10, "livelihood_center"
    ),
    Category("livelihoods", "training", "技能培训", "Training", 20, "livelihood_center"),
    Category(
        "livelihoods", "farming_support", "农业生产与补贴", "Farming and grants", 15, "agriculture"
    ),
    Category("livelihoods", "irrigation", "农田水利", "Irrigation", 15, "water"),
    Category("livelihoods", "land_transfer", "土地流转", "Land transfer", 15, "agriculture"),
    Category("livelihoods", "market", "产业与销售", "Products and sales", 15, "economy"),
    Category(
        "livelihoods", "collective_income", "村集体增收", "Collective income", 20, "party_building"
    ),
    Category("livelihoods", "other_income", "其他增收", "Other income", 15, "economy"),
)

CATEGORY_BY_CODE: dict[str, Category] = {category.code: category for category in CATEGORIES}
