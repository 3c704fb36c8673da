"""The PostgreSQL engine; see the package's word on composite keys."""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.postgresql import base, schema
from django.db.models import Field, Model

from bianfang.kernel.tenancy.fields import TownForeignKey


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Writes FOREIGN KEY (town_id, x_id), not deferrable: the failing statement is named."""

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Any:
        editor: Any = super()
        if not isinstance(field, TownForeignKey):
            return editor._create_fk_sql(model, field, suffix)  # noqa: SLF001  # an engine extends it
        table, target = model._meta.db_table, field.remote_field.model._meta.db_table
        return Statement(
            self.sql_create_fk,
            table=Table(table, self.quote_name),
            name=editor._fk_constraint_name(model, field, suffix),  # noqa: SLF001  # as above
            column=Columns(table, ["town_id", field.column], self.quote_name),
            to_table=Table(target, self.quote_name),
            to_column=Columns(target, ["town_id", "id"], self.quote_name),
            deferrable="",
        )

    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        """Add the column first, the composite constraint with the deferred statements."""
        if not isinstance(field, TownForeignKey) or not field.db_constraint:
            super().add_field(model, field)
            return
        field.db_constraint = False
        try:
            super().add_field(model, field)
        finally:
            field.db_constraint = True
        suffix = "_fk_%(to_table)s_%(to_column)s"
        self.deferred_sql.append(self._create_fk_sql(model, field, suffix))


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with composite town links."""

    SchemaEditorClass = DatabaseSchemaEditor
