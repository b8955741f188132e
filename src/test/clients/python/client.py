"""Python's `websockets` as a client: client.py ECHO BYE NOBODY (addresses of tunnels) prints what it
saw, a line each, as dev.sluice.real.ClientContract expects it."""

import asyncio
import os
import random
import sys

import websockets

MIB = 1 << 20


def connect(uri):
    return websockets.connect(uri, max_size=None)


async def receive(socket, length):
    received = bytearray()
    while len(received) < length:
        received += await socket.recv()
    return bytes(received)


async def same(socket, sent, send):
    # sending waits for the echo to be read, so both at once
    sending = asyncio.ensure_future(send())
    received = await receive(socket, len(sent))
    await sending
    return "same" if received == sent else "differs"


async def until_closed(uri):
    received = b""
    async with connect(uri) as socket:
        try:
            while True:
                received += await socket.recv()
        except websockets.ConnectionClosed:
            pass
        return received.decode(), socket.close_code


async def main(echo, bye, nobody):
    async with connect(echo) as socket:
        sizes = [0, 1, 125, 126, 65535, 65536, MIB, MIB, MIB]
        messages = [os.urandom(n) for n in sizes + [random.randrange(300000) for _ in range(20)]]

        async def send_all():
            for message in messages:
                await socket.send(message)

        print("binary:", await same(socket, b"".join(messages), send_all))
        text = "grüße, 水門, 🌊"
        print("text:", await same(socket, text.encode(), lambda: socket.send(text)))
        pieces = [os.urandom(70000), b"", os.urandom(100), os.urandom(1)]
        print("fragments:", await same(socket, b"".join(pieces), lambda: socket.send(pieces)))
        pong = await socket.ping(b"are you there")
        await pong
        print("ping: are you there")
        await socket.close(1000)
        print("closed by the client:", socket.close_code)
    received, code = await until_closed(bye)
    print("closed by the target:", received, code)
    print("nobody listens:", (await until_closed(nobody))[1])


asyncio.run(main(*sys.argv[1:]))
