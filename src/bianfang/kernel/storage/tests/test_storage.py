import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel import storage


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.BIANFANG_UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


def test_kept_file_is_read_until_it_is_removed() -> None:
    kept = storage.keep(b"roll", suffix=".xlsx")

    assert storage.read(kept.key) == b"roll"
    assert kept.digest == storage.digest_of(b"roll")
    storage.remove(kept.key)
    storage.remove(kept.key)
    with pytest.raises(storage.StorageError):
        storage.read(kept.key)


def test_kept_file_is_for_nobody_else_and_leaves_no_parts(folder: Path) -> None:
    kept = storage.keep(b"roll", suffix=".xlsx")

    assert [path.name for path in folder.iterdir()] == [kept.key]
    assert stat.S_IMODE((folder / kept.key).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_equal_files_are_kept_apart() -> None:
    assert storage.keep(b"x", suffix=".xlsx").key != storage.keep(b"x", suffix=".xlsx").key


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(storage, "MOST_BYTES", 3)

    with pytest.raises(storage.StorageError):
        storage.keep(b"four", suffix=".xlsx")

    assert not folder.exists()


@pytest.mark.parametrize("key", ["", "../secret", "/etc/passwd", ".xlsx", "a b", "A.xlsx", "a\\b"])
def test_other_names_than_keys_are_refused(key: str) -> None:
    for act in (storage.read, storage.remove):
        with pytest.raises(ValueError, match="not a key"):
            act(key)
