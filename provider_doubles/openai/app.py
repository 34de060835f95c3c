"""The application: routers below `/v1`, each of which needs an API key."""

from typing import Annotated

from fastapi import Depends, FastAPI, Header

from provider_doubles.faults import install_faults
from provider_doubles.openai import containers, files, vector_stores
from provider_doubles.openai.errors import ProviderError, install_handlers
from provider_doubles.openai.state import Account

KEY_PREFIX = "Bearer sk-"


async def require_key(authorization: Annotated[str, Header()] = "") -> None:
    """Refuse a request whose API key is missing or cannot be one."""
    if not authorization.startswith(KEY_PREFIX):
        raise ProviderError(401, "Incorrect API key provided.", code="invalid_api_key")


def create_app() -> FastAPI:
    """A double with an empty account; every key that begins with `sk-` opens it."""
    app = FastAPI(title="OpenAI double")
    app.state.account = Account()
    install_handlers(app)
    install_faults(app)
    for router in (files.router, vector_stores.router, containers.router):
        app.include_router(router, prefix="/v1", dependencies=[Depends(require_key)])
    return app
