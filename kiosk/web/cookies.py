"""The three cookies: a visit, a kiosk, a member of staff. Each holds a random token and nothing else."""

from flask import request
from werkzeug.wrappers import Response

from kiosk.web.parts import house

VISIT, KIOSK, STAFF = "visit", "kiosk", "staff"
TEN_YEARS_S = 10 * 365 * 24 * 3600


def read(name: str) -> str:
    """The token that the browser sent, or nothing."""
    return request.cookies.get(_full(name), "")


def give(response: Response, name: str, token: str) -> Response:
    """The response, with the cookie set: for years on a kiosk, else until the browser closes."""
    response.set_cookie(
        _full(name),
        token,
        httponly=True,
        secure=house.settings.https,
        samesite="Lax" if name == STAFF else "Strict",
        max_age=TEN_YEARS_S if name == KIOSK else None,
    )
    return response


def take(response: Response, name: str) -> Response:
    """The response, with the cookie expired by name."""
    response.delete_cookie(_full(name), httponly=True, secure=house.settings.https)
    return response


def _full(name: str) -> str:
    return f"__Host-{name}" if house.settings.https else name
