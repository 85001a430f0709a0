"""Marks: by which a page tells what answers it had read, without telling what they are."""

import json
from hashlib import blake2b

from kiosk.records.visits import Errand
from kiosk.web.parts import house

BYTES = 8
LONGEST_KEY = 64
"""Bytes of the secret that blake2b takes."""


def mark(errand: Errand, *keys: str) -> str:
    """The mark of these answers as they are now; nothing where none of them is given."""
    told = {key: errand.answers[key] for key in sorted(keys) if key in errand.answers}
    if not told:
        return ""
    secret = house.settings.secret_key.encode()[:LONGEST_KEY]
    content = json.dumps([errand.id, told], sort_keys=True).encode()
    return blake2b(content, key=secret, digest_size=BYTES).hexdigest()


def whole(errand: Errand) -> str:
    """The mark of all answers."""
    return mark(errand, *errand.answers)


def of_staff(errand: Errand) -> str:
    """The mark of what staff entered."""
    return mark(errand, *errand.entered_by)
