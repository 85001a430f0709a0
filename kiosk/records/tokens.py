"""Ids, tokens and codes: made at random, and of a token or a code only the hash is kept."""

import secrets
from hashlib import sha256

CODE_SIGNS = "23456789CFGHJMPQRVWX"
"""Signs that are not mistaken for each other on a screen or in handwriting, and that spell no words."""


def new_id() -> str:
    """A new id of a row, which nobody can guess."""
    return secrets.token_hex(10)


def new_token() -> str:
    """A new secret for a cookie, 256 bits (ASVS 7.2.3 asks 128)."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def new_code(length: int) -> str:
    """A new code that a person can read out and type."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(length))


def tidy(code: str) -> str:
    """A code as a person typed it, without spaces, dashes and small letters."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
