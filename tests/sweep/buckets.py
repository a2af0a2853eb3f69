"""Folders at addresses: in a mock of an object store on the loopback, or in this process alone."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

WHO = {
    "AWS_ACCESS_KEY_ID": "somebody",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    # neither this computer's files nor its host are asked
    "AWS_CONFIG_FILE": "/nonexistent",
    "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "1",
}


class Bucket:
    """A bucket with the address of a sweep in it."""

    def __init__(self, protocol: str, **options: Any) -> None:
        self.protocol = protocol
        self.options = options
        self.name = f"b-{secrets.token_hex(6)}"
        self.root = f"{self.name}/studies/one"
        self.address = f"{protocol}://{self.root}"
        self.files.mkdir(self.name)

    @property
    def files(self) -> Any:
        """The file system, which remembers no list of names."""
        import fsspec

        return fsspec.filesystem(self.protocol, use_listings_cache=False, **self.options)

    def objects(self) -> dict[str, bytes]:
        """Return the bytes of every object of the sweep."""
        files = self.files
        found = {path.lstrip("/"): files.cat_file(path) for path in files.find(self.root)}
        return {path.removeprefix(f"{self.root}/"): data for path, data in found.items()}

    def sweep(self) -> dict[str, bytes]:
        """Return the bytes of all that a sweep is: without journals and locks."""
        ours = ("journal", "locks/")
        return {name: data for name, data in self.objects().items() if not name.startswith(ours)}

    def chunks(self) -> int:
        """Return how many chunks have their table of runs."""
        return sum(name.startswith("runs/") for name in self.objects())

    def put(self, name: str, data: bytes) -> None:
        self.files.pipe_file(f"{self.root}/{name}", data)

    def remove(self, *names: str) -> None:
        for name in names:
            self.files.rm_file(f"{self.root}/{name}")

    def journals(self) -> list[str]:
        return [name for name in self.objects() if name.startswith("journal")]

    def fill(self, folder: Path) -> None:
        """Copy a sweep's folder here, without its locks and journals."""
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith(("locks/", "journal")):
                self.put(name, path.read_bytes())
