"""The service that is fuzzed: without quotas, and with one of everything that an operation can name."""

import contextlib
from collections.abc import AsyncGenerator, Hashable
from copy import deepcopy
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pyotp
from fastapi.testclient import TestClient

from provider_doubles import mail, oidc, webhooks
from provider_doubles.serving import serve
from reference_service.app import create_app
from reference_service.clock import Clock, wall_time
from reference_service.config import Config
from reference_service.events import HEARTBEAT, Channel
from reference_service.limits import DEFAULT_QUOTAS, Quota
from reference_service.records.billing import Invoice
from tests.reference_service.support import PASSWORD, Api

ALICE, DAVE = "alice@acme.example.com", "dave@acme.example.com"
ADAM, BRIAN, GUEST = "adam@acme.example.com", "brian@globex.example.com", "guest@example.com"
OTHER = {
    "slug": "globex",
    "name": "Globex",
    "users": [{"email": BRIAN, "password": PASSWORD, "role": "owner"}],
}
TENANT = {
    "slug": "acme",
    "name": "Acme",
    "plan_code": "pro",
    "users": [
        {"email": ALICE, "password": PASSWORD, "role": "owner", "platform_role": "platform_operator"},
        {"email": ADAM, "password": PASSWORD, "role": "owner"},
        {"email": DAVE, "password": PASSWORD, "role": "member", "verify_email": False},
    ],
    "conversations": [{"key": "plans", "user_email": ALICE, "messages": [{"role": "user", "text": "Hello"}]}],
    "usage": [{"feature_key": "messages", "quantity": 3, "period_start": "2026-01-01T00:00:00Z"}],
    "usage_counters": [{"period_start": "2026-01-01", "requests": 2, "user_email": ALICE}],
    "assets": [{"key": "chart", "asset_type": "image", "filename": "chart.png", "conversation_key": "plans"}],
    "payment_methods": [{"key": "card", "last4": "4242", "exp_month": 1, "exp_year": 2030}],
}
# Operations of the service's catalogues, and headers that admit the caller.
CATALOGUED: dict[str, list[Any]] = {
    "agent_name": ["triage"],
    "agent_key": ["retriever", "code_assistant"],
    "workflow_key": ["analysis_code"],
    "guardrail_key": ["personal_data"],
    "preset_key": ["strict"],
    "provider": ["google"],
    "incident_id": ["redis-maintenance-2025-11-08"],
    "tenant_slug": ["acme"],
    "email": [ALICE, DAVE, BRIAN, GUEST],
    "invited_email": ["newcomer@example.com"],
    "new_email": ["renamed@example.com"],
    "password": [PASSWORD],
    "current_password": [PASSWORD],
    "new_password": ["Marble-Quilt-Zephyr-1"],
    "plan_code": ["starter", "pro"],
    "mime_type": ["text/plain", "image/png"],
    "account": ["analytics-batch"],
    "scopes[*]": ["conversations:read"],
    "target": [GUEST, "https://hooks.example.com/alerts"],
    "If-Match": ["0"],
    "x-tenant-role": ["owner"],
    "x-operator-override": ["true"],
    "x-operator-reason": ["A look at it"],
    "message": ["Search my files, look up, take your time", "Think aloud, hand me over"],
}
UPLOAD = {"filename": "notes.txt", "mime_type": "text/plain", "size_bytes": 5}
SERVICE_TOKEN = {
    "account": "analytics-batch",
    "scopes": ["conversations:read"],
    "reason": "A reason of some length",
}
ACCESS_REQUEST = {"email": GUEST, "organization": "Guests", "full_name": "Gustav Guest", "accept_terms": True}
TEAM_INVITE = {"invited_email": "b@example.com", "role": "member"}
WEBHOOK = {"channel": "webhook", "target": "https://hooks.example.com"}
# What is made beforehand: the operation, its body, and which parameter is named by which field of its answer.
MADE: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("/auth/invites", {}, {"invite_id": "id"}),
    ("/tenants/invites", TEAM_INVITE, {"invite_id": "id", "token": "invite_token"}),
    ("/vector-stores", {"name": "Handbook"}, {"vector_store_id": "id"}),
    ("/containers", {"name": "Sandbox"}, {"container_id": "id"}),
    ("/status/subscriptions", {"channel": "email", "target": GUEST}, {"subscription_id": "id"}),
    ("/status/subscriptions", WEBHOOK, {"subscription_id": "id"}),
    ("/workflows/analysis_code/run", {"message": "Why?"}, {"run_id": "workflow_run_id"}),
    ("/auth/service-accounts/browser-issue", SERVICE_TOKEN, {}),
    ("/auth/request-access", ACCESS_REQUEST, {}),
]


class _UntilIdle(Channel):
    """A channel whose streams end where they would wait, for a client that reads to the end."""

    async def frames(self, topic: Hashable) -> AsyncGenerator[str]:
        async with contextlib.aclosing(super().frames(topic)) as frames:
            async for frame in frames:
                if frame == HEARTBEAT:
                    return
                yield frame


