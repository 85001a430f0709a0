"""Whom we talk to: one outside system a module, one verb, one kind of error."""
