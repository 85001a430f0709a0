"""What ails the printers, in the words of staff, with what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.records import printers
from kiosk.records.printers import Printer
from kiosk.site import Kiosk
from kiosk.web.parts import house
from kiosk.web.visiting import known_kiosk

WORDS = {
    "out-of-paper": "Het papier is op. Vul het bij.",
    "jam": "Het papier zit vast. Haal het eruit.",
    "open": "Er staat een klep open. Doe die dicht.",
    "full": "Er ligt nog papier in de gleuf. Haal het weg: er kan iets van een burger op staan.",
    "ink": "De inkt of toner is op. Vervang die.",
    "off": "De printer staat uit of is niet te bereiken. Zet hem aan en kijk de kabels na.",
    "busy": "De printer is nog bezig met iets anders.",
    "format": "De printer neemt geen PDF en geen PWG-raster aan. Vraag de beheerder om een andere.",
    "slow": "Het duurde te lang. Wij hebben het teruggehaald.",
    "late": "Er stond niemand meer om het papier aan te nemen.",
    "canceled": "Het is bij de printer geannuleerd.",
    "failed": "De printer stopte ermee zonder te zeggen waarom. Print een proefpagina.",
}
OTHERWISE = "De printer antwoordt niet zoals wij verwachten. Vraag de beheerder om het adres na te kijken."


@dataclass(frozen=True)
class Trouble:
    """A printer that somebody must look after, and since when."""

    kiosk: Kiosk
    texts: tuple[str, ...]
    since: datetime


def now() -> list[Trouble]:
    """What ails the printers now, as they were last read."""
    with house.database.read() as connection:
        found = printers.in_trouble(connection)
    return [Trouble(known_kiosk(each.kiosk), said_of(each), each.since) for each in found]


def said_of(printer: Printer) -> tuple[str, ...]:
    """All that ails a printer."""
    return tuple(map(said, printer.troubles))


def said(reason: str) -> str:
    """What a reason means to staff."""
    return WORDS.get(reason, OTHERWISE)
