"""What the environment tells this service."""

from kit.settings import ServiceSettings
from pydantic_settings import SettingsConfigDict


class Settings(ServiceSettings):
    """Settings with the prefix `ASSESSMENTS_`."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="ASSESSMENTS_")
