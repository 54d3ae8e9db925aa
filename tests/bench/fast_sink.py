"""A mail server that does nothing but answer, so that the sender is what is measured. Run as a process: `python fast_sink.py PORT`."""

import asyncio
import sys

THINKS = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0  # seconds a mail, as a mail server elsewhere takes


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
            await reader.readuntil(b"\r\n.\r\n")
            count += 1
            await asyncio.sleep(THINKS)
            writer.write(b"250 %d\r\n" % count)
        elif verb == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 ok\r\n")
        await writer.drain()
    writer.close()


async def main(port: int) -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=2**22)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
