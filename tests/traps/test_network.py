import socket

import pytest

from tests.traps.network import NetworkError


def test_connecting_to_another_machine_fails() -> None:
    with socket.socket() as line, pytest.raises(NetworkError, match=r"192\.0\.2\.1"):
        line.connect(("192.0.2.1", 80))


def test_sending_to_another_machine_fails() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as line,
        pytest.raises(NetworkError, match=r"192\.0\.2\.1"),
    ):
        line.sendto(b"", ("192.0.2.1", 80))


def test_asking_for_the_address_of_another_machine_fails() -> None:
    with pytest.raises(NetworkError, match=r"town\.example"):
        socket.getaddrinfo("town.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_spoken_to(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect((host, server.getsockname()[1]))
        assert line.getpeername()[0] == "127.0.0.1"
