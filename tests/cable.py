"""A cable between a browser and a server, to be pulled out. A browser's own “offline” does not reach what a service worker lets through."""

import select
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from tests.serving import free_port


class Cable:
    """`url` leads to the same site; while `is_out`, connections are refused and the open ones end."""

    def __init__(self, url: str) -> None:
        self.target = ("localhost", int(urlsplit(url).port or 80))
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.is_out = False
        self._listening = socket.create_server(("localhost", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _address = self._listening.accept()
                threading.Thread(target=self._carry, args=[near], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            if self.is_out:
                return
            with socket.create_connection(self.target) as far:
                other = {near: far, far: near}
                while not self.is_out:
                    for ready in select.select([near, far], [], [], 0.05)[0]:
                        data = ready.recv(65_536)
                        if not data:
                            return
                        other[ready].sendall(data)

    def close(self) -> None:
        self.is_out = True
        self._listening.close()
