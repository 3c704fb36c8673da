"""The area tree: county, town, community, village, hamlet (自然村).

A community here groups villages (not an urban neighbourhood); coverage is counted by hamlet. The
tree is the town's own; the national 12-digit code is an attribute. An area that ends names its
successor, and what was recorded under its path stays there.
"""
