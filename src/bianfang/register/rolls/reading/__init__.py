"""From an office's workbook to understood sheets, people, households and problems.

Pure: a file and an area tree go in, frozen values come out; no table is read or written and nothing
is guessed. What was typed is kept beside what it became, so that a person can check every step. Add
header words in `synonyms`, words for values in `vocabulary`, sentences in `messages`.
"""
