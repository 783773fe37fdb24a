"""`./dev bench [NAME]`: run one benchmark or all and print their tables; `NAME:PART` a part of one that has parts.

It knows nothing about what is measured. Nothing is asserted: people read the tables and put them into
docs/performance.md.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench
from tests.bench.figures import machine


def names() -> list[str]:
    """Benchmarks there are: modules of this folder with a `run`."""
    found = [item.name for item in pkgutil.iter_modules(tests.bench.__path__) if not item.ispkg]
    return sorted(name for name in found if name not in ("__main__", "figures", "client", "large"))


def main(arguments: list[str]) -> int:
    """Run what is asked for; 2 if there is no such benchmark or part."""
    asked = [word.split(":") for word in arguments or names()]
    if unknown := sorted({name for name, *_ in asked} - set(names())):
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    modules = {name: importlib.import_module(f"tests.bench.{name}") for name, *_ in asked}
    for name, *parts in asked:
        there = getattr(modules[name], "PARTS", ())
        if unknown := sorted(set(parts) - set(there)):
            print(
                f"no part {', '.join(unknown)} of {name}; there are: {', '.join(there) or 'none'}",
                file=sys.stderr,
            )
            return 2
    print(machine())
    for name, *parts in asked:
        modules[name].run(*parts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
