"""What can be said of the files of a public server on a machine without containers: rules, each with what it keeps away."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from config.soundness import REQUIRED, problems
from tests.config.deploy.files import DEPLOY, ROOT, new_env, read, variables

COMPOSE: dict[str, Any] = yaml.safe_load(read("compose.yaml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("smes:")}
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMMAND = re.compile(r"manage\.py\W+(\w+)")


def unsafe(services: dict[str, dict[str, Any]]) -> set[str]:
    """What breaks a rule, as `service: rule`."""
    found = set()
    for name, service in services.items():
        is_ours = service["image"].startswith("smes:")
        rules = {
            "image without a version": ":" in service["image"].rsplit("/", 1)[-1] and not service["image"].endswith(":latest"),
            "may gain privileges": "no-new-privileges:true" in service.get("security_opt", []) and not service.get("privileged"),
            "root can be written": not is_ours or (service.get("read_only") and service.get("tmpfs") == ["/tmp"]),
            "keeps capabilities": not is_ours or service.get("cap_drop") == ["ALL"],
            "publishes a port": name == "proxy" or not service.get("ports"),
            "runs as another user": "user" not in service,
            "never comes back": service.get("restart") == ("no" if name == "migrate" else "unless-stopped"),
            "logs without an end": "max-size" in service.get("logging", {}).get("options", {}),
            "knows the site's secrets": is_ours or "env_file" not in service,
        }
        found |= {f"{name}: {rule}" for rule, is_kept in rules.items() if not is_kept}
    return found


def test_every_service_keeps_the_rules() -> None:
    assert {"database", "migrate", "web", "worker", "backup", "proxy"} == SERVICES.keys()
    assert unsafe(SERVICES) == set()


@pytest.mark.control
def test_a_service_that_breaks_the_rules_is_found() -> None:
    loose = {"image": "smes:latest", "ports": ["8000:8000"], "privileged": True, "user": "root"}
    assert len(unsafe({"web": loose})) == 8
    assert unsafe({"database": {"image": "docker.io/library/postgres", "env_file": ["smes.env"]}}) >= {
        "database: image without a version",
        "database: knows the site's secrets",
    }


def test_services_wait_for_one_another_and_share_what_they_must() -> None:
    for name in ("web", "worker", "backup"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["database"] == {"condition": "service_healthy"}
    assert SERVICES["web"]["deploy"]["replicas"] >= 2
    assert SERVICES["worker"]["deploy"]["replicas"] >= 2
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["database"]["networks"] == ["inside"]
    named = {
        volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"] if not volume.startswith((".", "$", "/"))
    }
    assert named == COMPOSE["volumes"].keys()
    writers = {name for name, service in SERVICES.items() for volume in service["volumes"] if volume.endswith(":/backups")}
    assert writers == {"backup"}
    assert all(volume.endswith(":ro") for volume in SERVICES["backup"]["volumes"][:2])
    assert not any(volume.startswith("private") for volume in SERVICES["proxy"]["volumes"]), "no web server serves private files"


def test_commands_of_all_files_exist() -> None:
    text = "".join(path.read_text("utf-8") for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc")
    named = set(COMMAND.findall(text))
    assert {"migrate", "run_worker", "backup", "collectstatic"} <= named
    assert named - set(get_commands()) == set()
    words = SERVICES["backup"]["command"][3:]
    load_command_class("core", "backup").create_parser("manage.py", "backup").parse_args(words)


def test_the_image_is_built_in_stages_and_runs_as_nobody() -> None:
    stages = read("Containerfile").split("\nFROM ")[1:]
    assert len(stages) == 2
    assert "uv sync --frozen --no-default-groups" in stages[0]
    instructions = [line.split(" ", 1) for line in stages[1].splitlines() if re.match(r"[A-Z]+ ", line)]
    users = [value for word, value in instructions if word == "USER"]
    assert users == ["10001"]
    [check] = [value for word, value in instructions if word == "HEALTHCHECK"]
    assert "site/config/deploy/healthcheck.py" in check
    images = re.findall(r"(?:^FROM |--from=)(\S+/\S+)", read("Containerfile"), re.MULTILINE)
    assert images
    assert [image for image in images if not re.search(r":\d", image)] == []
    assert "ADD " not in read("Containerfile")
    server = SERVICES["database"]["image"].split(":")[1]
    assert f"postgresql-client-{server}" in read("Containerfile"), "an older pg_dump refuses the server"
    assert f"CMD {str(SERVICES['web']['command']).replace(chr(39), chr(34))}" in read("Containerfile")


def test_nothing_secret_gets_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {"var", ".git", ".venv", "**/*.env", "**/backup-key*", "**/backups"} <= set(ignored)


def test_a_new_environment_is_sound_and_never_written_over(tmp_path: Path) -> None:
    assert new_env(tmp_path).returncode == 0
    site, compose = variables(tmp_path / "smes.env"), variables(tmp_path / ".env")
    assert list(problems(site)) == []
    assert set(REQUIRED) <= site.keys()
    assert f":{compose['POSTGRES_PASSWORD']}@database/" in site["DATABASE_URL"]
    assert not {site["SECRET_KEY"], site["ADDRESS_HASH_KEY"], site["NOTES_KEYS"]} & set(compose.values())
    assert (tmp_path / "smes.env").stat().st_mode & 0o077 == 0
    again = new_env(tmp_path)
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert variables(tmp_path / "smes.env") == site
    used = set(re.findall(r"\$\{(\w+)", read("compose.yaml")))
    assert used == compose.keys()


def test_every_required_variable_is_explained() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    assert [name for name in REQUIRED if f"`{name}`" not in page] == []


def test_the_proxies_close_the_same_folders_and_limits() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        text = read(name)
        for folder in ("documents", "original_images"):
            assert folder in text, name
        assert re.search(r"\b45 ?MB|\b45m", text), name
        assert "private" not in text, name
    assert "header_up X-Forwarded-For {remote_host}" in read("Caddyfile")


needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_are_hardened(unit: Path) -> None:
    """systemd's own measure: 0 is locked up, 10 is open; a service without any of it has 9.6."""
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:]


@needs_systemd
def test_units_are_understood(tmp_path: Path) -> None:
    """Nothing in them is unknown to systemd; the programs they name are those of the checkout."""
    names = []
    for unit in sorted((DEPLOY / "systemd").iterdir()):
        written = tmp_path / unit.name.replace("@", "@1")
        written.write_text(unit.read_text("utf-8").replace("/srv/smes", str(ROOT)))
        names.append(str(written))
    result = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True, check=False)
    ours = [line for line in result.stderr.splitlines() if "smes-" in line]
    assert ours == []


def test_units_run_what_compose_runs() -> None:
    for unit, service in {"smes-web.service": "web", "smes-worker@.service": "worker"}.items():
        [line] = re.findall(r"^ExecStart=/srv/smes/\.venv/bin/(.+)$", read(f"systemd/{unit}"), re.MULTILINE)
        assert line.replace("127.0.0.1", "0.0.0.0").split() == SERVICES[service]["command"]
