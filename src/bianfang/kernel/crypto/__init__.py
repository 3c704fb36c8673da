"""Fields sealed with keys that lie outside the database, and the blind index to find them again.

SM4-GCM and HMAC-SM3, or AES-256-GCM and HMAC-SHA256, by configuration. Both come from a general
library: a formal cryptography assessment would ask for a certified module in its place.
"""
