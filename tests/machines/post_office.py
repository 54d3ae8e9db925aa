"""A mail server in a process of its own: it takes every mail, and writes down its Message-ID before it says so.

`python post_office.py PORT FILE`.
"""

import asyncio
import re
import sys
from functools import partial
from pathlib import Path

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


async def serve(ledger: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 post office\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-post office\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await writer.drain()
            found = MESSAGE_ID.search(await reader.readuntil(b"\r\n.\r\n"))
            with ledger.open("ab") as writing:
                writing.write((found[1] if found else b"?") + b"\n")
            writer.write(b"250 taken\r\n")
        elif verb == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 ok\r\n")
        await writer.drain()
    writer.close()


async def main(port: int, ledger: Path) -> None:
    server = await asyncio.start_server(partial(serve, ledger), "127.0.0.1", port, limit=2**22)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
