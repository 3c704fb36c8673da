"""All 127 demand texts of the two rounds, and the two that turn out to be the same matter."""

from bianfang.demo.texts.demand_text import DemandText
from bianfang.demo.texts.demands_assistance import ASSISTANCE
from bianfang.demo.texts.demands_environment_more import ENVIRONMENT_MORE
from bianfang.demo.texts.demands_environment_villages import ENVIRONMENT_VILLAGES
from bianfang.demo.texts.demands_livelihoods import LIVELIHOODS
from bianfang.demo.texts.demands_petitions import PETITIONS
from bianfang.demo.texts.demands_services_homes import SERVICES_HOMES
from bianfang.demo.texts.demands_services_town import SERVICES_TOWN

DEMAND_TEXTS: tuple[DemandText, ...] = (
    *ENVIRONMENT_VILLAGES,
    *ENVIRONMENT_MORE,
    *PETITIONS,
    *ASSISTANCE,
    *SERVICES_HOMES,
    *SERVICES_TOWN,
    *LIVELIHOODS,
)

# Each with the key of the demand it is merged into; `measures` is the reason of the merge.
DUPLICATE_TEXTS: tuple[tuple[DemandText, str], ...] = (
    (
        DemandText(
            key="yellow_water_again",
            category="water_supply",
            kind="problem",
            mode="day",
            route="timed",
            content="水龙头放出来的水发黄有沉淀，洗白衣服都染色，盼着快点修管子。",
            measures="与座谈会上登记的自来水发黄为同一条管线，并入办理，一并答复。",
        ),
        "yellow_water",
    ),
    (
        DemandText(
            key="lane_flooding_again",
            category="drainage",
            kind="problem",
            mode="day",
            route="timed",
            content="胡同里积水排不出去，自行车推不进家门，希望快点挖沟。",
            measures="与同一条胡同已登记的积水问题为同一件事，并入办理，一并答复。",
            proposer="family",
        ),
        "lane_flooding",
    ),
)
