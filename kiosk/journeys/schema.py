"""What may stand in a journey file, for editors that help while typing (JSON Schema)."""

from typing import Any

from kiosk.journeys.fields import KINDS
from kiosk.journeys.model import VERBS, Journey


def schema() -> dict[str, Any]:
    """The JSON Schema of a journey file: every key with what it means."""
    found = Journey.model_json_schema(mode="validation")
    step = found["$defs"]["Step"]
    step["properties"]["field"] |= {"enum": list(KINDS)}
    step["oneOf"] = [{"required": [verb]} for verb in VERBS]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
