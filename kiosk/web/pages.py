"""Pages that look the same for everybody at a kiosk: made once, kept while there is room."""

from collections.abc import Callable, Hashable

MOST = 500
"""How many pages one process keeps; at some 9 kB each they stay within 5 MB."""


class Pages:
    """Pages by all that they depend on. What a citizen gave may be in neither page nor key."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, str] = {}

    def page(self, key: Hashable, make: Callable[[], str]) -> str:
        """The page of this key, made now if it is not kept."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = found
        return found
