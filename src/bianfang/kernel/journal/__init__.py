"""The journal: what was changed, by whom, when and why; and who looked at protected data.

Entries are only ever added, in the transaction of the change they tell of. Personal data (names of
residents, numbers, phones) never goes into `facts`: a journal outlives the right to keep them.
"""
