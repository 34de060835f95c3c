"""Single sign-on."""

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel


class SsoProviderView(ResponseModel):
    """A provider that people of a tenant may sign in with."""

    provider_key: str
    display_name: str


class SsoProviderListResponse(ResponseModel):
    """The providers of a tenant."""

    providers: list[SsoProviderView]


class SsoStartRequest(RequestModel):
    """Which tenant to sign in to, by identifier or slug."""

    tenant_id: str | None = None
    tenant_slug: str | None = None
    login_hint: str | None = None


class SsoStartResponse(ResponseModel):
    """Where to send the person."""

    authorize_url: str


class SsoCallbackRequest(RequestModel):
    """What the provider sent the person back with."""

    code: str = Field(min_length=1)
    state: str = Field(min_length=1)
