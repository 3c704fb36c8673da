"""The door to the network: https to named hosts only, no redirects, and what may be tried again."""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from bianfang.mechanisms.channels import transport
from bianfang.mechanisms.channels.errors import SendError


@dataclass
class Server:
    """A loopback server with a certificate of its own, and what it answers."""

    port: int = 0
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    status: int = 200
    content: bytes = b'{"errcode": 0}'
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    is_mute: bool = False

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/send?key=1"


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "loopback.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[Server]:
    known = Server()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            known.asked.append((self.path, self.rfile.read(length)))
            if known.is_mute:
                return
            self.send_response(known.status)
            for name, value in known.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(known.content)

        def log_message(self, *_args: object) -> None:
            return

    certificate = _certificate(tmp_path)
    listening = HTTPServer(("127.0.0.1", 0), Answer)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate)
    listening.socket = inside.wrap_socket(listening.socket, server_side=True)
    known.port = listening.server_port
    known.context = ssl.create_default_context(cafile=str(certificate))
    settings.BIANFANG_ROBOT_HOSTS = [f"127.0.0.1:{known.port}"]
    thread = threading.Thread(target=listening.serve_forever, args=[0.05])
    thread.start()
    yield known
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_json_goes_out_and_comes_back(server: Server) -> None:
    answer = transport.post_json(server.url, {"text": "三件"}, context=server.context)

    assert answer == {"errcode": 0}
    [(path, body)] = server.asked
    assert path == "/send?key=1"
    assert json.loads(body) == {"text": "三件"}


@pytest.mark.parametrize(
    ("status", "may_retry"), [(302, False), (404, False), (500, False), (429, True), (503, True)]
)
def test_other_answers_are_refusals_and_a_redirect_is_not_followed(
    server: Server, status: int, may_retry: bool
) -> None:
    server.status, server.headers = status, {"Location": f"{server.url}&again=1"}

    with pytest.raises(SendError) as refused:
        transport.post_json(server.url, {}, context=server.context)

    assert refused.value.may_retry is may_retry
    assert len(server.asked) == 1


@pytest.mark.parametrize("content", [b"<html>", b"[]"])
def test_an_unreadable_answer_is_not_tried_again(server: Server, content: bytes) -> None:
    server.content = content

    with pytest.raises(SendError) as refused:
        transport.post_json(server.url, {}, context=server.context)

    assert not refused.value.may_retry


def test_silence_after_sending_is_not_tried_again(server: Server) -> None:
    server.is_mute = True

    with pytest.raises(SendError) as refused:
        transport.post_json(server.url, {}, context=server.context)

    assert not refused.value.may_retry


def test_a_certificate_that_nobody_vouches_for_is_refused(server: Server) -> None:
    with pytest.raises(SendError):
        transport.post_json(server.url, {})

    assert server.asked == []


def test_a_closed_door_may_be_tried_again(settings: Settings) -> None:
    settings.BIANFANG_ROBOT_HOSTS = ["127.0.0.1:9"]

    with pytest.raises(SendError) as refused:
        transport.post_json("https://127.0.0.1:9", {})

    assert refused.value.may_retry


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/send",
        "https://example.org/send",
        "https://qyapi.weixin.qq.com:8443/send",
        "https://qyapi.weixin.qq.com@example.org/send",
        "https://a:b@qyapi.weixin.qq.com/send",
        "https://qyapi.weixin.qq.com:x/send",
        "https://qyapi.weixin.qq.com/发送",
        "ftp://qyapi.weixin.qq.com/send",
        "",
    ],
)
def test_only_https_to_named_hosts(url: str) -> None:
    assert not transport.is_permitted(url)
    with pytest.raises(SendError) as refused:
        transport.post_json(url, {})
    assert not refused.value.may_retry


def test_both_makers_are_named_from_the_start() -> None:
    assert transport.is_permitted("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1")
    assert transport.is_permitted("https://oapi.dingtalk.com:443/robot/send?access_token=1")
