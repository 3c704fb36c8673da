"""Changes of look-backs and their checks, one module per kind of work."""
