"""The invented town of the founding text: places, staff, residents, rounds, visits, demands.

All of it follows from a seed and a day, as plain data that knows no database. Every person,
household, number and sentence is made up; only the names of the town and of two villages are real.
"""
