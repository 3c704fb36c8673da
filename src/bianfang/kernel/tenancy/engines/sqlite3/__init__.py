"""SQLite: the composite key stands in the table's definition."""
