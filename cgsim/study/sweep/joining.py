"""How a Dask cluster is reached: started on this computer, or joined where it is safe to.

Whoever reaches a scheduler may run any program on its workers. Beyond this computer it must
therefore ask for certificates (TLS), or be said to be safe by name (``--insecure``).
"""

from __future__ import annotations

import importlib
import ipaddress
import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from ...errors import say
from ...scenario_file import did_you_mean
from .halts import BAD_INPUT, BROKEN, Halt

LOCAL = "local"
"""Instead of an address: a cluster of this computer's own, for as long as the sweep lasts."""

DEATHS = 3
"""How many workers a chunk may take with it before it is looked at by itself."""

_CONFIG = {
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.allowed-failures": DEATHS - 1,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.admin.system-monitor.gil.enabled": False,
}
"""What a cluster of one's own does without: nobody looks at its pages or profiles."""

_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")


def check_address(address: str, insecure: bool = False) -> None:
    """Refuse an address that is none, or whose scheduler would be open to others.

    Parameters
    ----------
    address : str
        ``local``, or ``tls://host:port``, or ``tcp://host:port`` on this computer.
    insecure : bool
        Whether a scheduler elsewhere may do without TLS.

    Raises
    ------
    Halt
        Bad input, with the reason; also where Dask is not installed.

    Examples
    --------
    >>> check_address("tcp://[::1]:8786")
    >>> check_address("tcp://10.0.0.5:8786", insecure=True)
    """
    if address != LOCAL:
        protocol, host = _parts(address)
        if protocol == "tcp" and not insecure and not _is_here(host):
            raise Halt(BAD_INPUT, "dask_open", read=address)
    if find_spec("distributed") is None:
        raise Halt(BAD_INPUT, "dask_missing")


def _parts(address: str) -> tuple[str, str]:
    """Return protocol and host of an address; halt where it is none."""
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        protocol, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        protocol, host, port = "", None, None
    if protocol not in ("tcp", "tls") or not host or not port:
        hint = did_you_mean(address, [LOCAL])
        raise Halt(BAD_INPUT, "dask_address", read=address[:80], hint=hint)
    return protocol, host


def _is_here(host: str) -> bool:
    """Whether a host is this computer, by its loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def joined(address: str, insecure: bool, processes: int) -> Iterator[Any]:
    """Start or join a cluster; yields Dask's client and leaves the cluster in the end.

    Parameters
    ----------
    address : str
    insecure : bool
    processes : int
        Workers of a cluster that is started here.

    Raises
    ------
    Halt
        Where there is no scheduler, no certificate fits, or the scheduler is open to others.
    """
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        if address == LOCAL:
            yield _start(stack, processes)
            return
        client = _connect(stack, address)
        told = client.scheduler_info()["address"]
        # reached through the loopback, it may still listen to all
        if not insecure:
            check_address(told)
        yield client


def _start(stack: ExitStack, processes: int) -> Any:
    """Start processes of one thread each, all on the loopback."""
    dask, distributed = importlib.import_module("dask"), importlib.import_module("distributed")
    with dask.config.set(_CONFIG):
        cluster = distributed.LocalCluster(
            host="127.0.0.1", n_workers=processes, threads_per_worker=1, processes=True,
            dashboard_address=None, memory_limit=None, silence_logs=logging.CRITICAL,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            config=_CONFIG, preload=[f"{__package__}.worker"],
        )  # fmt: skip
        stack.callback(_close, cluster)
        client = distributed.Client(cluster, set_as_default=False)
    stack.callback(_close, client)
    return client


def _connect(stack: ExitStack, address: str) -> Any:
    distributed = importlib.import_module("distributed")
    _require_certificates(distributed, address)
    try:
        with warnings.catch_warnings():
            # other versions of other packages: what decides numbers and bytes is compared
            warnings.simplefilter("ignore")
            client = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as wrong:
        raise Halt(BROKEN, "dask_unreachable", read=address, why=_first_line(wrong)) from wrong
    stack.callback(_close, client)
    return client


def _require_certificates(distributed: Any, address: str) -> None:
    """Halt where TLS is asked for and Dask knows no certificates, or cannot read them."""
    if not address.startswith("tls://"):
        return
    why: object = say("sweep.no_certificates")
    try:
        if distributed.Security().get_connection_args("client").get("ssl_context") is not None:
            return
    except OSError as wrong:  # those of the library for TLS too
        why = f"{wrong.filename or ''} {_first_line(wrong)}".strip()
    raise Halt(BAD_INPUT, "dask_certificates", read=address, why=why)


def _first_line(wrong: BaseException) -> str:
    return str(wrong).partition("\n")[0] or type(wrong).__name__


def _close(one: Any) -> None:
    """Close a client or cluster; one that is broken must not hide why."""
    try:
        one.close()
    except Exception:
        logging.getLogger(__name__).debug("closing", exc_info=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's reports of what the sweep tells in its own words off the screen."""
    importlib.import_module("distributed")  # sets the levels of its loggers when it is imported
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


__all__ = ["DEATHS", "LOCAL", "check_address", "joined"]
