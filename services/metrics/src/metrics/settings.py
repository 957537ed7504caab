"""What the environment tells this service."""

from kit.settings import ServiceSettings
from pydantic_settings import SettingsConfigDict


class Settings(ServiceSettings):
    """Settings with the prefix `METRICS_`."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="METRICS_")
