"""Every write to checklists, rounds, visits and group talks, one module per topic."""
