import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from bianfang.kernel.documents import qr

ADDRESS = "https://visits.example.cn/field/?h=0101010001"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_the_path_draws_exactly_the_dark_modules() -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=qr.MASK)
    code.add_data(ADDRESS)
    wanted = {
        (x, y)
        for y, row in enumerate(code.get_matrix())
        for x, is_dark in enumerate(row)
        if is_dark
    }

    drawn = qr.draw(ADDRESS)

    assert RUN.sub("", drawn.path) == ""
    found = {
        (int(x) + step, int(y))
        for x, y, width, _back in RUN.findall(drawn.path)
        for step in range(int(width))
    }
    assert found == wanted
    assert drawn.size == len(code.get_matrix())


def test_an_address_of_a_household_stays_small_enough_for_a_line_of_the_sheet() -> None:
    assert qr.draw(ADDRESS).size <= 33
