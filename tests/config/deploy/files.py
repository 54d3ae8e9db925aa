"""The files a public server is set up with, and the environment of a new site."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "site" / "config" / "deploy"


def read(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def new_env(folder: Path, host: str = "smes.be") -> subprocess.CompletedProcess[str]:
    """What whoever sets up a site types first, without anything installed."""
    command = [sys.executable, "-I", "-S", str(DEPLOY / "new_env.py"), host, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def variables(path: Path) -> dict[str, str]:
    """As compose, systemd and a shell read it."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    pairs = [line.split("=", 1) for line in lines if line and not line.startswith("#")]
    return {name: value.strip('"') for name, value in pairs}
