"""The Oversight Group: members, gates, bound contents, packs, advice with answers; who was shown which material."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Twelve tables, and who supplied a version of a material."""
    op.create_table('oversight_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dialogue_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('remit', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('publication_rules', sa.Text(), nullable=False),
    sa.Column('publishes_members', sa.Boolean(), nullable=False),
    sa.Column('publishes_minutes', sa.Boolean(), nullable=False),
    sa.Column('publishes_advice', sa.Boolean(), nullable=False),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('pack_days', sa.Integer(), nullable=False),
    sa.Column('clearance_days', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('clearance_days >= 0', name=op.f('ck_oversight_group_clearance_days')),
    sa.CheckConstraint('pack_days >= 0', name=op.f('ck_oversight_group_pack_days')),
    sa.CheckConstraint('quorum >= 0', name=op.f('ck_oversight_group_quorum')),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogue.id'], name=op.f('fk_oversight_group_dialogue_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lead_id'], ['account.id'], name=op.f('fk_oversight_group_lead_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oversight_group')),
    sa.UniqueConstraint('dialogue_id', name=op.f('uq_oversight_group_dialogue_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_oversight_group_public_id'))
    )
    op.create_table('oversight_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('is_chair', sa.Boolean(), nullable=False),
    sa.Column('is_observer', sa.Boolean(), nullable=False),
    sa.Column('deputy_of_id', sa.Integer(), nullable=True),
    sa.Column('interests', sa.Text(), nullable=False),
    sa.Column('interests_on', sa.Date(), nullable=True),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('NOT (is_chair AND is_observer)', name=op.f('ck_oversight_member_chair')),
    sa.CheckConstraint('left_on IS NULL OR left_on >= joined_on', name=op.f('ck_oversight_member_left_on')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_oversight_member_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['deputy_of_id'], ['oversight_member.id'], name=op.f('fk_oversight_member_deputy_of_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['oversight_group.id'], name=op.f('fk_oversight_member_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oversight_member')),
    sa.UniqueConstraint('public_id', name=op.f('uq_oversight_member_public_id'))
    )
    with op.batch_alter_table('oversight_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_oversight_member_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_oversight_member_group_id'), ['group_id'], unique=False)
        batch_op.create_index('uq_oversight_member_account', ['group_id', 'account_id'], unique=True, sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))
        batch_op.create_index('uq_oversight_member_chair', ['group_id'], unique=True, sqlite_where=sa.text('left_on IS NULL AND is_chair'), postgresql_where=sa.text('left_on IS NULL AND is_chair'))

    op.create_table('review_gate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.Enum('framing', 'recruitment', 'materials', 'findings', 'report', 'terms', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['account.id'], name=op.f('fk_review_gate_closed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['oversight_group.id'], name=op.f('fk_review_gate_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_gate')),
    sa.UniqueConstraint('group_id', 'code', name=op.f('uq_review_gate_group_id_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_gate_public_id'))
    )
    op.create_table('review_pack',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['oversight_group.id'], name=op.f('fk_review_pack_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['account.id'], name=op.f('fk_review_pack_sent_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_pack')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_pack_public_id'))
    )
    with op.batch_alter_table('review_pack', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_pack_group_id'), ['group_id'], unique=False)

    op.create_table('material_showing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_material_showing_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['material_version.id'], name=op.f('fk_material_showing_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_showing')),
    sa.UniqueConstraint('participant_id', 'version_id', name=op.f('uq_material_showing_participant_id_version_id'))
    )
    with op.batch_alter_table('material_showing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_showing_version_id'), ['version_id'], unique=False)

    op.create_table('review_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('gate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('framing', 'recruitment', 'material', 'stage_plan', 'findings', 'report', 'terms', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('material_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['gate_id'], ['review_gate.id'], name=op.f('fk_review_item_gate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['material_id'], ['material.id'], name=op.f('fk_review_item_material_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['session_id'], ['dialogue_session.id'], name=op.f('fk_review_item_session_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_item')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_item_public_id'))
    )
    with op.batch_alter_table('review_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_item_gate_id'), ['gate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_item_material_id'), ['material_id'], unique=False)

    op.create_table('review_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('material_version_id', sa.Integer(), nullable=True),
    sa.Column('bound_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('bound_by_id', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['bound_by_id'], ['account.id'], name=op.f('fk_review_version_bound_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['review_item.id'], name=op.f('fk_review_version_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['material_version_id'], ['material_version.id'], name=op.f('fk_review_version_material_version_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_version')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_review_version_item_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_version_public_id'))
    )
    op.create_table('advice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.String(length=40), nullable=False),
    sa.Column('type', sa.Enum('accuracy', 'balance', 'clarity', 'omission', 'accessibility', 'legal', 'process', 'concern', name='type', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('severity', sa.Enum('must_fix', 'should', 'consider', name='severity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_named', sa.Boolean(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_why', sa.Text(), nullable=False),
    sa.Column('overridden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('overridden_by_id', sa.Integer(), nullable=True),
    sa.Column('overridden_why', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['account.id'], name=op.f('fk_advice_closed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['oversight_group.id'], name=op.f('fk_advice_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['review_item.id'], name=op.f('fk_advice_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['oversight_member.id'], name=op.f('fk_advice_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['overridden_by_id'], ['account.id'], name=op.f('fk_advice_overridden_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['version_id'], ['review_version.id'], name=op.f('fk_advice_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice')),
    sa.UniqueConstraint('client_key', name=op.f('uq_advice_client_key')),
    sa.UniqueConstraint('group_id', 'number', name=op.f('uq_advice_group_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_advice_public_id'))
    )
    with op.batch_alter_table('advice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advice_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_version_id'), ['version_id'], unique=False)

    op.create_table('pack_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pack_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pack_id'], ['review_pack.id'], name=op.f('fk_pack_item_pack_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['review_version.id'], name=op.f('fk_pack_item_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_item')),
    sa.UniqueConstraint('pack_id', 'version_id', name=op.f('uq_pack_item_pack_id_version_id'))
    )
    with op.batch_alter_table('pack_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pack_item_version_id'), ['version_id'], unique=False)

    op.create_table('review_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['oversight_member.id'], name=op.f('fk_review_reading_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['review_version.id'], name=op.f('fk_review_reading_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_reading')),
    sa.UniqueConstraint('member_id', 'version_id', name=op.f('uq_review_reading_member_id_version_id'))
    )
    with op.batch_alter_table('review_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_reading_version_id'), ['version_id'], unique=False)

    op.create_table('advice_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('advice_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('response', sa.Enum('accepted', 'partly', 'not_accepted', 'out_of_scope', 'deferred', name='response', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changed_in', sa.String(length=200), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('contested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contested_by_id', sa.Integer(), nullable=True),
    sa.Column('contested_why', sa.Text(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['advice_id'], ['advice.id'], name=op.f('fk_advice_answer_advice_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_advice_answer_answered_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['contested_by_id'], ['account.id'], name=op.f('fk_advice_answer_contested_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice_answer')),
    sa.UniqueConstraint('advice_id', 'number', name=op.f('uq_advice_answer_advice_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_advice_answer_public_id'))
    )
    op.add_column('material_version', sa.Column('supplied_by', sa.String(length=200), server_default='', nullable=False))



def downgrade() -> None:
    """Takes them away."""
    op.drop_column('material_version', 'supplied_by')

    op.drop_table('advice_answer')
    with op.batch_alter_table('review_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_reading_version_id'))

    op.drop_table('review_reading')
    with op.batch_alter_table('pack_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pack_item_version_id'))

    op.drop_table('pack_item')
    with op.batch_alter_table('advice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advice_version_id'))
        batch_op.drop_index(batch_op.f('ix_advice_member_id'))
        batch_op.drop_index(batch_op.f('ix_advice_item_id'))

    op.drop_table('advice')
    op.drop_table('review_version')
    with op.batch_alter_table('review_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_item_material_id'))
        batch_op.drop_index(batch_op.f('ix_review_item_gate_id'))

    op.drop_table('review_item')
    with op.batch_alter_table('material_showing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_showing_version_id'))

    op.drop_table('material_showing')
    with op.batch_alter_table('review_pack', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_pack_group_id'))

    op.drop_table('review_pack')
    op.drop_table('review_gate')
    with op.batch_alter_table('oversight_member', schema=None) as batch_op:
        batch_op.drop_index('uq_oversight_member_chair', sqlite_where=sa.text('left_on IS NULL AND is_chair'), postgresql_where=sa.text('left_on IS NULL AND is_chair'))
        batch_op.drop_index('uq_oversight_member_account', sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_oversight_member_group_id'))
        batch_op.drop_index(batch_op.f('ix_oversight_member_account_id'))

    op.drop_table('oversight_member')
    op.drop_table('oversight_group')
