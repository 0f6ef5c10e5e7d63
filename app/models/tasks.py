"""What a stage asks of people besides what its kind holds."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, PublicId, enum_type
from deliberation.tasks import Task


class StageTask(PublicId, Base):
    """A task placed in a stage; words written for it are comments that answer it."""

    __tablename__ = "stage_task"
    __table_args__ = (UniqueConstraint("stage_id", "task"),)
    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    task: Mapped[Task] = mapped_column(enum_type(Task, "task"))
