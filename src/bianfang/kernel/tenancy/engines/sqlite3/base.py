"""The SQLite engine; see the package's word on composite keys."""

from typing import Any

from django.db.backends.sqlite3 import base, schema
from django.db.models import Field, Model

from bianfang.kernel.tenancy.fields import TownForeignKey


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Writes FOREIGN KEY (town_id, x_id) as a table constraint, checked at commit."""

    def table_sql(self, model: type[Model]) -> tuple[str, Any]:
        """Add one clause per town link; the single-column clause beside it does no harm."""
        sql, params = super().table_sql(model)
        clauses = [
            f"FOREIGN KEY ({self.quote_name('town_id')}, {self.quote_name(field.column)}) "
            f"REFERENCES {self.quote_name(field.remote_field.model._meta.db_table)} "
            f"({self.quote_name('town_id')}, {self.quote_name('id')}) "
            "DEFERRABLE INITIALLY DEFERRED"
            for field in model._meta.local_fields
            if isinstance(field, TownForeignKey) and field.db_constraint
        ]
        if clauses:
            sql = f"{sql.rstrip().removesuffix(')')}, {', '.join(clauses)})"
        return sql, params

    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        """A new town link needs the whole table written anew."""
        if isinstance(field, TownForeignKey):
            editor: Any = self
            editor._remake_table(model, create_field=field)  # noqa: SLF001  # an engine extends it
        else:
            super().add_field(model, field)


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with composite town links."""

    SchemaEditorClass = DatabaseSchemaEditor
