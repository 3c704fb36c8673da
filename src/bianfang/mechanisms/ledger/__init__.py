"""One ledger, two lists (一台账两清单), by community: generated from the records, never typed.

The visit filing ledger tells every visit, the demand list every demand, the closed list what was
written off. Pages, workbooks and print pages draw on the same columns.
"""
