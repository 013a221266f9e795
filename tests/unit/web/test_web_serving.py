"""Short answers leave at once."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from sozialraum.web.serving import listen


def test_connections_do_not_hold_back_short_answers() -> None:
    async def accepted() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            link = writer.get_extra_info("socket")
            told.set_result(link.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        opened = listen("127.0.0.1", 0)
        async with await asyncio.start_server(answer, sock=opened):
            _reader, writer = await asyncio.open_connection(*opened.getsockname())
            found = await told
            writer.close()
            return found

    # in a thread of its own: tests in a browser leave a loop running in the thread they share with this one
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, accepted()).result() != 0
