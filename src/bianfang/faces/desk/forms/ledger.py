"""Which part of a list is taken away as a file."""

from django import forms

from bianfang.mechanisms.ledger.enums import FileFormat


class ExportForm(forms.Form):
    """The format; round and days come from the filters of the page."""

    file_format = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in FileFormat], coerce=FileFormat
    )
