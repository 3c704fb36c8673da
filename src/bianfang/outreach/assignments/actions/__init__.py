"""Every write to groups and responsibilities, one module per topic."""
