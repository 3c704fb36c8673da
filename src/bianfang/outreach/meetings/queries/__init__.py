"""Scoped reads of meetings, agendas and resolutions."""
