"""The Chinese catalogue: complete, in step with the code, with the same placeholders."""
