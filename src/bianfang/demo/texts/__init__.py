"""The words of the invented town: names, places, categories, demands and notes. Data only."""
