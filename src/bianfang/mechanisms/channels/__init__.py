"""Ways by which reminders leave the house: e-mail and group robots; off until switched on.

The inbox on the page of reminders is always first and needs none of this. A message holds numbers
and a link, nothing of a demand and nobody's name; a group robot hears of its unit as a whole.
"""
