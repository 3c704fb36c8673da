"""Every write to demands, one module per topic."""
