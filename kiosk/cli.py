"""The commands of an administrator: `flask database`, `staff`, `kiosks` ... (for authors: authoring.py).

Exit codes: 0 good, 1 problems found (one a line), 2 wrong use.
"""

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from kiosk import messages
from kiosk.authoring import journeys_group
from kiosk.records import kiosks, staff, visits
from kiosk.records.database import rotate
from kiosk.web import visiting
from kiosk.web.parts import house

AFTER_OTHERS, AUTOGROUP = 10, Path("/proc/self/autogroup")
"""The nice value of the worker, and where Linux keeps that of a session."""
DEMONSTRATION_PASSWORD = "welkom-aan-de-balie"  # noqa: S105

database_group = AppGroup("database", help="The tables, and the keys that seal what is in them.")
languages_group = AppGroup("languages", help="Words to translate.")
staff_group = AppGroup("staff", help="Who may sign in at the console.")
kiosks_group = AppGroup("kiosks", help="Which devices are kiosks, and their printers.")
visits_group = AppGroup("visits", help="What is remembered of citizens.")


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    for group in (database_group, journeys_group, languages_group, staff_group, kiosks_group, visits_group):
        app.cli.add_command(group)
    app.cli.add_command(work)


def refuse(message: str) -> NoReturn:
    """End with what is wrong with the use of a command."""
    raise click.UsageError(message)


@database_group.command("migrate")
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the tables to the shape that this version needs; a demonstration gets its staff too."""
    house.database.migrate()
    if house.settings.demo:
        context.invoke(demonstration_staff)


@database_group.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything anew with the first of KIOSK_DATA_KEYS; after that the others may go."""
    with house.database.write(durable=True) as connection:
        rotate(connection)


@languages_group.command("update")
def update_languages() -> None:
    """Collect the words of the interface and of the journeys, and bring every catalogue up to date."""
    messages.update(house.site)


@languages_group.command("check")
def check_languages() -> None:
    """Say which words are stale or not translated."""
    found = list(messages.problems(house.site))
    for problem in found:
        click.echo(problem)
    sys.exit(1 if found else 0)


@staff_group.command("demonstration")
def demonstration_staff() -> None:
    """Let the staff of the demonstration sign in."""
    if not house.settings.demo:
        refuse("only a demonstration (KIOSK_DEMO=1) has this staff; use: flask staff add NAME")
    with house.database.write() as connection:
        known = {each.name for each in staff.all_(connection, house.clock())}
        for member in house.site.staff:
            password = None if member.name in known else DEMONSTRATION_PASSWORD
            staff.put(connection, member_of(member.name), password)


def member_of(name: str) -> staff.Staff:
    """The member of staff that the site describes by this name."""
    member = next((each for each in house.site.staff if each.name == name), None)
    if member is None:
        refuse(f"site.toml describes no {name} under [staff]: add {name} there first")
    return staff.Staff(
        member.name, member.shown, member.roles, member.expertise, member.languages, member.place, False
    )


@staff_group.command("add")
@click.argument("name")
@click.password_option()
def add_staff(name: str, password: str) -> None:
    """Let somebody that site.toml describes sign in; or give them another password."""
    if password == DEMONSTRATION_PASSWORD and not house.settings.demo:
        refuse("that password is public: choose another")
    with house.database.write(durable=True) as connection:
        staff.put(connection, member_of(name), password)


@staff_group.command("remove")
@click.argument("name")
def remove_staff(name: str) -> None:
    """Let somebody sign in no more; who is signed in is signed out."""
    with house.database.write(durable=True) as connection:
        if not staff.remove(connection, name):
            refuse(f"nobody is called {name}")


@staff_group.command("list")
def list_staff() -> None:
    """List who may sign in, and who is on duty."""
    with house.database.read() as connection:
        for each in staff.all_(connection, house.clock()):
            duty = "  on duty" if each.on_duty else ""
            click.echo(f"{each.name}  {' '.join(each.roles)}  {each.place}{duty}")


@kiosks_group.command("list")
def list_kiosks() -> None:
    """List the kiosks, how many devices are enrolled as each, and their printers."""
    with house.database.read() as connection:
        known = {each.name: each for each in kiosks.all_(connection)}
    for name in sorted({*known, *(each.name for each in house.site.kiosks)}):
        state = known.get(name)
        printer = (state and state.printer) or visiting.known_kiosk(name).printer or "prints into a folder"
        click.echo(f"{name}  {state.devices if state else 0} enrolled  {printer}")


@kiosks_group.command("invite")
@click.argument("name")
def invite_kiosk(name: str) -> None:
    """Give a one-time code with which one device becomes this kiosk, within an hour."""
    if house.site.kiosk(name) is None:
        refuse(f"site.toml describes no kiosk {name}: add it under [kiosks] first")
    with house.database.write(durable=True) as connection:
        click.echo(kiosks.invite(connection, name, house.clock()))


@kiosks_group.command("set")
@click.argument("name")
@click.option("--printer", required=True, help='An address as ipp://10.0.0.7/ipp/print, or "" for none.')
def set_kiosk(name: str, printer: str) -> None:
    """Give a kiosk its printer."""
    if printer and not printer.startswith(("ipp://", "ipps://")):
        refuse(f"{printer} is no printer's address: write ipp://HOST/PATH")
    with house.database.write(durable=True) as connection:
        enrolled = {each.name for each in kiosks.all_(connection)}
        if name not in enrolled and house.site.kiosk(name) is None:
            refuse(f"there is no kiosk {name}: flask kiosks list names them all")
        kiosks.set_printer(connection, name, printer or None)


@visits_group.command("tidy")
def tidy() -> None:
    """Remove now what the worker would remove soon: visits left alone, errands past their time."""
    from kiosk.work import tidy as tidy_up

    tidy_up(house)
    with house.database.read() as connection:
        left = visits.stale(connection, house.clock(), visiting.limit_s())
    click.echo(f"{len(left)} visits left to wipe")


@click.command("work")
def work() -> None:
    """Render, print, deliver and clean up until told to stop."""
    # Only here: it imports the renderer, which a web process must never carry.
    from kiosk.work import work as work_on

    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    give_way()
    work_on(current_app._get_current_object(), stop)  # type: ignore[attr-defined]


def give_way() -> None:
    """Run after others that want the processor: nobody's step may wait for paper."""
    os.nice(AFTER_OTHERS)
    # Linux counts a session that has no control group of its own as one, whatever its processes say.
    with suppress(OSError):
        AUTOGROUP.write_text(str(AFTER_OTHERS))
