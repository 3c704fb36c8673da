"""All figures of the house, each defined beside the records it counts."""

from bianfang.kernel.figures import FigureBook
from bianfang.outreach.campaigns import figures as campaigns
from bianfang.outreach.demands import figures as demands
from bianfang.outreach.lookback import figures as lookback
from bianfang.outreach.visits import figures as visits
from bianfang.register.households import figures as households

BOOK = FigureBook(
    [
        *households.FIGURES,
        *visits.FIGURES,
        *demands.FIGURES,
        *lookback.FIGURES,
        *campaigns.FIGURES,
    ]
)
