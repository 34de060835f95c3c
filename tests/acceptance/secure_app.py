"""The reference service as an application that a server with certificates can start."""

from fastapi import FastAPI

from reference_service.app import create_app
from reference_service.config import Config


def create() -> FastAPI:
    return create_app(Config())
