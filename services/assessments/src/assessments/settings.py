"""What the environment tells this service."""

from kit.settings import ErasingSettings
from pydantic_settings import SettingsConfigDict


class Settings(ErasingSettings):
    """Settings with the prefix `ASSESSMENTS_`."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="ASSESSMENTS_")
