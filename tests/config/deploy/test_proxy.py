"""nginx with our file before a site that says what it was asked: what is closed, what is passed on, what is too large."""

import datetime
import json
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.config.deploy.files import read
from tests.serving import free_port
from tests.waiting import is_answered, wait_until

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = pytest.mark.skipif(not NGINX and not os.environ.get("CI"), reason="no nginx on this machine (apt-get install nginx-light)")

WRAPPED = """daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{ access_log off; types {{ image/png png; }}
client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{site} }}"""


class Echo(BaseHTTPRequestHandler):
    """A site that answers with what it was asked."""

    def do_GET(self) -> None:
        content = json.dumps({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None: ...


@dataclass(frozen=True)
class Proxy:
    secure: str
    plain: str


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    for parent in folder.parents:
        if parent.name.startswith(("pytest-", "popen-")):
            parent.chmod(0o755)  # nginx gives up its rights
    for path in ("documents/plan.pdf", "original_images/face.png", "images/face.png"):
        (folder / "media" / path).parent.mkdir(parents=True)
        (folder / "media" / path).write_bytes(b"content")
    write_certificate(folder)
    site = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=site.serve_forever, daemon=True).start()
    secure, plain = free_port(), free_port()
    text = read("nginx.conf")
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{site.server_port}",
        "    listen [::]:80 default_server;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80 default_server": f"listen 127.0.0.1:{plain} default_server",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "/etc/letsencrypt/live/smes.be": str(folder),
        "/srv/smes/var/media": str(folder / "media"),
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    configuration = folder / "nginx.conf"
    configuration.write_text(WRAPPED.format(folder=folder, site=text))
    assert NGINX, "CI installs nginx-light (.ci/run)"
    subprocess.run([NGINX, "-t", "-q", "-c", str(configuration)], check=True)
    process = subprocess.Popen([NGINX, "-c", str(configuration)])
    try:
        wait_until(lambda: is_answered(f"http://127.0.0.1:{plain}/"), "nginx does not answer", 10)
        yield Proxy(f"https://127.0.0.1:{secure}", f"http://127.0.0.1:{plain}")
    finally:
        process.terminate()
        process.wait(10)
        site.shutdown()


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "smes.be")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*form))


def ask(proxy: Proxy, path: str, method: str = "GET", **options: object) -> httpx.Response:
    return httpx.request(method, proxy.secure + path, verify=ssl._create_unverified_context(), timeout=20, **options)  # type: ignore[arg-type]


CLOSED = ["/media/documents/plan.pdf", "/media//documents/plan.pdf", "/media/images/../documents/plan.pdf", "/media/%64ocuments/plan.pdf"]


@pytest.mark.parametrize("path", [*CLOSED, "/media/original_images/face.png", "/media/documents/", "/media/documents"])
def test_documents_and_originals_are_closed(proxy: Proxy, path: str) -> None:
    assert ask(proxy, path).status_code == 404


def test_public_media_are_served_and_nothing_in_them_runs(proxy: Proxy) -> None:
    """The control of what is closed: what lies beside it is open."""
    response = ask(proxy, "/media/images/face.png")
    assert (response.status_code, response.content) == (200, b"content")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_site_is_told_the_truth(proxy: Proxy) -> None:
    """Who asks, for which host, and that it was encrypted; whatever the client says of it."""
    lies = {"Host": "smes.be", "X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "http"}
    asked = ask(proxy, "/fr/?x=1", headers=lies).json()
    assert asked["path"] == "/fr/?x=1"
    assert asked["host"] == "smes.be"
    assert asked["x-forwarded-for"] == "127.0.0.1"
    assert asked["x-forwarded-proto"] == "https"


def test_without_encryption_there_is_only_the_way_to_it(proxy: Proxy) -> None:
    response = httpx.get(f"{proxy.plain}/fr/", headers={"Host": "smes.be"})
    assert (response.status_code, response.headers["Location"]) == (301, "https://smes.be/fr/")


def test_what_is_too_large_is_refused_before_the_site_reads_it(proxy: Proxy) -> None:
    assert ask(proxy, "/fr/", "POST", content=b"x" * (46 << 20)).status_code == 413
