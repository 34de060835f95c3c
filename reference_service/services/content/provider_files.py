"""Which tenant a file of the provider belongs to: the first one that attached it or had it uploaded.

The provider itself keeps one account for all tenants.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from reference_service.errors import not_found
from reference_service.runtime import Runtime


@contextmanager
def brought_by(runtime: Runtime, tenant_id: UUID, *file_ids: str) -> Iterator[None]:
    """The files are the tenant's from now on, unless the block raises.

    Raises 404 for another tenant's file.
    """
    owners = runtime.store.provider_file_owners
    if any(owners.get(file_id, tenant_id) != tenant_id for file_id in file_ids):
        not_found("File")
    new = set(file_ids) - owners.keys()
    owners.update(dict.fromkeys(new, tenant_id))
    try:
        yield
    except BaseException:
        for file_id in new:
            owners.pop(file_id, None)
        raise
