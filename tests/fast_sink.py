"""A mail server that does nothing but answer, so that the sender is what is measured. A program: `python fast_sink.py PORT`.

`--thinks SECONDS`: takes its time over each mail, as a server elsewhere does. `--ledger FILE`: writes the Message-ID of each mail there
before it says that it has it.
"""

import argparse
import asyncio
import re
from functools import partial
from pathlib import Path

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


async def serve(thinks: float, ledger: Path | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink\r\n")
    count = 0
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            # As Postfix, Exim and Exchange do.
            writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await writer.drain()
            mail = await reader.readuntil(b"\r\n.\r\n")
            count += 1
            if ledger:
                note(mail, ledger)
            if thinks:
                await asyncio.sleep(thinks)
            writer.write(b"250 %d\r\n" % count)
        elif verb == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 ok\r\n")
        await writer.drain()
    writer.close()


def note(mail: bytes, ledger: Path) -> None:
    found = MESSAGE_ID.search(mail)
    with ledger.open("ab") as writing:
        writing.write((found[1] if found else b"?") + b"\n")


async def main(port: int, thinks: float, ledger: Path | None) -> None:
    server = await asyncio.start_server(partial(serve, thinks, ledger), "127.0.0.1", port, limit=2**22)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("port", type=int)
    asked.add_argument("--thinks", type=float, default=0.0)
    asked.add_argument("--ledger", type=Path)
    asyncio.run(main(**vars(asked.parse_args())))
