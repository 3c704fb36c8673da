"""Which days are worked: Monday to Friday, but for the State Council's yearly notice.

Two ways to count. In working days the first day is never counted: three working days from a Friday
end on the next Wednesday. In calendar days the civil code moves a last day that is a holiday on to
the next working day; the office's own duties use the strict count, which does not move.

No notice, no failure: beyond the years whose notice is known Monday to Friday holds, provisionally,
and pages say so.
"""
