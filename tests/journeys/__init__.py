"""The whole house through a real browser: by hand, by key, without scripts, in both languages."""
