"""The tables as classes, a mirror of migrations/ for reading and writing single rows.

It knows nothing about rules, rights or scores; bulk reads and spatial questions are SQL in the modules beside it.
Money is whole rupiah, geometry WGS 84, and `version` and `updated_at` are kept by a trigger.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import BigInteger, FetchedValue, ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Python types to column types."""

    type_annotation_map = {dict[str, Any]: JSONB, list[Any]: JSONB}  # noqa: RUF012 - SQLAlchemy's own protocol


class Fact:
    """What every table of facts carries: where it comes from and which version it is."""

    source: Mapped[str]
    surveyed_on: Mapped[dt.date | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(server_default=FetchedValue(), server_onupdate=FetchedValue())
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    updated_at: Mapped[dt.datetime] = mapped_column(
        server_default=FetchedValue(), server_onupdate=FetchedValue()
    )


def _id() -> Mapped[uuid.UUID]:
    return mapped_column(primary_key=True, default=uuid.uuid4)


def _geom(kind: str) -> Any:
    return mapped_column(Geometry(kind, srid=4326, spatial_index=False))


class Region(Fact, Base):
    """Kota, kecamatan, kelurahan, RW or RT; the code says where it hangs in the tree."""

    __tablename__ = "region"
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    external_id: Mapped[str | None]
    population: Mapped[int | None]
    households: Mapped[int | None]
    area_verified_ha: Mapped[float | None]
    buildings: Mapped[int | None]
    persons: Mapped[int | None]
    road_ideal_m: Mapped[float | None]
    drain_ideal_m: Mapped[float | None]
    geom: Mapped[WKBElement | None] = _geom("MULTIPOLYGON")


class Asset(Fact, Base):
    """An infrastructure object; a drain's line runs with the water."""

    __tablename__ = "asset"
    id: Mapped[uuid.UUID] = _id()
    kind: Mapped[str]
    name: Mapped[str | None]
    kelurahan: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    condition: Mapped[str | None]
    material: Mapped[str | None]
    width_m: Mapped[float | None]
    capacity: Mapped[float | None]
    built_year: Mapped[int | None]
    owner: Mapped[str | None]
    external_id: Mapped[str | None]
    geom: Mapped[WKBElement] = _geom("GEOMETRY")


class Proposal(Fact, Base):
    """A work that residents propose; funding is fund -> rupiah, readiness the papers in hand."""

    __tablename__ = "proposal"
    id: Mapped[uuid.UUID] = _id()
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    work_type: Mapped[str]
    kelurahan: Mapped[str] = mapped_column(ForeignKey("region.code"))
    rw: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    volume: Mapped[float]
    volume_typed: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[str]
    cost: Mapped[int] = mapped_column(BigInteger)
    cost_typed: Mapped[bool] = mapped_column(default=False)
    cost_reason: Mapped[str] = mapped_column(default="")
    funding: Mapped[dict[str, Any]] = mapped_column(default=dict)
    readiness: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_paket: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="draft")
    proposer: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    geom: Mapped[WKBElement] = _geom("GEOMETRY")


class Review(Base):
    """One step of a proposal's life: who moved it, from where to where, and why."""

    __tablename__ = "review"
    id: Mapped[uuid.UUID] = _id()
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"))
    action: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())


class Comment(Base):
    """What somebody says about a proposal."""

    __tablename__ = "comment"
    id: Mapped[uuid.UUID] = _id()
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str]
    body: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())


class RankingRun(Base):
    """A ranking as it was computed, with the versions of all it was computed from."""

    __tablename__ = "ranking_run"
    id: Mapped[uuid.UUID] = _id()
    kelurahan: Mapped[str] = mapped_column(ForeignKey("region.code"))
    inputs: Mapped[dict[str, Any]]
    data_versions: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())


class WeightSet(Base):
    """Weights with the judgements they follow from; participant None: agreed at the meeting named."""

    __tablename__ = "weight_set"
    id: Mapped[uuid.UUID] = _id()
    kelurahan: Mapped[str]
    name: Mapped[str]
    method: Mapped[str]
    judgements: Mapped[dict[str, Any]]
    weights: Mapped[dict[str, Any]]
    criteria_version: Mapped[str]
    consistency_ratio: Mapped[float | None]
    participant: Mapped[str | None]
    met_on: Mapped[dt.date | None]
    place: Mapped[str] = mapped_column(default="")
    men: Mapped[int] = mapped_column(default=0)
    women: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[uuid.UUID | None]
    author: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=FetchedValue())
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())


class CatalogueChange(Base):
    """What a city changed of work types and weights; weights None: those of the files."""

    __tablename__ = "catalogue_change"
    id: Mapped[uuid.UUID] = _id()
    number: Mapped[int] = mapped_column(unique=True)
    work_types: Mapped[dict[str, Any]]
    weights: Mapped[dict[str, Any] | None]
    back_to: Mapped[int | None]
    reason: Mapped[str]
    source: Mapped[str]
    source_on: Mapped[dt.date]
    account_id: Mapped[uuid.UUID | None]
    version: Mapped[int] = mapped_column(server_default=FetchedValue())
    at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())


class Account(Base):
    """A person who can sign in."""

    __tablename__ = "account"
    id: Mapped[uuid.UUID] = _id()
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    synthetic: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    totp_secret: Mapped[str | None]
    totp_since: Mapped[dt.datetime | None]
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    openid_subject: Mapped[str | None]


class Membership(Base):
    """A role held in a region and everything below it."""

    __tablename__ = "membership"
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)


class LoginSession(Base):
    """A signed-in browser; the cookie's value is kept as its SHA-256 only."""

    __tablename__ = "login_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    csrf_token: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    expires_at: Mapped[dt.datetime]
    id: Mapped[uuid.UUID]
    agent: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(default="password")
    code_due: Mapped[bool] = mapped_column(default=False)


class ApiToken(Base):
    """A program's key, kept as its SHA-256 only."""

    __tablename__ = "api_token"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    expires_at: Mapped[dt.datetime]
    id: Mapped[uuid.UUID]
    scope: Mapped[str] = mapped_column(default="full")
    region: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    used_at: Mapped[dt.datetime | None]


class AccessLink(Base):
    """A one-time link to set a password, kept as its SHA-256 only; an account has at most one."""

    __tablename__ = "access_link"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    expires_at: Mapped[dt.datetime]


class RecoveryCode(Base):
    """A code that stands in once for a lost authenticator app, kept as its SHA-256 only."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))


class Job(Base):
    """Background work that somebody watches."""

    __tablename__ = "job"
    id: Mapped[uuid.UUID] = _id()
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any] | None]
    stop_asked: Mapped[bool] = mapped_column(default=False)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=FetchedValue())
