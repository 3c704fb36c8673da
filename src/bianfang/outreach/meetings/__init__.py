"""Joint meetings (集中会办): agenda from the pool of demands, minutes, resolutions carried out.

A meeting is the town's; of its agenda everybody sees the items whose demand he sees. On closing,
each resolution goes into its demand by the demand's own moves, so that it stands in its history.
"""
