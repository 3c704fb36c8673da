"""Files people take away: styled workbooks, CSV, and their own workbook given back with remarks.

Whatever users typed stays text in every file: never a formula, never a link.
"""
