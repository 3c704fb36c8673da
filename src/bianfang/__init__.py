"""Bianfang: visit every door, settle every demand, show every result."""
