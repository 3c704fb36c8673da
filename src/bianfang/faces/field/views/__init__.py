"""Views of the phone page: each answers one kind of request."""
