"""
Compiles `bands/` into the wheel. Bad data fails the build.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """
    Puts the compiled index beside the package.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """
        Compile the index before the wheel is made.
        """
        # An editable install imports from src/, where a copy would go stale; there the index is compiled when needed.
        if version == "editable":
            return

        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from bandcheck.database.compile import compile_folder

        target = root / "build" / "index.sqlite"
        compile_folder(root / "bands", target)
        build_data["force_include"][str(target)] = "bandcheck/index.sqlite"
