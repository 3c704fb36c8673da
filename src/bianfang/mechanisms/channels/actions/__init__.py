"""Every write to channels, by topic."""
