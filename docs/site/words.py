"""What the made pages say around what they find in the code, in both languages."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

_FILE = Path(__file__).with_suffix(".yaml")
SAY: dict[str, dict[str, str]] = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