class World:
    """The application, the headers of who calls it (Alice, owner and operator), and values that it knows."""

    def __init__(self) -> None:
        now = wall_time()
        config = Config(
            access_token_minutes=24 * 60,
            quotas={name: Quota(0, quota.seconds) for name, quota in DEFAULT_QUOTAS.items()},
            mail_url=serve(mail.create_app()).url,
            webhook_relay_url=serve(webhooks.create_app()).url + "/deliveries",
            sso_issuer_url=serve(oidc.create_app()).url,
            sso_tenant="acme",
        )
        # Time stands still, so that a code of an authenticator app stays right.
        self.app = create_app(config, Clock(lambda: now))
        self._runtime = self.app.state.runtime
        self._runtime.activity_channel = _UntilIdle(0.001)
        self._runtime.billing_channel = _UntilIdle(0.001)
        self._api = Api(TestClient(self.app))
        session = self._seed()
        self.headers = {"Authorization": f"Bearer {session['access_token']}"}
        self._kept = deepcopy(self._state())

    def restore(self) -> None:
        """Let everything be as it was seeded."""
        runtime, kept = self._runtime, deepcopy(self._kept)
        runtime.store, runtime.activity_channel, runtime.billing_channel = kept[:3]
        runtime.provider.double.state.account = kept[3]

    def _state(self) -> list[Any]:
        runtime = self._runtime
        account = runtime.provider.double.state.account
        return [runtime.store, runtime.activity_channel, runtime.billing_channel, account]

    def _seed(self) -> Any:
        tenant = self._api.seed(TENANT)
        session = self._api.login(ALICE).json()
        other = self._api.login(ALICE).json()
        self.known = CATALOGUED | {
            "tenant_id": [tenant["tenant_id"]],
            "x-tenant-id": [tenant["tenant_id"]],
            "session_id": [other["session_id"]],
            "refresh_token": [other["refresh_token"]],
            "user_id": [tenant["users"][DAVE]["user_id"]],
            "conversation_id": [tenant["conversations"]["plans"]["conversation_id"]],
            "asset_id": [tenant["assets"]["chart"]["asset_id"]],
            "payment_method_id": [tenant["payment_methods"]["card"]],
        }
        for path, body, fields in MADE:
            answer = self._made(path, body)
            for parameter, field in fields.items():
                self.known.setdefault(parameter, []).append(answer[field])
        self._seed_content()
        self._seed_tokens()
        return session

    def _made(self, path: str, body: Any = None, who: str = ALICE) -> Any:
        answer = self._api.call(who, "POST", path, json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json()

    def _at_provider(self, path: str) -> str:
        """The identifier of a new file at the provider."""
        answer = self._api.client.post(
            f"/provider/v1/{path}",
            files={"file": ("terms.txt", b"Refunds take thirty days.")},
            data={"purpose": "assistants"},
            headers={"Authorization": "Bearer sk-fuzz"},
        )
        identifier: str = answer.json()["id"]
        return identifier

    def _seed_content(self) -> None:
        attached, loose = self._at_provider("files"), self._at_provider("files")
        self._made(f"/vector-stores/{self.known['vector_store_id'][0]}/files", {"file_id": attached})
        upload = self._made("/storage/objects/upload-url", UPLOAD)
        self._api.client.put(upload["upload_url"], content=b"Hello", headers=upload["headers"])
        store = self._runtime.store
        [container], [run] = store.containers, store.workflow_runs
        going = store.workflow_runs.insert(replace(run, id=uuid4(), status="running", ended_at=None))
        self.known["run_id"].append(str(going.id))
        tenant_id = container.tenant_id
        moment = self._runtime.clock.now()
        store.invoices.insert(Invoice(tenant_id, "in_1", "paid", 9900, "usd", moment, moment, moment))
        self.known |= {
            "file_id": [attached, loose, self._at_provider(f"containers/{container.openai_id}/files")],
            "object_id": [upload["object_id"]],
            "invoice_id": ["in_1"],
            "message_id": [str(message.number) for c in store.conversations for message in c.messages],
            "event_id": [str(event.id) for event in store.activity_events],
            "request_id": [str(request.id) for request in store.signup_requests],
            "jti": [str(token.id) for token in store.service_account_tokens],
        }
        self.known["container_id"].append(container.openai_id)

    def _seed_tokens(self) -> None:
        store = self._runtime.store
        methods = [self._made("/auth/mfa/totp/enroll", who=who) for who in (ALICE, ADAM)]
        codes = [pyotp.TOTP(method["secret"]).at(self._runtime.clock.now()) for method in methods]
        self._made("/auth/mfa/totp/verify", {"method_id": methods[1]["method_id"], "code": codes[1]}, ADAM)
        challenge = self._api.login(ADAM).json()["challenge_token"]
        mailed = [
            self._made(f"/test-fixtures/{kind}-token", {"email": DAVE})["token"]
            for kind in ("email-verification", "password-reset")
        ]
        self._api.seed(OTHER)
        invitation = {"invited_email": ALICE, "role": "member"}
        invited = self._made("/tenants/invites", invitation, BRIAN)["invite_token"]
        asked = [one.confirmation for one in store.status_subscriptions]
        self.known |= {
            "method_id": [method["method_id"] for method in methods],
            "code": codes,
            "challenge_token": [challenge],
            "token": [*mailed, invited, *asked, *self.known["token"]],
        }
