"""The phone page at `/field/`: its files, and what it asks the server for.

The page itself is built from `frontend/field`; `docs/how-to/field-api.md` says what is sent.
"""
