"""The built styles and scripts, tried on the sample pages of frontend/README.md."""
