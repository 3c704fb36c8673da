from bianfang.outreach.demands.tests.conftest import (
    key_file,
    keys_of_the_tests,
    monday_morning,
    town,
)

__all__ = ["key_file", "keys_of_the_tests", "monday_morning", "town"]
