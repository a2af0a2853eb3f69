"""A visitor without a browser: speaks to the server as a page does, and draws nothing.

Thirty of them cost a computer little, so that what is measured is the server.
"""

import contextlib
import json
import struct
import time
import uuid
from types import TracebackType
from typing import Any
from urllib.request import Request, urlopen

from websockets.sync.client import ClientConnection, connect

CONTROL = "solara.control"
ANSWERS_WITHIN = 60.0
"""Seconds."""


class Light:
    """One page opened at an address, its widgets kept by name of what they hold.

    Parameters
    ----------
    url : str
        Of the server.
    path : str
        Of the page, with its query.
    before : Light, optional
        A page that was lost, to come back to it.
    """

    def __init__(self, url: str, path: str = "/", before: "Light | None" = None) -> None:
        self.url, self.page = url, uuid.uuid4().hex
        self.kernel = before.kernel if before else str(uuid.uuid4())
        self.cookie = before.cookie if before else f"solara-session-id={uuid.uuid4()}"
        self.control, self.widget, self.asked = uuid.uuid4().hex, "", 0
        self.state: dict[str, Any] = {}
        self._held = contextlib.ExitStack()
        self.socket: ClientConnection = self._held.enter_context(
            connect(
                f"{url.replace('http', 'ws', 1)}/jupyter/api/kernels/{self.kernel}/channels"
                f"?session_id={self.page}",
                additional_headers={"Cookie": self.cookie, "Accept-Language": "en"},
                max_size=None,
            )
        )
        self._send("comm_open", comm_id=self.control, target_name=CONTROL, data={})
        if before is None:
            self._tell(self.control, method="run", args={
                "path": path, "dark": False, "appName": None, "themes": {"light": {}, "dark": {}},
            })  # fmt: skip
            self._wait(lambda: bool(self.widget))

    def __enter__(self) -> "Light":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, change: dict[str, Any], **more: Any) -> float:
        """Ask for a change of the address; returns seconds until the next view has come."""
        self.asked += 1
        before, began = self.state.get("view"), time.perf_counter()
        asked = {"n": self.asked, "change": change, **more}
        self._tell(self.widget, method="update", state={"asked": asked}, buffer_paths=[])
        self._wait(lambda: self.state.get("view") is not before)
        return time.perf_counter() - began

    def started(self) -> bool:
        """Return whether the server still holds what this page holds."""
        replies: list[bool] = []
        self._tell(self.control, method="app-status")
        self._wait(lambda: bool(replies), replies)
        return replies[0]

    def drop(self) -> None:
        """Lose the connection, as a phone does that goes to sleep."""
        self._held.close()

    def close(self) -> None:
        """Close the page, as a browser does: it tells the server."""
        gone = f"{self.url}/_solara/api/close/{self.kernel}?session_id={self.page}"
        urlopen(Request(gone, method="POST", headers={"Cookie": self.cookie}), timeout=30).close()
        self._held.close()

    def rest(self, seconds: float) -> None:
        """Listen and do nothing."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._take(left)
            except TimeoutError:
                return

    # ------------------------------------------------------------------ messages

    def _tell(self, comm: str, **data: Any) -> None:
        self._send("comm_msg", comm_id=comm, data=data)

    def _send(self, kind: str, **content: Any) -> None:
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "version": "5.2",
            "session": self.page, "date": "2000-01-01T00:00:00.000000Z",
        }  # fmt: skip
        self.socket.send(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "buffers": [], "channel": "shell",
        }))  # fmt: skip

    def _wait(self, come: Any, replies: list[bool] | None = None) -> None:
        until = time.monotonic() + ANSWERS_WITHIN
        while not come():
            self._take(until - time.monotonic(), replies)

    def _take(self, seconds: float, replies: list[bool] | None = None) -> None:
        """Read one message; a widget's state is kept, all else forgotten."""
        message = _read(self.socket.recv(timeout=max(seconds, 0.001)))
        content = message["content"]
        data = content.get("data") or {}
        if message["header"]["msg_type"] == "comm_open" and "asked" in data.get("state", {}):
            self.widget, self.state = content["comm_id"], data["state"]
        elif content.get("comm_id") == self.widget and data.get("method") == "update":
            self.state |= data["state"]
        elif replies is not None and data.get("method") == "app-status":
            replies.append(bool(data["started"]))


def _read(message: str | bytes) -> Any:
    """Read a message; one with buffers begins with their number and where each begins."""
    if isinstance(message, str):
        return json.loads(message)
    count, first, *_ = struct.unpack_from("!II", message)
    end = struct.unpack_from("!I", message, 8)[0] if count > 1 else None
    return json.loads(message[first:end])
