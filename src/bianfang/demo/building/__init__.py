"""Building the invented town through the same actions as staff use, at the days of its story."""
