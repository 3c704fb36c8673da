"""Households and residents, with what is known of them.

A resident household (常住户) is one whose living status is `resident` or `away`: people live there
or belong there and can be reached by an evening call or the phone. Vacant houses are not counted,
with the reason kept. What is not known is `unknown`, never "no".
"""
