"""What crosses packages: architecture, permissions, journeys. All else sits beside its code."""
