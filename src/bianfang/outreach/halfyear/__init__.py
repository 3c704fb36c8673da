"""Items of a half-year list (实事清单): what is promised, monthly progress, and its colour.

The demand stays the one record: an item adds leader, funds and whom it serves, and one entry a
month. Finishing an item is answering its demand and having it written off, as ever.
"""
