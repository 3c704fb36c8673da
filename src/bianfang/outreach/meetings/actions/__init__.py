"""Every write to meetings, by topic."""
