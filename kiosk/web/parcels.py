"""What receiving systems get: an errand that was confirmed, and word that it is withdrawn."""

from datetime import datetime
from typing import Any

from kiosk.records.visits import Handled
from kiosk.web import telling, visiting
from kiosk.web.languages import current_language
from kiosk.web.parts import house
from kiosk.web.visiting import Taken


def confirmed(taken: Taken, reference: str) -> dict[str, Any]:
    """The answers as data, and in Dutch words as the official reads them."""
    journey = taken.version.journey
    told = telling.in_own_language(taken.errand, taken.version)
    return {
        "kind": "confirmed",
        "reference": reference,
        "journey": journey.name,
        "upl": journey.upl,
        "version": taken.version.id,
        "identity": journey.identity,
        "language": current_language().code,
        "kiosk": taken.errand.kiosk,
        "confirmed": house.clock().isoformat(),
        "answers": dict(taken.position.answers),
        "words": [{"key": row.key, "label": row.label, "text": row.text} for row in told.rows],
    }


def withdrawals(errand: Handled, now: datetime) -> dict[str, dict[str, Any]]:
    """What to send, by delivery, once an official refuses an errand. A referred one went nowhere."""
    journey = visiting.version_of(errand).journey
    parcel = {
        "kind": "withdrawn",
        "reference": errand.reference,
        "journey": journey.name,
        "withdrawn": now.isoformat(),
    }
    return dict.fromkeys(journey.deliver if errand.state != "referred" else (), parcel)
