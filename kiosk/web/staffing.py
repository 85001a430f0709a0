"""Which member of staff is at this browser: signing in, signing out, being on duty."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.records import staff
from kiosk.records.staff import SignInThrottled, Staff
from kiosk.web import cookies
from kiosk.web.errors import Forbidden
from kiosk.web.parts import house, is_htmx, load_anew
from kiosk.web.visiting import own_path

REFUSED = "Naam of wachtwoord klopt niet. Probeer het nog eens."
TOO_OFTEN = "Te vaak een verkeerd wachtwoord. Wacht vijf minuten."

blueprint = Blueprint("staffing", __name__, url_prefix="/console")


def current() -> Staff | None:
    """Who is signed in at this browser; nothing when nobody is."""
    if "staff" not in g:
        g.staff = _find_staff()
    member: Staff | None = g.staff
    return member


def _find_staff() -> Staff | None:
    token = cookies.read(cookies.STAFF)
    if not token:
        return None
    with house.database.read() as connection:
        return staff.by_token(connection, token, house.clock())


def signed_in() -> Staff:
    """Who is signed in, on a page that `send_to_sign_in` guards."""
    member: Staff = g.staff
    return member


def shown(name: str) -> str:
    """The name by which everybody knows this member of staff."""
    return names().get(name, name)


def names() -> dict[str, str]:
    """The name by which everybody knows a member of staff, by the one they sign in with."""
    if "names" not in g:
        with house.database.read() as connection:
            g.names = {member.name: member.shown for member in staff.all_(connection, house.clock())}
    found: dict[str, str] = g.names
    return found


def send_to_sign_in() -> Response | None:
    """Let staff through; send everyone else to the sign-in page, to come back after it.

    A page that refreshes itself is no use of it: whoever left the desk is signed out in the end, and that
    page is then loaded anew as a whole.
    """
    if current():
        if not is_htmx():
            note_use()
        return None
    if is_htmx():
        return load_anew()
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("staffing.sign_in", next=wanted), 303)


def require(*roles: str) -> Staff:
    """Who is signed in, if they have one of these roles; raises `Forbidden`."""
    member = signed_in()
    if member.roles_of(*roles):
        return member
    raise Forbidden


def officials_only() -> None:
    """Before every request of a part that only officials use. Raises `Forbidden`."""
    require("official")


def note_use() -> None:
    """The session is in use, and so is the screen of whoever is on duty."""
    now = house.clock()
    with house.database.write() as connection:
        staff.beat(connection, signed_in().name, now)
        staff.touch(connection, cookies.read(cookies.STAFF), now)


@blueprint.get("/sign-in")
def sign_in() -> Response | str:
    """The sign-in page."""
    return redirect(url_for("console.index"), 303) if current() else _page()


@blueprint.post("/sign-in")
def sign_in_now() -> Response | tuple[str, int]:
    """Check name and password. Signing in puts nobody on duty, and ends the session this browser had."""
    name = request.form.get("name", "").strip()
    try:
        token = new_session(name, request.form.get("password", ""))
    except SignInThrottled:
        return _page(name, TOO_OFTEN), 429
    if token is None:
        return _page(name, REFUSED), 422
    wanted = request.form.get("next", "")
    answer = redirect(own_path(wanted) if wanted else url_for("console.index"), 303)
    return cookies.give(answer, cookies.STAFF, token)


def new_session(name: str, password: str) -> str | None:
    """The token of a new session in place of the one this browser had; raises `SignInThrottled`."""
    token = staff.sign_in(house.database, name, password, house.clock())
    if token:
        with house.database.write() as connection:
            staff.sign_out(connection, cookies.read(cookies.STAFF))
    return token


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session; whoever was on duty no longer is."""
    member = current()
    if member:
        with house.database.write() as connection:
            staff.set_duty(connection, member.name, False, house.clock())
            staff.sign_out(connection, cookies.read(cookies.STAFF))
    return cookies.take(redirect(url_for("staffing.sign_in"), 303), cookies.STAFF)


@blueprint.post("/beat")
def beat() -> Response:
    """A screen of somebody on duty is there. It is no use of the session: nobody need be at it."""
    member = current()
    if member:
        with house.database.write() as connection:
            staff.beat(connection, member.name, house.clock())
    return Response(status=204)


@blueprint.post("/duty")
def duty() -> Response:
    """Go on duty, or off it."""
    member = current()
    if member:
        with house.database.write() as connection:
            staff.set_duty(connection, member.name, request.form.get("on") == "yes", house.clock())
    return redirect(own_path(request.form.get("next", "")), 303)


@blueprint.post("/busy")
def busy() -> Response:
    """Be with a client: called for quietly, and only when nobody else can come; or free again."""
    member = current()
    if member:
        with house.database.write() as connection:
            staff.set_busy(connection, member.name, request.form.get("busy") == "yes")
    return redirect(own_path(request.form.get("next", "")), 303)


def _page(name: str = "", error: str = "") -> str:
    wanted = request.values.get("next", "")
    return render_template(
        "console/sign_in.html", name=name, error=error, next=wanted, demo=house.settings.demo
    )
