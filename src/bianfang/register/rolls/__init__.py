"""The household roll as an office keeps it: a workbook on its way into the register.

An import is an object with a life. Reading understands the office's own layout; the diff tells what
is new, changed, gone or doubtful; a person decides; merging updates and never duplicates.
"""
