"""Tools that know no village: the ground floor of the house. Nothing here imports a floor above."""
