"""The signing key of a deployment that names none: made once, kept beside the data, mode 0600."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Read the key of the data folder, or make it. Two processes starting at once agree on one."""
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
