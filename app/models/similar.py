"""What a statement means, as a vector, kept once so that close ones are found at once."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, Moment


class StatementVector(Base):
    """The vector of one statement's words by one model. It goes with the words: see `services.similar.forget`."""

    __tablename__ = "statement_vector"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), unique=True)
    model: Mapped[str] = mapped_column(String(40))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Moment]
