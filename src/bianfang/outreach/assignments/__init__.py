"""Who visits (谁走访): who answers for which area, so that no household is without somebody.

The chain runs town → community → village → hamlet → household: principal leaders for the town,
a leader group (分组包靠) for every community or village, a contact cadre (包村干部) and a village
head (村负责人) for every village.
"""
