"""Pictures and PDFs are told to be no tables, also where they are called workbooks."""

import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries.files import open_file


@pytest.mark.parametrize(
    "beginning", [b"\xff\xd8\xff\xe0\0\x10JFIF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\0\0\0\x18ftypheic"]
)
@pytest.mark.parametrize("name", ["Foto.xlsx", "Foto.XLSX", "Foto.xls"])
def test_a_picture_is_no_table_and_nobody_is_sent_to_excel(tmp_path, name, beginning):
    file = tmp_path / name
    file.write_bytes(beginning + b"\0\1\2" * 40)
    with pytest.raises(InputRefused) as refused:
        open_file(file)
    said = str(refused.value) + "".join(one.sentence() for one in refused.value.findings)
    assert "Das ist keine Tabelle." in said
    assert "Excel" not in said
