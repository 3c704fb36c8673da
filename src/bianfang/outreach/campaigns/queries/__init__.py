"""Scoped reads of campaigns, spots, findings and leaflets."""
