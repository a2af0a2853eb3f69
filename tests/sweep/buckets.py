"""A mock of an object store on the loopback, and a bucket in it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

WHO = {
    "AWS_ACCESS_KEY_ID": "somebody",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    # neither this computer's files nor its hoster are asked
    "AWS_CONFIG_FILE": "/nonexistent",
    "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class Store:
    """An object store.

    Attributes
    ----------
    env : dict
        What tells libraries where it is, and who asks.
    """

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.env = {**WHO, "AWS_ENDPOINT_URL": endpoint}

    @property
    def files(self) -> Any:
        """The file system, opened anew: none of what another saw is remembered."""
        import s3fs

        return s3fs.S3FileSystem(
            key=WHO["AWS_ACCESS_KEY_ID"], secret=WHO["AWS_SECRET_ACCESS_KEY"],
            endpoint_url=self.endpoint, use_listings_cache=False,
        )  # fmt: skip

    def bucket(self) -> Bucket:
        """Make a new, empty bucket."""
        name = f"b-{secrets.token_hex(6)}"
        self.files.mkdir(name)
        return Bucket(self, name)


class Bucket:
    """A bucket with the address of a sweep in it."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.root = f"{name}/studies/one"
        self.address = f"s3://{self.root}"

    def objects(self) -> dict[str, bytes]:
        """Return the bytes of every object of the sweep."""
        files = self.store.files
        return {
            path.removeprefix(f"{self.root}/"): files.cat_file(path)
            for path in files.find(self.root)
        }

    def sweep(self) -> dict[str, bytes]:
        """Return the bytes of all that a sweep is: without journals and locks."""
        ours = ("journal", "locks/")
        return {name: data for name, data in self.objects().items() if not name.startswith(ours)}

    def put(self, name: str, data: bytes) -> None:
        self.store.files.pipe_file(f"{self.root}/{name}", data)

    def remove(self, *names: str) -> None:
        for name in names:
            self.store.files.rm_file(f"{self.root}/{name}")

    def fill(self, folder: Path) -> None:
        """Copy a sweep's folder here, without its locks."""
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith("locks/"):
                self.put(name, path.read_bytes())
