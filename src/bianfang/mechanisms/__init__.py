"""The three mechanisms: the ledger and two lists, supervision, long-term service."""
