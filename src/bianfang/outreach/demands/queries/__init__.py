"""Every read of demands, one module per question."""
