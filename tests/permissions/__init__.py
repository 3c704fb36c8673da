"""Who gets what from every address of the desk: one table, and no address left out."""
