"""The stations and offices of the town, the roles of its staff and the posts of its leaders."""

from typing import Literal, NamedTuple

from bianfang.demo.named import Named

UnitKind = Literal["leadership", "station", "community_office", "village_committees", "partner"]


class UnitText(NamedTuple):
    """A unit of the town; partners answer to the county and serve the town."""

    code: str
    kind: UnitKind
    zh: str
    en: str
    handlers: int  # besides its head


LEADERSHIP = UnitText("leadership", "leadership", "党政领导班子", "Town leadership", 0)
UNITS: tuple[UnitText, ...] = (
    UnitText("party_office", "station", "党政综合办公室", "Party and Government Office", 2),
    UnitText("visits_office", "station", "遍访工作办公室", "Visiting Office", 0),
    UnitText("party_building", "station", "党建工作办公室", "Party Building Office", 1),
    UnitText("livelihood_center", "station", "民生综合服务中心", "Livelihood Service Centre", 3),
    UnitText("agriculture", "station", "农业农村办公室", "Agriculture and Rural Office", 2),
    UnitText("natural_resources", "station", "自然资源所", "Natural Resources Station", 1),
    UnitText("planning", "station", "村镇建设办公室", "Village Construction Office", 2),
    UnitText("economy", "station", "经济发展办公室", "Economic Development Office", 1),
    UnitText("finance", "station", "财政经管所", "Finance and Village Accounts Station", 1),
    UnitText("justice", "station", "司法所", "Justice Station", 1),
    UnitText("public_order", "station", "综治中心", "Social Governance Centre", 2),
    UnitText("enforcement", "station", "综合行政执法办公室", "Law Enforcement Office", 1),
    UnitText("emergency", "station", "应急管理办公室", "Emergency Management Office", 1),
    UnitText("sanitation", "station", "环卫所", "Sanitation Station", 2),
    UnitText("water", "station", "水利站", "Water Resources Station", 1),
    UnitText("culture", "station", "综合文化站", "Culture Station", 1),
    UnitText("veterans", "station", "退役军人服务站", "Veterans' Service Station", 1),
    UnitText("police", "partner", "派出所户籍窗口", "Police Station, Household Desk", 1),
    UnitText("power", "partner", "供电所", "Power Supply Station", 1),
    UnitText("water_company", "partner", "供水站", "Water Supply Station", 1),
    UnitText("gas_service", "partner", "燃气服务站", "Gas Service Station", 1),
    UnitText("health_center", "partner", "卫生院", "Health Centre", 1),
    UnitText("school", "partner", "中心学校", "Central School", 1),
)

ROLES: tuple[Named, ...] = (
    Named(code="principal_leader", zh="党政主要负责人", en="Principal leader"),
    Named(code="leader", zh="领导班子成员", en="Leadership team member"),
    Named(code="village_cadre", zh="包村干部", en="Village-contact cadre"),
    Named(code="community_worker", zh="社区工作者", en="Community worker"),
    Named(code="village_secretary", zh="村党组织书记", en="Village Party secretary"),
    Named(code="unit_head", zh="站办所负责人", en="Head of a station or office"),
    Named(code="unit_handler", zh="站办所经办人", en="Handler of a station or office"),
    Named(code="town_clerk", zh="遍访办工作人员", en="Visiting Office clerk"),
    Named(code="system_admin", zh="系统管理员", en="System administrator"),
    Named(code="data_officer", zh="个人信息保护负责人", en="Data protection officer"),
)

PRINCIPAL_TITLES: tuple[tuple[str, str], ...] = (
    ("党委书记", "Town Party secretary"),
    ("党委副书记、镇长", "Mayor"),
)
# In the order of the leader groups: two for each of the first four groups, one for the last two.
LEADER_TITLES: tuple[tuple[str, str], ...] = (
    ("人大主席", "Chair of the town people's congress"),
    ("党委副书记、政法委员", "Deputy Party secretary, political and legal affairs"),
    ("纪委书记", "Discipline secretary"),
    ("组织委员", "Organisation committee member"),
    ("宣传委员", "Publicity committee member"),
    ("统战委员", "United front committee member"),
    ("武装部长", "Head of the armed forces department"),
    ("副镇长（农业农村）", "Deputy mayor, agriculture"),
    ("副镇长（民生）", "Deputy mayor, livelihood"),
    ("副镇长（规划建设）", "Deputy mayor, construction"),
)
LEADERS_PER_GROUP: tuple[int, ...] = (2, 2, 2, 2, 1, 1)
