"""Questionnaires written as XLSForm workbooks: read, checked against a subset, answered.

A *form* is the definition, plain data that the phone gets as JSON. An *expression* is a rule of it;
its grammar is written down in docs/how-to/checklists.md and implemented here and on the phone, both
tested by the same cases. This package knows no village: who is asked, and when, is told elsewhere.
"""
