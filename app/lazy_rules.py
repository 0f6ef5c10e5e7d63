"""Routes whose address builders are made when first needed: with 350 routes they are most of a start."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LazyRule(Rule):
    """A werkzeug rule that compiles the code behind `url_for` at its first use."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []
        honest = super()._compile_builder

        def build(rule: "LazyRule", **values: Any) -> tuple[str, str]:
            if not made:
                made.append(honest(append_unknown))
            return made[0](rule, **values)

        return build
