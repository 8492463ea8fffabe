column access.account: bytea NO  
column access.level: bigint NO  
column access.subject: bytea NO  
column access.until: bigint NO  
column access.via: text NO  C
column account.closed: bigint YES  
column account.created: bigint NO  
column account.email: text YES  C
column account.fictional: bigint NO  
column account.id: bytea NO  
column account.lang: text NO  C
column account.last_sign_in: bigint YES  
column account.name: text NO  C
column account.sign_in: text NO  C
column account.state: text NO  C
column account_password.account: bytea NO  
column account_password.changed: bigint NO  
column account_password.hash: text NO  C
column account_password.stands_alone: bigint NO  
column account_review.id: bytea NO  
column account_review.members: bigint NO  
column account_review.organisation: bytea NO  
column account_review.quarter: text NO  C
column account_review.reviewed: bigint NO  
column account_review.reviewed_by: bytea NO  
column acting_for.municipality_org: bytea NO  
column acting_for.organisation: bytea NO  
column answer.asker: bytea YES  
column answer.body: text NO  C
column answer.id: bytea NO  
column answer.municipality: text NO  C
column answer.published_at: bigint YES  
column answer.question: bytea NO  
column answer.sort: bigint NO  
column answer.state: text NO  C
column answer.survey: bytea NO  
column answer.tenant: bytea NO  
column area.id: bigint NO  
column area.name_en: text NO  C
column area.name_ja: text NO  C
column audit_chain.chain: bytea NO  
column audit_chain.hash: bytea NO  
column audit_chain.node: text NO  C
column audit_chain.seal: bytea NO  
column audit_chain.started: bigint NO  
column audit_event.about: text NO  C
column audit_event.account: bytea YES  
column audit_event.acting_for: bytea YES  
column audit_event.action: text NO  C
column audit_event.address: text NO  C
column audit_event.at: bigint NO  
column audit_event.chain: bytea NO  
column audit_event.fields: text NO  C
column audit_event.hash: bytea NO  
column audit_event.organisation: bytea YES  
column audit_event.outcome: text NO  C
column audit_event.position: bigint NO  
column audit_event.purpose: text YES  C
column audit_event.row_id: bytea YES  
column audit_event.subject: bytea YES  
column audit_event.who: text NO  C
column audit_seal.at: bigint NO  
column audit_seal.hash: bytea NO  
column audit_seal.heads: text NO  C
column audit_seal.number: bigint NO  
column backup_run.bytes: bigint NO  
column backup_run.copied_to: text NO  C
column backup_run.files: bigint NO  
column backup_run.finished: bigint YES  
column backup_run.night: text NO  C
column backup_run.place: text NO  C
column backup_run.problem: text NO  C
column backup_run.rows_written: bigint NO  
column backup_run.started: bigint NO  
column backup_run.verified: bigint YES  
column cast_member.account: bytea NO  
column cast_member.cast_group: text NO  C
column cast_member.cast_key: text NO  C
column cast_member.name_en: text NO  C
column cast_member.sort: bigint NO  
column cast_member.story_en: text NO  C
column cast_member.story_ja: text NO  C
column cast_member.title_en: text NO  C
column cast_member.title_ja: text NO  C
column change.at: bigint NO  
column change.kind: text NO  C
column change.seq: bigint NO  
column change.subject: bytea NO  
column change.tenant: bytea YES  
column closed_day.day: text NO  C
column closed_day.name: text NO  C
column closed_day.organisation: bytea NO  
column code_sheet.account: bytea NO  
column code_sheet.id: bytea NO  
column code_sheet.issued: bigint NO  
column code_sheet.issued_by: bytea NO  
column code_sheet.voided: bigint YES  
column contact.audience: text NO  C
column contact.closes: bigint YES  
column contact.days: text YES  C
column contact.entered_by: bytea YES  
column contact.fax: text YES  C
column contact.hours_note_en: text YES  C
column contact.hours_note_ja: text YES  C
column contact.id: bytea NO  
column contact.municipality: text NO  C
column contact.opens: bigint YES  
column contact.outside_en: text YES  C
column contact.outside_ja: text YES  C
column contact.owner: bytea NO  
column contact.phone: text YES  C
column contact.saved_at: bigint NO  
column contact.source: text NO  C
column contact.url: text YES  C
column contact.verified_by: bytea YES  
column contact.verified_on: text YES  C
column contact.version: bigint NO  
column contact.window_en: text YES  C
column contact.window_ja: text YES  C
column council.id: bytea NO  
column council.kind: text NO  C
column council.name: text NO  C
column council.name_en: text NO  C
column council.scope: text NO  C
column council.sort: bigint NO  
column council.source: text NO  C
column council.verified: bigint NO  
column council_municipality.council: bytea NO  
column council_municipality.municipality: text NO  C
column district.code: text NO  C
column district.name_en: text NO  C
column district.name_ja: text NO  C
column district.sort: bigint NO  
column district.tone: text NO  C
column entry.approved: text NO  C
column entry.body: text NO  C
column entry.created_at: bigint NO  
column entry.districts: text NO  C
column entry.fictional: bigint NO  
column entry.fiscal_year: bigint YES  
column entry.folded: text NO  C
column entry.goal: text YES  C
column entry.id: bytea NO  
column entry.item_mask: bigint NO  
column entry.items: text NO  C
column entry.kind: text NO  C
column entry.municipalities: text NO  C
column entry.needs_rewrite: bigint NO  
column entry.open: bigint NO  
column entry.open_districts: text NO  C
column entry.origin: text NO  C
column entry.reach: text NO  C
column entry.refs: text NO  C
column entry.rewritten_by: bytea YES  
column entry.scene_mask: bigint NO  
column entry.scenes: text NO  C
column entry.seed: text YES  C
column entry.sources: bigint NO  
column entry.status: text NO  C
column entry.tags: text NO  C
column entry.tenant: bytea NO  
column entry.title: text NO  C
column entry.updated_at: bigint NO  
column entry.version: bigint NO  
column entry.withdrawn_at: bigint YES  
column entry.withdrawn_reason: text YES  C
column entry_history.account: bytea YES  
column entry_history.action: text NO  C
column entry_history.at: bigint NO  
column entry_history.detail: text NO  C
column entry_history.entry: bytea NO  
column entry_history.id: bytea NO  
column entry_history.organisation: bytea YES  
column entry_history.tenant: bytea NO  
column entry_history.version: bigint NO  
column entry_municipality.approved_at: bigint YES  
column entry_municipality.approved_by: bytea YES  
column entry_municipality.approved_name: text NO  C
column entry_municipality.entry: bytea NO  
column entry_municipality.municipality: text NO  C
column entry_municipality.organisation: bytea YES  
column entry_municipality.sort: bigint NO  
column entry_municipality.status: text YES  C
column entry_municipality.tenant: bytea NO  
column entry_municipality.version: bigint NO  
column entry_municipality.withdrawn_on: text YES  C
column entry_municipality.wording: text NO  C
column entry_participant.entry: bytea NO  
column entry_participant.organisation: bytea NO  
column entry_reader.entry: bytea NO  
column entry_reader.organisation: bytea NO  
column goal.body: text NO  C
column goal.fictional: bigint NO  
column goal.id: bytea NO  
column goal.part: text NO  C
column goal.published_at: bigint YES  
column goal.saved_at: bigint NO  
column goal.tenant: bytea NO  
column goal.version: bigint NO  
column import_batch.blank: bigint NO  
column import_batch.encoding: text NO  C
column import_batch.file_name: text NO  C
column import_batch.format: text NO  C
column import_batch.id: bytea NO  
column import_batch.imported_at: bigint NO  
column import_batch.published_at: bigint YES  
column import_batch.questions: bigint NO  
column import_batch.responses: bigint NO  
column import_batch.survey: bytea NO  
column import_batch.tenant: bytea NO  
column import_batch.written: bigint NO  
column invitation.accepted_by: bytea YES  
column invitation.channel: text NO  C
column invitation.closed: bigint YES  
column invitation.created: bigint NO  
column invitation.expires: bigint NO  
column invitation.hash: bytea NO  
column invitation.id: bytea NO  
column invitation.invited_by: bytea YES  
column invitation.label: text NO  C
column invitation.organisation: bytea NO  
column invitation.role: text NO  C
column invitation.state: text NO  C
column job.attempts: bigint NO  
column job.created: bigint NO  
column job.error: text YES  C
column job.finished: bigint YES  
column job.job_key: text NO  C
column job.kind: text NO  C
column job.lease: bytea YES  
column job.lease_until: bigint YES  
column job.payload: text NO  C
column job.run_at: bigint NO  
column job.state: text NO  C
column mail.body: text NO  C
column mail.id: bytea NO  
column mail.recipient: text NO  C
column mail.sent_at: bigint YES  
column mail.subject: text NO  C
column mail.written_at: bigint NO  
column membership.account: bytea NO  
column membership.ended_by: bytea YES  
column membership.ends: bigint YES  
column membership.id: bytea NO  
column membership.organisation: bytea NO  
column membership.profession: text NO  C
column membership.role: text NO  C
column membership.starts: bigint NO  
column meta.name: text NO  C
column meta.value: text NO  C
column migration.applied: bigint NO  
column migration.checksum: text NO  
column migration.feature: text NO  
column migration.name: text NO  
column municipality.code: text NO  C
column municipality.district: text YES  C
column municipality.in_area: bigint NO  
column municipality.insurer: text NO  C
column municipality.insurer_verified: bigint NO  
column municipality.name_en: text NO  C
column municipality.name_ja: text NO  C
column municipality.name_kana: text NO  C
column municipality.note: text YES  C
column municipality.prefecture: text NO  C
column municipality.sort: bigint NO  
column organisation.fictional: bigint NO  
column organisation.id: bytea NO  
column organisation.kind: text NO  C
column organisation.municipality: text YES  C
column organisation.name: text NO  C
column organisation.name_en: text NO  C
column organisation.regime: text NO  C
column organisation.short_name: text NO  C
column organisation.source: text NO  C
column organisation.verified: bigint NO  
column organisation.verified_on: text YES  C
column organisation_alias.alias: text NO  C
column organisation_alias.organisation: bytea NO  
column organisation_alias.scope_district: text YES  C
column organisation_alias.source: text NO  C
column organisation_alias.verified: bigint NO  
column programme_state.changed_at: bigint NO  
column programme_state.id: bigint NO  
column programme_state.public_version: bigint NO  
column question.anchor: text NO  C
column question.body: text NO  C
column question.body_en: text NO  C
column question.field: text NO  C
column question.id: bytea NO  
column question.number: text NO  C
column question.short: text NO  C
column question.short_en: text NO  C
column question.sort: bigint NO  
column question.survey: bytea NO  
column recovery_code.account: bytea NO  
column recovery_code.created: bigint NO  
column recovery_code.expires: bigint NO  
column recovery_code.hash: bytea NO  
column recovery_code.issued_by: bytea YES  
column recovery_code.used: bigint YES  
column response.asker: bytea YES  
column response.id: bytea NO  
column response.municipality: text NO  C
column response.name: text NO  C
column response.published_at: bigint YES  
column response.sort: bigint NO  
column response.survey: bytea NO  
column response.tenant: bytea NO  
column saved_view.account: bytea NO  
column saved_view.address: text NO  C
column saved_view.id: bytea NO  
column saved_view.name: text NO  C
column saved_view.saved_at: bigint NO  
column session.account: bytea NO  
column session.acting_for: bytea YES  
column session.acting_for_name: text YES  C
column session.address: text NO  C
column session.agent: text NO  C
column session.confirmed_at: bigint NO  
column session.expires_at: bigint NO  
column session.id: bytea NO  
column session.kind: text NO  C
column session.name: text NO  C
column session.organisation: bytea NO  
column session.organisation_name: text NO  C
column session.profession: text NO  C
column session.role: text NO  C
column session.second_factor: bigint NO  
column session.seen_at: bigint NO  
column session.started_at: bigint NO  
column session.token_hash: bytea NO  
column sheet_code.hash: bytea NO  
column sheet_code.number: bigint NO  
column sheet_code.sheet: bytea NO  
column sheet_code.used: bigint YES  
column sign_in_attempt.counted: text NO  C
column sign_in_attempt.failures: bigint NO  
column sign_in_attempt.last: bigint NO  
column sign_in_attempt.until: bigint NO  
column sign_in_step.account: bytea NO  
column sign_in_step.expires: bigint NO  
column sign_in_step.hash: bytea NO  
column sign_in_step.next: text NO  C
column source.added_at: bigint NO  
column source.ends: bigint NO  
column source.entry: bytea NO  
column source.id: bytea NO  
column source.kind: text NO  C
column source.municipality: text NO  C
column source.organisation: bytea YES  
column source.paragraph: bigint NO  
column source.published: bigint NO  
column source.question: text NO  C
column source.quote: text NO  C
column source.record: bytea NO  
column source.record_version: bigint NO  
column source.sort: bigint NO  
column source.starts: bigint NO  
column source.survey: text NO  C
column source.tenant: bytea NO  
column stored_blob.created: bigint NO  
column stored_blob.hash: bytea NO  
column stored_blob.id: bytea NO  
column stored_blob.size: bigint NO  
column stored_blob.wrapped_key: bytea NO  
column survey.fingerprint: text NO  C
column survey.fiscal_year: bigint NO  
column survey.fiscal_year_inferred: bigint NO  
column survey.id: bytea NO  
column survey.label: text NO  C
column survey.licence: text NO  C
column survey.licence_en: text NO  C
column survey.note: text NO  C
column survey.note_en: text NO  C
column survey.published_at: bigint YES  
column survey.responses: bigint NO  
column survey.slug: text NO  C
column survey.source: text NO  C
column survey.source_en: text NO  C
column survey.state: text NO  C
column survey.title: text NO  C
column survey.title_en: text NO  C
column survey.trailing_link: text NO  C
column survey.version: bigint NO  
column totp.account: bytea NO  
column totp.created: bigint NO  
column totp.last_step: bigint NO  
column totp.sealed: bytea NO  
column urgent_number.name_en: text NO  C
column urgent_number.name_ja: text NO  C
column urgent_number.number: text NO  C
column urgent_number.scope: text NO  C
column urgent_number.sort: bigint NO  
column urgent_number.source: text NO  C
column urgent_number.verified: bigint NO  
column urgent_number.when_en: text NO  C
column urgent_number.when_ja: text NO  C
column visible_account_review.id: bytea YES  
column visible_account_review.level: bigint YES  
column visible_account_review.members: bigint YES  
column visible_account_review.organisation: bytea YES  
column visible_account_review.quarter: text YES  C
column visible_account_review.reviewed: bigint YES  
column visible_account_review.reviewed_by: bytea YES  
column visible_answer.asker: bytea YES  
column visible_answer.body: text YES  C
column visible_answer.id: bytea YES  
column visible_answer.municipality: text YES  C
column visible_answer.published_at: bigint YES  
column visible_answer.question: bytea YES  
column visible_answer.sort: bigint YES  
column visible_answer.state: text YES  C
column visible_answer.survey: bytea YES  
column visible_answer.tenant: bytea YES  
column visible_entry.approved: text YES  C
column visible_entry.body: text YES  C
column visible_entry.created_at: bigint YES  
column visible_entry.districts: text YES  C
column visible_entry.fictional: bigint YES  
column visible_entry.fiscal_year: bigint YES  
column visible_entry.folded: text YES  C
column visible_entry.goal: text YES  C
column visible_entry.id: bytea YES  
column visible_entry.inside: bigint YES  
column visible_entry.item_mask: bigint YES  
column visible_entry.items: text YES  C
column visible_entry.kind: text YES  C
column visible_entry.level: bigint YES  
column visible_entry.municipalities: text YES  C
column visible_entry.needs_rewrite: bigint YES  
column visible_entry.open: bigint YES  
column visible_entry.open_districts: text YES  C
column visible_entry.origin: text YES  C
column visible_entry.reach: text YES  C
column visible_entry.refs: text YES  C
column visible_entry.rewritten_by: bytea YES  
column visible_entry.scene_mask: bigint YES  
column visible_entry.scenes: text YES  C
column visible_entry.sources: bigint YES  
column visible_entry.status: text YES  C
column visible_entry.tags: text YES  C
column visible_entry.tenant: bytea YES  
column visible_entry.title: text YES  C
column visible_entry.updated_at: bigint YES  
column visible_entry.version: bigint YES  
column visible_entry.withdrawn_at: bigint YES  
column visible_entry.withdrawn_reason: text YES  C
column visible_entry_history.account: bytea YES  
column visible_entry_history.action: text YES  C
column visible_entry_history.at: bigint YES  
column visible_entry_history.detail: text YES  C
column visible_entry_history.entry: bytea YES  
column visible_entry_history.id: bytea YES  
column visible_entry_history.organisation: bytea YES  
column visible_entry_history.tenant: bytea YES  
column visible_entry_history.version: bigint YES  
column visible_entry_municipality.approved_at: bigint YES  
column visible_entry_municipality.approved_name: text YES  C
column visible_entry_municipality.entry: bytea YES  
column visible_entry_municipality.inside: bigint YES  
column visible_entry_municipality.level: bigint YES  
column visible_entry_municipality.municipality: text YES  C
column visible_entry_municipality.organisation: bytea YES  
column visible_entry_municipality.sort: bigint YES  
column visible_entry_municipality.status: text YES  C
column visible_entry_municipality.tenant: bytea YES  
column visible_entry_municipality.version: bigint YES  
column visible_entry_municipality.withdrawn_on: text YES  C
column visible_entry_municipality.wording: text YES  C
column visible_entry_participant.entry: bytea YES  
column visible_entry_participant.organisation: bytea YES  
column visible_goal.body: text YES  C
column visible_goal.fictional: bigint YES  
column visible_goal.id: bytea YES  
column visible_goal.level: bigint YES  
column visible_goal.part: text YES  C
column visible_goal.published_at: bigint YES  
column visible_goal.saved_at: bigint YES  
column visible_goal.tenant: bytea YES  
column visible_goal.version: bigint YES  
column visible_import_batch.blank: bigint YES  
column visible_import_batch.encoding: text YES  C
column visible_import_batch.file_name: text YES  C
column visible_import_batch.format: text YES  C
column visible_import_batch.id: bytea YES  
column visible_import_batch.imported_at: bigint YES  
column visible_import_batch.level: bigint YES  
column visible_import_batch.published_at: bigint YES  
column visible_import_batch.questions: bigint YES  
column visible_import_batch.responses: bigint YES  
column visible_import_batch.survey: bytea YES  
column visible_import_batch.tenant: bytea YES  
column visible_import_batch.written: bigint YES  
column visible_invitation.accepted_by: bytea YES  
column visible_invitation.channel: text YES  C
column visible_invitation.closed: bigint YES  
column visible_invitation.created: bigint YES  
column visible_invitation.expires: bigint YES  
column visible_invitation.id: bytea YES  
column visible_invitation.invited_by: bytea YES  
column visible_invitation.label: text YES  C
column visible_invitation.level: bigint YES  
column visible_invitation.organisation: bytea YES  
column visible_invitation.role: text YES  C
column visible_invitation.state: text YES  C
column visible_membership.account: bytea YES  
column visible_membership.email: text YES  C
column visible_membership.ends: bigint YES  
column visible_membership.fictional: bigint YES  
column visible_membership.id: bytea YES  
column visible_membership.last_sign_in: bigint YES  
column visible_membership.level: bigint YES  
column visible_membership.name: text YES  C
column visible_membership.organisation: bytea YES  
column visible_membership.profession: text YES  C
column visible_membership.role: text YES  C
column visible_membership.sheet_left: bigint YES  
column visible_membership.sign_in: text YES  C
column visible_membership.starts: bigint YES  
column visible_membership.totp_count: bigint YES  
column visible_response.asker: bytea YES  
column visible_response.id: bytea YES  
column visible_response.municipality: text YES  C
column visible_response.name: text YES  C
column visible_response.published_at: bigint YES  
column visible_response.sort: bigint YES  
column visible_response.survey: bytea YES  
column visible_response.tenant: bytea YES  
column visible_saved_view.account: bytea YES  
column visible_saved_view.address: text YES  C
column visible_saved_view.id: bytea YES  
column visible_saved_view.name: text YES  C
column visible_saved_view.saved_at: bigint YES  
column visible_source.added_at: bigint YES  
column visible_source.ends: bigint YES  
column visible_source.entry: bytea YES  
column visible_source.id: bytea YES  
column visible_source.kind: text YES  C
column visible_source.level: bigint YES  
column visible_source.municipality: text YES  C
column visible_source.organisation: bytea YES  
column visible_source.paragraph: bigint YES  
column visible_source.published: bigint YES  
column visible_source.question: text YES  C
column visible_source.quote: text YES  C
column visible_source.record: bytea YES  
column visible_source.record_version: bigint YES  
column visible_source.sort: bigint YES  
column visible_source.starts: bigint YES  
column visible_source.survey: text YES  C
column visible_source.tenant: bytea YES  
constraint access: CHECK (((level >= 1) AND (level <= 3)))
constraint access: PRIMARY KEY (account, subject)
constraint account: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint account: CHECK (((length(sign_in) >= 3) AND (length(sign_in) <= 60)))
constraint account: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint account: CHECK ((lang = ANY (ARRAY['ja'::text, 'en'::text])))
constraint account: CHECK ((length(email) <= 200))
constraint account: CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
constraint account: PRIMARY KEY (id)
constraint account: UNIQUE (email)
constraint account: UNIQUE (sign_in)
constraint account_password: CHECK ((length(hash) <= 300))
constraint account_password: CHECK ((stands_alone = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint account_password: FOREIGN KEY (account) REFERENCES account(id)
constraint account_password: PRIMARY KEY (account)
constraint account_review: CHECK ((length(quarter) <= 10))
constraint account_review: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint account_review: FOREIGN KEY (reviewed_by) REFERENCES account(id)
constraint account_review: PRIMARY KEY (id)
constraint account_review: UNIQUE (organisation, quarter)
constraint acting_for: FOREIGN KEY (municipality_org) REFERENCES organisation(id)
constraint acting_for: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint acting_for: PRIMARY KEY (organisation, municipality_org)
constraint answer: CHECK (((state = 'published'::text) = (published_at IS NOT NULL)))
constraint answer: CHECK ((length(body) <= 200000))
constraint answer: CHECK ((length(municipality) = 6))
constraint answer: CHECK ((state = ANY (ARRAY['imported'::text, 'published'::text])))
constraint answer: FOREIGN KEY (question) REFERENCES question(id)
constraint answer: FOREIGN KEY (survey) REFERENCES survey(id)
constraint answer: PRIMARY KEY (id)
constraint answer: UNIQUE (question, sort)
constraint area: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 40)))
constraint area: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 40)))
constraint area: CHECK ((id = 1))
constraint area: PRIMARY KEY (id)
constraint audit_chain: PRIMARY KEY (chain)
constraint audit_event: CHECK (("position" > 0))
constraint audit_event: CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text])))
constraint audit_event: FOREIGN KEY (chain) REFERENCES audit_chain(chain)
constraint audit_event: PRIMARY KEY (chain, "position")
constraint audit_seal: PRIMARY KEY (number)
constraint backup_run: CHECK ((bytes >= 0))
constraint backup_run: CHECK ((files >= 0))
constraint backup_run: CHECK ((length(copied_to) <= 1000))
constraint backup_run: CHECK ((length(night) = 10))
constraint backup_run: CHECK ((length(place) <= 1000))
constraint backup_run: CHECK ((length(problem) <= 2000))
constraint backup_run: CHECK ((rows_written >= 0))
constraint backup_run: PRIMARY KEY (night)
constraint cast_member: CHECK (((length(cast_key) >= 1) AND (length(cast_key) <= 60)))
constraint cast_member: CHECK ((length(cast_group) <= 60))
constraint cast_member: CHECK ((length(name_en) <= 200))
constraint cast_member: CHECK ((length(story_en) <= 2000))
constraint cast_member: CHECK ((length(story_ja) <= 2000))
constraint cast_member: CHECK ((length(title_en) <= 200))
constraint cast_member: CHECK ((length(title_ja) <= 200))
constraint cast_member: FOREIGN KEY (account) REFERENCES account(id)
constraint cast_member: PRIMARY KEY (cast_key)
constraint change: PRIMARY KEY (seq)
constraint closed_day: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint closed_day: CHECK ((length(day) = 10))
constraint closed_day: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint closed_day: PRIMARY KEY (organisation, day)
constraint code_sheet: FOREIGN KEY (account) REFERENCES account(id)
constraint code_sheet: FOREIGN KEY (issued_by) REFERENCES account(id)
constraint code_sheet: PRIMARY KEY (id)
constraint contact: CHECK (((closes >= 1) AND (closes <= 1440)))
constraint contact: CHECK (((opens >= 0) AND (opens <= 1439)))
constraint contact: CHECK (((opens IS NULL) = (closes IS NULL)))
constraint contact: CHECK (((opens IS NULL) OR ((opens < closes) AND (days IS NOT NULL))))
constraint contact: CHECK ((audience = ANY (ARRAY['resident'::text, 'professional'::text])))
constraint contact: CHECK ((length(days) <= 7))
constraint contact: CHECK ((length(fax) <= 40))
constraint contact: CHECK ((length(hours_note_en) <= 500))
constraint contact: CHECK ((length(hours_note_ja) <= 500))
constraint contact: CHECK ((length(outside_en) <= 1000))
constraint contact: CHECK ((length(outside_ja) <= 1000))
constraint contact: CHECK ((length(phone) <= 40))
constraint contact: CHECK ((length(source) <= 500))
constraint contact: CHECK ((length(url) <= 500))
constraint contact: CHECK ((length(window_en) <= 200))
constraint contact: CHECK ((length(window_ja) <= 200))
constraint contact: CHECK ((version > 0))
constraint contact: FOREIGN KEY (entered_by) REFERENCES organisation(id)
constraint contact: FOREIGN KEY (municipality) REFERENCES municipality(code)
constraint contact: FOREIGN KEY (owner) REFERENCES organisation(id)
constraint contact: FOREIGN KEY (verified_by) REFERENCES organisation(id)
constraint contact: PRIMARY KEY (id)
constraint contact: UNIQUE (municipality, audience)
constraint council: CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
constraint council: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint council: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 200)))
constraint council: CHECK (((length(scope) >= 1) AND (length(scope) <= 200)))
constraint council: CHECK ((length(source) <= 500))
constraint council: CHECK ((verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint council: PRIMARY KEY (id)
constraint council_municipality: FOREIGN KEY (council) REFERENCES council(id)
constraint council_municipality: FOREIGN KEY (municipality) REFERENCES municipality(code)
constraint council_municipality: PRIMARY KEY (council, municipality)
constraint district: CHECK (((length(code) >= 1) AND (length(code) <= 40)))
constraint district: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
constraint district: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint district: CHECK ((tone = ANY (ARRAY['sea'::text, 'hill'::text])))
constraint district: PRIMARY KEY (code)
constraint entry: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint entry: CHECK (((item_mask >= 0) AND (item_mask <= 255)))
constraint entry: CHECK (((length(origin) >= 1) AND (length(origin) <= 20)))
constraint entry: CHECK (((length(seed) >= 1) AND (length(seed) <= 100)))
constraint entry: CHECK (((length(status) >= 1) AND (length(status) <= 20)))
constraint entry: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint entry: CHECK (((scene_mask >= 0) AND (scene_mask <= 31)))
constraint entry: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint entry: CHECK ((goal = ANY (ARRAY['daily'::text, 'transition'::text, 'acute'::text, 'endoflife'::text, 'common'::text])))
constraint entry: CHECK ((kind = ANY (ARRAY['initiative'::text, 'issue'::text, 'request'::text, 'strength'::text])))
constraint entry: CHECK ((length(approved) <= 20000))
constraint entry: CHECK ((length(body) <= 20000))
constraint entry: CHECK ((length(districts) <= 2000))
constraint entry: CHECK ((length(folded) <= 60000))
constraint entry: CHECK ((length(items) <= 8))
constraint entry: CHECK ((length(municipalities) <= 20000))
constraint entry: CHECK ((length(open_districts) <= 2000))
constraint entry: CHECK ((length(refs) <= 500))
constraint entry: CHECK ((length(scenes) <= 100))
constraint entry: CHECK ((length(tags) <= 500))
constraint entry: CHECK ((length(withdrawn_reason) <= 2000))
constraint entry: CHECK ((needs_rewrite = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint entry: CHECK ((open = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint entry: CHECK ((reach = ANY (ARRAY['internal'::text, 'municipalities'::text, 'participants'::text, 'public'::text])))
constraint entry: CHECK ((sources >= 0))
constraint entry: CHECK ((version > 0))
constraint entry: PRIMARY KEY (id)
constraint entry: UNIQUE (seed)
constraint entry_history: CHECK (((length(action) >= 1) AND (length(action) <= 40)))
constraint entry_history: CHECK ((length(detail) <= 30000))
constraint entry_history: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_history: PRIMARY KEY (id)
constraint entry_municipality: CHECK ((length(approved_name) <= 300))
constraint entry_municipality: CHECK ((length(municipality) = 6))
constraint entry_municipality: CHECK ((length(status) <= 20))
constraint entry_municipality: CHECK ((length(withdrawn_on) = 10))
constraint entry_municipality: CHECK ((length(wording) <= 5000))
constraint entry_municipality: CHECK ((version > 0))
constraint entry_municipality: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_municipality: PRIMARY KEY (entry, municipality)
constraint entry_participant: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_participant: PRIMARY KEY (entry, organisation)
constraint entry_reader: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_reader: PRIMARY KEY (entry, organisation)
constraint goal: CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
constraint goal: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint goal: CHECK ((part = ANY (ARRAY['vision'::text, 'daily'::text, 'transition'::text, 'acute'::text, 'endoflife'::text, 'common'::text])))
constraint goal: CHECK ((version > 0))
constraint goal: PRIMARY KEY (id)
constraint goal: UNIQUE (tenant, part)
constraint import_batch: CHECK ((format = ANY (ARRAY['json'::text, 'csv'::text, 'xlsx'::text])))
constraint import_batch: CHECK ((length(encoding) <= 40))
constraint import_batch: CHECK ((length(file_name) <= 300))
constraint import_batch: FOREIGN KEY (survey) REFERENCES survey(id)
constraint import_batch: PRIMARY KEY (id)
constraint import_batch: UNIQUE (survey)
constraint invitation: CHECK ((channel = ANY (ARRAY['mail'::text, 'print'::text, 'setup'::text])))
constraint invitation: CHECK ((length(label) <= 200))
constraint invitation: CHECK ((role = ANY (ARRAY['member'::text, 'editor'::text, 'approver'::text, 'manager'::text, 'administrator'::text])))
constraint invitation: CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'revoked'::text])))
constraint invitation: FOREIGN KEY (accepted_by) REFERENCES account(id)
constraint invitation: FOREIGN KEY (invited_by) REFERENCES account(id)
constraint invitation: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint invitation: PRIMARY KEY (id)
constraint invitation: UNIQUE (hash)
constraint job: CHECK ((length(job_key) <= 200))
constraint job: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'dead'::text])))
constraint job: PRIMARY KEY (job_key)
constraint mail: CHECK ((length(body) <= 20000))
constraint mail: CHECK ((length(recipient) <= 320))
constraint mail: CHECK ((length(subject) <= 300))
constraint mail: PRIMARY KEY (id)
constraint membership: CHECK (((length(profession) >= 1) AND (length(profession) <= 40)))
constraint membership: CHECK ((role = ANY (ARRAY['member'::text, 'editor'::text, 'approver'::text, 'manager'::text, 'administrator'::text])))
constraint membership: FOREIGN KEY (account) REFERENCES account(id)
constraint membership: FOREIGN KEY (ended_by) REFERENCES account(id)
constraint membership: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint membership: PRIMARY KEY (id)
constraint meta: PRIMARY KEY (name)
constraint migration: PRIMARY KEY (feature, name)
constraint municipality: CHECK (((in_area = 0) OR (district IS NOT NULL)))
constraint municipality: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
constraint municipality: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint municipality: CHECK (((length(name_kana) >= 1) AND (length(name_kana) <= 100)))
constraint municipality: CHECK (((length(prefecture) >= 1) AND (length(prefecture) <= 40)))
constraint municipality: CHECK ((in_area = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint municipality: CHECK ((insurer_verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint municipality: CHECK ((length(code) = 6))
constraint municipality: CHECK ((length(insurer) = 6))
constraint municipality: CHECK ((length(note) <= 500))
constraint municipality: FOREIGN KEY (district) REFERENCES district(code)
constraint municipality: PRIMARY KEY (code)
constraint organisation: CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
constraint organisation: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint organisation: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 200)))
constraint organisation: CHECK (((length(short_name) >= 1) AND (length(short_name) <= 100)))
constraint organisation: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint organisation: CHECK ((length(source) <= 500))
constraint organisation: CHECK ((regime = ANY (ARRAY['private'::text, 'administrative'::text, 'public_hospital'::text, 'processor'::text])))
constraint organisation: CHECK ((verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint organisation: FOREIGN KEY (municipality) REFERENCES municipality(code)
constraint organisation: PRIMARY KEY (id)
constraint organisation_alias: CHECK (((length(alias) >= 1) AND (length(alias) <= 200)))
constraint organisation_alias: CHECK ((length(source) <= 500))
constraint organisation_alias: CHECK ((verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint organisation_alias: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint organisation_alias: FOREIGN KEY (scope_district) REFERENCES district(code)
constraint organisation_alias: PRIMARY KEY (alias, organisation)
constraint programme_state: CHECK ((id = 1))
constraint programme_state: PRIMARY KEY (id)
constraint question: CHECK (((length(anchor) >= 1) AND (length(anchor) <= 20)))
constraint question: CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
constraint question: CHECK (((length(field) >= 1) AND (length(field) <= 40)))
constraint question: CHECK (((length(number) >= 1) AND (length(number) <= 20)))
constraint question: CHECK (((length(short) >= 1) AND (length(short) <= 60)))
constraint question: CHECK ((length(body_en) <= 2000))
constraint question: CHECK ((length(short_en) <= 100))
constraint question: FOREIGN KEY (survey) REFERENCES survey(id)
constraint question: PRIMARY KEY (id)
constraint question: UNIQUE (survey, anchor)
constraint question: UNIQUE (survey, field)
constraint question: UNIQUE (survey, sort)
constraint recovery_code: FOREIGN KEY (account) REFERENCES account(id)
constraint recovery_code: FOREIGN KEY (issued_by) REFERENCES account(id)
constraint recovery_code: PRIMARY KEY (account, hash)
constraint response: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint response: CHECK ((length(municipality) = 6))
constraint response: FOREIGN KEY (survey) REFERENCES survey(id)
constraint response: PRIMARY KEY (id)
constraint response: UNIQUE (survey, municipality)
constraint response: UNIQUE (survey, sort)
constraint saved_view: CHECK (((length(address) >= 1) AND (length(address) <= 1000)))
constraint saved_view: CHECK (((length(name) >= 1) AND (length(name) <= 60)))
constraint saved_view: PRIMARY KEY (id)
constraint saved_view: UNIQUE (account, name)
constraint session: CHECK ((length(agent) <= 200))
constraint session: CHECK ((second_factor = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint session: PRIMARY KEY (id)
constraint session: UNIQUE (token_hash)
constraint sheet_code: CHECK (((number >= 1) AND (number <= 100)))
constraint sheet_code: FOREIGN KEY (sheet) REFERENCES code_sheet(id)
constraint sheet_code: PRIMARY KEY (sheet, number)
constraint sign_in_attempt: CHECK ((length(counted) <= 100))
constraint sign_in_attempt: PRIMARY KEY (counted)
constraint sign_in_step: CHECK ((length(next) <= 500))
constraint sign_in_step: FOREIGN KEY (account) REFERENCES account(id)
constraint sign_in_step: PRIMARY KEY (hash)
constraint source: CHECK (((length(kind) >= 1) AND (length(kind) <= 20)))
constraint source: CHECK (((length(quote) >= 1) AND (length(quote) <= 20000)))
constraint source: CHECK ((ends >= starts))
constraint source: CHECK ((length(municipality) <= 6))
constraint source: CHECK ((length(question) <= 20))
constraint source: CHECK ((length(survey) <= 80))
constraint source: CHECK ((paragraph >= 0))
constraint source: CHECK ((published = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint source: CHECK ((starts >= 0))
constraint source: FOREIGN KEY (entry) REFERENCES entry(id)
constraint source: PRIMARY KEY (id)
constraint stored_blob: PRIMARY KEY (id)
constraint survey: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint survey: CHECK (((length(slug) >= 1) AND (length(slug) <= 80)))
constraint survey: CHECK (((length(source) >= 1) AND (length(source) <= 2000)))
constraint survey: CHECK (((length(title) >= 1) AND (length(title) <= 300)))
constraint survey: CHECK (((state = 'published'::text) = (published_at IS NOT NULL)))
constraint survey: CHECK ((fiscal_year_inferred = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint survey: CHECK ((length(fingerprint) = 64))
constraint survey: CHECK ((length(label) <= 100))
constraint survey: CHECK ((length(licence) <= 500))
constraint survey: CHECK ((length(licence_en) <= 500))
constraint survey: CHECK ((length(note) <= 2000))
constraint survey: CHECK ((length(note_en) <= 2000))
constraint survey: CHECK ((length(source_en) <= 2000))
constraint survey: CHECK ((length(title_en) <= 500))
constraint survey: CHECK ((length(trailing_link) <= 2000))
constraint survey: CHECK ((responses >= 0))
constraint survey: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
constraint survey: CHECK ((version > 0))
constraint survey: PRIMARY KEY (id)
constraint survey: UNIQUE (slug)
constraint totp: FOREIGN KEY (account) REFERENCES account(id)
constraint totp: PRIMARY KEY (account)
constraint urgent_number: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
constraint urgent_number: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint urgent_number: CHECK (((length(number) >= 1) AND (length(number) <= 40)))
constraint urgent_number: CHECK (((length(when_en) >= 1) AND (length(when_en) <= 200)))
constraint urgent_number: CHECK (((length(when_ja) >= 1) AND (length(when_ja) <= 200)))
constraint urgent_number: CHECK ((length(scope) <= 200))
constraint urgent_number: CHECK ((length(source) <= 500))
constraint urgent_number: CHECK ((verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint urgent_number: PRIMARY KEY (number)
index CREATE INDEX access_subject ON public.access USING btree (subject, account)
index CREATE INDEX answer_asker ON public.answer USING btree (asker, survey) WHERE (published_at IS NULL)
index CREATE INDEX answer_row ON public.answer USING btree (survey, sort)
index CREATE INDEX answer_tenant ON public.answer USING btree (tenant, survey) WHERE (published_at IS NULL)
index CREATE INDEX audit_event_at ON public.audit_event USING btree (at)
index CREATE INDEX audit_event_row ON public.audit_event USING btree (row_id, at) WHERE (row_id IS NOT NULL)
index CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject, at) WHERE (subject IS NOT NULL)
index CREATE INDEX backup_run_finished ON public.backup_run USING btree (finished)
index CREATE INDEX backup_run_verified ON public.backup_run USING btree (verified)
index CREATE INDEX contact_owner ON public.contact USING btree (owner)
index CREATE INDEX council_municipality_town ON public.council_municipality USING btree (municipality)
index CREATE INDEX entry_board ON public.entry USING btree (kind, status, updated_at, id)
index CREATE INDEX entry_history_entry ON public.entry_history USING btree (entry, at)
index CREATE INDEX entry_history_organisation ON public.entry_history USING btree (organisation, entry)
index CREATE INDEX entry_history_tenant ON public.entry_history USING btree (tenant, entry)
index CREATE INDEX entry_latest ON public.entry USING btree (updated_at, id)
index CREATE INDEX entry_municipality_waits ON public.entry_municipality USING btree (organisation, entry) WHERE (approved_at IS NULL)
index CREATE INDEX entry_open_board ON public.entry USING btree (kind, status, updated_at, id) WHERE (open = 1)
index CREATE INDEX entry_open_id ON public.entry USING btree (id) WHERE (open = 1)
index CREATE INDEX entry_open_latest ON public.entry USING btree (updated_at, id) WHERE (open = 1)
index CREATE INDEX entry_owner ON public.entry USING btree (tenant, updated_at, id)
index CREATE INDEX import_batch_tenant ON public.import_batch USING btree (tenant)
index CREATE INDEX invitation_organisation ON public.invitation USING btree (organisation, created)
index CREATE INDEX job_due ON public.job USING btree (state, run_at)
index CREATE INDEX mail_written ON public.mail USING btree (written_at)
index CREATE INDEX membership_account ON public.membership USING btree (account)
index CREATE INDEX membership_organisation ON public.membership USING btree (organisation, ends)
index CREATE INDEX response_asker ON public.response USING btree (asker, survey) WHERE (published_at IS NULL)
index CREATE INDEX response_tenant ON public.response USING btree (tenant, survey) WHERE (published_at IS NULL)
index CREATE INDEX session_account ON public.session USING btree (account, seen_at)
index CREATE INDEX session_expires ON public.session USING btree (expires_at)
index CREATE INDEX sign_in_step_expires ON public.sign_in_step USING btree (expires)
index CREATE INDEX source_entry ON public.source USING btree (entry, sort, id)
index CREATE INDEX source_record ON public.source USING btree (record)
index CREATE UNIQUE INDEX access_pkey ON public.access USING btree (account, subject)
index CREATE UNIQUE INDEX account_email_key ON public.account USING btree (email)
index CREATE UNIQUE INDEX account_password_pkey ON public.account_password USING btree (account)
index CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
index CREATE UNIQUE INDEX account_review_organisation_quarter_key ON public.account_review USING btree (organisation, quarter)
index CREATE UNIQUE INDEX account_review_pkey ON public.account_review USING btree (id)
index CREATE UNIQUE INDEX account_sign_in_key ON public.account USING btree (sign_in)
index CREATE UNIQUE INDEX acting_for_pkey ON public.acting_for USING btree (organisation, municipality_org)
index CREATE UNIQUE INDEX answer_pkey ON public.answer USING btree (id)
index CREATE UNIQUE INDEX answer_question_sort_key ON public.answer USING btree (question, sort)
index CREATE UNIQUE INDEX area_pkey ON public.area USING btree (id)
index CREATE UNIQUE INDEX audit_chain_pkey ON public.audit_chain USING btree (chain)
index CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (chain, "position")
index CREATE UNIQUE INDEX audit_seal_pkey ON public.audit_seal USING btree (number)
index CREATE UNIQUE INDEX backup_run_pkey ON public.backup_run USING btree (night)
index CREATE UNIQUE INDEX cast_member_pkey ON public.cast_member USING btree (cast_key)
index CREATE UNIQUE INDEX change_pkey ON public.change USING btree (seq)
index CREATE UNIQUE INDEX closed_day_pkey ON public.closed_day USING btree (organisation, day)
index CREATE UNIQUE INDEX code_sheet_in_force ON public.code_sheet USING btree (account) WHERE (voided IS NULL)
index CREATE UNIQUE INDEX code_sheet_pkey ON public.code_sheet USING btree (id)
index CREATE UNIQUE INDEX contact_municipality_audience_key ON public.contact USING btree (municipality, audience)
index CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (id)
index CREATE UNIQUE INDEX council_municipality_pkey ON public.council_municipality USING btree (council, municipality)
index CREATE UNIQUE INDEX council_pkey ON public.council USING btree (id)
index CREATE UNIQUE INDEX district_pkey ON public.district USING btree (code)
index CREATE UNIQUE INDEX entry_history_pkey ON public.entry_history USING btree (id)
index CREATE UNIQUE INDEX entry_municipality_pkey ON public.entry_municipality USING btree (entry, municipality)
index CREATE UNIQUE INDEX entry_participant_pkey ON public.entry_participant USING btree (entry, organisation)
index CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (id)
index CREATE UNIQUE INDEX entry_reader_pkey ON public.entry_reader USING btree (entry, organisation)
index CREATE UNIQUE INDEX entry_seed_key ON public.entry USING btree (seed)
index CREATE UNIQUE INDEX goal_pkey ON public.goal USING btree (id)
index CREATE UNIQUE INDEX goal_tenant_part_key ON public.goal USING btree (tenant, part)
index CREATE UNIQUE INDEX import_batch_pkey ON public.import_batch USING btree (id)
index CREATE UNIQUE INDEX import_batch_survey_key ON public.import_batch USING btree (survey)
index CREATE UNIQUE INDEX invitation_hash_key ON public.invitation USING btree (hash)
index CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (id)
index CREATE UNIQUE INDEX job_pkey ON public.job USING btree (job_key)
index CREATE UNIQUE INDEX mail_pkey ON public.mail USING btree (id)
index CREATE UNIQUE INDEX membership_once ON public.membership USING btree (account, organisation) WHERE (ends IS NULL)
index CREATE UNIQUE INDEX membership_pkey ON public.membership USING btree (id)
index CREATE UNIQUE INDEX meta_pkey ON public.meta USING btree (name)
index CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (feature, name)
index CREATE UNIQUE INDEX municipality_pkey ON public.municipality USING btree (code)
index CREATE UNIQUE INDEX organisation_alias_pkey ON public.organisation_alias USING btree (alias, organisation)
index CREATE UNIQUE INDEX organisation_municipality ON public.organisation USING btree (municipality) WHERE (kind = 'municipality'::text)
index CREATE UNIQUE INDEX organisation_pkey ON public.organisation USING btree (id)
index CREATE UNIQUE INDEX programme_state_pkey ON public.programme_state USING btree (id)
index CREATE UNIQUE INDEX question_pkey ON public.question USING btree (id)
index CREATE UNIQUE INDEX question_survey_anchor_key ON public.question USING btree (survey, anchor)
index CREATE UNIQUE INDEX question_survey_field_key ON public.question USING btree (survey, field)
index CREATE UNIQUE INDEX question_survey_sort_key ON public.question USING btree (survey, sort)
index CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (account, hash)
index CREATE UNIQUE INDEX response_pkey ON public.response USING btree (id)
index CREATE UNIQUE INDEX response_survey_municipality_key ON public.response USING btree (survey, municipality)
index CREATE UNIQUE INDEX response_survey_sort_key ON public.response USING btree (survey, sort)
index CREATE UNIQUE INDEX saved_view_account_name_key ON public.saved_view USING btree (account, name)
index CREATE UNIQUE INDEX saved_view_pkey ON public.saved_view USING btree (id)
index CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
index CREATE UNIQUE INDEX session_token_hash_key ON public.session USING btree (token_hash)
index CREATE UNIQUE INDEX sheet_code_pkey ON public.sheet_code USING btree (sheet, number)
index CREATE UNIQUE INDEX sign_in_attempt_pkey ON public.sign_in_attempt USING btree (counted)
index CREATE UNIQUE INDEX sign_in_step_pkey ON public.sign_in_step USING btree (hash)
index CREATE UNIQUE INDEX source_pkey ON public.source USING btree (id)
index CREATE UNIQUE INDEX stored_blob_pkey ON public.stored_blob USING btree (id)
index CREATE UNIQUE INDEX survey_pkey ON public.survey USING btree (id)
index CREATE UNIQUE INDEX survey_slug_key ON public.survey USING btree (slug)
index CREATE UNIQUE INDEX totp_pkey ON public.totp USING btree (account)
index CREATE UNIQUE INDEX urgent_number_pkey ON public.urgent_number USING btree (number)
view visible_account_review:  SELECT r.id,
    r.organisation,
    r.quarter,
    r.members,
    r.reviewed_by,
    r.reviewed,
    a.level
   FROM (access a
     JOIN account_review r ON ((r.organisation = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.level >= 3));
view visible_answer:  SELECT w.id,
    w.survey,
    w.question,
    w.sort,
    w.municipality,
    w.tenant,
    w.asker,
    w.body,
    w.state,
    w.published_at
   FROM answer w
  WHERE (w.published_at IS NOT NULL)
UNION ALL
 SELECT w.id,
    w.survey,
    w.question,
    w.sort,
    w.municipality,
    w.tenant,
    w.asker,
    w.body,
    w.state,
    w.published_at
   FROM (access a
     JOIN answer w ON ((w.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (w.published_at IS NULL))
UNION ALL
 SELECT w.id,
    w.survey,
    w.question,
    w.sort,
    w.municipality,
    w.tenant,
    w.asker,
    w.body,
    w.state,
    w.published_at
   FROM (access a
     JOIN answer w ON ((w.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (w.published_at IS NULL) AND (NOT (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = a.account) AND (b.subject = w.tenant) AND (b.until > viewer_now()))))));
view visible_entry:  SELECT e.id,
    e.tenant,
    e.kind,
    e.title,
    e.body,
    e.status,
    e.reach,
    e.open,
    e.fiscal_year,
    e.items,
    e.item_mask,
    e.scenes,
    e.scene_mask,
    e.tags,
    e.refs,
    e.municipalities,
    e.approved,
    e.districts,
    e.open_districts,
    e.goal,
    e.folded,
    e.sources,
    e.origin,
    e.needs_rewrite,
    e.rewritten_by,
    e.fictional,
    e.withdrawn_at,
    e.withdrawn_reason,
    e.version,
    e.created_at,
    e.updated_at,
    COALESCE(( SELECT max(a.level) AS max
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = e.tenant) AND (a.until > viewer_now()))), (1)::bigint) AS level,
    (
        CASE
            WHEN ((EXISTS ( SELECT 1
               FROM access a
              WHERE ((a.account = viewer_account()) AND (a.subject = e.tenant) AND (a.until > viewer_now())))) OR (EXISTS ( SELECT 1
               FROM (entry_reader r
                 JOIN access a ON ((a.subject = r.organisation)))
              WHERE ((r.entry = e.id) AND (a.account = viewer_account()) AND (a.until > viewer_now()))))) THEN 1
            ELSE 0
        END)::bigint AS inside
   FROM entry e
  WHERE ((e.open = 1) OR (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = e.tenant) AND (a.until > viewer_now())))) OR (EXISTS ( SELECT 1
           FROM (entry_reader r
             JOIN access a ON ((a.subject = r.organisation)))
          WHERE ((r.entry = e.id) AND (a.account = viewer_account()) AND (a.until > viewer_now())))));
view visible_entry_history:  SELECT h.id,
    h.entry,
    h.tenant,
    h.organisation,
    h.account,
    h.action,
    h.detail,
    h.version,
    h.at
   FROM (access a
     JOIN entry_history h ON ((h.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT h.id,
    h.entry,
    h.tenant,
    h.organisation,
    h.account,
    h.action,
    h.detail,
    h.version,
    h.at
   FROM (access a
     JOIN entry_history h ON ((h.organisation = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (NOT (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = a.account) AND (b.subject = h.tenant) AND (b.until > viewer_now()))))));
view visible_entry_municipality:  SELECT m.entry,
    m.municipality,
    m.tenant,
    m.organisation,
    m.sort,
    m.wording,
    m.status,
    m.approved_at,
    m.approved_name,
    m.withdrawn_on,
    m.version,
    e.inside,
    COALESCE(( SELECT max(a.level) AS max
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = m.organisation) AND (a.until > viewer_now()))), (1)::bigint) AS level
   FROM (visible_entry e
     JOIN entry_municipality m ON ((m.entry = e.id)))
  WHERE (((m.approved_at IS NOT NULL) AND (m.withdrawn_on IS NULL)) OR (e.inside = 1));
view visible_entry_participant:  SELECT p.entry,
    p.organisation
   FROM (visible_entry e
     JOIN entry_participant p ON ((p.entry = e.id)))
  WHERE (e.inside = 1);
view visible_goal:  SELECT g.id,
    g.tenant,
    g.part,
    g.body,
    g.fictional,
    g.published_at,
    g.version,
    g.saved_at,
    COALESCE(( SELECT max(a.level) AS max
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = g.tenant) AND (a.until > viewer_now()))), (1)::bigint) AS level
   FROM goal g
  WHERE (g.published_at IS NOT NULL)
UNION ALL
 SELECT g.id,
    g.tenant,
    g.part,
    g.body,
    g.fictional,
    g.published_at,
    g.version,
    g.saved_at,
    a.level
   FROM (access a
     JOIN goal g ON ((g.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (g.published_at IS NULL));
view visible_import_batch:  SELECT i.id,
    i.survey,
    i.tenant,
    i.file_name,
    i.format,
    i.encoding,
    i.responses,
    i.questions,
    i.written,
    i.blank,
    i.imported_at,
    i.published_at,
    a.level
   FROM (access a
     JOIN import_batch i ON ((i.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_invitation:  SELECT i.id,
    i.organisation,
    i.role,
    i.channel,
    i.label,
    i.state,
    i.invited_by,
    i.created,
    i.expires,
    i.accepted_by,
    i.closed,
    a.level
   FROM (access a
     JOIN invitation i ON ((i.organisation = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.level >= 3));
view visible_membership:  SELECT m.id,
    m.account,
    m.organisation,
    m.role,
    m.profession,
    m.starts,
    m.ends,
    a.level,
    p.name,
    p.sign_in,
    p.email,
    p.last_sign_in,
    p.fictional,
    ( SELECT count(*) AS count
           FROM totp t
          WHERE (t.account = m.account)) AS totp_count,
    ( SELECT count(*) AS count
           FROM (code_sheet s
             JOIN sheet_code c ON ((c.sheet = s.id)))
          WHERE ((s.account = m.account) AND (s.voided IS NULL) AND (c.used IS NULL))) AS sheet_left
   FROM ((access a
     JOIN membership m ON ((m.organisation = a.subject)))
     JOIN account p ON ((p.id = m.account)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.level >= 3));
view visible_response:  SELECT r.id,
    r.survey,
    r.sort,
    r.municipality,
    r.name,
    r.tenant,
    r.asker,
    r.published_at
   FROM response r
  WHERE (r.published_at IS NOT NULL)
UNION ALL
 SELECT r.id,
    r.survey,
    r.sort,
    r.municipality,
    r.name,
    r.tenant,
    r.asker,
    r.published_at
   FROM (access a
     JOIN response r ON ((r.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (r.published_at IS NULL))
UNION ALL
 SELECT r.id,
    r.survey,
    r.sort,
    r.municipality,
    r.name,
    r.tenant,
    r.asker,
    r.published_at
   FROM (access a
     JOIN response r ON ((r.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (r.published_at IS NULL) AND (NOT (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = a.account) AND (b.subject = r.tenant) AND (b.until > viewer_now()))))));
view visible_saved_view:  SELECT v.id,
    v.account,
    v.name,
    v.address,
    v.saved_at
   FROM saved_view v
  WHERE (v.account = viewer_account());
view visible_source:  SELECT s.id,
    s.entry,
    s.tenant,
    s.organisation,
    s.kind,
    s.record,
    s.record_version,
    s.survey,
    s.municipality,
    s.question,
    s.paragraph,
    s.starts,
    s.ends,
    s.quote,
    s.published,
    s.sort,
    s.added_at,
    e.level
   FROM (visible_entry e
     JOIN source s ON ((s.entry = e.id)))
  WHERE (((s.published = 1) AND ((e.inside = 1) OR (s.municipality = ''::text) OR (e.approved ~~ (('%'::text || s.municipality) || '%'::text)))) OR (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = s.tenant)))) OR (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = s.organisation)))));
