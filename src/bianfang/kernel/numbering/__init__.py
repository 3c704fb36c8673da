"""Running numbers per town and series: given once, without gaps inside a transaction."""
