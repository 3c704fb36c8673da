"""Addresses of the desk, one module per part of the house."""
