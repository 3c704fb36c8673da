"""National codes: identity numbers, organisations, areas, people's codes and telephone numbers.

Pure reading and checking of what people type. Nothing here asks a registry whether a number was
really issued, and nothing repairs a number by guessing.
"""
