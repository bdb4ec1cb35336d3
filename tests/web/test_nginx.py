"""The example for nginx, tried: TLS, live streams, who is believed. Only names, ports and certificates are changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dragoman.store.record import open_record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add
from tests import made
from tests.web.conftest import STAMP
from tests.web.serving import Served, served

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
MISSING = "there is no nginx on the PATH; install Debian's package nginx-light, or run `make system`"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


@pytest.fixture
def server(where: Path) -> Iterator[Served]:
    url = "https://record.example.org/"
    with served(where, "--public", "--public-url", url, "--trusted-proxy", "127.0.0.1", "--access-log") as found:
        yield found


@pytest.fixture
def proxy(server: Served, tmp_path: Path) -> Iterator[httpx.Client]:
    """A browser that speaks to nginx by TLS, under the name of the example."""
    found = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    port = free_port()
    key, certificate = make_certificate(tmp_path)
    text = EXAMPLE.read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    text = re.sub(r"listen \[::\][^;]*;", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", text)
    text = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", text)
    paths = "".join(f"{n}_temp_path {tmp_path}/{n};" for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"daemon off; pid {tmp_path}/pid; events {{}} http {{ access_log off; {paths}\n{text}\n}}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [found, "-e", "stderr", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(port, process)
        headers = {"Host": "record.example.org"}
        trust = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trust, headers=headers, timeout=30) as client:
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,DNS:record.example.org"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return key, certificate


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(200):
        assert process.poll() is None, process.communicate()[1]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not listen in time")


def test_the_example_for_nginx_works(server: Served, proxy: httpx.Client, where: Path) -> None:
    with open_record(str(where), write=True) as record:
        token = add_token(record, "post", "night desk")
        page = proxy.get("/", headers={"X-Forwarded-For": "203.0.113.5", "X-Forwarded-Proto": "http"})
        assert page.status_code == 200 and page.headers["strict-transport-security"]
        assert proxy.get("/metrics").status_code == 401  # 127.0.0.1 is let through to be asked for its token
        _signs_in(proxy, token)
        _streams(proxy, lambda: add(record, made.answer("r1"), STAMP))
        assert proxy.get("/", headers={"Host": "evil.example"}).status_code == 421
    code, out = server.end()
    assert code == 0 and "203.0.113.5" not in out and "127.0.0.1 night_desk" in out


def _signs_in(proxy: httpx.Client, token: str) -> None:
    text = re.search(r'name="csrf" value="(\w+)"', proxy.get("/sign-in").text)
    assert text is not None
    form = {"csrf": text[1], "token": token}
    cookie = proxy.cookies.get("__Host-dragoman-form")
    headers = {"Cookie": f"__Host-dragoman-form={cookie}", "Origin": "https://record.example.org"}
    answer = proxy.post("/sign-in", data=form, headers=headers)
    assert answer.status_code == 303, answer.text
    assert "__Host-dragoman=" in answer.headers["set-cookie"] and "Secure" in answer.headers["set-cookie"]
    session = answer.headers["set-cookie"].split(";")[0]
    assert "night desk" in proxy.get("/", headers={"Cookie": session}).text
    evil = {"Cookie": session, "Origin": "https://evil.example"}
    assert proxy.post("/sign-out", data={"csrf": "x"}, headers=evil).status_code == 403


def _streams(proxy: httpx.Client, bring: object) -> None:
    """An event leaves at once, though nginx holds back what is not a stream."""
    with proxy.stream("GET", "/stream") as stream:
        lines = stream.iter_lines()
        while not next(lines).startswith(": from"):
            pass
        began = time.monotonic()
        bring()  # type: ignore[operator]
        line = next(line for line in lines if line.startswith("data: "))
        assert json.loads(line.removeprefix("data: "))["report"] == "r1"
        assert time.monotonic() - began < 3
