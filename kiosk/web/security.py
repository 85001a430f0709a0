"""What every response carries and every change must show (norms SEC-01 to SEC-05, PRV-05)."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from kiosk.web.errors import CrossSite

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
A_YEAR_S = 31_536_000


def init_app(app: Flask, https: bool) -> None:
    """Guard every request and dress every response of this app."""
    headers = HEADERS | (
        {"Strict-Transport-Security": f"max-age={A_YEAR_S}; includeSubDomains"} if https else {}
    )

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    app.before_request(refuse_other_sites)


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
