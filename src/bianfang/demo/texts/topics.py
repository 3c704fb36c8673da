"""The visit checklist of each round: what to ask, what to explain, which campaign to mention."""

from typing import Literal, NamedTuple

TopicKind = Literal["ask", "explain", "campaign"]


class TopicText(NamedTuple):
    """One short line of the checklist, with a hint for the visitor; `rounds` says when it is on."""

    code: str
    kind: TopicKind
    rounds: tuple[int, ...]
    zh: str
    en: str
    hint_zh: str
    hint_en: str


CHECKLIST_NAME = ("党员干部遍访工作清单", "Visit checklist")
CHECKLIST_INTRO = (
    "您好，我们是镇村走访人员，来听听家里有什么困难和建议，讲讲近期的政策。谈到的事只用于帮您办事，"
    "不方便可以不谈，也可以改天或打电话聊。",
    "Good day. We visit for the town and your village to hear what you need or suggest and to "
    "explain new rules. What you tell us is used only to help you; you need not answer, and we can "
    "come back or call another day.",
)
TIMED_DAYS = 15  # working days for time-limited handling, set for both rounds

TOPICS: tuple[TopicText, ...] = (
    TopicText(
        "daily_life",
        "ask",
        (1, 2),
        "生活和住房有没有困难",
        "Daily life and housing",
        "看一看房屋、用水、用电、取暖，有变化再记。",
        "Look at house, water, power and heating; note changes only.",
    ),
    TopicText(
        "work_wishes",
        "ask",
        (1, 2),
        "就业创业有什么打算",
        "Work and start-up wishes",
        "想找活、想学手艺、想回乡的，记下方便联系的时间。",
        "For those who seek work or training or plan to return: note when to call.",
    ),
    TopicText(
        "school_and_doctor",
        "ask",
        (1,),
        "看病上学方便不方便",
        "Doctor and school",
        "问卫生室、取药、校车、课后看护。",
        "Ask about clinic, medicine, school bus and after-school care.",
    ),
    TopicText(
        "village_affairs",
        "ask",
        (2,),
        "对村里的事有什么建议",
        "Suggestions for the village",
        "建议同意见一样登记，一样答复。",
        "Suggestions are registered and answered like problems.",
    ),
    TopicText(
        "employment",
        "explain",
        (1, 2),
        "就业创业政策",
        "Jobs and start-up support",
        "岗位单、技能培训、创业担保贷款，去不去由本人定。",
        "Openings, training, start-up loans; whether to apply is up to the person.",
    ),
    TopicText(
        "health_insurance",
        "explain",
        (1,),
        "居民医保缴费和报销",
        "Health insurance",
        "集中缴费期、异地就医备案、门诊慢病。",
        "Payment period, treatment elsewhere, long-term illness.",
    ),
    TopicText(
        "pension",
        "explain",
        (1, 2),
        "居民养老保险和资格认证",
        "Old-age pension",
        "缴费档次、补缴、领取资格认证可以上门做。",
        "Levels, late payment; the yearly proof can be done at home.",
    ),
    TopicText(
        "assistance",
        "explain",
        (1, 2),
        "低保、特困和临时救助",
        "Assistance in hardship",
        "讲清条件和材料，是否符合以核对结果为准，不当场答应。",
        "Explain conditions and papers; the check decides, promise nothing.",
    ),
    TopicText(
        "children",
        "explain",
        (2,),
        "困境儿童和教育资助",
        "Children in need, school grants",
        "只同监护人谈，情况不外传。",
        "Speak with the guardian only; nothing is passed on.",
    ),
    TopicText(
        "living_environment",
        "campaign",
        (1, 2),
        "人居环境整治",
        "Living environment",
        "讲收运时间、门前三包、观摩怎么评。",
        "Collection times, care of the frontage, how observations are scored.",
    ),
    TopicText(
        "gas_safety",
        "campaign",
        (1, 2),
        "燃气安全隐患排查",
        "Gas safety",
        "看软管、阀门、报警器，急的当场报燃气服务站。",
        "Look at hose, valve and alarm; report anything urgent at once.",
    ),
    TopicText(
        "farmland_patches",
        "campaign",
        (2,),
        "耕地图斑整改",
        "Farmland map patches",
        "带图斑图，对照讲清在不在范围里。",
        "Bring the map and show whether the plot is inside.",
    ),
)
