import pytest

from tests.traps.statements import free_tables

TOWNS = frozenset({"visit", "household", "target"})

TIED = [
    'SELECT "visit"."id" FROM "visit" WHERE "visit"."town_id" = %s',
    'SELECT "visit"."id" FROM "visit" WHERE "visit"."town_id" IN (%s, %s)',
    'SELECT "visit"."id" FROM "visit" WHERE ("visit"."id" = %s AND "visit"."town_id" = %s) LIMIT 1',
    "SELECT id FROM visit WHERE town_id = %s FOR UPDATE OF visit",
    "SELECT id FROM visit WHERE town_id = ANY(%s)",
    'SELECT V."id" FROM "visit" AS V WHERE V."town_id" = %s',
    'SELECT 1 FROM "visit" INNER JOIN "household" ON ("visit"."household_id" = "household"."id" '
    'AND "visit"."town_id" = "household"."town_id") WHERE "household"."town_id" = %s ORDER BY 1',
    'SELECT COUNT(*) FROM (SELECT 1 FROM "visit" WHERE "visit"."town_id" = %s) subquery',
    'SELECT "household"."id" FROM "household" WHERE ("household"."town_id" = %s AND EXISTS('
    'SELECT 1 AS "a" FROM "visit" U0 WHERE U0."town_id" = ("household"."town_id") LIMIT 1))',
    'UPDATE "visit" SET "note" = %s WHERE ("visit"."town_id" = %s AND "visit"."id" = %s)',
    'DELETE FROM "visit" WHERE "visit"."town_id" = %s',
    'INSERT INTO "visit" ("id", "town_id") VALUES (%s, %s)',
    "INSERT INTO target SELECT household.id FROM household WHERE household.town_id = %s",
    "WITH seen AS (SELECT id FROM visit WHERE town_id = %s) SELECT * FROM seen",
    'SELECT "area"."id" FROM "area" WHERE "area"."id" = %s',
    'SELECT EXTRACT(DAY FROM "visit"."at") FROM "visit" WHERE "visit"."town_id" = %s',
    'SELECT id FROM "visit" WHERE "visit"."town_id" = %s UNION SELECT id FROM "household" WHERE '
    '"household"."town_id" = %s',
    'SELECT 1 FROM "visit" CROSS JOIN "area" WHERE "visit"."town_id" = %s GROUP BY 1 HAVING 1 = 1',
    'UPDATE "visit" SET "note" = %s FROM "household" WHERE "visit"."household_id" = '
    '"household"."id" AND "household"."town_id" = "visit"."town_id" AND "visit"."town_id" = %s',
    "PRAGMA foreign_keys",
]

FREE = {
    'SELECT "visit"."id" FROM "visit" WHERE "visit"."id" = %s': ["visit"],
    'SELECT "visit"."town_id" FROM "visit"': ["visit"],
    'SELECT 1 FROM "visit" WHERE "visit"."town_id" IS NOT NULL': ["visit"],
    'SELECT 1 FROM "visit" ORDER BY "visit"."town_id" = %s': ["visit"],
    'UPDATE "visit" SET "town_id" = %s WHERE "visit"."id" = %s': ["visit"],
    'DELETE FROM "visit" WHERE "visit"."id" IN (%s)': ["visit"],
    'SELECT 1 FROM "visit" INNER JOIN "household" ON ("visit"."household_id" = "household"."id") '
    'WHERE "visit"."town_id" = %s': ["household"],
    'SELECT 1 FROM "visit" INNER JOIN "household" ON ("visit"."town_id" = "household"."town_id")': [
        "visit",
        "household",
    ],
    'SELECT 1 FROM "visit" INNER JOIN "town" ON ("visit"."town_id" = "town"."id")': ["visit"],
    'SELECT 1 FROM "household" WHERE ("household"."town_id" = %s AND EXISTS(SELECT 1 FROM "visit" '
    'U0 WHERE U0."household_id" = ("household"."id")))': ["visit"],
    'SELECT 1 FROM "visit" WHERE "visit"."town_id" = %s UNION SELECT 1 FROM "household"': [
        "household"
    ],
    'SELECT COUNT(*) FROM (SELECT 1 FROM "visit") q WHERE q."town_id" = %s': ["visit"],
    "INSERT INTO target SELECT household.id FROM household": ["household"],
    'SELECT 1 FROM "visit", "household" WHERE "visit"."town_id" = %s': ["household"],
    'SELECT "visit"."note" AS "town_id" FROM "visit" WHERE "visit"."note" = \'"town_id" = 1\'': [
        "visit"
    ],
}


@pytest.mark.parametrize("sql", TIED)
def test_a_statement_that_names_the_town_leaves_no_table_free(sql: str) -> None:
    assert free_tables(sql, TOWNS) == []


@pytest.mark.parametrize(("sql", "free"), FREE.items(), ids=range(len(FREE)))
def test_a_statement_that_names_no_town_leaves_its_tables_free(sql: str, free: list[str]) -> None:
    assert free_tables(sql, TOWNS) == free
