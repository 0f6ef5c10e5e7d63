"""Libraries that are loaded when they are first used: every start of the program would wait for them otherwise."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module by name. What is read from it loads it, once for the process."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found
