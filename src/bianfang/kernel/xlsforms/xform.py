"""The XForm of a workbook: other programs of the ODK family can ask the same questions."""

from io import BytesIO

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from bianfang.kernel.errors import FieldError


def make_xform(content: bytes) -> str:
    """The XForm as XML text; FieldError on `file` with the converter's words if it refuses."""
    try:
        # The validator that comes with the converter needs Java; the subset is checked before.
        made = convert(BytesIO(content), validate=False, file_type=".xlsx")
    except PyXFormError as error:
        sentence = _("The workbook is no XLSForm: %(reason)s") % {"reason": error}
        raise FieldError("file", sentence) from error
    return str(made.xform)
