"""What may be shown of a person at which level, and the search for what slipped into free text.

Nothing leaves the office unmasked: every public text passes through here before two people look.
"""
