"""``cgsim dashboard``: serves the live page."""

from __future__ import annotations

from .words import lang, refusal


def serve_page(host: str, port: int, open_browser: bool) -> int:
    """Serve the dashboard until Ctrl-C; return the exit code."""
    try:
        from ..dashboard.main import serve
    except ModuleNotFoundError as wrong:
        if (wrong.name or "").split(".")[0] == "cgsim":
            raise
        raise refusal("cgsim dashboard", "dashboard", names=wrong.name) from None
    return serve(host, port, open_browser, lang=lang()) or 0
