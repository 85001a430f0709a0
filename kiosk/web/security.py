"""What every response carries and every change must show (norms SEC-01 to SEC-05, PRV-05)."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request

from kiosk.web.errors import CrossSite
from kiosk.web.turns import Wsgi

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "media", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NO_STORE = (("Cache-Control", "no-store"),)
A_YEAR_S = 31_536_000

Headers = tuple[tuple[str, str], ...]


def init_app(app: Flask, https: bool) -> None:
    """Guard every request and dress every response of this app."""
    strict = {"Strict-Transport-Security": f"max-age={A_YEAR_S}; includeSubDomains"} if https else {}
    app.wsgi_app = dressed(app.wsgi_app, tuple((HEADERS | strict).items()))  # type: ignore[method-assign, assignment]
    app.before_request(refuse_other_sites)


def dressed(wsgi_app: Wsgi, headers: Headers) -> Wsgi:
    """The same app, with these headers on every response, and `no-store` where nothing else is said.

    Around the app, not in it: so no response escapes, and adding ten headers costs next to nothing.
    """

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, given: list[tuple[str, str]], *rest: Any) -> Any:
            caching = any(name.lower() == "cache-control" for name, _ in given)
            return start_response(status, [*given, *headers, *(() if caching else NO_STORE)], *rest)

        return wsgi_app(environ, start)

    return app


def refuse_other_sites() -> None:
    """Stop a change that was sent from another site; raises `CrossSite`.

    Browsers say where a POST comes from in `Sec-Fetch-Site`, or over plain http in `Origin`. A token in the
    page would go stale on a start screen that waits all night, so these two headers stand in for it.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    ours = (
        site == "same-origin" if site else urlsplit(request.headers.get("Origin", "")).netloc == request.host
    )
    if not ours:
        raise CrossSite
