"""Every change of households, residents and facts; one module per topic."""
