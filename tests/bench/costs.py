"""Programs that measure in a process of their own, on the database and the files of the site that is served."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.serving import ROOT, Served


def costs_of(program: str, paths: list[str], site: Served, database: str) -> list[dict[str, Any]]:
    """What `python -m PROGRAM PATH …` prints as JSON."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": database,
        "VAR_DIR": str(site.folder),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    command = [sys.executable, "-m", program, *paths]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found
