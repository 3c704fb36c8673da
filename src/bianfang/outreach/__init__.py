"""The three clarities: who visits (assignments), what is asked (visits), how it is handled (demands)."""
