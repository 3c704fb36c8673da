"""Photos that a visit brings, of the visit or of one of its demands: never asked for, never many.

Kept without what a camera writes into them: no place, no time of taking, no device.
"""
