"""The guard: the suite writes to loopback and to allowed hosts, and to nothing that only looks so."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from acceptance.__main__ import main
from acceptance.calls import other_hosts
from acceptance.contract.document import load
from acceptance.errors import ConfigurationError, NotOfferedError, TargetError
from acceptance.target import production
from api_service.health import no_fixtures
from api_service.project import open_session
from api_service.settings import Settings
from api_service.subjects.content import stored_files
from tests.acceptance import hostile

BASE, ALLOWED, PASSWORD = "SMOKE_BASE_URL", "SMOKE_ALLOWED_HOSTS", "Sup3rSecretPw"
STAGING = "staging.example.com"


def like(**fields: Any) -> Any:
    """Something with these fields and nothing else."""
    return SimpleNamespace(**fields)


def loaded(**environ: str) -> Settings:
    return Settings.load(environ, Path("no-such-file.env"))


@pytest.mark.parametrize(
    "url",
    [
        "http://0.0.0.0:8000",
        "http://127.1:8000",
        "http://127.0.0.2:8000",
        "http://127.000.000.001:8000",
        "http://2130706433:8000",
        "http://0x7f000001:8000",
        "http://017700000001:8000",
        "http://localhost.:8000",
        "http://127.0.0.1.:8000",
        "http://[::ffff:127.0.0.1]:8000",
        "http://[0:0:0:0:0:0:0:1]:8000",
        "http://[::1%25lo]:8000",
        "http://[::]:8000",
        "http://ip6-localhost:8000",
        "http://localhost.localdomain:8000",
        "http://localhost.example.com",
        f"http://{STAGING}",
        f"http://localhost@{STAGING}",
        f"http://bob:{PASSWORD}@{STAGING}/?x=1",
        f"http://bob:{PASSWORD}@localhost/?x=1",
        f"http://bob:{PASSWORD}@localhost",
        f"http://bob:{PASSWORD}%40localhost",
        f"http://bob:{PASSWORD}\uff20localhost",
        f"http://bob:{PASSWORD}\ufe6blocalhost",
        f"http://localhost:80@{STAGING}",
        f"http://localhost#@{STAGING}",
        f"http://localhost?@{STAGING}",
        f"http://localhost\\@{STAGING}",
        f"http://localhost\\.{STAGING}",
        f"http://localhost%2f@{STAGING}",
        f"http://localhost%2f.{STAGING}",
        f"http://localhost%00.{STAGING}",
        f"http://local\thost.{STAGING}",
        f"http://localhost\n.{STAGING}",
        f"http://localhost .{STAGING}",
        "http://127\u30020\u30020\u30021:8000",
        "http://\uff11\uff12\uff17.0.0.1:8000",
        "http://\uff4cocalhost:8000",
        "http://:8000",
        "localhost:8000",
        "//localhost:8000",
        "ftp://localhost",
        "file:///etc/passwd",
    ],
)
def test_what_is_not_plainly_loopback_is_refused_before_any_request(url):
    with pytest.raises(ConfigurationError, match="SMOKE_BASE_URL") as refused:
        loaded(**{BASE: url})
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize(
    "word", ["*", "*.example.com", "example.com", ".example.com", f"{STAGING}:443", f"x{STAGING}"]
)
@pytest.mark.parametrize("setting", [BASE, "PETSAGE_BASE_URL", "SMOKE_OPENAI_URL"])
def test_a_host_is_allowed_by_its_whole_name_alone(setting, word):
    with pytest.raises(ConfigurationError, match=rf"{setting} names the host .*{ALLOWED}="):
        loaded(**{setting: f"https://{STAGING}:443", ALLOWED: word})


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8000", ""),
        ("http://localhost:8000/v7", ""),
        ("http://LOCALHOST", ""),
        ("https://[::1]:8443", ""),
        (f"https://{STAGING}", STAGING.upper()),
        (f"https://{STAGING.upper()}:8443", f"other.example.com, {STAGING}"),
    ],
)
def test_loopback_and_whatever_is_allowed_is_taken(url, allowed):
    assert loaded(**{BASE: url, ALLOWED: allowed}).base_url == url


@pytest.mark.parametrize(
    ("service", "address", "permitted"),
    [
        ("", "http://127.0.0.1:9113/bucket/a?signature=s", True),
        ("http://localhost:8000", "http://127.0.0.1:9113/bucket/a?signature=s", True),
        ("http://127.0.0.1:8000", "http://[::1]:9113/bucket/a", True),
        (f"https://{STAGING}", f"https://{STAGING}/bucket/a", True),
        (f"https://{STAGING}", "https://store.example.com/a", True),
        (f"https://{STAGING}", "https://STORE.example.com/a", True),
        (f"https://{STAGING}", "http://127.0.0.1:6379/", False),
        (f"https://{STAGING}", "http://localhost/a", False),
        (f"https://{STAGING}", "https://evil.example.com/a?signature=s", False),
        (f"https://{STAGING}", "https://x.store.example.com/a", False),
        (f"https://{STAGING}", f"https://{STAGING}@evil.example.com/a", False),
        (f"https://{STAGING}", f"https://{STAGING}.evil.example.com/a", False),
        ("http://127.0.0.1:8000", "http://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1:8000", "http://2130706433:9113/a", False),
        ("http://127.0.0.1:8000", f"https://bob:{PASSWORD}@evil.example.com/a", False),
        ("", "https://evil.example.com/a", False),
    ],
)
@pytest.mark.parametrize("content", [None, b"words"])
def test_a_signed_address_is_only_asked_at_a_host_that_is_allowed(
    monkeypatch, service, address, permitted, content
):
    asked = []
    monkeypatch.setattr(other_hosts, "request", lambda *words, **_: asked.append(words))
    settings = loaded(**{BASE: service, ALLOWED: f"{STAGING},store.example.com"})
    world = like(suite=like(settings=settings))
    body = {"upload_url": address, "download_url": address, "method": "PUT", "headers": {}}
    if permitted:
        stored_files.transfer(world, like(body=body), content)
        assert len(asked) == 1
        return
    with pytest.raises(ConfigurationError) as refused:
        stored_files.transfer(world, like(body=body), content)
    said = str(refused.value)
    assert asked == []
    assert f"for the {'download' if content is None else 'upload'}, a host that nobody allowed" in said
    assert f"set {ALLOWED}={STAGING},store.example.com," in said
    assert PASSWORD not in said
    assert "signature" not in said


@pytest.mark.parametrize(
    ("address", "error"),
    [("memory://bucket/a", NotOfferedError), ("http://a\u202eb/", TargetError), ("http:///a", TargetError)],
)
def test_what_is_no_address_of_a_store_is_told(address, error):
    world = like(suite=like(settings=loaded()))
    with pytest.raises(error):
        stored_files.transfer(world, like(body={"download_url": address}))


@pytest.mark.parametrize(
    ("health", "allowed", "refused"),
    [
        ({"environment": "production"}, "", True),
        ({"environment": "Prod"}, "", True),
        ({"environment": "production-eu-1"}, "", True),
        ({"service": {"environment": "live"}}, "", True),
        ({"environment": "production"}, "127.0.0.1", False),
        ({"environment": "production"}, STAGING, True),
        ({"environment": "staging"}, "", False),
        ({"environment": "pre-prod"}, "", False),
        ({"environment": "non-production"}, "", False),
        ({"environment": ["production"]}, "", False),
        ({"status": "production"}, "", False),
        ([], "", False),
        (None, "", False),
    ],
)
def test_production_behind_a_port_of_loopback_needs_the_same_consent(health, allowed, refused):
    settings = loaded(**{BASE: "http://127.0.0.1:8000", ALLOWED: allowed})
    answer = like(body=health, wire=load().semantics.wire)
    said = production.refusal(answer, settings)
    assert bool(said) == refused
    assert not refused or said.endswith(f"set {ALLOWED}={f'{allowed},' * bool(allowed)}127.0.0.1")


def test_a_run_and_the_doctor_ask_production_for_its_health_and_for_nothing_else(tmp_path, monkeypatch):
    health = b'{"status": "healthy", "version": "1", "uptime": 1, "timestamp": "2026-01-02T03:04:05Z", %s}'
    with hostile.peer(hostile.json_answer(health % b'"environment": "production"')) as peer:
        monkeypatch.setenv(BASE, peer.url)
        with pytest.raises(ConfigurationError, match='its environment is "production"'):
            open_session(tmp_path)
        assert main(["doctor"]) == ConfigurationError.exit_code
    assert [request.split(b" ")[:2] for request in peer.requests] == [[b"GET", b"/health"]] * 2


def test_a_port_of_loopback_without_test_fixtures_may_lead_to_production():
    assert "a forwarded one" in no_fixtures("http://localhost:8000")
    assert "a forwarded one" not in no_fixtures(f"https://{STAGING}")
