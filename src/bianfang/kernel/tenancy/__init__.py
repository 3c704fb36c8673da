"""Town by town: the tenant, links that cannot leave it, and area paths as ranges.

Every table that grows carries `town`; every link inside a town is a `TownForeignKey`, which the
database holds as a composite foreign key, so that a link across towns is refused.
"""
