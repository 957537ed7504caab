"""What the environment tells this service."""

from kit.settings import VaultSettings
from pydantic import Field
from pydantic_settings import SettingsConfigDict


class Settings(VaultSettings):
    """Settings with the prefix `REFERRALS_`; by the secret identity codes are also found."""

    contact_hours: float = Field(24, gt=0)  # without contact for longer, nothing is disclosed

    model_config = SettingsConfigDict(frozen=True, env_prefix="REFERRALS_")
