"""Exchanges that were asked about: codes of organisations and data, and never of a person."""

from datetime import date

from sqlalchemy import Date, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.tables import Table


class ExchangeAsked(Table):
    """How often an exchange was asked about on a day; `theme` is empty where none was named."""

    __tablename__ = "exchange_asked"

    asked_on: Mapped[date] = mapped_column(Date, primary_key=True)
    giver: Mapped[str] = mapped_column(Text, primary_key=True)
    receiver: Mapped[str] = mapped_column(Text, primary_key=True)
    purpose: Mapped[str] = mapped_column(Text, primary_key=True)
    data_class: Mapped[str] = mapped_column(Text, primary_key=True)
    theme: Mapped[str] = mapped_column(Text, primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
