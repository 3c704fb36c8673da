"""On PostgreSQL, an index over the pairs of signs of content and proposer.

Chinese has no blanks to cut words at, and trigrams miss words of two signs; every pair of
neighbouring signs is therefore a key. SQLite holds one town and reads its rows.
"""

from typing import Any

from django.db import migrations

FUNCTION = """
    CREATE OR REPLACE FUNCTION demands_pairs(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT substr(words, place, 2)), '{}')
        FROM generate_series(1, length(words) - 1) AS place
    $$
"""
INDEX = """
    CREATE INDEX demand_words ON demands_demand
    USING gin (demands_pairs(content || ' ' || proposer_name))
"""


def create(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(INDEX, params=None)


def drop(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX demand_words", params=None)
        schema_editor.execute("DROP FUNCTION demands_pairs", params=None)


class Migration(migrations.Migration):
    dependencies = [("demands", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
