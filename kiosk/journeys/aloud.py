"""What is read aloud, where others stand near: no names, numbers or answers."""

from collections.abc import Callable

from kiosk.journeys.summaries import Summary
from kiosk.journeys.wording import words

_NUMBER = words("Uw nummer staat op het scherm.")
_BRING = words("Neem mee:")


def of_summary(told: Summary, say: Callable[..., str]) -> tuple[str, ...]:
    """Where an errand stands, in lines to read aloud in the order of the screen; `told` must be unnamed."""
    lines = (
        told.title,
        told.state_text,
        told.counts,
        say(_NUMBER) if told.reference else "",
        *(told.notes if told.state == "referred" else ()),
        told.promise,
        *told.next,
        *((say(_BRING), *told.bring) if told.bring else ()),
        told.contact,
        told.until,
    )
    return tuple(line for line in lines if line)
