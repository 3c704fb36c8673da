"""Every read of look-backs, one module per question."""
