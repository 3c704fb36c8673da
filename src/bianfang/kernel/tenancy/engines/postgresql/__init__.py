"""PostgreSQL: the composite key is a constraint, checked at once."""
