"""What no question of a visit may ask."""

import re

FORBIDDEN = re.compile(
    r"评分|得分|打分|积分|排名|名次|态度|信仰|思想|\b(score|scores|points|rank|ranking|attitude)\b",
    re.IGNORECASE,
)
"""No household is scored or ranked, and no attitude is written down (rules 7.4 and 7.12)."""
