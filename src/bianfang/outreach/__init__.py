"""The three clarities: who visits (assignments), what (visits), how it is handled (demands)."""
