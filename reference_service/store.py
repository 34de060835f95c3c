"""The one store: a table for each kind of record, in memory, gone when the process ends."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from reference_service.records import (
    billing,
    content,
    conversations,
    identity,
    knowledge,
    platform,
    preferences,
    service_accounts,
    sign_up,
    single_sign_on,
    status,
    tenancy,
    workflows,
)


class Record(Protocol):
    """Whatever has an identifier."""

    id: UUID


class TenantRecord(Record, Protocol):
    """A record that belongs to one tenant."""

    tenant_id: UUID


R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=TenantRecord)


class Table(Generic[R]):
    """Records by identifier, in the order of insertion."""

    def __init__(self) -> None:
        self._rows: dict[UUID, R] = {}

    def __iter__(self) -> Iterator[R]:
        return iter(list(self._rows.values()))

    def insert(self, record: R) -> R:
        """Keep the record and return it; one with the same identifier is replaced."""
        self._rows[record.id] = record
        return record

    def get(self, record_id: UUID) -> R | None:
        """The record with this identifier, or None."""
        return self._rows.get(record_id)

    def find(self, where: Callable[[R], bool]) -> R | None:
        """The first record that matches, or None."""
        return next((row for row in self if where(row)), None)

    def filter(self, where: Callable[[R], bool]) -> list[R]:
        """Every record that matches, oldest first."""
        return [row for row in self if where(row)]

    def delete(self, record_id: UUID) -> R | None:
        """Forget the record; returns it, or None if it was unknown."""
        return self._rows.pop(record_id, None)

    def delete_where(self, where: Callable[[R], bool]) -> list[R]:
        """Forget every record that matches and return them."""
        gone = self.filter(where)
        for row in gone:
            self.delete(row.id)
        return gone


class TenantTable(Table[T]):
    """Records that one tenant owns and no other tenant can reach."""

    def __init__(self) -> None:
        super().__init__()
        self._by_tenant: defaultdict[UUID, dict[UUID, T]] = defaultdict(dict)

    def insert(self, record: T) -> T:
        """Keep the record and return it; one with the same identifier is replaced."""
        self._by_tenant[record.tenant_id][record.id] = record
        return super().insert(record)

    def delete(self, record_id: UUID) -> T | None:
        """Forget the record; returns it, or None if it was unknown."""
        gone = super().delete(record_id)
        if gone is not None:
            del self._by_tenant[gone.tenant_id][record_id]
        return gone

    def of(self, tenant_id: UUID) -> list[T]:
        """The tenant's records, oldest first."""
        return list(self._by_tenant.get(tenant_id, {}).values())

    def find_of(self, tenant_id: UUID, where: Callable[[T], bool]) -> T | None:
        """The first of the tenant's records that matches, or None."""
        return next(filter(where, self.of(tenant_id)), None)

    def owned(self, tenant_id: UUID, record_id: UUID) -> T | None:
        """The record with this identifier if it is this tenant's, else None."""
        row = self.get(record_id)
        return row if row is not None and row.tenant_id == tenant_id else None


class Store:
    """Everything the service remembers; an area adds its tables here and its records in `records/`."""

    def __init__(self) -> None:
        self._add_tables_of_people()
        self._add_tables_of_work()
        self._add_tables_of_the_platform()
        for plan in billing.default_plans():
            self.plans.insert(plan)
        self._message_numbers = itertools.count(1)

    def _add_tables_of_people(self) -> None:
        self.users: Table[identity.User] = Table()
        self.memberships: TenantTable[identity.Membership] = TenantTable()
        self.sessions: TenantTable[identity.Session] = TenantTable()
        self.refresh_tokens: Table[identity.RefreshToken] = Table()
        self.one_time_tokens: Table[identity.OneTimeToken] = Table()
        self.mfa_methods: Table[identity.MfaMethod] = Table()
        self.signup_requests: Table[sign_up.SignupRequest] = Table()
        self.signup_invites: Table[sign_up.SignupInvite] = Table()
        self.sso_attempts: Table[single_sign_on.SsoAttempt] = Table()
        self.sso_identities: Table[single_sign_on.SsoIdentity] = Table()
        self.service_account_tokens: Table[service_accounts.ServiceAccountToken] = Table()
        self.consents: Table[preferences.Consent] = Table()
        self.notification_preferences: TenantTable[preferences.NotificationPreference] = TenantTable()
        self.tenants: Table[tenancy.Tenant] = Table()
        self.team_invites: TenantTable[tenancy.TeamInvite] = TenantTable()

    def _add_tables_of_work(self) -> None:
        self.conversations: TenantTable[conversations.Conversation] = TenantTable()
        self.workflow_runs: TenantTable[workflows.WorkflowRun] = TenantTable()
        self.storage_objects: TenantTable[content.StorageObject] = TenantTable()
        self.assets: TenantTable[content.Asset] = TenantTable()
        self.vector_stores: TenantTable[knowledge.VectorStore] = TenantTable()
        self.vector_store_files: TenantTable[knowledge.VectorStoreFile] = TenantTable()
        # Which tenant brought a file, by the provider's identifier.
        self.provider_file_owners: dict[str, UUID] = {}
        self.containers: TenantTable[knowledge.Container] = TenantTable()

    def _add_tables_of_the_platform(self) -> None:
        self.plans: Table[billing.Plan] = Table()
        self.subscriptions: TenantTable[billing.Subscription] = TenantTable()
        self.customers: TenantTable[billing.Customer] = TenantTable()
        self.payment_methods: TenantTable[billing.PaymentMethod] = TenantTable()
        self.invoices: TenantTable[billing.Invoice] = TenantTable()
        self.usage_records: TenantTable[billing.UsageRecord] = TenantTable()
        self.stripe_deliveries: Table[billing.StripeDelivery] = Table()
        self.usage_counters: TenantTable[platform.UsageCounter] = TenantTable()
        self.activity_events: TenantTable[platform.ActivityEvent] = TenantTable()
        self.status_subscriptions: Table[status.StatusSubscription] = Table()

    def next_message_number(self) -> int:
        """A number that no message has had yet."""
        return next(self._message_numbers)
