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
column callback_request.channel: text NO  C
column callback_request.consultation: bytea YES  
column callback_request.done_at: bigint YES  
column callback_request.done_by: bytea YES  
column callback_request.done_name: text NO  C
column callback_request.escalated_at: bigint YES  
column callback_request.fictional: bigint NO  
column callback_request.hours: text NO  C
column callback_request.id: bytea NO  
column callback_request.keep_until: text YES  C
column callback_request.municipality: text NO  C
column callback_request.outcome: text NO  C
column callback_request.promised_by: bigint NO  
column callback_request.received_at: bigint NO  
column callback_request.sender: bytea YES  
column callback_request.tenant: bytea NO  
column callback_request.texts: bytea NO  
column callback_request.version: bigint NO  
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
column column_mapping.columns: text NO  C
column column_mapping.id: bytea NO  
column column_mapping.kind: text NO  C
column column_mapping.name: text NO  C
column column_mapping.saved_at: bigint NO  
column column_mapping.version: bigint NO  
column confirmation_item.answered_at: bigint YES  
column confirmation_item.call_note: text NO ''::text C
column confirmation_item.chased: bigint NO  
column confirmation_item.chased_on: text YES  C
column confirmation_item.code: text YES  C
column confirmation_item.due_on: text NO ''::text C
column confirmation_item.id: bytea NO  
column confirmation_item.kind: text NO  C
column confirmation_item.mailed: bigint NO 0 
column confirmation_item.municipality: text NO  C
column confirmation_item.provider: bytea NO  
column confirmation_item.round: bytea NO  
column confirmation_item.state: text NO  C
column confirmation_item.tenant: bytea NO  
column confirmation_item.token: text NO  C
column confirmation_item.what: text NO 'record'::text C
column confirmation_round.asked: bigint NO  
column confirmation_round.closed_at: bigint YES  
column confirmation_round.created_at: bigint NO  
column confirmation_round.due_on: text NO  C
column confirmation_round.families: text NO ''::text C
column confirmation_round.id: bytea NO  
column confirmation_round.letter: text NO ''::text C
column confirmation_round.municipalities: text NO  C
column confirmation_round.state: text NO  C
column confirmation_round.tenant: bytea NO  
column confirmation_round.title: text NO  C
column confirmation_round.version: bigint NO  
column confirmation_round.waves: bigint NO 0 
column confirmation_round.what: text NO 'record'::text C
column consultation.age_band: text NO  C
column consultation.area_issue: bigint NO  
column consultation.batch: bytea YES  
column consultation.caller: text NO  C
column consultation.caller_hash: bytea YES  
column consultation.caller_provider: bytea YES  
column consultation.care_level: text NO  C
column consultation.categories: text NO  C
column consultation.category: text NO  C
column consultation.category_mask: bigint NO  
column consultation.changed_at: bigint NO  
column consultation.channel: text NO  C
column consultation.closed_at: bigint YES  
column consultation.day: text NO  C
column consultation.disposed_at: bigint YES  
column consultation.fictional: bigint NO  
column consultation.follow_up_on: text YES  C
column consultation.held_by: bytea YES  
column consultation.id: bytea NO  
column consultation.lane: text NO  C
column consultation.legal_basis: text NO  C
column consultation.living: text NO  C
column consultation.minutes: bigint NO  
column consultation.municipality: text NO  C
column consultation.need_met: text NO  C
column consultation.origin: text NO  C
column consultation.person_hash: bytea YES  
column consultation.received_at: bigint NO  
column consultation.receiver: bytea YES  
column consultation.reopened: bigint NO  
column consultation.response_mask: bigint NO  
column consultation.responses: text NO  C
column consultation.result: text NO  C
column consultation.saved_at: bigint YES  
column consultation.scene_mask: bigint NO  
column consultation.scenes: text NO  C
column consultation.state: text NO  C
column consultation.taken_by: bytea YES  
column consultation.tenant: bytea NO  
column consultation.texts: bytea NO  
column consultation.treatment_mask: bigint NO  
column consultation.treatments: text NO  C
column consultation.urgency: text NO  C
column consultation.version: bigint NO  
column consultation_absence.account: bytea NO  
column consultation_absence.first_on: text NO  C
column consultation_absence.id: bytea NO  
column consultation_absence.last_on: text NO  C
column consultation_absence.name: text NO  C
column consultation_absence.tenant: bytea NO  
column consultation_agreement.desk_at: bigint YES  
column consultation_agreement.desk_by: text NO  C
column consultation_agreement.desk_name: text NO  C
column consultation_agreement.ended_at: bigint YES  
column consultation_agreement.ended_by: text NO  C
column consultation_agreement.first_on: text NO  C
column consultation_agreement.id: bytea NO  
column consultation_agreement.last_on: text NO  C
column consultation_agreement.municipality: text NO  C
column consultation_agreement.tenant: bytea NO  
column consultation_agreement.town: bytea NO  
column consultation_agreement.town_at: bigint YES  
column consultation_agreement.town_by: text NO  C
column consultation_agreement.town_name: text NO  C
column consultation_agreement.version: bigint NO  
column consultation_count.calls: bigint NO  
column consultation_count.dimension: text NO  C
column consultation_count.minutes: bigint NO  
column consultation_count.month: text NO  C
column consultation_count.municipality: text NO  C
column consultation_count.tenant: bytea NO  
column consultation_count.value: text NO  C
column consultation_counted.consultation: bytea NO  
column consultation_counted.facts: text NO  C
column consultation_counted.tenant: bytea NO  
column consultation_deputies.by_name: text NO  C
column consultation_deputies.list: text NO  C
column consultation_deputies.saved_at: bigint NO  
column consultation_deputies.tenant: bytea NO  
column consultation_deputies.version: bigint NO  
column consultation_disposal.basis: text NO  C
column consultation_disposal.before_on: text NO  C
column consultation_disposal.decided_at: bigint YES  
column consultation_disposal.decided_by: text NO  C
column consultation_disposal.destroyed: bigint NO  
column consultation_disposal.done_at: bigint YES  
column consultation_disposal.id: bytea NO  
column consultation_disposal.kind: text NO  C
column consultation_disposal.proposed_at: bigint NO  
column consultation_disposal.records: bigint NO  
column consultation_disposal.state: text NO  C
column consultation_disposal.tenant: bytea NO  
column consultation_disposal.version: bigint NO  
column consultation_disposal.years: bigint NO  
column consultation_event.account: bytea YES  
column consultation_event.at: bigint NO  
column consultation_event.consultation: bytea NO  
column consultation_event.detail: text NO  C
column consultation_event.id: bytea NO  
column consultation_event.note: bytea YES  
column consultation_event.organisation: bytea YES  
column consultation_event.tenant: bytea NO  
column consultation_event.version: bigint NO  
column consultation_event.what: text NO  C
column consultation_handover.basis: text NO  C
column consultation_handover.category: text NO  C
column consultation_handover.code: text NO  C
column consultation_handover.consultation: bytea NO  
column consultation_handover.deputy: bytea YES  
column consultation_handover.deputy_name: text NO  C
column consultation_handover.deputy_of: bytea YES  
column consultation_handover.due_on: text NO  C
column consultation_handover.escalated_on: text YES  C
column consultation_handover.escalations: bigint NO  
column consultation_handover.fictional: bigint NO  
column consultation_handover.id: bytea NO  
column consultation_handover.kind: text NO  C
column consultation_handover.moved_on: text NO  C
column consultation_handover.municipality: text NO  C
column consultation_handover.outcome: text NO  C
column consultation_handover.reasons: text NO  C
column consultation_handover.receiver: bytea YES  
column consultation_handover.receiver_fax: text NO  C
column consultation_handover.receiver_name: text NO  C
column consultation_handover.seen_at: bigint YES  
column consultation_handover.sender_name: text NO  C
column consultation_handover.sent_at: bigint NO  
column consultation_handover.state: text NO  C
column consultation_handover.tenant: bytea NO  
column consultation_handover.texts: bytea NO  
column consultation_handover.version: bigint NO  
column consultation_handover.whole: bigint NO  
column consultation_handover_step.at: bigint NO  
column consultation_handover_step.behalf: text NO  C
column consultation_handover_step.by_name: text NO  C
column consultation_handover_step.due_on: text YES  C
column consultation_handover_step.handover: bytea NO  
column consultation_handover_step.happened_on: text NO  C
column consultation_handover_step.id: bytea NO  
column consultation_handover_step.note: bytea YES  
column consultation_handover_step.step: text NO  C
column consultation_handover_step.tenant: bytea NO  
column consultation_handover_step.version: bigint NO  
column consultation_hold.at: bigint NO  
column consultation_hold.by_name: text NO  C
column consultation_hold.consultation: bytea NO  
column consultation_hold.reason: text NO  C
column consultation_hold.tenant: bytea NO  
column consultation_issue.at: bigint NO  
column consultation_issue.by_account: bytea YES  
column consultation_issue.consultation: bytea NO  
column consultation_issue.entry: bytea NO  
column consultation_issue.tenant: bytea NO  
column consultation_issue.title: text NO  C
column consultation_mark.consultation: bytea NO  
column consultation_mark.m0: bigint NO  
column consultation_mark.m1: bigint NO  
column consultation_mark.m2: bigint NO  
column consultation_mark.m3: bigint NO  
column consultation_mark.m4: bigint NO  
column consultation_mark.m5: bigint NO  
column consultation_mark.m6: bigint NO  
column consultation_mark.m7: bigint NO  
column consultation_mark.received_at: bigint NO  
column consultation_mark.tenant: bytea NO  
column consultation_referral.answer: text NO  C
column consultation_referral.at: bigint NO  
column consultation_referral.by_account: bytea YES  
column consultation_referral.consultation: bytea NO  
column consultation_referral.id: bytea NO  
column consultation_referral.kind: text NO  C
column consultation_referral.name: text NO  C
column consultation_referral.provider: bytea YES  
column consultation_referral.tenant: bytea NO  
column consultation_referral.undone_at: bigint YES  
column consultation_referral.version: bigint NO  
column consultation_retention.basis: text NO  C
column consultation_retention.by_name: text NO  C
column consultation_retention.kind: text NO  C
column consultation_retention.saved_at: bigint NO  
column consultation_retention.tenant: bytea NO  
column consultation_retention.version: bigint NO  
column consultation_retention.years: bigint NO  
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
column directory_edition.accepted_at: bigint YES  
column directory_edition.added: bigint NO  
column directory_edition.by_name: text NO  C
column directory_edition.changed: bigint NO  
column directory_edition.created_at: bigint NO  
column directory_edition.files: text NO  C
column directory_edition.id: bytea NO  
column directory_edition.number: bigint NO  
column directory_edition.outside: bigint NO  
column directory_edition.refused: bigint NO  
column directory_edition.report: text NO  C
column directory_edition.rows_read: bigint NO  
column directory_edition.slot: bigint YES  
column directory_edition.state: text NO  C
column directory_edition.suspicious: bigint NO  
column directory_edition.title: text NO  C
column directory_edition.touched_at: bigint NO  
column directory_edition.unchanged: bigint NO  
column directory_edition.undone_at: bigint YES  
column directory_edition.vanished: bigint NO  
column directory_edition.version: bigint NO  
column directory_state.current: bigint NO  
column directory_state.id: bigint NO  
column directory_state.reserved: bigint NO  
column disclosure.at: bigint NO  
column disclosure.body: text NO  C
column disclosure.by_name: text NO  C
column disclosure.hidden: bigint NO  
column disclosure.id: bytea NO  
column disclosure.measure: bytea NO  
column disclosure.measure_version: bigint NO  
column disclosure.number: text NO  C
column disclosure.reason: text NO  C
column disclosure.tenant: bytea NO  
column disclosure.title: text NO  C
column district.code: text NO  C
column district.name_en: text NO  C
column district.name_ja: text NO  C
column district.sort: bigint NO  
column district.tone: text NO  C
column duty.key: text NO  C
column duty.month: bigint NO  
column duty.saved_at: bigint NO  
column duty.tenant: bytea NO  
column duty.title: text NO  C
column duty.version: bigint NO  
column duty_done.by_name: text NO  C
column duty_done.done_on: text NO  C
column duty_done.fiscal_year: bigint NO  
column duty_done.key: text NO  C
column duty_done.tenant: bytea NO  
column duty_note.body: text NO  C
column duty_note.by_name: text NO  C
column duty_note.key: text NO  C
column duty_note.saved_at: bigint NO  
column duty_note.tenant: bytea NO  
column duty_note.version: bigint NO  
column edition_row.applied: bigint NO  
column edition_row.before: text NO  C
column edition_row.edition: bigint NO  
column edition_row.file: text NO  C
column edition_row.kind: text NO  C
column edition_row.line: bigint NO  
column edition_row.municipality: text NO  C
column edition_row.name: text NO  C
column edition_row.outcome: text NO  C
column edition_row.payload: text NO  C
column edition_row.provider: bytea YES  
column edition_row.reason: text NO  C
column edition_row.seq: bigint NO  
column edition_row.service: bytea YES  
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
column entry.waits: bigint NO  
column entry.withdrawn_at: bigint YES  
column entry.withdrawn_reason: text YES  C
column entry_comment.at: bigint NO  
column entry_comment.body: text NO  C
column entry_comment.by_name: text NO  C
column entry_comment.entry: bytea NO  
column entry_comment.id: bytea NO  
column entry_comment.reach: text NO  C
column entry_comment.tenant: bytea NO  
column entry_comment.version: bigint NO  
column entry_comment.withdrawn_at: bigint YES  
column entry_file.at: bigint NO  
column entry_file.by_name: text NO  C
column entry_file.entry: bytea NO  
column entry_file.id: bytea NO  
column entry_file.mime: text NO  C
column entry_file.name: text NO  C
column entry_file.size: bigint NO  
column entry_file.stored: bytea NO  
column entry_file.tenant: bytea NO  
column entry_history.account: bytea YES  
column entry_history.action: text NO  C
column entry_history.at: bigint NO  
column entry_history.detail: text NO  C
column entry_history.entry: bytea NO  
column entry_history.id: bytea NO  
column entry_history.organisation: bytea YES  
column entry_history.tenant: bytea NO  
column entry_history.version: bigint NO  
column entry_link.entry: bytea NO  
column entry_link.id: bytea NO  
column entry_link.kind: text NO  C
column entry_link.made_at: bigint NO  
column entry_link.made_by: bytea YES  
column entry_link.moved: text NO  C
column entry_link.named: text NO  C
column entry_link.other: bytea NO  
column entry_link.tenant: bytea NO  
column entry_link.undone_at: bigint YES  
column entry_link.undone_by: bytea YES  
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
column facility_partner.admits: bigint YES  
column facility_partner.confirmed_by: text NO  C
column facility_partner.confirmed_on: text YES  C
column facility_partner.consults: bigint YES  
column facility_partner.ended_on: text YES  C
column facility_partner.facility: bytea NO  
column facility_partner.id: bytea NO  
column facility_partner.institution: bytea NO  
column facility_partner.met_on: text YES  C
column facility_partner.note: text NO  C
column facility_partner.saved_at: bigint NO  
column facility_partner.since_on: text YES  C
column facility_partner.version: bigint NO  
column facility_partner.visits: bigint YES  
column form_link.asker: bytea NO  
column form_link.ends: bigint NO  
column form_link.hash: text NO  C
column form_link.id: bytea NO  
column form_link.made_at: bigint NO  
column form_link.made_by: bytea YES  
column form_link.recipient: text NO  C
column form_link.reply: bytea NO  
column form_link.revoked_at: bigint YES  
column form_link.round: bytea NO  
column form_link.tenant: bytea NO  
column form_link.used_at: bigint YES  
column form_link.window_at: bigint NO  
column form_link.window_uses: bigint NO  
column form_return.answers: text NO  C
column form_return.asker: bytea NO  
column form_return.confirmed: text NO  C
column form_return.decided_at: bigint YES  
column form_return.decided_by: bytea YES  
column form_return.entered_at: bigint NO  
column form_return.entered_by: bytea YES  
column form_return.entered_office: bytea YES  
column form_return.file_name: text NO  C
column form_return.id: bytea NO  
column form_return.problems: text NO  C
column form_return.reply: bytea NO  
column form_return.round: bytea NO  
column form_return.stamp: bigint YES  
column form_return.state: text NO  C
column form_return.tenant: bytea NO  
column form_return.via: text NO  C
column goal.body: text NO  C
column goal.fictional: bigint NO  
column goal.id: bytea NO  
column goal.part: text NO  C
column goal.published_at: bigint YES  
column goal.saved_at: bigint NO  
column goal.tenant: bytea NO  
column goal.version: bigint NO  
column handoff.body: text NO  C
column handoff.code: text NO  C
column handoff.council: bytea YES  
column handoff.due_on: text NO  C
column handoff.entry: bytea YES  
column handoff.id: bytea NO  
column handoff.kind: text NO  C
column handoff.moved_on: text NO  C
column handoff.receiver: bytea YES  
column handoff.receiver_name: text NO  C
column handoff.sender_name: text NO  C
column handoff.sent_at: bigint NO  
column handoff.state: text NO  C
column handoff.tenant: bytea NO  
column handoff.title: text NO  C
column handoff.version: bigint NO  
column handoff_step.at: bigint NO  
column handoff_step.behalf: text NO  C
column handoff_step.body: text NO  C
column handoff_step.by_name: text NO  C
column handoff_step.due_on: text YES  C
column handoff_step.handoff: bytea NO  
column handoff_step.happened_on: text NO  C
column handoff_step.id: bytea NO  
column handoff_step.receiver: bytea YES  
column handoff_step.step: text NO  C
column handoff_step.tenant: bytea NO  
column handoff_step.version: bigint NO  
column hospital_window.answers: text YES  C
column hospital_window.draft: text YES  C
column hospital_window.draft_by: text YES  C
column hospital_window.fax: text YES  C
column hospital_window.hours: text YES  C
column hospital_window.how: text YES  C
column hospital_window.municipality: text NO  C
column hospital_window.outside: text YES  C
column hospital_window.phone: text YES  C
column hospital_window.saved_at: bigint NO  
column hospital_window.to_whom: text YES  C
column hospital_window.verified_by: text YES  C
column hospital_window.verified_on: text YES  C
column hospital_window.version: bigint NO  
column hospital_window.window_name: text YES  C
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
column inbox_code.code: text NO  C
column inbox_code.id: bytea NO  
column inbox_code.made_at: bigint NO  
column inbox_code.target: text NO  C
column inbox_code.tenant: bytea NO  
column inbox_history.at: bigint NO  
column inbox_history.by_account: bytea YES  
column inbox_history.id: bytea NO  
column inbox_history.page: bigint NO  
column inbox_history.paper: bytea NO  
column inbox_history.target: text YES  C
column inbox_history.tenant: bytea NO  
column inbox_history.what: text NO  C
column inbox_page.blob: bytea YES  
column inbox_page.height: bigint NO  
column inbox_page.id: bytea NO  
column inbox_page.number: bigint NO  
column inbox_page.paper: bytea NO  
column inbox_page.place: bigint NO  
column inbox_page.reading: text NO  C
column inbox_page.tenant: bytea NO  
column inbox_page.turn: bigint NO  
column inbox_page.width: bigint NO  
column inbox_paper.arrived_at: bigint NO  
column inbox_paper.code: text NO  C
column inbox_paper.decided_at: bigint YES  
column inbox_paper.decided_by: bytea YES  
column inbox_paper.dispose_at: bigint YES  
column inbox_paper.how: text NO  C
column inbox_paper.id: bytea NO  
column inbox_paper.scan: bytea NO  
column inbox_paper.state: text NO  C
column inbox_paper.target: text YES  C
column inbox_paper.tenant: bytea NO  
column inbox_paper.version: bigint NO  
column inbox_scan.arrived_at: bigint NO  
column inbox_scan.arrived_by: bytea YES  
column inbox_scan.blob: bytea YES  
column inbox_scan.bytes: bigint NO  
column inbox_scan.hash: text NO  C
column inbox_scan.id: bytea NO  
column inbox_scan.name: text NO  C
column inbox_scan.pages: bigint NO  
column inbox_scan.problem: text NO  C
column inbox_scan.problem_page: bigint NO  
column inbox_scan.state: text NO  C
column inbox_scan.tenant: bytea NO  
column inbox_scan.via: text NO  C
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
column issue_draft.answers: text NO  C
column issue_draft.by_name: text NO  C
column issue_draft.entry: bytea YES  
column issue_draft.id: bytea NO  
column issue_draft.saved_at: bigint NO  
column issue_draft.step: bigint NO  
column issue_draft.tenant: bytea NO  
column issue_draft.version: bigint NO  
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
column joint_member.adopted_at: bigint YES  
column joint_member.adopted_base: bigint NO  
column joint_member.adopted_own: bigint NO  
column joint_member.changed_at: bigint NO  
column joint_member.joint: bytea NO  
column joint_member.name: text NO  C
column joint_member.own: text NO  C
column joint_member.own_version: bigint NO  
column joint_member.reply: bytea NO  
column joint_member.sort: bigint NO  
column joint_member.state: text NO  C
column joint_member.tenant: bytea NO  
column joint_reader.inside: bigint NO  
column joint_reader.joint: bytea NO  
column joint_reader.reply: bytea NO  
column joint_reader.subject: bytea NO  
column joint_text.base: text NO  C
column joint_text.changed_at: bigint NO  
column joint_text.changed_name: text NO  C
column joint_text.field: text NO  C
column joint_text.id: bytea NO  
column joint_text.lead: bytea NO  
column joint_text.lead_name: text NO  C
column joint_text.made_at: bigint NO  
column joint_text.round: bytea NO  
column joint_text.version: bigint NO  
column mail.body: text NO  C
column mail.id: bytea NO  
column mail.recipient: text NO  C
column mail.sent_at: bigint YES  
column mail.subject: text NO  C
column mail.written_at: bigint NO  
column measure.copied_from: bytea YES  
column measure.created_at: bigint NO  
column measure.due_on: text YES  C
column measure.entered_by: bytea YES  
column measure.entry: bytea NO  
column measure.fiscal_year: bigint NO  
column measure.frozen_at: bigint YES  
column measure.id: bytea NO  
column measure.plan: text NO  C
column measure.rating: text YES  C
column measure.reach: text NO  C
column measure.state: text NO  C
column measure.tenant: bytea NO  
column measure.updated_at: bigint NO  
column measure.version: bigint NO  
column measure_version.after_close: bigint NO  
column measure_version.by_name: text NO  C
column measure_version.measure: bytea NO  
column measure_version.plan: text NO  C
column measure_version.reason: text NO  C
column measure_version.saved_at: bigint NO  
column measure_version.state: text NO  C
column measure_version.tenant: bytea NO  
column measure_version.version: bigint NO  
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
column old_count.calls: bigint NO  
column old_count.dimension: text NO  C
column old_count.file: bytea NO  
column old_count.minutes: bigint NO  
column old_count.month: text NO  C
column old_count.municipality: text NO  C
column old_count.tenant: bytea NO  
column old_count.value: text NO  C
column old_file.applied_at: bigint YES  
column old_file.body: text NO  C
column old_file.by_name: text NO  C
column old_file.id: bytea NO  
column old_file.mapping: bytea YES  
column old_file.name: text NO  C
column old_file.read_at: bigint NO  
column old_file.tenant: bytea NO  
column old_file.version: bigint NO  
column old_mapping.body: text NO  C
column old_mapping.changed_at: bigint NO  
column old_mapping.id: bytea NO  
column old_mapping.name: text NO  C
column old_mapping.tenant: bytea NO  
column old_mapping.version: bigint NO  
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
column print_edition.added: bigint NO 0 
column print_edition.bytes: bigint NO 0 
column print_edition.changed: bigint NO 0 
column print_edition.error: text NO ''::text C
column print_edition.file: bytea YES  
column print_edition.finished_at: bigint YES  
column print_edition.gone: bigint NO 0 
column print_edition.id: bytea NO  
column print_edition.kind: text NO  C
column print_edition.lang: text NO  C
column print_edition.millis: bigint NO 0 
column print_edition.missing: text NO ''::text C
column print_edition.ordered_at: bigint NO  
column print_edition.ordered_by: text NO  C
column print_edition.pages: bigint NO 0 
column print_edition.providers: bigint NO 0 
column print_edition.publisher: text NO  C
column print_edition.scope: text NO  C
column print_edition.state: text NO  C
column print_edition.title: text NO  C
column print_edition.version: bigint NO  
column print_snapshot.body: text NO  C
column print_snapshot.edition: bytea NO  
column programme_state.changed_at: bigint NO  
column programme_state.id: bigint NO  
column programme_state.public_version: bigint NO  
column provider.absent_since: text YES  C
column provider.address: text NO  C
column provider.address_key: text NO  C
column provider.building: text NO  C
column provider.corporation: text NO  C
column provider.corporation_number: text NO  C
column provider.edition: bigint NO  
column provider.fax: text NO  C
column provider.fictional: bigint NO  
column provider.id: bytea NO  
column provider.in_area: bigint NO  
column provider.kana: text NO  C
column provider.kinds: text NO  C
column provider.lat: double precision YES  
column provider.lon: double precision YES  
column provider.municipality: text NO  C
column provider.name: text NO  C
column provider.name_en: text NO  C
column provider.name_key: text NO  C
column provider.note: text NO  C
column provider.phone: text NO  C
column provider.postal: text NO  C
column provider.precision_code: text NO  C
column provider.source: text NO  C
column provider.source_date: text YES  C
column provider.stated_lat: double precision YES  
column provider.stated_lon: double precision YES  
column provider.status: text NO  C
column provider.status_on: text YES  C
column provider.successor: bytea YES  
column provider.updated_at: bigint NO  
column provider.url: text NO  C
column provider.verified_by: text NO  C
column provider.verified_on: text YES  C
column provider.version: bigint NO  
column provider_alias.alias: text NO  C
column provider_alias.kind: text NO  C
column provider_alias.provider: bytea NO  
column provider_alias.until_on: text YES  C
column provider_care.day_and_night: bigint YES  
column provider_care.end_of_life: bigint YES  
column provider_care.home_visit: bigint YES  
column provider_care.house_call: bigint YES  
column provider_care.languages: text NO  C
column provider_care.new_patients: text YES  C
column provider_care.new_patients_on: text YES  C
column provider_care.provider: bytea NO  
column provider_care.source: text NO  C
column provider_care.updated_at: bigint NO  
column provider_care.vacancy: bigint YES  
column provider_care.vacancy_on: text YES  C
column provider_care.verified_by: text NO  C
column provider_care.verified_on: text YES  C
column provider_care.visit_area: text NO  C
column provider_care.visit_note: text NO  C
column provider_care.wheelchair: bigint YES  
column provider_contact.id: bytea NO  
column provider_contact.mail: text NO  C
column provider_contact.provider: bytea NO  
column provider_contact.saved_at: bigint NO  
column provider_contact.tenant: bytea NO  
column provider_fact.class: text NO  C
column provider_fact.edition: bigint NO  
column provider_fact.from_on: text YES  C
column provider_fact.id: bytea NO  
column provider_fact.number: text NO  C
column provider_fact.provider: bytea NO  
column provider_fact.scheme: text NO  C
column provider_fact.source: text NO  C
column provider_fact.source_date: text YES  C
column provider_fact.until_on: text YES  C
column provider_fact.value: text NO  C
column provider_field.entered: bigint NO  
column provider_field.field: text NO  C
column provider_field.official: text YES  C
column provider_field.provider: bytea NO  
column provider_field.settled: text YES  C
column provider_field.source: text NO  C
column provider_field.updated_at: bigint NO  
column provider_field.value: text NO  C
column provider_field.verified_by: text NO  C
column provider_field.verified_on: text YES  C
column provider_history.at: bigint NO  
column provider_history.by_name: text NO  C
column provider_history.fields: text NO  C
column provider_history.id: bytea NO  
column provider_history.note: text NO  C
column provider_history.on_day: text YES  C
column provider_history.provider: bytea NO  
column provider_history.what: text NO  C
column provider_identifier.edition: bigint NO  
column provider_identifier.provider: bytea NO  
column provider_identifier.scheme: text NO  C
column provider_identifier.value: text NO  C
column provider_keeper.organisation: bytea NO  
column provider_keeper.provider: bytea NO  
column provider_keeper.since: bigint NO  
column provider_pair.decided_at: bigint YES  
column provider_pair.decided_by: text NO  C
column provider_pair.edition: bigint NO  
column provider_pair.first: bytea NO  
column provider_pair.second: bytea NO  
column provider_pair.state: text NO  C
column provider_pair.why: text NO  C
column provider_professional.conditions: text NO  C
column provider_professional.direct_fax: text NO  C
column provider_professional.direct_phone: text NO  C
column provider_professional.id: bytea NO  
column provider_professional.liaison_hours: text NO  C
column provider_professional.liaison_name: text NO  C
column provider_professional.provider: bytea NO  
column provider_professional.source: text NO  C
column provider_professional.tenant: bytea NO  
column provider_professional.treatments: text NO  C
column provider_professional.updated_at: bigint NO  
column provider_professional.verified_by: text NO  C
column provider_professional.verified_on: text YES  C
column provider_service.absent_since: text YES  C
column provider_service.beds: text YES  C
column provider_service.capacity: bigint YES  
column provider_service.dataset: text NO  C
column provider_service.dataset_key: text NO  C
column provider_service.days: text YES  C
column provider_service.departments: text NO  C
column provider_service.edition: bigint NO  
column provider_service.ended_on: text YES  C
column provider_service.fingerprint: text NO  C
column provider_service.hours: text YES  C
column provider_service.hours_note: text NO  C
column provider_service.id: bytea NO  
column provider_service.kind: text NO  C
column provider_service.number: text NO  C
column provider_service.official: text NO  C
column provider_service.provider: bytea NO  
column provider_service.source: text NO  C
column provider_service.source_date: text YES  C
column provider_update.base: text NO  C
column provider_update.by_name: text NO  C
column provider_update.by_org: bytea YES  
column provider_update.channel: text NO  C
column provider_update.created_at: bigint NO  
column provider_update.decided_at: bigint YES  
column provider_update.decided_by: text NO  C
column provider_update.fields: text NO  C
column provider_update.id: bytea NO  
column provider_update.note: text NO  C
column provider_update.outcome: text NO '{}'::text C
column provider_update.provider: bytea NO  
column provider_update.reason: text NO  C
column provider_update.round_item: bytea YES  
column provider_update.spoken_with: text NO ''::text C
column provider_update.state: text NO  C
column provider_update.tenant: bytea NO  
column provider_update.verified_on: text YES  C
column provider_update.version: bigint NO  
column public_provider.absent_since: text YES  C
column public_provider.address: text YES  C
column public_provider.address_key: text YES  C
column public_provider.building: text YES  C
column public_provider.corporation: text YES  C
column public_provider.corporation_number: text YES  C
column public_provider.edition: bigint YES  
column public_provider.fax: text YES  C
column public_provider.fictional: bigint YES  
column public_provider.id: bytea YES  
column public_provider.in_area: bigint YES  
column public_provider.kana: text YES  C
column public_provider.kinds: text YES  C
column public_provider.lat: double precision YES  
column public_provider.lon: double precision YES  
column public_provider.municipality: text YES  C
column public_provider.name: text YES  C
column public_provider.name_en: text YES  C
column public_provider.name_key: text YES  C
column public_provider.note: text YES  C
column public_provider.phone: text YES  C
column public_provider.postal: text YES  C
column public_provider.precision_code: text YES  C
column public_provider.source: text YES  C
column public_provider.source_date: text YES  C
column public_provider.stated_lat: double precision YES  
column public_provider.stated_lon: double precision YES  
column public_provider.status: text YES  C
column public_provider.status_on: text YES  C
column public_provider.successor: bytea YES  
column public_provider.updated_at: bigint YES  
column public_provider.url: text YES  C
column public_provider.verified_by: text YES  C
column public_provider.verified_on: text YES  C
column public_provider.version: bigint YES  
column public_provider_fact.class: text YES  C
column public_provider_fact.edition: bigint YES  
column public_provider_fact.from_on: text YES  C
column public_provider_fact.id: bytea YES  
column public_provider_fact.number: text YES  C
column public_provider_fact.provider: bytea YES  
column public_provider_fact.scheme: text YES  C
column public_provider_fact.source: text YES  C
column public_provider_fact.source_date: text YES  C
column public_provider_fact.until_on: text YES  C
column public_provider_fact.value: text YES  C
column public_provider_service.absent_since: text YES  C
column public_provider_service.beds: text YES  C
column public_provider_service.capacity: bigint YES  
column public_provider_service.dataset: text YES  C
column public_provider_service.dataset_key: text YES  C
column public_provider_service.days: text YES  C
column public_provider_service.departments: text YES  C
column public_provider_service.edition: bigint YES  
column public_provider_service.ended_on: text YES  C
column public_provider_service.fingerprint: text YES  C
column public_provider_service.hours: text YES  C
column public_provider_service.hours_note: text YES  C
column public_provider_service.id: bytea YES  
column public_provider_service.kind: text YES  C
column public_provider_service.number: text YES  C
column public_provider_service.official: text YES  C
column public_provider_service.provider: bytea YES  
column public_provider_service.source: text YES  C
column public_provider_service.source_date: text YES  C
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
column retention.basis: text NO  C
column retention.kind: text NO  C
column retention.tenant: bytea NO  
column retention.version: bigint NO  
column retention.years: bigint NO  
column round_aside.field: text NO  C
column round_aside.id: bytea NO  
column round_aside.reply: bytea NO  
column round_aside.resolved_at: bigint YES  
column round_aside.saved_at: bigint NO  
column round_aside.saved_by: bytea YES  
column round_aside.tenant: bytea NO  
column round_aside.value: text NO  C
column round_field.answer_range: text NO  C
column round_field.audited_at: bigint NO  
column round_field.channel: text NO  C
column round_field.field: text NO  C
column round_field.reply: bytea NO  
column round_field.saved_at: bigint NO  
column round_field.saved_by: bytea YES  
column round_field.saved_office: bytea YES  
column round_field.tenant: bytea NO  
column round_field.value: text NO  C
column round_field.version: bigint NO  
column round_file.added_at: bigint NO  
column round_file.added_by: bytea YES  
column round_file.asker: bytea NO  
column round_file.field: text NO  C
column round_file.file: bytea NO  
column round_file.id: bytea NO  
column round_file.mime: text NO  C
column round_file.name: text NO  C
column round_file.removed_at: bigint YES  
column round_file.reply: bytea NO  
column round_file.size: bigint NO  
column round_file.submitted_at: bigint YES  
column round_file.tenant: bytea NO  
column round_reader.round: bytea NO  
column round_reader.side: text NO  C
column round_reader.subject: bytea NO  
column round_reply.asker: bytea NO  
column round_reply.changed_at: bigint YES  
column round_reply.check_at: bigint YES  
column round_reply.check_note: text NO  C
column round_reply.check_state: text NO  C
column round_reply.check_version: bytea YES  
column round_reply.current: bytea YES  
column round_reply.due: text NO  C
column round_reply.id: bytea NO  
column round_reply.late: bigint NO  
column round_reply.municipality: text NO  C
column round_reply.name: text NO  C
column round_reply.opened_at: bigint YES  
column round_reply.reminded_at: bigint YES  
column round_reply.reminders: bigint NO  
column round_reply.round: bytea NO  
column round_reply.sort: bigint NO  
column round_reply.started_at: bigint YES  
column round_reply.state: text NO  C
column round_reply.submitted_at: bigint YES  
column round_reply.tenant: bytea NO  
column round_reply.version: bigint NO  
column round_reply.versions: bigint NO  
column round_version.answers: text NO  C
column round_version.approval: text NO  C
column round_version.approved_at: bigint YES  
column round_version.approved_by: bytea YES  
column round_version.asker: bytea NO  
column round_version.decided_at: bigint YES  
column round_version.decided_on: text NO  C
column round_version.decider_post: text NO  C
column round_version.document_number: text NO  C
column round_version.id: bytea NO  
column round_version.late: bigint NO  
column round_version.made_at: bigint NO  
column round_version.made_by: bytea YES  
column round_version.made_office: bytea YES  
column round_version.note: text NO  C
column round_version.number: bigint NO  
column round_version.reply: bytea NO  
column round_version.round: bytea NO  
column round_version.shared_at: bigint YES  
column round_version.state: text NO  C
column round_version.submitted_at: bigint YES  
column round_version.tenant: bytea NO  
column saved_view.account: bytea NO  
column saved_view.address: text NO  C
column saved_view.id: bytea NO  
column saved_view.name: text NO  C
column saved_view.saved_at: bigint NO  
column segment_dismissal.answer: bytea NO  
column segment_dismissal.dismissed_at: bigint NO  
column segment_dismissal.dismissed_by: bytea YES  
column segment_dismissal.id: bytea NO  
column segment_dismissal.tenant: bytea NO  
column segment_dismissal.words: text NO  C
column service_kind.billing_code: text NO  C
column service_kind.code: text NO  C
column service_kind.family: text NO  C
column service_kind.name_en: text NO  C
column service_kind.name_ja: text NO  C
column service_kind.plain_en: text NO  C
column service_kind.plain_ja: text NO  C
column service_kind.shape: text NO  C
column service_kind.short_ja: text NO  C
column service_kind.sort: bigint NO  
column service_kind.tone: text NO  C
column service_kind.valid_from: text YES  C
column service_kind.valid_until: text YES  C
column service_kind.words: text NO  C
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
column story.category_mask: bigint NO  
column story.changed_at: bigint NO  
column story.checked_at: bigint YES  
column story.checked_by: bytea YES  
column story.checked_name: text NO  C
column story.consultation: bytea YES  
column story.created_at: bigint NO  
column story.fictional: bigint NO  
column story.folded: text NO  C
column story.id: bytea NO  
column story.outcome: text NO  C
column story.reach: text NO  C
column story.reason: text NO  C
column story.scene_mask: bigint NO  
column story.situation: text NO  C
column story.state: text NO  C
column story.tenant: bytea NO  
column story.title: text NO  C
column story.together: text NO  C
column story.treatment_mask: bigint NO  
column story.version: bigint NO  
column story.written_by: bytea YES  
column story.written_name: text NO  C
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
column survey_round.based_on: bytea YES  
column survey_round.catalogue: text NO  C
column survey_round.check_due: text NO  C
column survey_round.closed_at: bigint YES  
column survey_round.contact: text NO  C
column survey_round.created_at: bigint NO  
column survey_round.default_range: text NO  C
column survey_round.due: text NO  C
column survey_round.fictional: bigint NO  
column survey_round.fiscal_year: bigint NO  
column survey_round.id: bytea NO  
column survey_round.letter_body: text NO  C
column survey_round.letter_date: text NO  C
column survey_round.letter_number: text NO  C
column survey_round.letter_to: text NO  C
column survey_round.published_at: bigint YES  
column survey_round.sent_at: bigint YES  
column survey_round.slug: text NO  C
column survey_round.state: text NO  C
column survey_round.survey: bytea YES  
column survey_round.tenant: bytea NO  
column survey_round.title: text NO  C
column survey_round.title_en: text NO  C
column survey_round.version: bigint NO  
column totp.account: bytea NO  
column totp.created: bigint NO  
column totp.last_step: bigint NO  
column totp.sealed: bytea NO  
column town_point.lat: double precision NO  
column town_point.lon: double precision NO  
column town_point.municipality: text NO  C
column town_point.town: text NO  C
column town_point.town_key: text NO  C
column unmet_need.at: bigint NO  
column unmet_need.by_account: bytea YES  
column unmet_need.consultation: bytea YES  
column unmet_need.day: text NO  C
column unmet_need.fictional: bigint NO  
column unmet_need.id: bytea NO  
column unmet_need.municipality: text NO  C
column unmet_need.place: text NO  C
column unmet_need.service: text NO  C
column unmet_need.tenant: bytea NO  
column unmet_need.undone_at: bigint YES  
column unmet_need.version: bigint NO  
column unmet_need.why: text NO  C
column upkeep_setting.at_once: bigint NO  
column upkeep_setting.decides: text NO  C
column upkeep_setting.municipality: text NO  C
column upkeep_setting.saved_at: bigint NO  
column upkeep_setting.stale_days: bigint NO  
column upkeep_setting.version: bigint NO  
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
column visible_callback_request.channel: text YES  C
column visible_callback_request.consultation: bytea YES  
column visible_callback_request.done_at: bigint YES  
column visible_callback_request.done_by: bytea YES  
column visible_callback_request.done_name: text YES  C
column visible_callback_request.escalated_at: bigint YES  
column visible_callback_request.fictional: bigint YES  
column visible_callback_request.hours: text YES  C
column visible_callback_request.id: bytea YES  
column visible_callback_request.keep_until: text YES  C
column visible_callback_request.level: bigint YES  
column visible_callback_request.municipality: text YES  C
column visible_callback_request.outcome: text YES  C
column visible_callback_request.promised_by: bigint YES  
column visible_callback_request.received_at: bigint YES  
column visible_callback_request.tenant: bytea YES  
column visible_callback_request.texts: bytea YES  
column visible_callback_request.version: bigint YES  
column visible_confirmation_item.answered_at: bigint YES  
column visible_confirmation_item.call_note: text YES  C
column visible_confirmation_item.chased: bigint YES  
column visible_confirmation_item.chased_on: text YES  C
column visible_confirmation_item.due_on: text YES  C
column visible_confirmation_item.id: bytea YES  
column visible_confirmation_item.kind: text YES  C
column visible_confirmation_item.level: bigint YES  
column visible_confirmation_item.mailed: bigint YES  
column visible_confirmation_item.municipality: text YES  C
column visible_confirmation_item.provider: bytea YES  
column visible_confirmation_item.round: bytea YES  
column visible_confirmation_item.seen_by: bytea YES  
column visible_confirmation_item.state: text YES  C
column visible_confirmation_item.tenant: bytea YES  
column visible_confirmation_item.what: text YES  C
column visible_confirmation_round.asked: bigint YES  
column visible_confirmation_round.closed_at: bigint YES  
column visible_confirmation_round.created_at: bigint YES  
column visible_confirmation_round.due_on: text YES  C
column visible_confirmation_round.families: text YES  C
column visible_confirmation_round.id: bytea YES  
column visible_confirmation_round.letter: text YES  C
column visible_confirmation_round.level: bigint YES  
column visible_confirmation_round.municipalities: text YES  C
column visible_confirmation_round.state: text YES  C
column visible_confirmation_round.tenant: bytea YES  
column visible_confirmation_round.title: text YES  C
column visible_confirmation_round.version: bigint YES  
column visible_confirmation_round.waves: bigint YES  
column visible_confirmation_round.what: text YES  C
column visible_consultation.age_band: text YES  C
column visible_consultation.area_issue: bigint YES  
column visible_consultation.batch: bytea YES  
column visible_consultation.caller: text YES  C
column visible_consultation.caller_hash: bytea YES  
column visible_consultation.caller_provider: bytea YES  
column visible_consultation.care_level: text YES  C
column visible_consultation.categories: text YES  C
column visible_consultation.category: text YES  C
column visible_consultation.category_mask: bigint YES  
column visible_consultation.changed_at: bigint YES  
column visible_consultation.channel: text YES  C
column visible_consultation.closed_at: bigint YES  
column visible_consultation.day: text YES  C
column visible_consultation.disposed_at: bigint YES  
column visible_consultation.fictional: bigint YES  
column visible_consultation.follow_up_on: text YES  C
column visible_consultation.held_by: bytea YES  
column visible_consultation.held_name: text YES  C
column visible_consultation.id: bytea YES  
column visible_consultation.lane: text YES  C
column visible_consultation.legal_basis: text YES  C
column visible_consultation.level: bigint YES  
column visible_consultation.living: text YES  C
column visible_consultation.minutes: bigint YES  
column visible_consultation.municipality: text YES  C
column visible_consultation.need_met: text YES  C
column visible_consultation.origin: text YES  C
column visible_consultation.person_hash: bytea YES  
column visible_consultation.received_at: bigint YES  
column visible_consultation.receiver: bytea YES  
column visible_consultation.receiver_name: text YES  C
column visible_consultation.reopened: bigint YES  
column visible_consultation.response_mask: bigint YES  
column visible_consultation.responses: text YES  C
column visible_consultation.result: text YES  C
column visible_consultation.saved_at: bigint YES  
column visible_consultation.scene_mask: bigint YES  
column visible_consultation.scenes: text YES  C
column visible_consultation.side: text YES  
column visible_consultation.state: text YES  C
column visible_consultation.taken_by: bytea YES  
column visible_consultation.taken_name: text YES  C
column visible_consultation.tenant: bytea YES  
column visible_consultation.texts: bytea YES  
column visible_consultation.treatment_mask: bigint YES  
column visible_consultation.treatments: text YES  C
column visible_consultation.urgency: text YES  C
column visible_consultation.version: bigint YES  
column visible_consultation_absence.account: bytea YES  
column visible_consultation_absence.first_on: text YES  C
column visible_consultation_absence.id: bytea YES  
column visible_consultation_absence.last_on: text YES  C
column visible_consultation_absence.level: bigint YES  
column visible_consultation_absence.name: text YES  C
column visible_consultation_absence.tenant: bytea YES  
column visible_consultation_agreement.desk_at: bigint YES  
column visible_consultation_agreement.desk_by: text YES  C
column visible_consultation_agreement.desk_name: text YES  C
column visible_consultation_agreement.ended_at: bigint YES  
column visible_consultation_agreement.ended_by: text YES  C
column visible_consultation_agreement.first_on: text YES  C
column visible_consultation_agreement.id: bytea YES  
column visible_consultation_agreement.last_on: text YES  C
column visible_consultation_agreement.level: bigint YES  
column visible_consultation_agreement.municipality: text YES  C
column visible_consultation_agreement.side: text YES  
column visible_consultation_agreement.tenant: bytea YES  
column visible_consultation_agreement.town: bytea YES  
column visible_consultation_agreement.town_at: bigint YES  
column visible_consultation_agreement.town_by: text YES  C
column visible_consultation_agreement.town_name: text YES  C
column visible_consultation_agreement.version: bigint YES  
column visible_consultation_count.calls: bigint YES  
column visible_consultation_count.dimension: text YES  C
column visible_consultation_count.level: bigint YES  
column visible_consultation_count.minutes: bigint YES  
column visible_consultation_count.month: text YES  C
column visible_consultation_count.municipality: text YES  C
column visible_consultation_count.tenant: bytea YES  
column visible_consultation_count.value: text YES  C
column visible_consultation_counted.consultation: bytea YES  
column visible_consultation_counted.facts: text YES  C
column visible_consultation_counted.level: bigint YES  
column visible_consultation_counted.side: text YES  
column visible_consultation_counted.tenant: bytea YES  
column visible_consultation_deputies.by_name: text YES  C
column visible_consultation_deputies.level: bigint YES  
column visible_consultation_deputies.list: text YES  C
column visible_consultation_deputies.saved_at: bigint YES  
column visible_consultation_deputies.tenant: bytea YES  
column visible_consultation_deputies.version: bigint YES  
column visible_consultation_disposal.basis: text YES  C
column visible_consultation_disposal.before_on: text YES  C
column visible_consultation_disposal.decided_at: bigint YES  
column visible_consultation_disposal.decided_by: text YES  C
column visible_consultation_disposal.destroyed: bigint YES  
column visible_consultation_disposal.done_at: bigint YES  
column visible_consultation_disposal.id: bytea YES  
column visible_consultation_disposal.kind: text YES  C
column visible_consultation_disposal.level: bigint YES  
column visible_consultation_disposal.proposed_at: bigint YES  
column visible_consultation_disposal.records: bigint YES  
column visible_consultation_disposal.state: text YES  C
column visible_consultation_disposal.tenant: bytea YES  
column visible_consultation_disposal.version: bigint YES  
column visible_consultation_disposal.years: bigint YES  
column visible_consultation_event.account: bytea YES  
column visible_consultation_event.at: bigint YES  
column visible_consultation_event.consultation: bytea YES  
column visible_consultation_event.detail: text YES  C
column visible_consultation_event.id: bytea YES  
column visible_consultation_event.level: bigint YES  
column visible_consultation_event.name: text YES  C
column visible_consultation_event.note: bytea YES  
column visible_consultation_event.organisation: bytea YES  
column visible_consultation_event.side: text YES  
column visible_consultation_event.tenant: bytea YES  
column visible_consultation_event.version: bigint YES  
column visible_consultation_event.what: text YES  C
column visible_consultation_handover.basis: text YES  C
column visible_consultation_handover.category: text YES  C
column visible_consultation_handover.code: text YES  C
column visible_consultation_handover.consultation: bytea YES  
column visible_consultation_handover.deputy: bytea YES  
column visible_consultation_handover.deputy_name: text YES  C
column visible_consultation_handover.deputy_of: bytea YES  
column visible_consultation_handover.due_on: text YES  C
column visible_consultation_handover.escalated_on: text YES  C
column visible_consultation_handover.escalations: bigint YES  
column visible_consultation_handover.fictional: bigint YES  
column visible_consultation_handover.id: bytea YES  
column visible_consultation_handover.kind: text YES  C
column visible_consultation_handover.level: bigint YES  
column visible_consultation_handover.moved_on: text YES  C
column visible_consultation_handover.municipality: text YES  C
column visible_consultation_handover.outcome: text YES  C
column visible_consultation_handover.reasons: text YES  C
column visible_consultation_handover.receiver: bytea YES  
column visible_consultation_handover.receiver_fax: text YES  C
column visible_consultation_handover.receiver_name: text YES  C
column visible_consultation_handover.receives: bigint YES  
column visible_consultation_handover.seen_at: bigint YES  
column visible_consultation_handover.sender_name: text YES  C
column visible_consultation_handover.sends: bigint YES  
column visible_consultation_handover.sent_at: bigint YES  
column visible_consultation_handover.state: text YES  C
column visible_consultation_handover.tenant: bytea YES  
column visible_consultation_handover.texts: bytea YES  
column visible_consultation_handover.version: bigint YES  
column visible_consultation_handover.whole: bigint YES  
column visible_consultation_handover_step.at: bigint YES  
column visible_consultation_handover_step.behalf: text YES  C
column visible_consultation_handover_step.by_name: text YES  C
column visible_consultation_handover_step.due_on: text YES  C
column visible_consultation_handover_step.handover: bytea YES  
column visible_consultation_handover_step.happened_on: text YES  C
column visible_consultation_handover_step.id: bytea YES  
column visible_consultation_handover_step.note: bytea YES  
column visible_consultation_handover_step.step: text YES  C
column visible_consultation_handover_step.tenant: bytea YES  
column visible_consultation_handover_step.version: bigint YES  
column visible_consultation_hold.at: bigint YES  
column visible_consultation_hold.by_name: text YES  C
column visible_consultation_hold.consultation: bytea YES  
column visible_consultation_hold.level: bigint YES  
column visible_consultation_hold.reason: text YES  C
column visible_consultation_hold.tenant: bytea YES  
column visible_consultation_issue.at: bigint YES  
column visible_consultation_issue.by_account: bytea YES  
column visible_consultation_issue.consultation: bytea YES  
column visible_consultation_issue.entry: bytea YES  
column visible_consultation_issue.level: bigint YES  
column visible_consultation_issue.tenant: bytea YES  
column visible_consultation_issue.title: text YES  C
column visible_consultation_mark.consultation: bytea YES  
column visible_consultation_mark.m0: bigint YES  
column visible_consultation_mark.m1: bigint YES  
column visible_consultation_mark.m2: bigint YES  
column visible_consultation_mark.m3: bigint YES  
column visible_consultation_mark.m4: bigint YES  
column visible_consultation_mark.m5: bigint YES  
column visible_consultation_mark.m6: bigint YES  
column visible_consultation_mark.m7: bigint YES  
column visible_consultation_mark.received_at: bigint YES  
column visible_consultation_mark.tenant: bytea YES  
column visible_consultation_referral.answer: text YES  C
column visible_consultation_referral.at: bigint YES  
column visible_consultation_referral.by_account: bytea YES  
column visible_consultation_referral.consultation: bytea YES  
column visible_consultation_referral.id: bytea YES  
column visible_consultation_referral.kind: text YES  C
column visible_consultation_referral.level: bigint YES  
column visible_consultation_referral.municipality: text YES  C
column visible_consultation_referral.name: text YES  C
column visible_consultation_referral.provider: bytea YES  
column visible_consultation_referral.side: text YES  
column visible_consultation_referral.tenant: bytea YES  
column visible_consultation_referral.undone_at: bigint YES  
column visible_consultation_referral.version: bigint YES  
column visible_consultation_retention.basis: text YES  C
column visible_consultation_retention.by_name: text YES  C
column visible_consultation_retention.kind: text YES  C
column visible_consultation_retention.level: bigint YES  
column visible_consultation_retention.saved_at: bigint YES  
column visible_consultation_retention.tenant: bytea YES  
column visible_consultation_retention.version: bigint YES  
column visible_consultation_retention.years: bigint YES  
column visible_disclosure.at: bigint YES  
column visible_disclosure.body: text YES  C
column visible_disclosure.by_name: text YES  C
column visible_disclosure.hidden: bigint YES  
column visible_disclosure.id: bytea YES  
column visible_disclosure.level: bigint YES  
column visible_disclosure.measure: bytea YES  
column visible_disclosure.measure_version: bigint YES  
column visible_disclosure.number: text YES  C
column visible_disclosure.reason: text YES  C
column visible_disclosure.tenant: bytea YES  
column visible_disclosure.title: text YES  C
column visible_duty.key: text YES  C
column visible_duty.level: bigint YES  
column visible_duty.month: bigint YES  
column visible_duty.saved_at: bigint YES  
column visible_duty.tenant: bytea YES  
column visible_duty.title: text YES  C
column visible_duty.version: bigint YES  
column visible_duty_done.by_name: text YES  C
column visible_duty_done.done_on: text YES  C
column visible_duty_done.fiscal_year: bigint YES  
column visible_duty_done.key: text YES  C
column visible_duty_done.level: bigint YES  
column visible_duty_done.tenant: bytea YES  
column visible_duty_note.body: text YES  C
column visible_duty_note.by_name: text YES  C
column visible_duty_note.key: text YES  C
column visible_duty_note.level: bigint YES  
column visible_duty_note.saved_at: bigint YES  
column visible_duty_note.tenant: bytea YES  
column visible_duty_note.version: bigint YES  
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
column visible_entry.waits: bigint YES  
column visible_entry.withdrawn_at: bigint YES  
column visible_entry.withdrawn_reason: text YES  C
column visible_entry_comment.at: bigint YES  
column visible_entry_comment.body: text YES  C
column visible_entry_comment.by_name: text YES  C
column visible_entry_comment.entry: bytea YES  
column visible_entry_comment.id: bytea YES  
column visible_entry_comment.level: bigint YES  
column visible_entry_comment.reach: text YES  C
column visible_entry_comment.tenant: bytea YES  
column visible_entry_comment.version: bigint YES  
column visible_entry_comment.withdrawn_at: bigint YES  
column visible_entry_file.at: bigint YES  
column visible_entry_file.by_name: text YES  C
column visible_entry_file.entry: bytea YES  
column visible_entry_file.id: bytea YES  
column visible_entry_file.level: bigint YES  
column visible_entry_file.mime: text YES  C
column visible_entry_file.name: text YES  C
column visible_entry_file.size: bigint YES  
column visible_entry_file.stored: bytea YES  
column visible_entry_file.tenant: bytea YES  
column visible_entry_history.account: bytea YES  
column visible_entry_history.action: text YES  C
column visible_entry_history.at: bigint YES  
column visible_entry_history.detail: text YES  C
column visible_entry_history.entry: bytea YES  
column visible_entry_history.id: bytea YES  
column visible_entry_history.organisation: bytea YES  
column visible_entry_history.tenant: bytea YES  
column visible_entry_history.version: bigint YES  
column visible_entry_link.entry: bytea YES  
column visible_entry_link.id: bytea YES  
column visible_entry_link.kind: text YES  C
column visible_entry_link.level: bigint YES  
column visible_entry_link.made_at: bigint YES  
column visible_entry_link.made_by: bytea YES  
column visible_entry_link.moved: text YES  C
column visible_entry_link.named: text YES  C
column visible_entry_link.other: bytea YES  
column visible_entry_link.tenant: bytea YES  
column visible_entry_link.undone_at: bigint YES  
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
column visible_form_link.ends: bigint YES  
column visible_form_link.id: bytea YES  
column visible_form_link.level: bigint YES  
column visible_form_link.made_at: bigint YES  
column visible_form_link.recipient: text YES  C
column visible_form_link.reply: bytea YES  
column visible_form_link.revoked_at: bigint YES  
column visible_form_link.round: bytea YES  
column visible_form_link.side: text YES  
column visible_form_link.tenant: bytea YES  
column visible_form_link.used_at: bigint YES  
column visible_form_return.answers: text YES  C
column visible_form_return.asker: bytea YES  
column visible_form_return.confirmed: text YES  C
column visible_form_return.decided_at: bigint YES  
column visible_form_return.entered_at: bigint YES  
column visible_form_return.entered_name: text YES  C
column visible_form_return.entered_office: bytea YES  
column visible_form_return.file_name: text YES  C
column visible_form_return.id: bytea YES  
column visible_form_return.level: bigint YES  
column visible_form_return.office_name: text YES  C
column visible_form_return.problems: text YES  C
column visible_form_return.reply: bytea YES  
column visible_form_return.round: bytea YES  
column visible_form_return.side: text YES  
column visible_form_return.stamp: bigint YES  
column visible_form_return.state: text YES  C
column visible_form_return.tenant: bytea YES  
column visible_form_return.via: text YES  C
column visible_goal.body: text YES  C
column visible_goal.fictional: bigint YES  
column visible_goal.id: bytea YES  
column visible_goal.level: bigint YES  
column visible_goal.part: text YES  C
column visible_goal.published_at: bigint YES  
column visible_goal.saved_at: bigint YES  
column visible_goal.tenant: bytea YES  
column visible_goal.version: bigint YES  
column visible_handoff.body: text YES  C
column visible_handoff.code: text YES  C
column visible_handoff.council: bytea YES  
column visible_handoff.due_on: text YES  C
column visible_handoff.entry: bytea YES  
column visible_handoff.id: bytea YES  
column visible_handoff.kind: text YES  C
column visible_handoff.level: bigint YES  
column visible_handoff.moved_on: text YES  C
column visible_handoff.receiver: bytea YES  
column visible_handoff.receiver_name: text YES  C
column visible_handoff.receives: bigint YES  
column visible_handoff.sender_name: text YES  C
column visible_handoff.sends: bigint YES  
column visible_handoff.sent_at: bigint YES  
column visible_handoff.state: text YES  C
column visible_handoff.tenant: bytea YES  
column visible_handoff.title: text YES  C
column visible_handoff.version: bigint YES  
column visible_handoff_step.at: bigint YES  
column visible_handoff_step.behalf: text YES  C
column visible_handoff_step.body: text YES  C
column visible_handoff_step.by_name: text YES  C
column visible_handoff_step.due_on: text YES  C
column visible_handoff_step.handoff: bytea YES  
column visible_handoff_step.happened_on: text YES  C
column visible_handoff_step.id: bytea YES  
column visible_handoff_step.receiver: bytea YES  
column visible_handoff_step.step: text YES  C
column visible_handoff_step.tenant: bytea YES  
column visible_handoff_step.version: bigint YES  
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
column visible_inbox_code.code: text YES  C
column visible_inbox_code.id: bytea YES  
column visible_inbox_code.level: bigint YES  
column visible_inbox_code.made_at: bigint YES  
column visible_inbox_code.target: text YES  C
column visible_inbox_code.tenant: bytea YES  
column visible_inbox_history.at: bigint YES  
column visible_inbox_history.by_account: bytea YES  
column visible_inbox_history.id: bytea YES  
column visible_inbox_history.level: bigint YES  
column visible_inbox_history.page: bigint YES  
column visible_inbox_history.paper: bytea YES  
column visible_inbox_history.target: text YES  C
column visible_inbox_history.tenant: bytea YES  
column visible_inbox_history.what: text YES  C
column visible_inbox_page.blob: bytea YES  
column visible_inbox_page.height: bigint YES  
column visible_inbox_page.id: bytea YES  
column visible_inbox_page.level: bigint YES  
column visible_inbox_page.number: bigint YES  
column visible_inbox_page.paper: bytea YES  
column visible_inbox_page.place: bigint YES  
column visible_inbox_page.reading: text YES  C
column visible_inbox_page.tenant: bytea YES  
column visible_inbox_page.turn: bigint YES  
column visible_inbox_page.width: bigint YES  
column visible_inbox_paper.arrived_at: bigint YES  
column visible_inbox_paper.code: text YES  C
column visible_inbox_paper.decided_at: bigint YES  
column visible_inbox_paper.decided_by: bytea YES  
column visible_inbox_paper.dispose_at: bigint YES  
column visible_inbox_paper.how: text YES  C
column visible_inbox_paper.id: bytea YES  
column visible_inbox_paper.level: bigint YES  
column visible_inbox_paper.scan: bytea YES  
column visible_inbox_paper.state: text YES  C
column visible_inbox_paper.target: text YES  C
column visible_inbox_paper.tenant: bytea YES  
column visible_inbox_paper.version: bigint YES  
column visible_inbox_scan.arrived_at: bigint YES  
column visible_inbox_scan.arrived_by: bytea YES  
column visible_inbox_scan.blob: bytea YES  
column visible_inbox_scan.bytes: bigint YES  
column visible_inbox_scan.hash: text YES  C
column visible_inbox_scan.id: bytea YES  
column visible_inbox_scan.level: bigint YES  
column visible_inbox_scan.name: text YES  C
column visible_inbox_scan.pages: bigint YES  
column visible_inbox_scan.problem: text YES  C
column visible_inbox_scan.problem_page: bigint YES  
column visible_inbox_scan.state: text YES  C
column visible_inbox_scan.tenant: bytea YES  
column visible_inbox_scan.via: text YES  C
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
column visible_issue_draft.answers: text YES  C
column visible_issue_draft.by_name: text YES  C
column visible_issue_draft.entry: bytea YES  
column visible_issue_draft.id: bytea YES  
column visible_issue_draft.level: bigint YES  
column visible_issue_draft.saved_at: bigint YES  
column visible_issue_draft.step: bigint YES  
column visible_issue_draft.tenant: bytea YES  
column visible_issue_draft.version: bigint YES  
column visible_joint_member.adopted_at: bigint YES  
column visible_joint_member.adopted_base: bigint YES  
column visible_joint_member.adopted_own: bigint YES  
column visible_joint_member.joint: bytea YES  
column visible_joint_member.level: bigint YES  
column visible_joint_member.name: text YES  C
column visible_joint_member.own: text YES  C
column visible_joint_member.own_version: bigint YES  
column visible_joint_member.reply: bytea YES  
column visible_joint_member.sort: bigint YES  
column visible_joint_member.state: text YES  C
column visible_joint_member.tenant: bytea YES  
column visible_joint_member.viewed_from: bytea YES  
column visible_joint_text.base: text YES  C
column visible_joint_text.changed_at: bigint YES  
column visible_joint_text.changed_name: text YES  C
column visible_joint_text.field: text YES  C
column visible_joint_text.id: bytea YES  
column visible_joint_text.lead: bytea YES  
column visible_joint_text.lead_name: text YES  C
column visible_joint_text.level: bigint YES  
column visible_joint_text.made_at: bigint YES  
column visible_joint_text.reply: bytea YES  
column visible_joint_text.round: bytea YES  
column visible_joint_text.tenant: bytea YES  
column visible_joint_text.version: bigint YES  
column visible_measure.copied_from: bytea YES  
column visible_measure.created_at: bigint YES  
column visible_measure.due_on: text YES  C
column visible_measure.entered_by: bytea YES  
column visible_measure.entry: bytea YES  
column visible_measure.fiscal_year: bigint YES  
column visible_measure.frozen_at: bigint YES  
column visible_measure.id: bytea YES  
column visible_measure.level: bigint YES  
column visible_measure.plan: text YES  C
column visible_measure.rating: text YES  C
column visible_measure.reach: text YES  C
column visible_measure.state: text YES  C
column visible_measure.tenant: bytea YES  
column visible_measure.updated_at: bigint YES  
column visible_measure.version: bigint YES  
column visible_measure_version.after_close: bigint YES  
column visible_measure_version.by_name: text YES  C
column visible_measure_version.level: bigint YES  
column visible_measure_version.measure: bytea YES  
column visible_measure_version.plan: text YES  C
column visible_measure_version.reason: text YES  C
column visible_measure_version.saved_at: bigint YES  
column visible_measure_version.state: text YES  C
column visible_measure_version.tenant: bytea YES  
column visible_measure_version.version: bigint YES  
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
column visible_old_count.calls: bigint YES  
column visible_old_count.dimension: text YES  C
column visible_old_count.file: bytea YES  
column visible_old_count.level: bigint YES  
column visible_old_count.minutes: bigint YES  
column visible_old_count.month: text YES  C
column visible_old_count.municipality: text YES  C
column visible_old_count.tenant: bytea YES  
column visible_old_count.value: text YES  C
column visible_old_file.applied_at: bigint YES  
column visible_old_file.body: text YES  C
column visible_old_file.by_name: text YES  C
column visible_old_file.id: bytea YES  
column visible_old_file.level: bigint YES  
column visible_old_file.mapping: bytea YES  
column visible_old_file.name: text YES  C
column visible_old_file.read_at: bigint YES  
column visible_old_file.tenant: bytea YES  
column visible_old_file.version: bigint YES  
column visible_old_mapping.body: text YES  C
column visible_old_mapping.changed_at: bigint YES  
column visible_old_mapping.id: bytea YES  
column visible_old_mapping.level: bigint YES  
column visible_old_mapping.name: text YES  C
column visible_old_mapping.tenant: bytea YES  
column visible_old_mapping.version: bigint YES  
column visible_provider_contact.id: bytea YES  
column visible_provider_contact.level: bigint YES  
column visible_provider_contact.mail: text YES  C
column visible_provider_contact.provider: bytea YES  
column visible_provider_contact.saved_at: bigint YES  
column visible_provider_contact.tenant: bytea YES  
column visible_provider_professional.conditions: text YES  C
column visible_provider_professional.direct_fax: text YES  C
column visible_provider_professional.direct_phone: text YES  C
column visible_provider_professional.id: bytea YES  
column visible_provider_professional.level: bigint YES  
column visible_provider_professional.liaison_hours: text YES  C
column visible_provider_professional.liaison_name: text YES  C
column visible_provider_professional.provider: bytea YES  
column visible_provider_professional.source: text YES  C
column visible_provider_professional.tenant: bytea YES  
column visible_provider_professional.treatments: text YES  C
column visible_provider_professional.updated_at: bigint YES  
column visible_provider_professional.verified_by: text YES  C
column visible_provider_professional.verified_on: text YES  C
column visible_provider_update.base: text YES  C
column visible_provider_update.by_name: text YES  C
column visible_provider_update.by_org: bytea YES  
column visible_provider_update.channel: text YES  C
column visible_provider_update.created_at: bigint YES  
column visible_provider_update.decided_at: bigint YES  
column visible_provider_update.decided_by: text YES  C
column visible_provider_update.fields: text YES  C
column visible_provider_update.id: bytea YES  
column visible_provider_update.level: bigint YES  
column visible_provider_update.note: text YES  C
column visible_provider_update.outcome: text YES  C
column visible_provider_update.provider: bytea YES  
column visible_provider_update.reason: text YES  C
column visible_provider_update.round_item: bytea YES  
column visible_provider_update.spoken_with: text YES  C
column visible_provider_update.state: text YES  C
column visible_provider_update.tenant: bytea YES  
column visible_provider_update.verified_on: text YES  C
column visible_provider_update.version: bigint YES  
column visible_response.asker: bytea YES  
column visible_response.id: bytea YES  
column visible_response.municipality: text YES  C
column visible_response.name: text YES  C
column visible_response.published_at: bigint YES  
column visible_response.sort: bigint YES  
column visible_response.survey: bytea YES  
column visible_response.tenant: bytea YES  
column visible_retention.basis: text YES  C
column visible_retention.kind: text YES  C
column visible_retention.level: bigint YES  
column visible_retention.tenant: bytea YES  
column visible_retention.version: bigint YES  
column visible_retention.years: bigint YES  
column visible_round_aside.field: text YES  C
column visible_round_aside.id: bytea YES  
column visible_round_aside.level: bigint YES  
column visible_round_aside.reply: bytea YES  
column visible_round_aside.resolved_at: bigint YES  
column visible_round_aside.saved_at: bigint YES  
column visible_round_aside.saved_by: bytea YES  
column visible_round_aside.saved_name: text YES  C
column visible_round_aside.tenant: bytea YES  
column visible_round_aside.value: text YES  C
column visible_round_field.answer_range: text YES  C
column visible_round_field.channel: text YES  C
column visible_round_field.field: text YES  C
column visible_round_field.level: bigint YES  
column visible_round_field.reply: bytea YES  
column visible_round_field.saved_at: bigint YES  
column visible_round_field.saved_by: bytea YES  
column visible_round_field.saved_name: text YES  C
column visible_round_field.saved_office: bytea YES  
column visible_round_field.tenant: bytea YES  
column visible_round_field.value: text YES  C
column visible_round_field.version: bigint YES  
column visible_round_file.added_at: bigint YES  
column visible_round_file.added_name: text YES  C
column visible_round_file.asker: bytea YES  
column visible_round_file.field: text YES  C
column visible_round_file.file: bytea YES  
column visible_round_file.id: bytea YES  
column visible_round_file.level: bigint YES  
column visible_round_file.mime: text YES  C
column visible_round_file.name: text YES  C
column visible_round_file.removed_at: bigint YES  
column visible_round_file.reply: bytea YES  
column visible_round_file.side: text YES  
column visible_round_file.size: bigint YES  
column visible_round_file.submitted_at: bigint YES  
column visible_round_file.tenant: bytea YES  
column visible_round_reply.asker: bytea YES  
column visible_round_reply.changed_at: bigint YES  
column visible_round_reply.check_at: bigint YES  
column visible_round_reply.check_note: text YES  C
column visible_round_reply.check_state: text YES  C
column visible_round_reply.check_version: bytea YES  
column visible_round_reply.current: bytea YES  
column visible_round_reply.due: text YES  C
column visible_round_reply.id: bytea YES  
column visible_round_reply.late: bigint YES  
column visible_round_reply.level: bigint YES  
column visible_round_reply.municipality: text YES  C
column visible_round_reply.name: text YES  C
column visible_round_reply.opened_at: bigint YES  
column visible_round_reply.reminded_at: bigint YES  
column visible_round_reply.reminders: bigint YES  
column visible_round_reply.round: bytea YES  
column visible_round_reply.side: text YES  
column visible_round_reply.sort: bigint YES  
column visible_round_reply.started_at: bigint YES  
column visible_round_reply.state: text YES  C
column visible_round_reply.submitted_at: bigint YES  
column visible_round_reply.tenant: bytea YES  
column visible_round_reply.version: bigint YES  
column visible_round_reply.versions: bigint YES  
column visible_round_version.answers: text YES  C
column visible_round_version.approval: text YES  C
column visible_round_version.approved_at: bigint YES  
column visible_round_version.approved_name: text YES  C
column visible_round_version.asker: bytea YES  
column visible_round_version.decided_at: bigint YES  
column visible_round_version.decided_on: text YES  C
column visible_round_version.decider_post: text YES  C
column visible_round_version.document_number: text YES  C
column visible_round_version.id: bytea YES  
column visible_round_version.late: bigint YES  
column visible_round_version.level: bigint YES  
column visible_round_version.made_at: bigint YES  
column visible_round_version.made_name: text YES  C
column visible_round_version.note: text YES  C
column visible_round_version.number: bigint YES  
column visible_round_version.reply: bytea YES  
column visible_round_version.round: bytea YES  
column visible_round_version.shared_at: bigint YES  
column visible_round_version.side: text YES  
column visible_round_version.state: text YES  C
column visible_round_version.submitted_at: bigint YES  
column visible_round_version.tenant: bytea YES  
column visible_saved_view.account: bytea YES  
column visible_saved_view.address: text YES  C
column visible_saved_view.id: bytea YES  
column visible_saved_view.name: text YES  C
column visible_saved_view.saved_at: bigint YES  
column visible_segment_dismissal.answer: bytea YES  
column visible_segment_dismissal.dismissed_at: bigint YES  
column visible_segment_dismissal.dismissed_name: text YES  C
column visible_segment_dismissal.id: bytea YES  
column visible_segment_dismissal.level: bigint YES  
column visible_segment_dismissal.tenant: bytea YES  
column visible_segment_dismissal.words: text YES  C
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
column visible_story.category_mask: bigint YES  
column visible_story.changed_at: bigint YES  
column visible_story.checked_at: bigint YES  
column visible_story.checked_by: bytea YES  
column visible_story.checked_name: text YES  C
column visible_story.consultation: bytea YES  
column visible_story.created_at: bigint YES  
column visible_story.fictional: bigint YES  
column visible_story.folded: text YES  C
column visible_story.id: bytea YES  
column visible_story.level: bigint YES  
column visible_story.outcome: text YES  C
column visible_story.own: integer YES  
column visible_story.reach: text YES  C
column visible_story.reason: text YES  C
column visible_story.scene_mask: bigint YES  
column visible_story.situation: text YES  C
column visible_story.state: text YES  C
column visible_story.tenant: bytea YES  
column visible_story.title: text YES  C
column visible_story.together: text YES  C
column visible_story.treatment_mask: bigint YES  
column visible_story.version: bigint YES  
column visible_story.written_by: bytea YES  
column visible_story.written_name: text YES  C
column visible_survey_round.based_on: bytea YES  
column visible_survey_round.catalogue: text YES  C
column visible_survey_round.check_due: text YES  C
column visible_survey_round.closed_at: bigint YES  
column visible_survey_round.contact: text YES  C
column visible_survey_round.created_at: bigint YES  
column visible_survey_round.default_range: text YES  C
column visible_survey_round.due: text YES  C
column visible_survey_round.fictional: bigint YES  
column visible_survey_round.fiscal_year: bigint YES  
column visible_survey_round.id: bytea YES  
column visible_survey_round.letter_body: text YES  C
column visible_survey_round.letter_date: text YES  C
column visible_survey_round.letter_number: text YES  C
column visible_survey_round.letter_to: text YES  C
column visible_survey_round.level: bigint YES  
column visible_survey_round.published_at: bigint YES  
column visible_survey_round.reader: bytea YES  
column visible_survey_round.sent_at: bigint YES  
column visible_survey_round.side: text YES  C
column visible_survey_round.slug: text YES  C
column visible_survey_round.state: text YES  C
column visible_survey_round.survey: bytea YES  
column visible_survey_round.tenant: bytea YES  
column visible_survey_round.title: text YES  C
column visible_survey_round.title_en: text YES  C
column visible_survey_round.version: bigint YES  
column visible_unmet_need.at: bigint YES  
column visible_unmet_need.by_account: bytea YES  
column visible_unmet_need.consultation: bytea YES  
column visible_unmet_need.day: text YES  C
column visible_unmet_need.fictional: bigint YES  
column visible_unmet_need.id: bytea YES  
column visible_unmet_need.level: bigint YES  
column visible_unmet_need.municipality: text YES  C
column visible_unmet_need.place: text YES  C
column visible_unmet_need.service: text YES  C
column visible_unmet_need.tenant: bytea YES  
column visible_unmet_need.undone_at: bigint YES  
column visible_unmet_need.version: bigint YES  
column visible_unmet_need.why: text YES  C
column visible_year_close.by_name: text YES  C
column visible_year_close.closed_at: bigint YES  
column visible_year_close.fiscal_year: bigint YES  
column visible_year_close.level: bigint YES  
column visible_year_close.measures: bigint YES  
column visible_year_close.tenant: bytea YES  
column year_close.by_name: text NO  C
column year_close.closed_at: bigint NO  
column year_close.fiscal_year: bigint NO  
column year_close.measures: bigint NO  
column year_close.tenant: bytea NO  
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
constraint callback_request: CHECK (((done_at IS NULL) = (outcome = ''::text)))
constraint callback_request: CHECK ((channel = ANY (ARRAY['web'::text, 'paper'::text])))
constraint callback_request: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint callback_request: CHECK ((hours = ANY (ARRAY['any'::text, 'morning'::text, 'afternoon'::text, 'late'::text])))
constraint callback_request: CHECK ((length(done_name) <= 400))
constraint callback_request: CHECK ((length(keep_until) = 10))
constraint callback_request: CHECK ((length(municipality) = 6))
constraint callback_request: CHECK ((length(texts) <= 8000))
constraint callback_request: CHECK ((outcome = ANY (ARRAY[''::text, 'reached'::text, 'not_reached'::text, 'passed_on'::text])))
constraint callback_request: CHECK ((version > 0))
constraint callback_request: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint callback_request: PRIMARY KEY (id)
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
constraint column_mapping: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint column_mapping: CHECK ((length(columns) <= 8000))
constraint column_mapping: CHECK ((length(kind) <= 20))
constraint column_mapping: CHECK ((version > 0))
constraint column_mapping: PRIMARY KEY (id)
constraint column_mapping: UNIQUE (name)
constraint confirmation_item: CHECK (((length(token) >= 20) AND (length(token) <= 60)))
constraint confirmation_item: CHECK ((length(call_note) <= 200))
constraint confirmation_item: CHECK ((length(code) <= 60))
constraint confirmation_item: CHECK ((length(due_on) <= 10))
constraint confirmation_item: CHECK ((length(kind) <= 20))
constraint confirmation_item: CHECK ((length(municipality) = 6))
constraint confirmation_item: CHECK ((state = ANY (ARRAY['waiting'::text, 'answered'::text, 'confirmed'::text, 'unreachable'::text])))
constraint confirmation_item: CHECK ((what = ANY (ARRAY['record'::text, 'partners'::text])))
constraint confirmation_item: FOREIGN KEY (provider) REFERENCES provider(id)
constraint confirmation_item: FOREIGN KEY (round) REFERENCES confirmation_round(id)
constraint confirmation_item: PRIMARY KEY (id)
constraint confirmation_item: UNIQUE (round, provider)
constraint confirmation_item: UNIQUE (token)
constraint confirmation_round: CHECK (((length(municipalities) >= 6) AND (length(municipalities) <= 400)))
constraint confirmation_round: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint confirmation_round: CHECK ((length(due_on) = 10))
constraint confirmation_round: CHECK ((length(families) <= 200))
constraint confirmation_round: CHECK ((length(letter) <= 2000))
constraint confirmation_round: CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
constraint confirmation_round: CHECK ((version > 0))
constraint confirmation_round: CHECK ((what = ANY (ARRAY['record'::text, 'partners'::text])))
constraint confirmation_round: PRIMARY KEY (id)
constraint consultation: CHECK (((minutes >= 0) AND (minutes <= 1440)))
constraint consultation: CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL)))
constraint consultation: CHECK (((state = 'draft'::text) OR ((municipality <> ''::text) AND (saved_at IS NOT NULL))))
constraint consultation: CHECK ((area_issue = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint consultation: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint consultation: CHECK ((lane = ANY (ARRAY['professional'::text, 'resident'::text])))
constraint consultation: CHECK ((length(age_band) <= 20))
constraint consultation: CHECK ((length(caller) <= 20))
constraint consultation: CHECK ((length(care_level) <= 20))
constraint consultation: CHECK ((length(categories) <= 400))
constraint consultation: CHECK ((length(category) <= 20))
constraint consultation: CHECK ((length(channel) <= 20))
constraint consultation: CHECK ((length(day) = 10))
constraint consultation: CHECK ((length(follow_up_on) = 10))
constraint consultation: CHECK ((length(legal_basis) <= 20))
constraint consultation: CHECK ((length(living) <= 20))
constraint consultation: CHECK ((length(municipality) = ANY (ARRAY[0, 6])))
constraint consultation: CHECK ((length(responses) <= 200))
constraint consultation: CHECK ((length(result) <= 20))
constraint consultation: CHECK ((length(scenes) <= 100))
constraint consultation: CHECK ((length(texts) <= 200000))
constraint consultation: CHECK ((length(treatments) <= 400))
constraint consultation: CHECK ((length(urgency) <= 20))
constraint consultation: CHECK ((need_met = ANY (ARRAY[''::text, 'yes'::text, 'partly'::text, 'no'::text, 'unknown'::text])))
constraint consultation: CHECK ((origin = ANY (ARRAY['intake'::text, 'paper'::text, 'import'::text, 'callback'::text, 'demo'::text])))
constraint consultation: CHECK ((reopened >= 0))
constraint consultation: CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'waiting'::text, 'handed_over'::text, 'closed'::text])))
constraint consultation: CHECK ((version > 0))
constraint consultation: PRIMARY KEY (id)
constraint consultation_absence: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint consultation_absence: CHECK ((first_on <= last_on))
constraint consultation_absence: CHECK ((length(first_on) = 10))
constraint consultation_absence: CHECK ((length(last_on) = 10))
constraint consultation_absence: PRIMARY KEY (id)
constraint consultation_agreement: CHECK (((desk_at IS NULL) = (length(desk_by) = 0)))
constraint consultation_agreement: CHECK (((ended_at IS NULL) = (length(ended_by) = 0)))
constraint consultation_agreement: CHECK (((length(desk_name) >= 1) AND (length(desk_name) <= 300)))
constraint consultation_agreement: CHECK (((length(town_name) >= 1) AND (length(town_name) <= 300)))
constraint consultation_agreement: CHECK (((town_at IS NULL) = (length(town_by) = 0)))
constraint consultation_agreement: CHECK ((first_on <= last_on))
constraint consultation_agreement: CHECK ((length(desk_by) <= 400))
constraint consultation_agreement: CHECK ((length(ended_by) <= 400))
constraint consultation_agreement: CHECK ((length(first_on) = 10))
constraint consultation_agreement: CHECK ((length(last_on) = 10))
constraint consultation_agreement: CHECK ((length(municipality) = 6))
constraint consultation_agreement: CHECK ((length(town_by) <= 400))
constraint consultation_agreement: CHECK ((version > 0))
constraint consultation_agreement: PRIMARY KEY (id)
constraint consultation_count: CHECK ((length(dimension) <= 20))
constraint consultation_count: CHECK ((length(month) = 7))
constraint consultation_count: CHECK ((length(municipality) = 6))
constraint consultation_count: CHECK ((length(value) <= 60))
constraint consultation_count: PRIMARY KEY (tenant, dimension, month, municipality, value)
constraint consultation_counted: CHECK ((length(facts) <= 400))
constraint consultation_counted: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_counted: PRIMARY KEY (consultation)
constraint consultation_deputies: CHECK (((length(list) >= 2) AND (length(list) <= 4000)))
constraint consultation_deputies: CHECK ((length(by_name) <= 400))
constraint consultation_deputies: CHECK ((version > 0))
constraint consultation_deputies: PRIMARY KEY (tenant)
constraint consultation_disposal: CHECK (((length(kind) >= 1) AND (length(kind) <= 20)))
constraint consultation_disposal: CHECK ((destroyed >= 0))
constraint consultation_disposal: CHECK ((length(basis) <= 200))
constraint consultation_disposal: CHECK ((length(before_on) = 10))
constraint consultation_disposal: CHECK ((length(decided_by) <= 400))
constraint consultation_disposal: CHECK ((records >= 0))
constraint consultation_disposal: CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'done'::text])))
constraint consultation_disposal: CHECK ((version > 0))
constraint consultation_disposal: PRIMARY KEY (id)
constraint consultation_event: CHECK (((length(what) >= 1) AND (length(what) <= 40)))
constraint consultation_event: CHECK ((length(detail) <= 2000))
constraint consultation_event: CHECK ((length(note) <= 50000))
constraint consultation_event: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_event: PRIMARY KEY (id)
constraint consultation_handover: CHECK (((length(code) >= 6) AND (length(code) <= 12)))
constraint consultation_handover: CHECK (((length(receiver_name) >= 1) AND (length(receiver_name) <= 300)))
constraint consultation_handover: CHECK (((length(sender_name) >= 1) AND (length(sender_name) <= 300)))
constraint consultation_handover: CHECK (((whole = 0) OR (length(basis) > 0)))
constraint consultation_handover: CHECK ((escalations >= 0))
constraint consultation_handover: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint consultation_handover: CHECK ((kind = ANY (ARRAY['handover'::text, 'joint'::text])))
constraint consultation_handover: CHECK ((length(basis) <= 20))
constraint consultation_handover: CHECK ((length(category) <= 20))
constraint consultation_handover: CHECK ((length(deputy_name) <= 200))
constraint consultation_handover: CHECK ((length(due_on) = 10))
constraint consultation_handover: CHECK ((length(escalated_on) = 10))
constraint consultation_handover: CHECK ((length(moved_on) = 10))
constraint consultation_handover: CHECK ((length(municipality) = 6))
constraint consultation_handover: CHECK ((length(reasons) <= 200))
constraint consultation_handover: CHECK ((length(receiver_fax) <= 40))
constraint consultation_handover: CHECK ((length(texts) <= 50000))
constraint consultation_handover: CHECK ((outcome = ANY (ARRAY[''::text, 'yes'::text, 'partly'::text, 'no'::text, 'unknown'::text])))
constraint consultation_handover: CHECK ((state = ANY (ARRAY['sent'::text, 'accepted'::text, 'declined'::text, 'reported'::text, 'closed'::text])))
constraint consultation_handover: CHECK ((version > 0))
constraint consultation_handover: CHECK ((whole = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint consultation_handover: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_handover: PRIMARY KEY (id)
constraint consultation_handover: UNIQUE (code)
constraint consultation_handover_step: CHECK (((length(step) >= 1) AND (length(step) <= 20)))
constraint consultation_handover_step: CHECK ((length(behalf) <= 300))
constraint consultation_handover_step: CHECK ((length(by_name) <= 400))
constraint consultation_handover_step: CHECK ((length(due_on) = 10))
constraint consultation_handover_step: CHECK ((length(happened_on) = 10))
constraint consultation_handover_step: CHECK ((length(note) <= 30000))
constraint consultation_handover_step: FOREIGN KEY (handover) REFERENCES consultation_handover(id)
constraint consultation_handover_step: PRIMARY KEY (id)
constraint consultation_hold: CHECK ((length(by_name) <= 400))
constraint consultation_hold: CHECK ((reason = ANY (ARRAY['dispute'::text, 'disclosure'::text, 'abuse'::text, 'ongoing'::text])))
constraint consultation_hold: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_hold: PRIMARY KEY (consultation)
constraint consultation_issue: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint consultation_issue: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_issue: PRIMARY KEY (consultation, entry)
constraint consultation_mark: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_mark: PRIMARY KEY (consultation)
constraint consultation_referral: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint consultation_referral: CHECK ((answer = ANY (ARRAY[''::text, 'accepted'::text, 'declined'::text, 'waiting'::text])))
constraint consultation_referral: CHECK ((length(kind) <= 20))
constraint consultation_referral: CHECK ((version > 0))
constraint consultation_referral: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint consultation_referral: PRIMARY KEY (id)
constraint consultation_retention: CHECK (((length(basis) >= 1) AND (length(basis) <= 200)))
constraint consultation_retention: CHECK (((length(kind) >= 1) AND (length(kind) <= 20)))
constraint consultation_retention: CHECK (((years >= 1) AND (years <= 30)))
constraint consultation_retention: CHECK ((length(by_name) <= 400))
constraint consultation_retention: CHECK ((version > 0))
constraint consultation_retention: PRIMARY KEY (tenant, kind)
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
constraint directory_edition: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint directory_edition: CHECK ((length(by_name) <= 200))
constraint directory_edition: CHECK ((length(files) <= 20000))
constraint directory_edition: CHECK ((length(report) <= 200000))
constraint directory_edition: CHECK ((slot = 1))
constraint directory_edition: CHECK ((state = ANY (ARRAY['staging'::text, 'ready'::text, 'accepted'::text, 'applied'::text, 'discarded'::text, 'undone'::text])))
constraint directory_edition: CHECK ((version > 0))
constraint directory_edition: PRIMARY KEY (number)
constraint directory_edition: UNIQUE (id)
constraint directory_edition: UNIQUE (slot)
constraint directory_state: CHECK ((id = 1))
constraint directory_state: CHECK ((reserved >= current))
constraint directory_state: PRIMARY KEY (id)
constraint disclosure: CHECK (((length(body) >= 1) AND (length(body) <= 100000)))
constraint disclosure: CHECK (((length(title) >= 1) AND (length(title) <= 300)))
constraint disclosure: CHECK ((hidden >= 0))
constraint disclosure: CHECK ((length(by_name) <= 400))
constraint disclosure: CHECK ((length(number) <= 100))
constraint disclosure: CHECK ((length(reason) <= 2000))
constraint disclosure: PRIMARY KEY (id)
constraint district: CHECK (((length(code) >= 1) AND (length(code) <= 40)))
constraint district: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
constraint district: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint district: CHECK ((tone = ANY (ARRAY['sea'::text, 'hill'::text])))
constraint district: PRIMARY KEY (code)
constraint duty: CHECK (((length(key) >= 1) AND (length(key) <= 40)))
constraint duty: CHECK (((month >= 1) AND (month <= 12)))
constraint duty: CHECK ((length(title) <= 200))
constraint duty: CHECK ((version > 0))
constraint duty: PRIMARY KEY (tenant, key)
constraint duty_done: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint duty_done: CHECK (((length(key) >= 1) AND (length(key) <= 40)))
constraint duty_done: CHECK ((length(by_name) <= 400))
constraint duty_done: CHECK ((length(done_on) = 10))
constraint duty_done: PRIMARY KEY (tenant, key, fiscal_year)
constraint duty_note: CHECK (((length(key) >= 1) AND (length(key) <= 40)))
constraint duty_note: CHECK ((length(body) <= 20000))
constraint duty_note: CHECK ((length(by_name) <= 400))
constraint duty_note: CHECK ((version > 0))
constraint duty_note: PRIMARY KEY (tenant, key, version)
constraint edition_row: CHECK ((applied = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint edition_row: CHECK ((length(before) <= 40000))
constraint edition_row: CHECK ((length(file) <= 200))
constraint edition_row: CHECK ((length(kind) <= 20))
constraint edition_row: CHECK ((length(municipality) <= 6))
constraint edition_row: CHECK ((length(name) <= 300))
constraint edition_row: CHECK ((length(payload) <= 40000))
constraint edition_row: CHECK ((length(reason) <= 1000))
constraint edition_row: CHECK ((outcome = ANY (ARRAY['added'::text, 'changed'::text, 'vanished'::text, 'suspicious'::text, 'refused'::text])))
constraint edition_row: FOREIGN KEY (edition) REFERENCES directory_edition(number)
constraint edition_row: PRIMARY KEY (edition, seq)
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
constraint entry: CHECK ((waits = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint entry: PRIMARY KEY (id)
constraint entry: UNIQUE (seed)
constraint entry_comment: CHECK (((length(body) >= 1) AND (length(body) <= 5000)))
constraint entry_comment: CHECK ((length(by_name) <= 400))
constraint entry_comment: CHECK ((reach = ANY (ARRAY['internal'::text, 'municipalities'::text, 'participants'::text, 'public'::text])))
constraint entry_comment: CHECK ((version > 0))
constraint entry_comment: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_comment: PRIMARY KEY (id)
constraint entry_file: CHECK (((length(mime) >= 1) AND (length(mime) <= 100)))
constraint entry_file: CHECK (((length(name) >= 1) AND (length(name) <= 300)))
constraint entry_file: CHECK ((length(by_name) <= 400))
constraint entry_file: CHECK ((size >= 0))
constraint entry_file: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_file: PRIMARY KEY (id)
constraint entry_history: CHECK (((length(action) >= 1) AND (length(action) <= 40)))
constraint entry_history: CHECK ((length(detail) <= 30000))
constraint entry_history: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_history: PRIMARY KEY (id)
constraint entry_link: CHECK ((kind = ANY (ARRAY['related'::text, 'merged'::text, 'split'::text])))
constraint entry_link: CHECK ((length(moved) <= 200000))
constraint entry_link: CHECK ((length(named) <= 20000))
constraint entry_link: FOREIGN KEY (entry) REFERENCES entry(id)
constraint entry_link: FOREIGN KEY (other) REFERENCES entry(id)
constraint entry_link: PRIMARY KEY (id)
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
constraint facility_partner: CHECK ((admits = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint facility_partner: CHECK ((consults = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint facility_partner: CHECK ((length(confirmed_by) <= 200))
constraint facility_partner: CHECK ((length(note) <= 1000))
constraint facility_partner: CHECK ((version > 0))
constraint facility_partner: CHECK ((visits = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint facility_partner: FOREIGN KEY (facility) REFERENCES provider(id)
constraint facility_partner: FOREIGN KEY (institution) REFERENCES provider(id)
constraint facility_partner: PRIMARY KEY (id)
constraint form_link: CHECK ((length(hash) = 64))
constraint form_link: CHECK ((length(recipient) <= 254))
constraint form_link: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint form_link: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint form_link: PRIMARY KEY (id)
constraint form_link: UNIQUE (hash)
constraint form_return: CHECK ((length(answers) <= 5000000))
constraint form_return: CHECK ((length(confirmed) <= 300))
constraint form_return: CHECK ((length(file_name) <= 300))
constraint form_return: CHECK ((length(problems) <= 200000))
constraint form_return: CHECK ((state = ANY (ARRAY['waiting'::text, 'applied'::text, 'dropped'::text])))
constraint form_return: CHECK ((via = ANY (ARRAY['file'::text, 'proxy'::text, 'link'::text])))
constraint form_return: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint form_return: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint form_return: PRIMARY KEY (id)
constraint goal: CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
constraint goal: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint goal: CHECK ((part = ANY (ARRAY['vision'::text, 'daily'::text, 'transition'::text, 'acute'::text, 'endoflife'::text, 'common'::text])))
constraint goal: CHECK ((version > 0))
constraint goal: PRIMARY KEY (id)
constraint goal: UNIQUE (tenant, part)
constraint handoff: CHECK (((length(body) >= 1) AND (length(body) <= 5000)))
constraint handoff: CHECK (((length(code) >= 6) AND (length(code) <= 12)))
constraint handoff: CHECK (((length(receiver_name) >= 1) AND (length(receiver_name) <= 300)))
constraint handoff: CHECK (((length(sender_name) >= 1) AND (length(sender_name) <= 300)))
constraint handoff: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint handoff: CHECK ((kind = ANY (ARRAY['issue'::text, 'question'::text])))
constraint handoff: CHECK ((length(due_on) = 10))
constraint handoff: CHECK ((length(moved_on) = 10))
constraint handoff: CHECK ((state = ANY (ARRAY['sent'::text, 'accepted'::text, 'answered'::text, 'returned'::text, 'closed'::text])))
constraint handoff: CHECK ((version > 0))
constraint handoff: FOREIGN KEY (entry) REFERENCES entry(id)
constraint handoff: PRIMARY KEY (id)
constraint handoff: UNIQUE (code)
constraint handoff_step: CHECK (((length(step) >= 1) AND (length(step) <= 20)))
constraint handoff_step: CHECK ((length(behalf) <= 300))
constraint handoff_step: CHECK ((length(body) <= 5000))
constraint handoff_step: CHECK ((length(by_name) <= 400))
constraint handoff_step: CHECK ((length(due_on) = 10))
constraint handoff_step: CHECK ((length(happened_on) = 10))
constraint handoff_step: FOREIGN KEY (handoff) REFERENCES handoff(id)
constraint handoff_step: PRIMARY KEY (id)
constraint handoff_step: UNIQUE (handoff, version)
constraint hospital_window: CHECK (((draft IS NULL) = (draft_by IS NULL)))
constraint hospital_window: CHECK ((length(answers) <= 1000))
constraint hospital_window: CHECK ((length(draft) <= 20000))
constraint hospital_window: CHECK ((length(draft_by) <= 200))
constraint hospital_window: CHECK ((length(fax) <= 40))
constraint hospital_window: CHECK ((length(hours) <= 500))
constraint hospital_window: CHECK ((length(how) <= 1000))
constraint hospital_window: CHECK ((length(municipality) = 6))
constraint hospital_window: CHECK ((length(outside) <= 1000))
constraint hospital_window: CHECK ((length(phone) <= 40))
constraint hospital_window: CHECK ((length(to_whom) <= 1000))
constraint hospital_window: CHECK ((length(verified_by) <= 200))
constraint hospital_window: CHECK ((length(window_name) <= 200))
constraint hospital_window: CHECK ((version > 0))
constraint hospital_window: PRIMARY KEY (municipality)
constraint import_batch: CHECK ((format = ANY (ARRAY['json'::text, 'csv'::text, 'xlsx'::text])))
constraint import_batch: CHECK ((length(encoding) <= 40))
constraint import_batch: CHECK ((length(file_name) <= 300))
constraint import_batch: FOREIGN KEY (survey) REFERENCES survey(id)
constraint import_batch: PRIMARY KEY (id)
constraint import_batch: UNIQUE (survey)
constraint inbox_code: CHECK (((length(target) >= 3) AND (length(target) <= 200)))
constraint inbox_code: CHECK ((length(code) = 10))
constraint inbox_code: PRIMARY KEY (id)
constraint inbox_code: UNIQUE (code)
constraint inbox_code: UNIQUE (tenant, target)
constraint inbox_history: CHECK ((what = ANY (ARRAY['arrived'::text, 'filed'::text, 'back'::text, 'aside'::text, 'turned'::text, 'split'::text, 'merged'::text, 'gone'::text])))
constraint inbox_history: FOREIGN KEY (paper) REFERENCES inbox_paper(id)
constraint inbox_history: PRIMARY KEY (id)
constraint inbox_page: CHECK ((reading = ANY (ARRAY['code'::text, 'blank'::text, 'none'::text])))
constraint inbox_page: CHECK ((turn = ANY (ARRAY[(0)::bigint, (90)::bigint, (180)::bigint, (270)::bigint])))
constraint inbox_page: FOREIGN KEY (paper) REFERENCES inbox_paper(id)
constraint inbox_page: PRIMARY KEY (id)
constraint inbox_paper: CHECK (((length(target) >= 3) AND (length(target) <= 200)))
constraint inbox_paper: CHECK (((state = 'filed'::text) = (target IS NOT NULL)))
constraint inbox_paper: CHECK ((how = ANY (ARRAY[''::text, 'qr'::text, 'typed'::text, 'chosen'::text])))
constraint inbox_paper: CHECK ((length(code) <= 10))
constraint inbox_paper: CHECK ((state = ANY (ARRAY['waiting'::text, 'filed'::text, 'aside'::text, 'gone'::text])))
constraint inbox_paper: FOREIGN KEY (scan) REFERENCES inbox_scan(id)
constraint inbox_paper: PRIMARY KEY (id)
constraint inbox_scan: CHECK ((length(hash) = 64))
constraint inbox_scan: CHECK ((length(name) <= 300))
constraint inbox_scan: CHECK ((length(problem) <= 40))
constraint inbox_scan: CHECK ((state = ANY (ARRAY['reading'::text, 'read'::text, 'refused'::text])))
constraint inbox_scan: CHECK ((via = ANY (ARRAY['hand'::text, 'folder'::text])))
constraint inbox_scan: PRIMARY KEY (id)
constraint invitation: CHECK ((channel = ANY (ARRAY['mail'::text, 'print'::text, 'setup'::text])))
constraint invitation: CHECK ((length(label) <= 200))
constraint invitation: CHECK ((role = ANY (ARRAY['member'::text, 'editor'::text, 'approver'::text, 'manager'::text, 'administrator'::text])))
constraint invitation: CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'revoked'::text])))
constraint invitation: FOREIGN KEY (accepted_by) REFERENCES account(id)
constraint invitation: FOREIGN KEY (invited_by) REFERENCES account(id)
constraint invitation: FOREIGN KEY (organisation) REFERENCES organisation(id)
constraint invitation: PRIMARY KEY (id)
constraint invitation: UNIQUE (hash)
constraint issue_draft: CHECK (((step >= 1) AND (step <= 6)))
constraint issue_draft: CHECK ((length(answers) <= 40000))
constraint issue_draft: CHECK ((length(by_name) <= 400))
constraint issue_draft: CHECK ((version > 0))
constraint issue_draft: PRIMARY KEY (id)
constraint job: CHECK ((length(job_key) <= 200))
constraint job: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'dead'::text])))
constraint job: PRIMARY KEY (job_key)
constraint joint_member: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint joint_member: CHECK ((length(own) <= 400000))
constraint joint_member: CHECK ((state = ANY (ARRAY['invited'::text, 'joined'::text, 'left'::text])))
constraint joint_member: FOREIGN KEY (joint) REFERENCES joint_text(id)
constraint joint_member: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint joint_member: PRIMARY KEY (joint, tenant)
constraint joint_reader: CHECK ((inside = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint joint_reader: FOREIGN KEY (joint) REFERENCES joint_text(id)
constraint joint_reader: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint joint_reader: PRIMARY KEY (joint, subject)
constraint joint_text: CHECK (((length(base) >= 1) AND (length(base) <= 200000)))
constraint joint_text: CHECK (((length(field) >= 1) AND (length(field) <= 40)))
constraint joint_text: CHECK (((length(lead_name) >= 1) AND (length(lead_name) <= 200)))
constraint joint_text: CHECK ((length(changed_name) <= 200))
constraint joint_text: CHECK ((version > 0))
constraint joint_text: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint joint_text: PRIMARY KEY (id)
constraint mail: CHECK ((length(body) <= 20000))
constraint mail: CHECK ((length(recipient) <= 320))
constraint mail: CHECK ((length(subject) <= 300))
constraint mail: PRIMARY KEY (id)
constraint measure: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint measure: CHECK (((length(plan) >= 2) AND (length(plan) <= 60000)))
constraint measure: CHECK (((state = 'evaluated'::text) <= (rating IS NOT NULL)))
constraint measure: CHECK ((length(due_on) = 10))
constraint measure: CHECK ((rating = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text])))
constraint measure: CHECK ((reach = ANY (ARRAY['internal'::text, 'municipalities'::text, 'participants'::text, 'public'::text])))
constraint measure: CHECK ((state = ANY (ARRAY['planned'::text, 'running'::text, 'evaluated'::text, 'stopped'::text])))
constraint measure: CHECK ((version > 0))
constraint measure: FOREIGN KEY (entry) REFERENCES entry(id)
constraint measure: PRIMARY KEY (id)
constraint measure_version: CHECK (((after_close = 0) OR (length(reason) > 0)))
constraint measure_version: CHECK (((length(plan) >= 2) AND (length(plan) <= 60000)))
constraint measure_version: CHECK ((after_close = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint measure_version: CHECK ((length(by_name) <= 400))
constraint measure_version: CHECK ((length(reason) <= 2000))
constraint measure_version: CHECK ((version > 0))
constraint measure_version: FOREIGN KEY (measure) REFERENCES measure(id)
constraint measure_version: PRIMARY KEY (measure, version)
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
constraint old_count: CHECK ((calls >= 0))
constraint old_count: CHECK ((length(dimension) <= 20))
constraint old_count: CHECK ((length(month) = 7))
constraint old_count: CHECK ((length(municipality) = 6))
constraint old_count: CHECK ((length(value) <= 60))
constraint old_count: CHECK ((minutes >= 0))
constraint old_count: FOREIGN KEY (file) REFERENCES old_file(id)
constraint old_count: PRIMARY KEY (tenant, dimension, month, municipality, value)
constraint old_file: CHECK (((length(name) >= 1) AND (length(name) <= 300)))
constraint old_file: CHECK ((length(body) <= 4000000))
constraint old_file: CHECK ((length(by_name) <= 400))
constraint old_file: CHECK ((version > 0))
constraint old_file: FOREIGN KEY (mapping) REFERENCES old_mapping(id)
constraint old_file: PRIMARY KEY (id)
constraint old_mapping: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint old_mapping: CHECK ((length(body) <= 60000))
constraint old_mapping: CHECK ((version > 0))
constraint old_mapping: PRIMARY KEY (id)
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
constraint print_edition: CHECK (((length(scope) >= 1) AND (length(scope) <= 40)))
constraint print_edition: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint print_edition: CHECK (((state = 'done'::text) = (file IS NOT NULL)))
constraint print_edition: CHECK ((kind = ANY (ARRAY['guide'::text, 'medical'::text, 'care'::text])))
constraint print_edition: CHECK ((lang = ANY (ARRAY['ja'::text, 'en'::text])))
constraint print_edition: CHECK ((length(error) <= 2000))
constraint print_edition: CHECK ((length(missing) <= 100000))
constraint print_edition: CHECK ((length(ordered_by) <= 200))
constraint print_edition: CHECK ((length(publisher) <= 200))
constraint print_edition: CHECK ((state = ANY (ARRAY['waiting'::text, 'making'::text, 'done'::text, 'failed'::text])))
constraint print_edition: CHECK ((version > 0))
constraint print_edition: PRIMARY KEY (id)
constraint print_snapshot: CHECK ((length(body) <= 50000000))
constraint print_snapshot: FOREIGN KEY (edition) REFERENCES print_edition(id)
constraint print_snapshot: PRIMARY KEY (edition)
constraint programme_state: CHECK ((id = 1))
constraint programme_state: PRIMARY KEY (id)
constraint provider: CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)))
constraint provider: CHECK (((lat IS NULL) = (lon IS NULL)))
constraint provider: CHECK (((lat IS NULL) = (precision_code = 'none'::text)))
constraint provider: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint provider: CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))
constraint provider: CHECK ((edition >= 0))
constraint provider: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider: CHECK ((in_area = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider: CHECK ((length(address) <= 300))
constraint provider: CHECK ((length(address_key) <= 400))
constraint provider: CHECK ((length(building) <= 200))
constraint provider: CHECK ((length(corporation) <= 200))
constraint provider: CHECK ((length(corporation_number) <= 13))
constraint provider: CHECK ((length(fax) <= 40))
constraint provider: CHECK ((length(kana) <= 300))
constraint provider: CHECK ((length(kinds) <= 400))
constraint provider: CHECK ((length(municipality) = 6))
constraint provider: CHECK ((length(name_en) <= 300))
constraint provider: CHECK ((length(name_key) <= 300))
constraint provider: CHECK ((length(note) <= 2000))
constraint provider: CHECK ((length(phone) <= 40))
constraint provider: CHECK ((length(postal) <= 8))
constraint provider: CHECK ((length(source) <= 200))
constraint provider: CHECK ((length(url) <= 500))
constraint provider: CHECK ((length(verified_by) <= 200))
constraint provider: CHECK ((precision_code = ANY (ARRAY['exact'::text, 'town'::text, 'municipality'::text, 'none'::text])))
constraint provider: CHECK ((status = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text, 'moved'::text, 'merged'::text])))
constraint provider: CHECK ((version > 0))
constraint provider: PRIMARY KEY (id)
constraint provider_alias: CHECK (((length(alias) >= 1) AND (length(alias) <= 200)))
constraint provider_alias: CHECK ((kind = ANY (ARRAY['former'::text, 'source'::text, 'short'::text])))
constraint provider_alias: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_alias: PRIMARY KEY (provider, alias)
constraint provider_care: CHECK (((vacancy >= 0) AND (vacancy <= 10000)))
constraint provider_care: CHECK ((day_and_night = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_care: CHECK ((end_of_life = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_care: CHECK ((home_visit = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_care: CHECK ((house_call = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_care: CHECK ((length(languages) <= 200))
constraint provider_care: CHECK ((length(source) <= 200))
constraint provider_care: CHECK ((length(verified_by) <= 200))
constraint provider_care: CHECK ((length(visit_area) <= 400))
constraint provider_care: CHECK ((length(visit_note) <= 1000))
constraint provider_care: CHECK ((new_patients = ANY (ARRAY['yes'::text, 'no'::text, 'ask'::text])))
constraint provider_care: CHECK ((wheelchair = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_care: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_care: PRIMARY KEY (provider)
constraint provider_contact: CHECK ((length(mail) <= 200))
constraint provider_contact: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_contact: PRIMARY KEY (id)
constraint provider_contact: UNIQUE (provider)
constraint provider_fact: CHECK (((length(class) >= 1) AND (length(class) <= 200)))
constraint provider_fact: CHECK (((length(scheme) >= 1) AND (length(scheme) <= 20)))
constraint provider_fact: CHECK ((length(number) <= 60))
constraint provider_fact: CHECK ((length(source) <= 200))
constraint provider_fact: CHECK ((length(value) <= 500))
constraint provider_fact: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_fact: PRIMARY KEY (id)
constraint provider_fact: UNIQUE (provider, scheme, class, number, value)
constraint provider_field: CHECK (((length(field) >= 1) AND (length(field) <= 40)))
constraint provider_field: CHECK ((entered = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint provider_field: CHECK ((length(official) <= 2000))
constraint provider_field: CHECK ((length(settled) <= 2000))
constraint provider_field: CHECK ((length(source) <= 200))
constraint provider_field: CHECK ((length(value) <= 2000))
constraint provider_field: CHECK ((length(verified_by) <= 200))
constraint provider_field: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_field: PRIMARY KEY (provider, field)
constraint provider_history: CHECK (((length(what) >= 1) AND (length(what) <= 40)))
constraint provider_history: CHECK ((length(by_name) <= 200))
constraint provider_history: CHECK ((length(fields) <= 20000))
constraint provider_history: CHECK ((length(note) <= 1000))
constraint provider_history: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_history: PRIMARY KEY (id)
constraint provider_identifier: CHECK (((length(scheme) >= 1) AND (length(scheme) <= 20)))
constraint provider_identifier: CHECK (((length(value) >= 1) AND (length(value) <= 40)))
constraint provider_identifier: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_identifier: PRIMARY KEY (scheme, value)
constraint provider_keeper: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_keeper: PRIMARY KEY (provider, organisation)
constraint provider_pair: CHECK ((length(decided_by) <= 200))
constraint provider_pair: CHECK ((length(why) <= 40))
constraint provider_pair: CHECK ((state = ANY (ARRAY['open'::text, 'same'::text, 'different'::text])))
constraint provider_pair: FOREIGN KEY (first) REFERENCES provider(id)
constraint provider_pair: FOREIGN KEY (second) REFERENCES provider(id)
constraint provider_pair: PRIMARY KEY (first, second)
constraint provider_professional: CHECK ((length(conditions) <= 2000))
constraint provider_professional: CHECK ((length(direct_fax) <= 40))
constraint provider_professional: CHECK ((length(direct_phone) <= 40))
constraint provider_professional: CHECK ((length(liaison_hours) <= 500))
constraint provider_professional: CHECK ((length(liaison_name) <= 200))
constraint provider_professional: CHECK ((length(source) <= 200))
constraint provider_professional: CHECK ((length(treatments) <= 500))
constraint provider_professional: CHECK ((length(verified_by) <= 200))
constraint provider_professional: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_professional: PRIMARY KEY (id)
constraint provider_professional: UNIQUE (provider)
constraint provider_service: CHECK (((capacity >= 1) AND (capacity <= 100000)))
constraint provider_service: CHECK (((length(kind) >= 1) AND (length(kind) <= 20)))
constraint provider_service: CHECK ((edition >= 0))
constraint provider_service: CHECK ((length(beds) <= 1000))
constraint provider_service: CHECK ((length(dataset) <= 40))
constraint provider_service: CHECK ((length(dataset_key) <= 120))
constraint provider_service: CHECK ((length(days) <= 8))
constraint provider_service: CHECK ((length(departments) <= 2000))
constraint provider_service: CHECK ((length(fingerprint) <= 64))
constraint provider_service: CHECK ((length(hours) <= 4000))
constraint provider_service: CHECK ((length(hours_note) <= 2000))
constraint provider_service: CHECK ((length(number) <= 40))
constraint provider_service: CHECK ((length(official) <= 20000))
constraint provider_service: CHECK ((length(source) <= 200))
constraint provider_service: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_service: PRIMARY KEY (id)
constraint provider_service: UNIQUE (dataset, dataset_key)
constraint provider_update: CHECK ((channel = ANY (ARRAY['own'::text, 'phone'::text, 'fax'::text, 'paper'::text, 'link'::text])))
constraint provider_update: CHECK ((length(base) <= 40000))
constraint provider_update: CHECK ((length(by_name) <= 200))
constraint provider_update: CHECK ((length(decided_by) <= 200))
constraint provider_update: CHECK ((length(fields) <= 40000))
constraint provider_update: CHECK ((length(note) <= 2000))
constraint provider_update: CHECK ((length(outcome) <= 4000))
constraint provider_update: CHECK ((length(reason) <= 1000))
constraint provider_update: CHECK ((length(spoken_with) <= 100))
constraint provider_update: CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
constraint provider_update: CHECK ((version > 0))
constraint provider_update: FOREIGN KEY (provider) REFERENCES provider(id)
constraint provider_update: PRIMARY KEY (id)
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
constraint retention: CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
constraint retention: CHECK (((years >= 1) AND (years <= 100)))
constraint retention: CHECK ((length(basis) <= 200))
constraint retention: CHECK ((version > 0))
constraint retention: PRIMARY KEY (tenant, kind)
constraint round_aside: CHECK (((length(field) >= 1) AND (length(field) <= 40)))
constraint round_aside: CHECK ((length(value) <= 200000))
constraint round_aside: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint round_aside: PRIMARY KEY (id)
constraint round_field: CHECK (((length(field) >= 1) AND (length(field) <= 40)))
constraint round_field: CHECK ((answer_range = ANY (ARRAY['public'::text, 'meeting'::text, 'offices'::text])))
constraint round_field: CHECK ((channel = ANY (ARRAY['screen'::text, 'file'::text, 'proxy'::text, 'joint'::text, 'proposal'::text])))
constraint round_field: CHECK ((length(value) <= 200000))
constraint round_field: CHECK ((version > 0))
constraint round_field: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint round_field: PRIMARY KEY (reply, field)
constraint round_file: CHECK (((length(name) >= 1) AND (length(name) <= 200)))
constraint round_file: CHECK ((length(field) <= 40))
constraint round_file: CHECK ((length(mime) <= 100))
constraint round_file: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint round_file: PRIMARY KEY (id)
constraint round_reader: CHECK ((side = ANY (ARRAY['asker'::text, 'tenant'::text])))
constraint round_reader: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint round_reader: PRIMARY KEY (round, subject)
constraint round_reply: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint round_reply: CHECK ((check_state = ANY (ARRAY['none'::text, 'asked'::text, 'change'::text, 'agreed'::text])))
constraint round_reply: CHECK ((late = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint round_reply: CHECK ((length(check_note) <= 2000))
constraint round_reply: CHECK ((length(due) <= 10))
constraint round_reply: CHECK ((length(municipality) = 6))
constraint round_reply: CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'submitted'::text, 'returned'::text, 'accepted'::text, 'published'::text])))
constraint round_reply: CHECK ((version > 0))
constraint round_reply: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint round_reply: PRIMARY KEY (id)
constraint round_reply: UNIQUE (round, tenant)
constraint round_version: CHECK ((approval = ANY (ARRAY['none'::text, 'renkei'::text, 'outside'::text])))
constraint round_version: CHECK ((late = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint round_version: CHECK ((length(answers) <= 5000000))
constraint round_version: CHECK ((length(decided_on) <= 10))
constraint round_version: CHECK ((length(decider_post) <= 100))
constraint round_version: CHECK ((length(document_number) <= 100))
constraint round_version: CHECK ((length(note) <= 2000))
constraint round_version: CHECK ((number > 0))
constraint round_version: CHECK ((state = ANY (ARRAY['waiting'::text, 'refused'::text, 'submitted'::text, 'returned'::text, 'accepted'::text, 'published'::text])))
constraint round_version: FOREIGN KEY (reply) REFERENCES round_reply(id)
constraint round_version: FOREIGN KEY (round) REFERENCES survey_round(id)
constraint round_version: PRIMARY KEY (id)
constraint round_version: UNIQUE (reply, number)
constraint saved_view: CHECK (((length(address) >= 1) AND (length(address) <= 1000)))
constraint saved_view: CHECK (((length(name) >= 1) AND (length(name) <= 60)))
constraint saved_view: PRIMARY KEY (id)
constraint saved_view: UNIQUE (account, name)
constraint segment_dismissal: CHECK ((length(words) = 64))
constraint segment_dismissal: FOREIGN KEY (answer) REFERENCES answer(id) ON DELETE CASCADE
constraint segment_dismissal: PRIMARY KEY (id)
constraint segment_dismissal: UNIQUE (tenant, answer, words)
constraint service_kind: CHECK (((length(code) >= 1) AND (length(code) <= 20)))
constraint service_kind: CHECK (((length(family) >= 1) AND (length(family) <= 20)))
constraint service_kind: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 150)))
constraint service_kind: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint service_kind: CHECK (((length(shape) >= 1) AND (length(shape) <= 20)))
constraint service_kind: CHECK (((length(short_ja) >= 1) AND (length(short_ja) <= 40)))
constraint service_kind: CHECK (((length(tone) >= 1) AND (length(tone) <= 20)))
constraint service_kind: CHECK ((length(billing_code) <= 4))
constraint service_kind: CHECK ((length(plain_en) <= 300))
constraint service_kind: CHECK ((length(plain_ja) <= 200))
constraint service_kind: CHECK ((length(words) <= 500))
constraint service_kind: PRIMARY KEY (code)
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
constraint story: CHECK (((checked_by IS NULL) OR (written_by IS NULL) OR (checked_by <> written_by)))
constraint story: CHECK (((length(outcome) >= 1) AND (length(outcome) <= 4000)))
constraint story: CHECK (((length(situation) >= 1) AND (length(situation) <= 4000)))
constraint story: CHECK (((length(title) >= 1) AND (length(title) <= 200)))
constraint story: CHECK (((length(together) >= 1) AND (length(together) <= 4000)))
constraint story: CHECK (((state = 'shared'::text) <= (checked_by IS NOT NULL)))
constraint story: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint story: CHECK ((length(checked_name) <= 400))
constraint story: CHECK ((length(reason) <= 1000))
constraint story: CHECK ((length(written_name) <= 400))
constraint story: CHECK ((reach = ANY (ARRAY['desk'::text, 'area'::text])))
constraint story: CHECK ((state = ANY (ARRAY['draft'::text, 'asked'::text, 'shared'::text, 'withdrawn'::text])))
constraint story: CHECK ((version > 0))
constraint story: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint story: PRIMARY KEY (id)
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
constraint survey_round: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint survey_round: CHECK (((length(slug) >= 1) AND (length(slug) <= 80)))
constraint survey_round: CHECK (((length(title) >= 1) AND (length(title) <= 300)))
constraint survey_round: CHECK ((default_range = ANY (ARRAY['public'::text, 'meeting'::text, 'offices'::text])))
constraint survey_round: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint survey_round: CHECK ((length(catalogue) <= 1000000))
constraint survey_round: CHECK ((length(check_due) <= 10))
constraint survey_round: CHECK ((length(contact) <= 1000))
constraint survey_round: CHECK ((length(due) <= 10))
constraint survey_round: CHECK ((length(letter_body) <= 10000))
constraint survey_round: CHECK ((length(letter_date) <= 10))
constraint survey_round: CHECK ((length(letter_number) <= 100))
constraint survey_round: CHECK ((length(letter_to) <= 500))
constraint survey_round: CHECK ((length(title_en) <= 500))
constraint survey_round: CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text, 'checking'::text, 'published'::text])))
constraint survey_round: CHECK ((version > 0))
constraint survey_round: FOREIGN KEY (based_on) REFERENCES survey(id)
constraint survey_round: FOREIGN KEY (survey) REFERENCES survey(id)
constraint survey_round: PRIMARY KEY (id)
constraint survey_round: UNIQUE (slug)
constraint totp: FOREIGN KEY (account) REFERENCES account(id)
constraint totp: PRIMARY KEY (account)
constraint town_point: CHECK (((length(town) >= 1) AND (length(town) <= 100)))
constraint town_point: CHECK ((length(municipality) = 6))
constraint town_point: CHECK ((length(town_key) <= 200))
constraint town_point: PRIMARY KEY (municipality, town)
constraint unmet_need: CHECK (((length(service) >= 1) AND (length(service) <= 20)))
constraint unmet_need: CHECK (((length(why) >= 1) AND (length(why) <= 20)))
constraint unmet_need: CHECK ((fictional = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint unmet_need: CHECK ((length(day) = 10))
constraint unmet_need: CHECK ((length(municipality) = 6))
constraint unmet_need: CHECK ((length(place) <= 100))
constraint unmet_need: CHECK ((version > 0))
constraint unmet_need: FOREIGN KEY (consultation) REFERENCES consultation(id)
constraint unmet_need: PRIMARY KEY (id)
constraint upkeep_setting: CHECK (((stale_days >= 30) AND (stale_days <= 2000)))
constraint upkeep_setting: CHECK ((at_once = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint upkeep_setting: CHECK ((decides = ANY (ARRAY['approver'::text, 'editor'::text])))
constraint upkeep_setting: CHECK ((length(municipality) = 6))
constraint upkeep_setting: CHECK ((version > 0))
constraint upkeep_setting: PRIMARY KEY (municipality)
constraint urgent_number: CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
constraint urgent_number: CHECK (((length(name_ja) >= 1) AND (length(name_ja) <= 100)))
constraint urgent_number: CHECK (((length(number) >= 1) AND (length(number) <= 40)))
constraint urgent_number: CHECK (((length(when_en) >= 1) AND (length(when_en) <= 200)))
constraint urgent_number: CHECK (((length(when_ja) >= 1) AND (length(when_ja) <= 200)))
constraint urgent_number: CHECK ((length(scope) <= 200))
constraint urgent_number: CHECK ((length(source) <= 500))
constraint urgent_number: CHECK ((verified = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint urgent_number: PRIMARY KEY (number)
constraint year_close: CHECK (((fiscal_year >= 1947) AND (fiscal_year <= 2200)))
constraint year_close: CHECK ((length(by_name) <= 400))
constraint year_close: PRIMARY KEY (tenant, fiscal_year)
index CREATE INDEX access_subject ON public.access USING btree (subject, account)
index CREATE INDEX answer_asker ON public.answer USING btree (asker, survey) WHERE (published_at IS NULL)
index CREATE INDEX answer_row ON public.answer USING btree (survey, sort)
index CREATE INDEX answer_tenant ON public.answer USING btree (tenant, survey) WHERE (published_at IS NULL)
index CREATE INDEX audit_event_at ON public.audit_event USING btree (at)
index CREATE INDEX audit_event_row ON public.audit_event USING btree (row_id, at) WHERE (row_id IS NOT NULL)
index CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject, at) WHERE (subject IS NOT NULL)
index CREATE INDEX backup_run_finished ON public.backup_run USING btree (finished)
index CREATE INDEX backup_run_verified ON public.backup_run USING btree (verified)
index CREATE INDEX callback_keep ON public.callback_request USING btree (keep_until) WHERE (keep_until IS NOT NULL)
index CREATE INDEX callback_open ON public.callback_request USING btree (tenant, done_at, promised_by)
index CREATE INDEX callback_sender ON public.callback_request USING btree (sender, received_at) WHERE (sender IS NOT NULL)
index CREATE INDEX confirmation_item_provider ON public.confirmation_item USING btree (provider, state)
index CREATE INDEX confirmation_item_state ON public.confirmation_item USING btree (round, state, municipality)
index CREATE INDEX confirmation_round_tenant ON public.confirmation_round USING btree (tenant, created_at)
index CREATE INDEX consultation_absence_tenant ON public.consultation_absence USING btree (tenant, last_on)
index CREATE INDEX consultation_agreement_tenant ON public.consultation_agreement USING btree (tenant, municipality)
index CREATE INDEX consultation_agreement_town ON public.consultation_agreement USING btree (town, tenant)
index CREATE INDEX consultation_caller ON public.consultation USING btree (tenant, caller_hash, received_at) WHERE (caller_hash IS NOT NULL)
index CREATE INDEX consultation_category ON public.consultation USING btree (tenant, category, received_at, id)
index CREATE INDEX consultation_desk ON public.consultation USING btree (tenant, received_at, id)
index CREATE INDEX consultation_disposal_tenant ON public.consultation_disposal USING btree (tenant, kind, before_on)
index CREATE INDEX consultation_event_of ON public.consultation_event USING btree (consultation, at, id)
index CREATE INDEX consultation_follow ON public.consultation USING btree (tenant, follow_up_on) WHERE ((follow_up_on IS NOT NULL) AND (state <> 'closed'::text))
index CREATE INDEX consultation_handover_of ON public.consultation_handover USING btree (consultation, sent_at)
index CREATE INDEX consultation_handover_receiver ON public.consultation_handover USING btree (receiver, state, due_on) WHERE (receiver IS NOT NULL)
index CREATE INDEX consultation_handover_step_of ON public.consultation_handover_step USING btree (handover, at, id)
index CREATE INDEX consultation_handover_tenant ON public.consultation_handover USING btree (tenant, state, due_on)
index CREATE INDEX consultation_hold_tenant ON public.consultation_hold USING btree (tenant)
index CREATE INDEX consultation_issue_entry ON public.consultation_issue USING btree (tenant, entry, at)
index CREATE INDEX consultation_mark_scan ON public.consultation_mark USING btree (tenant, received_at, m0, m1, m2, m3, m4, m5, m6, m7, consultation)
index CREATE INDEX consultation_person ON public.consultation USING btree (tenant, person_hash, received_at) WHERE (person_hash IS NOT NULL)
index CREATE INDEX consultation_receiver ON public.consultation USING btree (receiver, received_at, id) WHERE (receiver IS NOT NULL)
index CREATE INDEX consultation_referral_of ON public.consultation_referral USING btree (consultation, at, id)
index CREATE INDEX consultation_referral_provider ON public.consultation_referral USING btree (tenant, provider, at) WHERE (undone_at IS NULL)
index CREATE INDEX consultation_taker ON public.consultation USING btree (tenant, taken_by, received_at, id)
index CREATE INDEX consultation_town ON public.consultation USING btree (tenant, municipality, received_at, id)
index CREATE INDEX consultation_working ON public.consultation USING btree (tenant, state, received_at, id) WHERE (state <> 'closed'::text)
index CREATE INDEX contact_owner ON public.contact USING btree (owner)
index CREATE INDEX council_municipality_town ON public.council_municipality USING btree (municipality)
index CREATE INDEX disclosure_tenant ON public.disclosure USING btree (tenant, at)
index CREATE INDEX edition_row_outcome ON public.edition_row USING btree (edition, outcome, seq)
index CREATE INDEX entry_board ON public.entry USING btree (kind, status, updated_at, id)
index CREATE INDEX entry_comment_entry ON public.entry_comment USING btree (entry, at)
index CREATE INDEX entry_comment_tenant ON public.entry_comment USING btree (tenant, entry)
index CREATE INDEX entry_file_tenant ON public.entry_file USING btree (tenant, entry)
index CREATE INDEX entry_history_entry ON public.entry_history USING btree (entry, at)
index CREATE INDEX entry_history_organisation ON public.entry_history USING btree (organisation, entry)
index CREATE INDEX entry_history_tenant ON public.entry_history USING btree (tenant, entry)
index CREATE INDEX entry_latest ON public.entry USING btree (updated_at, id)
index CREATE INDEX entry_link_entry ON public.entry_link USING btree (entry)
index CREATE INDEX entry_link_other ON public.entry_link USING btree (other)
index CREATE INDEX entry_link_tenant ON public.entry_link USING btree (tenant)
index CREATE INDEX entry_open_board ON public.entry USING btree (kind, status, updated_at, id) WHERE (open = 1)
index CREATE INDEX entry_open_id ON public.entry USING btree (id) WHERE (open = 1)
index CREATE INDEX entry_open_latest ON public.entry USING btree (updated_at, id) WHERE (open = 1)
index CREATE INDEX entry_owner ON public.entry USING btree (tenant, updated_at, id)
index CREATE INDEX entry_waits ON public.entry USING btree (updated_at, id) WHERE (waits = 1)
index CREATE INDEX facility_partner_institution ON public.facility_partner USING btree (institution)
index CREATE INDEX form_link_asker ON public.form_link USING btree (asker, round)
index CREATE INDEX form_link_tenant ON public.form_link USING btree (tenant, reply)
index CREATE INDEX form_return_asker ON public.form_return USING btree (asker, round) WHERE (via = 'proxy'::text)
index CREATE INDEX form_return_tenant ON public.form_return USING btree (tenant, reply) WHERE (state = 'waiting'::text)
index CREATE INDEX handoff_entry ON public.handoff USING btree (entry)
index CREATE INDEX handoff_receiver ON public.handoff USING btree (receiver, state, due_on)
index CREATE INDEX handoff_tenant ON public.handoff USING btree (tenant, state, due_on)
index CREATE INDEX import_batch_tenant ON public.import_batch USING btree (tenant)
index CREATE INDEX inbox_history_paper ON public.inbox_history USING btree (paper, at)
index CREATE INDEX inbox_page_paper ON public.inbox_page USING btree (paper, place)
index CREATE INDEX inbox_paper_dispose ON public.inbox_paper USING btree (dispose_at) WHERE (dispose_at IS NOT NULL)
index CREATE INDEX inbox_paper_scan ON public.inbox_paper USING btree (scan)
index CREATE INDEX inbox_paper_target ON public.inbox_paper USING btree (tenant, target) WHERE (target IS NOT NULL)
index CREATE INDEX inbox_paper_waiting ON public.inbox_paper USING btree (tenant, arrived_at) WHERE (state = 'waiting'::text)
index CREATE INDEX inbox_scan_tenant ON public.inbox_scan USING btree (tenant, arrived_at)
index CREATE INDEX invitation_organisation ON public.invitation USING btree (organisation, created)
index CREATE INDEX issue_draft_tenant ON public.issue_draft USING btree (tenant, saved_at) WHERE (entry IS NULL)
index CREATE INDEX job_due ON public.job USING btree (state, run_at)
index CREATE INDEX joint_member_tenant ON public.joint_member USING btree (tenant, joint)
index CREATE INDEX joint_reader_subject ON public.joint_reader USING btree (subject, joint)
index CREATE INDEX joint_text_round ON public.joint_text USING btree (round, field)
index CREATE INDEX mail_written ON public.mail USING btree (written_at)
index CREATE INDEX measure_entry ON public.measure USING btree (entry, fiscal_year)
index CREATE INDEX measure_tenant ON public.measure USING btree (tenant, fiscal_year, state)
index CREATE INDEX measure_version_tenant ON public.measure_version USING btree (tenant, measure)
index CREATE INDEX membership_account ON public.membership USING btree (account)
index CREATE INDEX membership_organisation ON public.membership USING btree (organisation, ends)
index CREATE INDEX old_file_desk ON public.old_file USING btree (tenant, read_at)
index CREATE INDEX print_edition_last ON public.print_edition USING btree (kind, scope, lang, finished_at)
index CREATE INDEX print_edition_order ON public.print_edition USING btree (ordered_at)
index CREATE INDEX provider_address_key ON public.provider USING btree (address_key)
index CREATE INDEX provider_contact_tenant ON public.provider_contact USING btree (tenant)
index CREATE INDEX provider_edition ON public.provider USING btree (edition) WHERE (edition > 0)
index CREATE INDEX provider_fact_edition ON public.provider_fact USING btree (edition) WHERE (edition > 0)
index CREATE INDEX provider_history_provider ON public.provider_history USING btree (provider, at)
index CREATE INDEX provider_identifier_provider ON public.provider_identifier USING btree (provider)
index CREATE INDEX provider_keeper_organisation ON public.provider_keeper USING btree (organisation)
index CREATE INDEX provider_name_key ON public.provider USING btree (name_key)
index CREATE INDEX provider_pair_state ON public.provider_pair USING btree (state, edition)
index CREATE INDEX provider_professional_tenant ON public.provider_professional USING btree (tenant)
index CREATE INDEX provider_service_edition ON public.provider_service USING btree (edition) WHERE (edition > 0)
index CREATE INDEX provider_service_kind ON public.provider_service USING btree (kind, provider)
index CREATE INDEX provider_service_provider ON public.provider_service USING btree (provider)
index CREATE INDEX provider_successor ON public.provider USING btree (successor) WHERE (successor IS NOT NULL)
index CREATE INDEX provider_town ON public.provider USING btree (municipality, status, name)
index CREATE INDEX provider_update_by ON public.provider_update USING btree (by_org, state, created_at)
index CREATE INDEX provider_update_provider ON public.provider_update USING btree (provider, state)
index CREATE INDEX provider_update_tenant ON public.provider_update USING btree (tenant, state, created_at)
index CREATE INDEX response_asker ON public.response USING btree (asker, survey) WHERE (published_at IS NULL)
index CREATE INDEX response_tenant ON public.response USING btree (tenant, survey) WHERE (published_at IS NULL)
index CREATE INDEX round_aside_reply ON public.round_aside USING btree (tenant, reply) WHERE (resolved_at IS NULL)
index CREATE INDEX round_field_tenant ON public.round_field USING btree (tenant, reply)
index CREATE INDEX round_file_reply ON public.round_file USING btree (tenant, reply) WHERE (removed_at IS NULL)
index CREATE INDEX round_reader_subject ON public.round_reader USING btree (subject, round)
index CREATE INDEX round_reply_asker ON public.round_reply USING btree (asker, round)
index CREATE INDEX round_reply_tenant ON public.round_reply USING btree (tenant, round)
index CREATE INDEX round_version_asker ON public.round_version USING btree (asker, round) WHERE (submitted_at IS NOT NULL)
index CREATE INDEX round_version_shared ON public.round_version USING btree (round) WHERE (shared_at IS NOT NULL)
index CREATE INDEX round_version_tenant ON public.round_version USING btree (tenant, reply)
index CREATE INDEX segment_dismissal_answer ON public.segment_dismissal USING btree (answer)
index CREATE INDEX session_account ON public.session USING btree (account, seen_at)
index CREATE INDEX session_expires ON public.session USING btree (expires_at)
index CREATE INDEX sign_in_step_expires ON public.sign_in_step USING btree (expires)
index CREATE INDEX source_entry ON public.source USING btree (entry, sort, id)
index CREATE INDEX source_record ON public.source USING btree (record)
index CREATE INDEX story_desk ON public.story USING btree (tenant, state, changed_at)
index CREATE INDEX story_shared ON public.story USING btree (reach, changed_at) WHERE (state = 'shared'::text)
index CREATE INDEX survey_round_tenant ON public.survey_round USING btree (tenant)
index CREATE INDEX unmet_need_desk ON public.unmet_need USING btree (tenant, at, id)
index CREATE INDEX unmet_need_of ON public.unmet_need USING btree (consultation) WHERE (consultation IS NOT NULL)
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
index CREATE UNIQUE INDEX callback_request_pkey ON public.callback_request USING btree (id)
index CREATE UNIQUE INDEX cast_member_pkey ON public.cast_member USING btree (cast_key)
index CREATE UNIQUE INDEX change_pkey ON public.change USING btree (seq)
index CREATE UNIQUE INDEX closed_day_pkey ON public.closed_day USING btree (organisation, day)
index CREATE UNIQUE INDEX code_sheet_in_force ON public.code_sheet USING btree (account) WHERE (voided IS NULL)
index CREATE UNIQUE INDEX code_sheet_pkey ON public.code_sheet USING btree (id)
index CREATE UNIQUE INDEX column_mapping_name_key ON public.column_mapping USING btree (name)
index CREATE UNIQUE INDEX column_mapping_pkey ON public.column_mapping USING btree (id)
index CREATE UNIQUE INDEX confirmation_item_code ON public.confirmation_item USING btree (code)
index CREATE UNIQUE INDEX confirmation_item_pkey ON public.confirmation_item USING btree (id)
index CREATE UNIQUE INDEX confirmation_item_round_provider_key ON public.confirmation_item USING btree (round, provider)
index CREATE UNIQUE INDEX confirmation_item_token_key ON public.confirmation_item USING btree (token)
index CREATE UNIQUE INDEX confirmation_round_pkey ON public.confirmation_round USING btree (id)
index CREATE UNIQUE INDEX consultation_absence_pkey ON public.consultation_absence USING btree (id)
index CREATE UNIQUE INDEX consultation_agreement_pkey ON public.consultation_agreement USING btree (id)
index CREATE UNIQUE INDEX consultation_count_pkey ON public.consultation_count USING btree (tenant, dimension, month, municipality, value)
index CREATE UNIQUE INDEX consultation_counted_pkey ON public.consultation_counted USING btree (consultation)
index CREATE UNIQUE INDEX consultation_deputies_pkey ON public.consultation_deputies USING btree (tenant)
index CREATE UNIQUE INDEX consultation_disposal_pkey ON public.consultation_disposal USING btree (id)
index CREATE UNIQUE INDEX consultation_event_pkey ON public.consultation_event USING btree (id)
index CREATE UNIQUE INDEX consultation_handover_code_key ON public.consultation_handover USING btree (code)
index CREATE UNIQUE INDEX consultation_handover_pkey ON public.consultation_handover USING btree (id)
index CREATE UNIQUE INDEX consultation_handover_step_pkey ON public.consultation_handover_step USING btree (id)
index CREATE UNIQUE INDEX consultation_hold_pkey ON public.consultation_hold USING btree (consultation)
index CREATE UNIQUE INDEX consultation_issue_pkey ON public.consultation_issue USING btree (consultation, entry)
index CREATE UNIQUE INDEX consultation_mark_pkey ON public.consultation_mark USING btree (consultation)
index CREATE UNIQUE INDEX consultation_pkey ON public.consultation USING btree (id)
index CREATE UNIQUE INDEX consultation_referral_pkey ON public.consultation_referral USING btree (id)
index CREATE UNIQUE INDEX consultation_retention_pkey ON public.consultation_retention USING btree (tenant, kind)
index CREATE UNIQUE INDEX contact_municipality_audience_key ON public.contact USING btree (municipality, audience)
index CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (id)
index CREATE UNIQUE INDEX council_municipality_pkey ON public.council_municipality USING btree (council, municipality)
index CREATE UNIQUE INDEX council_pkey ON public.council USING btree (id)
index CREATE UNIQUE INDEX directory_edition_id_key ON public.directory_edition USING btree (id)
index CREATE UNIQUE INDEX directory_edition_pkey ON public.directory_edition USING btree (number)
index CREATE UNIQUE INDEX directory_edition_slot_key ON public.directory_edition USING btree (slot)
index CREATE UNIQUE INDEX directory_state_pkey ON public.directory_state USING btree (id)
index CREATE UNIQUE INDEX disclosure_pkey ON public.disclosure USING btree (id)
index CREATE UNIQUE INDEX district_pkey ON public.district USING btree (code)
index CREATE UNIQUE INDEX duty_done_pkey ON public.duty_done USING btree (tenant, key, fiscal_year)
index CREATE UNIQUE INDEX duty_note_pkey ON public.duty_note USING btree (tenant, key, version)
index CREATE UNIQUE INDEX duty_pkey ON public.duty USING btree (tenant, key)
index CREATE UNIQUE INDEX edition_row_pkey ON public.edition_row USING btree (edition, seq)
index CREATE UNIQUE INDEX entry_comment_pkey ON public.entry_comment USING btree (id)
index CREATE UNIQUE INDEX entry_file_pkey ON public.entry_file USING btree (id)
index CREATE UNIQUE INDEX entry_history_pkey ON public.entry_history USING btree (id)
index CREATE UNIQUE INDEX entry_link_pkey ON public.entry_link USING btree (id)
index CREATE UNIQUE INDEX entry_municipality_pkey ON public.entry_municipality USING btree (entry, municipality)
index CREATE UNIQUE INDEX entry_participant_pkey ON public.entry_participant USING btree (entry, organisation)
index CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (id)
index CREATE UNIQUE INDEX entry_reader_pkey ON public.entry_reader USING btree (entry, organisation)
index CREATE UNIQUE INDEX entry_seed_key ON public.entry USING btree (seed)
index CREATE UNIQUE INDEX facility_partner_now ON public.facility_partner USING btree (facility, institution) WHERE (ended_on IS NULL)
index CREATE UNIQUE INDEX facility_partner_pkey ON public.facility_partner USING btree (id)
index CREATE UNIQUE INDEX form_link_hash_key ON public.form_link USING btree (hash)
index CREATE UNIQUE INDEX form_link_pkey ON public.form_link USING btree (id)
index CREATE UNIQUE INDEX form_return_pkey ON public.form_return USING btree (id)
index CREATE UNIQUE INDEX goal_pkey ON public.goal USING btree (id)
index CREATE UNIQUE INDEX goal_tenant_part_key ON public.goal USING btree (tenant, part)
index CREATE UNIQUE INDEX handoff_code_key ON public.handoff USING btree (code)
index CREATE UNIQUE INDEX handoff_pkey ON public.handoff USING btree (id)
index CREATE UNIQUE INDEX handoff_step_handoff_version_key ON public.handoff_step USING btree (handoff, version)
index CREATE UNIQUE INDEX handoff_step_pkey ON public.handoff_step USING btree (id)
index CREATE UNIQUE INDEX hospital_window_pkey ON public.hospital_window USING btree (municipality)
index CREATE UNIQUE INDEX import_batch_pkey ON public.import_batch USING btree (id)
index CREATE UNIQUE INDEX import_batch_survey_key ON public.import_batch USING btree (survey)
index CREATE UNIQUE INDEX inbox_code_code_key ON public.inbox_code USING btree (code)
index CREATE UNIQUE INDEX inbox_code_pkey ON public.inbox_code USING btree (id)
index CREATE UNIQUE INDEX inbox_code_tenant_target_key ON public.inbox_code USING btree (tenant, target)
index CREATE UNIQUE INDEX inbox_history_pkey ON public.inbox_history USING btree (id)
index CREATE UNIQUE INDEX inbox_page_pkey ON public.inbox_page USING btree (id)
index CREATE UNIQUE INDEX inbox_paper_pkey ON public.inbox_paper USING btree (id)
index CREATE UNIQUE INDEX inbox_scan_pkey ON public.inbox_scan USING btree (id)
index CREATE UNIQUE INDEX invitation_hash_key ON public.invitation USING btree (hash)
index CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (id)
index CREATE UNIQUE INDEX issue_draft_pkey ON public.issue_draft USING btree (id)
index CREATE UNIQUE INDEX job_pkey ON public.job USING btree (job_key)
index CREATE UNIQUE INDEX joint_member_pkey ON public.joint_member USING btree (joint, tenant)
index CREATE UNIQUE INDEX joint_reader_pkey ON public.joint_reader USING btree (joint, subject)
index CREATE UNIQUE INDEX joint_text_pkey ON public.joint_text USING btree (id)
index CREATE UNIQUE INDEX mail_pkey ON public.mail USING btree (id)
index CREATE UNIQUE INDEX measure_copied ON public.measure USING btree (copied_from, fiscal_year) WHERE (copied_from IS NOT NULL)
index CREATE UNIQUE INDEX measure_pkey ON public.measure USING btree (id)
index CREATE UNIQUE INDEX measure_version_pkey ON public.measure_version USING btree (measure, version)
index CREATE UNIQUE INDEX membership_once ON public.membership USING btree (account, organisation) WHERE (ends IS NULL)
index CREATE UNIQUE INDEX membership_pkey ON public.membership USING btree (id)
index CREATE UNIQUE INDEX meta_pkey ON public.meta USING btree (name)
index CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (feature, name)
index CREATE UNIQUE INDEX municipality_pkey ON public.municipality USING btree (code)
index CREATE UNIQUE INDEX old_count_pkey ON public.old_count USING btree (tenant, dimension, month, municipality, value)
index CREATE UNIQUE INDEX old_file_pkey ON public.old_file USING btree (id)
index CREATE UNIQUE INDEX old_mapping_name ON public.old_mapping USING btree (tenant, name)
index CREATE UNIQUE INDEX old_mapping_pkey ON public.old_mapping USING btree (id)
index CREATE UNIQUE INDEX organisation_alias_pkey ON public.organisation_alias USING btree (alias, organisation)
index CREATE UNIQUE INDEX organisation_municipality ON public.organisation USING btree (municipality) WHERE (kind = 'municipality'::text)
index CREATE UNIQUE INDEX organisation_pkey ON public.organisation USING btree (id)
index CREATE UNIQUE INDEX print_edition_pkey ON public.print_edition USING btree (id)
index CREATE UNIQUE INDEX print_snapshot_pkey ON public.print_snapshot USING btree (edition)
index CREATE UNIQUE INDEX programme_state_pkey ON public.programme_state USING btree (id)
index CREATE UNIQUE INDEX provider_alias_pkey ON public.provider_alias USING btree (provider, alias)
index CREATE UNIQUE INDEX provider_care_pkey ON public.provider_care USING btree (provider)
index CREATE UNIQUE INDEX provider_contact_pkey ON public.provider_contact USING btree (id)
index CREATE UNIQUE INDEX provider_contact_provider_key ON public.provider_contact USING btree (provider)
index CREATE UNIQUE INDEX provider_fact_pkey ON public.provider_fact USING btree (id)
index CREATE UNIQUE INDEX provider_fact_provider_scheme_class_number_value_key ON public.provider_fact USING btree (provider, scheme, class, number, value)
index CREATE UNIQUE INDEX provider_field_pkey ON public.provider_field USING btree (provider, field)
index CREATE UNIQUE INDEX provider_history_pkey ON public.provider_history USING btree (id)
index CREATE UNIQUE INDEX provider_identifier_pkey ON public.provider_identifier USING btree (scheme, value)
index CREATE UNIQUE INDEX provider_keeper_pkey ON public.provider_keeper USING btree (provider, organisation)
index CREATE UNIQUE INDEX provider_pair_pkey ON public.provider_pair USING btree (first, second)
index CREATE UNIQUE INDEX provider_pkey ON public.provider USING btree (id)
index CREATE UNIQUE INDEX provider_professional_pkey ON public.provider_professional USING btree (id)
index CREATE UNIQUE INDEX provider_professional_provider_key ON public.provider_professional USING btree (provider)
index CREATE UNIQUE INDEX provider_service_dataset_dataset_key_key ON public.provider_service USING btree (dataset, dataset_key)
index CREATE UNIQUE INDEX provider_service_pkey ON public.provider_service USING btree (id)
index CREATE UNIQUE INDEX provider_update_pkey ON public.provider_update USING btree (id)
index CREATE UNIQUE INDEX question_pkey ON public.question USING btree (id)
index CREATE UNIQUE INDEX question_survey_anchor_key ON public.question USING btree (survey, anchor)
index CREATE UNIQUE INDEX question_survey_field_key ON public.question USING btree (survey, field)
index CREATE UNIQUE INDEX question_survey_sort_key ON public.question USING btree (survey, sort)
index CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (account, hash)
index CREATE UNIQUE INDEX response_pkey ON public.response USING btree (id)
index CREATE UNIQUE INDEX response_survey_municipality_key ON public.response USING btree (survey, municipality)
index CREATE UNIQUE INDEX response_survey_sort_key ON public.response USING btree (survey, sort)
index CREATE UNIQUE INDEX retention_pkey ON public.retention USING btree (tenant, kind)
index CREATE UNIQUE INDEX round_aside_pkey ON public.round_aside USING btree (id)
index CREATE UNIQUE INDEX round_field_pkey ON public.round_field USING btree (reply, field)
index CREATE UNIQUE INDEX round_file_pkey ON public.round_file USING btree (id)
index CREATE UNIQUE INDEX round_reader_pkey ON public.round_reader USING btree (round, subject)
index CREATE UNIQUE INDEX round_reply_pkey ON public.round_reply USING btree (id)
index CREATE UNIQUE INDEX round_reply_round_tenant_key ON public.round_reply USING btree (round, tenant)
index CREATE UNIQUE INDEX round_version_pkey ON public.round_version USING btree (id)
index CREATE UNIQUE INDEX round_version_reply_number_key ON public.round_version USING btree (reply, number)
index CREATE UNIQUE INDEX saved_view_account_name_key ON public.saved_view USING btree (account, name)
index CREATE UNIQUE INDEX saved_view_pkey ON public.saved_view USING btree (id)
index CREATE UNIQUE INDEX segment_dismissal_pkey ON public.segment_dismissal USING btree (id)
index CREATE UNIQUE INDEX segment_dismissal_tenant_answer_words_key ON public.segment_dismissal USING btree (tenant, answer, words)
index CREATE UNIQUE INDEX service_kind_pkey ON public.service_kind USING btree (code)
index CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
index CREATE UNIQUE INDEX session_token_hash_key ON public.session USING btree (token_hash)
index CREATE UNIQUE INDEX sheet_code_pkey ON public.sheet_code USING btree (sheet, number)
index CREATE UNIQUE INDEX sign_in_attempt_pkey ON public.sign_in_attempt USING btree (counted)
index CREATE UNIQUE INDEX sign_in_step_pkey ON public.sign_in_step USING btree (hash)
index CREATE UNIQUE INDEX source_pkey ON public.source USING btree (id)
index CREATE UNIQUE INDEX stored_blob_pkey ON public.stored_blob USING btree (id)
index CREATE UNIQUE INDEX story_case ON public.story USING btree (consultation) WHERE ((consultation IS NOT NULL) AND (state <> 'withdrawn'::text))
index CREATE UNIQUE INDEX story_pkey ON public.story USING btree (id)
index CREATE UNIQUE INDEX survey_pkey ON public.survey USING btree (id)
index CREATE UNIQUE INDEX survey_round_pkey ON public.survey_round USING btree (id)
index CREATE UNIQUE INDEX survey_round_slug_key ON public.survey_round USING btree (slug)
index CREATE UNIQUE INDEX survey_slug_key ON public.survey USING btree (slug)
index CREATE UNIQUE INDEX totp_pkey ON public.totp USING btree (account)
index CREATE UNIQUE INDEX town_point_pkey ON public.town_point USING btree (municipality, town)
index CREATE UNIQUE INDEX unmet_need_pkey ON public.unmet_need USING btree (id)
index CREATE UNIQUE INDEX upkeep_setting_pkey ON public.upkeep_setting USING btree (municipality)
index CREATE UNIQUE INDEX urgent_number_pkey ON public.urgent_number USING btree (number)
index CREATE UNIQUE INDEX year_close_pkey ON public.year_close USING btree (tenant, fiscal_year)
view public_provider:  SELECT provider.id,
    provider.edition,
    provider.status,
    provider.status_on,
    provider.successor,
    provider.in_area,
    provider.municipality,
    provider.name,
    provider.kana,
    provider.name_en,
    provider.name_key,
    provider.postal,
    provider.address,
    provider.building,
    provider.address_key,
    provider.lat,
    provider.lon,
    provider.precision_code,
    provider.stated_lat,
    provider.stated_lon,
    provider.phone,
    provider.fax,
    provider.url,
    provider.corporation,
    provider.corporation_number,
    provider.kinds,
    provider.note,
    provider.source,
    provider.source_date,
    provider.verified_on,
    provider.verified_by,
    provider.absent_since,
    provider.fictional,
    provider.updated_at,
    provider.version
   FROM provider
  WHERE (provider.edition <= ( SELECT directory_state.current
           FROM directory_state
          WHERE (directory_state.id = 1)));
view public_provider_fact:  SELECT provider_fact.id,
    provider_fact.provider,
    provider_fact.edition,
    provider_fact.scheme,
    provider_fact.class,
    provider_fact.number,
    provider_fact.value,
    provider_fact.from_on,
    provider_fact.until_on,
    provider_fact.source,
    provider_fact.source_date
   FROM provider_fact
  WHERE (provider_fact.edition <= ( SELECT directory_state.current
           FROM directory_state
          WHERE (directory_state.id = 1)));
view public_provider_service:  SELECT provider_service.id,
    provider_service.provider,
    provider_service.edition,
    provider_service.kind,
    provider_service.number,
    provider_service.capacity,
    provider_service.days,
    provider_service.hours,
    provider_service.hours_note,
    provider_service.departments,
    provider_service.beds,
    provider_service.dataset,
    provider_service.dataset_key,
    provider_service.fingerprint,
    provider_service.official,
    provider_service.source,
    provider_service.source_date,
    provider_service.absent_since,
    provider_service.ended_on
   FROM provider_service
  WHERE (provider_service.edition <= ( SELECT directory_state.current
           FROM directory_state
          WHERE (directory_state.id = 1)));
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
view visible_callback_request:  SELECT c.id,
    c.tenant,
    c.municipality,
    c.texts,
    c.hours,
    c.channel,
    c.received_at,
    c.promised_by,
    c.escalated_at,
    c.outcome,
    c.done_at,
    c.done_by,
    c.done_name,
    c.keep_until,
    c.consultation,
    c.fictional,
    c.version,
    a.level
   FROM (access a
     JOIN callback_request c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_confirmation_item:  SELECT i.id,
    i.round,
    i.tenant,
    i.provider,
    i.municipality,
    i.kind,
    i.what,
    i.due_on,
    i.state,
    i.chased,
    i.chased_on,
    i.mailed,
    i.call_note,
    i.answered_at,
    a.level,
    i.tenant AS seen_by
   FROM (access a
     JOIN confirmation_item i ON ((i.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT i.id,
    i.round,
    i.tenant,
    i.provider,
    i.municipality,
    i.kind,
    i.what,
    i.due_on,
    i.state,
    i.chased,
    i.chased_on,
    i.mailed,
    ''::text AS call_note,
    i.answered_at,
    1 AS level,
    k.organisation AS seen_by
   FROM ((access a
     JOIN provider_keeper k ON ((k.organisation = a.subject)))
     JOIN confirmation_item i ON ((i.provider = k.provider)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (NOT (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = a.account) AND (b.subject = i.tenant) AND (b.until > viewer_now()))))));
view visible_confirmation_round:  SELECT r.id,
    r.tenant,
    r.title,
    r.what,
    r.municipalities,
    r.families,
    r.letter,
    r.due_on,
    r.state,
    r.asked,
    r.waves,
    r.created_at,
    r.closed_at,
    r.version,
    a.level
   FROM (access a
     JOIN confirmation_round r ON ((r.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_consultation:  SELECT c.id,
    c.tenant,
    c.municipality,
    c.lane,
    c.channel,
    c.caller,
    c.caller_provider,
    c.caller_hash,
    c.person_hash,
    c.age_band,
    c.care_level,
    c.living,
    c.category,
    c.categories,
    c.category_mask,
    c.scenes,
    c.scene_mask,
    c.treatments,
    c.treatment_mask,
    c.responses,
    c.response_mask,
    c.urgency,
    c.legal_basis,
    c.minutes,
    c.state,
    c.result,
    c.need_met,
    c.area_issue,
    c.texts,
    c.received_at,
    c.day,
    c.follow_up_on,
    c.saved_at,
    c.changed_at,
    c.closed_at,
    c.reopened,
    c.taken_by,
    c.held_by,
    c.receiver,
    c.origin,
    c.batch,
    c.disposed_at,
    c.fictional,
    c.version,
    COALESCE(( SELECT p.name
           FROM account p
          WHERE (p.id = c.taken_by)), ''::text) AS taken_name,
    COALESCE(( SELECT p.name
           FROM account p
          WHERE (p.id = c.held_by)), ''::text) AS held_name,
    COALESCE(( SELECT o.name
           FROM organisation o
          WHERE (o.id = c.receiver)), ''::text) AS receiver_name,
        CASE
            WHEN (EXISTS ( SELECT 1
               FROM access a
              WHERE ((a.account = viewer_account()) AND (a.subject = c.tenant) AND (a.until > viewer_now())))) THEN 'desk'::text
            ELSE 'receiver'::text
        END AS side,
    ( SELECT max(a.level) AS max
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND ((a.subject = c.tenant) OR (a.subject = c.receiver)))) AS level
   FROM consultation c
  WHERE ((EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = c.tenant) AND (a.until > viewer_now())))) OR ((c.receiver IS NOT NULL) AND (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = c.receiver) AND (a.until > viewer_now()))))));
view visible_consultation_absence:  SELECT b.id,
    b.tenant,
    b.account,
    b.name,
    b.first_on,
    b.last_on,
    a.level
   FROM (access a
     JOIN consultation_absence b ON ((b.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_agreement:  SELECT g.id,
    g.tenant,
    g.town,
    g.desk_name,
    g.town_name,
    g.municipality,
    g.first_on,
    g.last_on,
    g.desk_by,
    g.desk_at,
    g.town_by,
    g.town_at,
    g.ended_by,
    g.ended_at,
    g.version,
    'desk'::text AS side,
    a.level
   FROM (access a
     JOIN consultation_agreement g ON ((g.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text))
UNION ALL
 SELECT g.id,
    g.tenant,
    g.town,
    g.desk_name,
    g.town_name,
    g.municipality,
    g.first_on,
    g.last_on,
    g.desk_by,
    g.desk_at,
    g.town_by,
    g.town_at,
    g.ended_by,
    g.ended_at,
    g.version,
    'town'::text AS side,
    a.level
   FROM (access a
     JOIN consultation_agreement g ON ((g.town = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_count:  SELECT c.tenant,
    c.month,
    c.dimension,
    c.municipality,
    c.value,
    c.calls,
    c.minutes,
    a.level
   FROM (access a
     JOIN consultation_count c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_consultation_counted:  SELECT f.consultation,
    f.tenant,
    f.facts,
    c.side,
    c.level
   FROM (visible_consultation c
     JOIN consultation_counted f ON ((f.consultation = c.id)));
view visible_consultation_deputies:  SELECT d.tenant,
    d.list,
    d.by_name,
    d.saved_at,
    d.version,
    a.level
   FROM (access a
     JOIN consultation_deputies d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_disposal:  SELECT d.id,
    d.tenant,
    d.kind,
    d.before_on,
    d.years,
    d.basis,
    d.records,
    d.state,
    d.proposed_at,
    d.decided_by,
    d.decided_at,
    d.destroyed,
    d.done_at,
    d.version,
    a.level
   FROM (access a
     JOIN consultation_disposal d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_event:  SELECT e.id,
    e.consultation,
    e.tenant,
    e.at,
    e.account,
    e.organisation,
    e.what,
    e.detail,
    e.note,
    e.version,
    COALESCE(( SELECT p.name
           FROM account p
          WHERE (p.id = e.account)), ''::text) AS name,
    c.side,
    c.level
   FROM (visible_consultation c
     JOIN consultation_event e ON ((e.consultation = c.id)));
view visible_consultation_handover:  SELECT h.id,
    h.kind,
    h.tenant,
    h.sender_name,
    h.receiver,
    h.receiver_name,
    h.receiver_fax,
        CASE
            WHEN ((h.sends > 0) OR (h.whole = 1)) THEN h.consultation
            ELSE NULL::bytea
        END AS consultation,
    h.municipality,
    h.category,
    h.reasons,
    h.whole,
    h.basis,
    h.texts,
    h.due_on,
    h.state,
    h.outcome,
    h.code,
    h.sent_at,
    h.seen_at,
    h.moved_on,
    h.escalations,
    h.deputy,
    h.deputy_name,
    h.deputy_of,
    h.escalated_on,
    h.fictional,
    h.version,
    h.sends,
    h.receives,
        CASE
            WHEN (h.sends > h.receives) THEN h.sends
            ELSE h.receives
        END AS level
   FROM ( SELECT o.id,
            o.kind,
            o.tenant,
            o.sender_name,
            o.receiver,
            o.receiver_name,
            o.receiver_fax,
            o.consultation,
            o.municipality,
            o.category,
            o.reasons,
            o.whole,
            o.basis,
            o.texts,
            o.due_on,
            o.state,
            o.outcome,
            o.code,
            o.sent_at,
            o.seen_at,
            o.moved_on,
            o.escalations,
            o.deputy,
            o.deputy_name,
            o.deputy_of,
            o.escalated_on,
            o.fictional,
            o.version,
            COALESCE(( SELECT max(a.level) AS max
                   FROM access a
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = o.tenant) AND (a.via = 'membership'::text))), (0)::bigint) AS sends,
            COALESCE(( SELECT max(a.level) AS max
                   FROM access a
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = o.receiver) AND (a.via = 'membership'::text))), (0)::bigint) AS receives
           FROM consultation_handover o
          WHERE ((o.id IN ( SELECT x.id
                   FROM (access a
                     JOIN consultation_handover x ON ((x.tenant = a.subject)))
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text)))) OR (o.id IN ( SELECT y.id
                   FROM (access a
                     JOIN consultation_handover y ON ((y.receiver = a.subject)))
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text)))))) h;
view visible_consultation_handover_step:  SELECT s.id,
    s.handover,
    s.tenant,
    s.step,
    s.note,
    s.due_on,
    s.by_name,
    s.behalf,
    s.happened_on,
    s.version,
    s.at
   FROM (visible_consultation_handover h
     JOIN consultation_handover_step s ON ((s.handover = h.id)));
view visible_consultation_hold:  SELECT k.consultation,
    k.tenant,
    k.reason,
    k.by_name,
    k.at,
    a.level
   FROM (access a
     JOIN consultation_hold k ON ((k.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_issue:  SELECT i.consultation,
    i.entry,
    i.tenant,
    i.title,
    i.at,
    i.by_account,
    a.level
   FROM (access a
     JOIN consultation_issue i ON ((i.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_consultation_mark:  SELECT k.consultation,
    k.tenant,
    k.received_at,
    k.m0,
    k.m1,
    k.m2,
    k.m3,
    k.m4,
    k.m5,
    k.m6,
    k.m7
   FROM (access a
     JOIN consultation_mark k ON ((k.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_consultation_referral:  SELECT r.id,
    r.consultation,
    r.tenant,
    r.provider,
    r.name,
    r.kind,
    r.answer,
    r.at,
    r.by_account,
    r.undone_at,
    r.version,
    c.municipality,
    c.side,
    c.level
   FROM (visible_consultation c
     JOIN consultation_referral r ON ((r.consultation = c.id)));
view visible_consultation_retention:  SELECT r.tenant,
    r.kind,
    r.years,
    r.basis,
    r.by_name,
    r.saved_at,
    r.version,
    a.level
   FROM (access a
     JOIN consultation_retention r ON ((r.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.via = 'membership'::text));
view visible_disclosure:  SELECT d.id,
    d.tenant,
    d.measure,
    d.measure_version,
    d.title,
    d.number,
    d.body,
    d.hidden,
    d.reason,
    d.by_name,
    d.at,
    a.level
   FROM (access a
     JOIN disclosure d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_duty:  SELECT d.tenant,
    d.key,
    d.month,
    d.title,
    d.version,
    d.saved_at,
    a.level
   FROM (access a
     JOIN duty d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_duty_done:  SELECT d.tenant,
    d.key,
    d.fiscal_year,
    d.done_on,
    d.by_name,
    a.level
   FROM (access a
     JOIN duty_done d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_duty_note:  SELECT n.tenant,
    n.key,
    n.version,
    n.body,
    n.by_name,
    n.saved_at,
    a.level
   FROM (access a
     JOIN duty_note n ON ((n.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_entry:  SELECT e.id,
    e.tenant,
    e.kind,
    e.title,
    e.body,
    e.status,
    e.reach,
    e.open,
    e.waits,
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
view visible_entry_comment:  SELECT c.id,
    c.entry,
    c.tenant,
    c.body,
    c.reach,
    c.by_name,
    c.withdrawn_at,
    c.version,
    c.at,
    a.level
   FROM (access a
     JOIN entry_comment c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT c.id,
    c.entry,
    c.tenant,
    c.body,
    c.reach,
    c.by_name,
    c.withdrawn_at,
    c.version,
    c.at,
    1 AS level
   FROM (visible_entry e
     JOIN entry_comment c ON ((c.entry = e.id)))
  WHERE ((c.reach <> 'internal'::text) AND (c.withdrawn_at IS NULL) AND (NOT (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = c.tenant) AND (a.until > viewer_now()))))) AND ((c.reach = 'public'::text) OR ((e.inside = 1) AND ((c.reach = 'participants'::text) OR (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = e.tenant) AND (a.until > viewer_now())))) OR (EXISTS ( SELECT 1
           FROM (visible_entry_municipality n
             JOIN access a ON ((a.subject = n.organisation)))
          WHERE ((n.entry = e.id) AND (a.account = viewer_account()) AND (a.until > viewer_now()))))))));
view visible_entry_file:  SELECT f.id,
    f.entry,
    f.tenant,
    f.stored,
    f.name,
    f.mime,
    f.size,
    f.by_name,
    f.at,
    a.level
   FROM (access a
     JOIN entry_file f ON ((f.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
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
view visible_entry_link:  SELECT l.id,
    l.tenant,
    l.entry,
    l.other,
    l.kind,
    l.moved,
    l.named,
    l.made_at,
    l.made_by,
    l.undone_at,
    a.level
   FROM (access a
     JOIN entry_link l ON ((l.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
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
view visible_form_link:  SELECT l.id,
    l.reply,
    l.round,
    l.tenant,
    l.recipient,
    l.made_at,
    l.ends,
    l.revoked_at,
    l.used_at,
    'asker'::text AS side,
    a.level
   FROM (access a
     JOIN form_link l ON ((l.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT l.id,
    l.reply,
    l.round,
    l.tenant,
    l.recipient,
    l.made_at,
    l.ends,
    l.revoked_at,
    l.used_at,
    'tenant'::text AS side,
    a.level
   FROM (access a
     JOIN form_link l ON ((l.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_form_return:  SELECT f.id,
    f.reply,
    f.round,
    f.tenant,
    f.asker,
    f.via,
    f.state,
    f.answers,
    f.problems,
    f.file_name,
    f.stamp,
    f.entered_at,
    f.entered_office,
    f.decided_at,
    f.confirmed,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = f.entered_by)) AS entered_name,
    ( SELECT o.name
           FROM organisation o
          WHERE (o.id = f.entered_office)) AS office_name,
    'tenant'::text AS side,
    a.level
   FROM (access a
     JOIN form_return f ON ((f.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT f.id,
    f.reply,
    f.round,
    f.tenant,
    f.asker,
    f.via,
    f.state,
    f.answers,
    f.problems,
    f.file_name,
    f.stamp,
    f.entered_at,
    f.entered_office,
    f.decided_at,
    f.confirmed,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = f.entered_by)) AS entered_name,
    ( SELECT o.name
           FROM organisation o
          WHERE (o.id = f.entered_office)) AS office_name,
    'asker'::text AS side,
    a.level
   FROM (access a
     JOIN form_return f ON ((f.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (f.via = 'proxy'::text) AND (f.entered_office = f.asker));
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
view visible_handoff:  SELECT h.id,
    h.kind,
    h.tenant,
    h.sender_name,
    h.receiver,
    h.council,
    h.receiver_name,
    h.entry,
    h.title,
    h.body,
    h.due_on,
    h.state,
    h.code,
    h.sent_at,
    h.moved_on,
    h.version,
    h.level,
    h.sends,
    h.receives
   FROM ( SELECT o.id,
            o.kind,
            o.tenant,
            o.sender_name,
            o.receiver,
            o.council,
            o.receiver_name,
            o.entry,
            o.title,
            o.body,
            o.due_on,
            o.state,
            o.code,
            o.sent_at,
            o.moved_on,
            o.version,
            COALESCE(( SELECT max(a.level) AS max
                   FROM access a
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND ((a.subject = o.tenant) OR (a.subject = o.receiver)))), (0)::bigint) AS level,
            COALESCE(( SELECT max(a.level) AS max
                   FROM access a
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = o.tenant))), (0)::bigint) AS sends,
            COALESCE(( SELECT max(a.level) AS max
                   FROM access a
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (a.subject = o.receiver))), (0)::bigint) AS receives
           FROM handoff o
          WHERE ((o.id IN ( SELECT x.id
                   FROM (access a
                     JOIN handoff x ON ((x.tenant = a.subject)))
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now())))) OR (o.id IN ( SELECT y.id
                   FROM (access a
                     JOIN handoff y ON ((y.receiver = a.subject)))
                  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now())))))) h;
view visible_handoff_step:  SELECT s.id,
    s.handoff,
    s.tenant,
    s.receiver,
    s.step,
    s.body,
    s.due_on,
    s.by_name,
    s.behalf,
    s.happened_on,
    s.version,
    s.at
   FROM (visible_handoff h
     JOIN handoff_step s ON ((s.handoff = h.id)));
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
view visible_inbox_code:  SELECT c.id,
    c.tenant,
    c.code,
    c.target,
    c.made_at,
    a.level
   FROM (access a
     JOIN inbox_code c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_inbox_history:  SELECT h.id,
    h.tenant,
    h.paper,
    h.what,
    h.page,
    h.target,
    h.at,
    h.by_account,
    a.level
   FROM (access a
     JOIN inbox_history h ON ((h.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_inbox_page:  SELECT g.id,
    g.tenant,
    g.paper,
    g.place,
    g.number,
    g.blob,
    g.width,
    g.height,
    g.turn,
    g.reading,
    a.level
   FROM (access a
     JOIN inbox_page g ON ((g.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_inbox_paper:  SELECT p.id,
    p.tenant,
    p.scan,
    p.state,
    p.target,
    p.how,
    p.code,
    p.arrived_at,
    p.decided_at,
    p.decided_by,
    p.dispose_at,
    p.version,
    a.level
   FROM (access a
     JOIN inbox_paper p ON ((p.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_inbox_scan:  SELECT s.id,
    s.tenant,
    s.name,
    s.via,
    s.bytes,
    s.hash,
    s.blob,
    s.state,
    s.problem,
    s.problem_page,
    s.pages,
    s.arrived_at,
    s.arrived_by,
    a.level
   FROM (access a
     JOIN inbox_scan s ON ((s.tenant = a.subject)))
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
view visible_issue_draft:  SELECT d.id,
    d.tenant,
    d.by_name,
    d.answers,
    d.step,
    d.entry,
    d.version,
    d.saved_at,
    a.level
   FROM (access a
     JOIN issue_draft d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_joint_member:  SELECT o.joint,
    o.tenant,
    o.reply,
    o.name,
    o.sort,
    o.state,
    o.own,
    o.own_version,
    o.adopted_base,
    o.adopted_own,
    o.adopted_at,
    g.reply AS viewed_from,
        CASE
            WHEN (o.tenant = g.subject) THEN a.level
            ELSE (1)::bigint
        END AS level
   FROM ((access a
     JOIN joint_reader g ON ((g.subject = a.subject)))
     JOIN joint_member o ON ((o.joint = g.joint)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND ((g.inside = 1) OR (o.tenant = g.subject)));
view visible_joint_text:  SELECT j.id,
    j.round,
    j.field,
    j.lead,
    j.lead_name,
    j.base,
    j.version,
    j.made_at,
    j.changed_at,
    j.changed_name,
    g.reply,
    g.subject AS tenant,
    a.level
   FROM ((access a
     JOIN joint_reader g ON ((g.subject = a.subject)))
     JOIN joint_text j ON ((j.id = g.joint)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_measure:  SELECT m.id,
    m.entry,
    m.tenant,
    m.fiscal_year,
    m.plan,
    m.due_on,
    m.state,
    m.rating,
    m.reach,
    m.copied_from,
    m.entered_by,
    m.frozen_at,
    m.version,
    m.created_at,
    m.updated_at,
    a.level
   FROM (access a
     JOIN measure m ON ((m.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT m.id,
    m.entry,
    m.tenant,
    m.fiscal_year,
    m.plan,
    m.due_on,
    m.state,
    m.rating,
    m.reach,
    m.copied_from,
    m.entered_by,
    m.frozen_at,
    m.version,
    m.created_at,
    m.updated_at,
    1 AS level
   FROM (visible_entry e
     JOIN measure m ON ((m.entry = e.id)))
  WHERE ((m.reach <> 'internal'::text) AND (NOT (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = m.tenant) AND (a.until > viewer_now()))))) AND ((m.reach = 'public'::text) OR ((e.inside = 1) AND ((m.reach = 'participants'::text) OR (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = e.tenant) AND (a.until > viewer_now())))) OR (EXISTS ( SELECT 1
           FROM (visible_entry_municipality n
             JOIN access a ON ((a.subject = n.organisation)))
          WHERE ((n.entry = e.id) AND (a.account = viewer_account()) AND (a.until > viewer_now()))))))));
view visible_measure_version:  SELECT v.measure,
    v.version,
    v.tenant,
    v.plan,
    v.state,
    v.reason,
    v.after_close,
    v.by_name,
    v.saved_at,
    a.level
   FROM (access a
     JOIN measure_version v ON ((v.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
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
view visible_old_count:  SELECT c.tenant,
    c.month,
    c.dimension,
    c.municipality,
    c.value,
    c.calls,
    c.minutes,
    c.file,
    a.level
   FROM (access a
     JOIN old_count c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_old_file:  SELECT f.id,
    f.tenant,
    f.mapping,
    f.name,
    f.body,
    f.by_name,
    f.read_at,
    f.applied_at,
    f.version,
    a.level
   FROM (access a
     JOIN old_file f ON ((f.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_old_mapping:  SELECT m.id,
    m.tenant,
    m.name,
    m.body,
    m.version,
    m.changed_at,
    a.level
   FROM (access a
     JOIN old_mapping m ON ((m.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_provider_contact:  SELECT c.id,
    c.provider,
    c.tenant,
    c.mail,
    c.saved_at,
    a.level
   FROM (access a
     JOIN provider_contact c ON ((c.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_provider_professional:  SELECT p.id,
    p.provider,
    p.tenant,
    p.treatments,
    p.conditions,
    p.direct_phone,
    p.direct_fax,
    p.liaison_name,
    p.liaison_hours,
    p.source,
    p.verified_on,
    p.verified_by,
    p.updated_at,
    COALESCE(( SELECT max(a.level) AS max
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = p.tenant) AND (a.until > viewer_now()))), (1)::bigint) AS level
   FROM provider_professional p
  WHERE (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = viewer_account()) AND (b.until > viewer_now()))));
view visible_provider_update:  SELECT u.id,
    u.provider,
    u.tenant,
    u.by_org,
    u.by_name,
    u.channel,
    u.spoken_with,
    u.fields,
    u.base,
    u.note,
    u.verified_on,
    u.state,
    u.outcome,
    u.round_item,
    u.created_at,
    u.decided_at,
    u.decided_by,
    u.reason,
    u.version,
    a.level
   FROM (access a
     JOIN provider_update u ON ((u.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT u.id,
    u.provider,
    u.tenant,
    u.by_org,
    u.by_name,
    u.channel,
    u.spoken_with,
    u.fields,
    u.base,
    u.note,
    u.verified_on,
    u.state,
    u.outcome,
    u.round_item,
    u.created_at,
    u.decided_at,
    u.decided_by,
    u.reason,
    u.version,
    1 AS level
   FROM (access a
     JOIN provider_update u ON ((u.by_org = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (NOT (EXISTS ( SELECT 1
           FROM access b
          WHERE ((b.account = a.account) AND (b.subject = u.tenant) AND (b.until > viewer_now()))))));
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
view visible_retention:  SELECT r.tenant,
    r.kind,
    r.years,
    r.basis,
    r.version,
    a.level
   FROM (access a
     JOIN retention r ON ((r.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_round_aside:  SELECT s.id,
    s.reply,
    s.field,
    s.tenant,
    s.value,
    s.saved_at,
    s.saved_by,
    s.resolved_at,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = s.saved_by)) AS saved_name,
    a.level
   FROM (access a
     JOIN round_aside s ON ((s.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_round_field:  SELECT f.reply,
    f.field,
    f.tenant,
    f.value,
    f.answer_range,
    f.channel,
    f.saved_at,
    f.saved_by,
    f.saved_office,
    f.version,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = f.saved_by)) AS saved_name,
    a.level
   FROM (access a
     JOIN round_field f ON ((f.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_round_file:  SELECT f.id,
    f.reply,
    f.tenant,
    f.asker,
    f.field,
    f.file,
    f.name,
    f.mime,
    f.size,
    f.added_at,
    f.submitted_at,
    f.removed_at,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = f.added_by)) AS added_name,
    'tenant'::text AS side,
    a.level
   FROM (access a
     JOIN round_file f ON ((f.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT f.id,
    f.reply,
    f.tenant,
    f.asker,
    f.field,
    f.file,
    f.name,
    f.mime,
    f.size,
    f.added_at,
    f.submitted_at,
    f.removed_at,
    NULL::text AS added_name,
    'asker'::text AS side,
    a.level
   FROM (access a
     JOIN round_file f ON ((f.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (f.submitted_at IS NOT NULL));
view visible_round_reply:  SELECT p.id,
    p.round,
    p.tenant,
    p.asker,
    p.municipality,
    p.name,
    p.sort,
    p.due,
    p.state,
    p.opened_at,
    p.started_at,
    p.changed_at,
    p.submitted_at,
    p.late,
    p.reminded_at,
    p.reminders,
    p.versions,
    p.current,
    p.check_state,
    p.check_at,
    p.check_version,
    p.check_note,
    p.version,
    'tenant'::text AS side,
    a.level
   FROM (access a
     JOIN round_reply p ON ((p.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (p.opened_at IS NOT NULL))
UNION ALL
 SELECT p.id,
    p.round,
    p.tenant,
    p.asker,
    p.municipality,
    p.name,
    p.sort,
    p.due,
    p.state,
    p.opened_at,
    p.started_at,
    p.changed_at,
    p.submitted_at,
    p.late,
    p.reminded_at,
    p.reminders,
    p.versions,
    p.current,
    p.check_state,
    p.check_at,
    p.check_version,
    p.check_note,
    p.version,
    'asker'::text AS side,
    a.level
   FROM (access a
     JOIN round_reply p ON ((p.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_round_version:  SELECT v.id,
    v.reply,
    v.round,
    v.tenant,
    v.asker,
    v.number,
    v.answers,
    v.state,
    v.made_at,
    v.approval,
    v.approved_at,
    v.document_number,
    v.decided_on,
    v.decider_post,
    v.submitted_at,
    v.late,
    v.note,
    v.decided_at,
    v.shared_at,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = v.made_by)) AS made_name,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = v.approved_by)) AS approved_name,
    'tenant'::text AS side,
    a.level
   FROM (access a
     JOIN round_version v ON ((v.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT v.id,
    v.reply,
    v.round,
    v.tenant,
    v.asker,
    v.number,
    v.answers,
    v.state,
    v.made_at,
    v.approval,
    v.approved_at,
    v.document_number,
    v.decided_on,
    v.decider_post,
    v.submitted_at,
    v.late,
    v.note,
    v.decided_at,
    v.shared_at,
    NULL::text AS made_name,
    NULL::text AS approved_name,
    'asker'::text AS side,
    a.level
   FROM (access a
     JOIN round_version v ON ((v.asker = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (v.submitted_at IS NOT NULL))
UNION ALL
 SELECT v.id,
    v.reply,
    v.round,
    v.tenant,
    v.asker,
    v.number,
    v.answers,
    v.state,
    v.made_at,
    v.approval,
    v.approved_at,
    ''::text AS document_number,
    ''::text AS decided_on,
    ''::text AS decider_post,
    v.submitted_at,
    v.late,
    ''::text AS note,
    v.decided_at,
    v.shared_at,
    NULL::text AS made_name,
    NULL::text AS approved_name,
    'fellow'::text AS side,
    1 AS level
   FROM ((access a
     JOIN round_reader g ON ((g.subject = a.subject)))
     JOIN round_version v ON ((v.round = g.round)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()) AND (v.shared_at IS NOT NULL) AND (g.side = 'tenant'::text) AND (v.tenant <> g.subject));
view visible_saved_view:  SELECT v.id,
    v.account,
    v.name,
    v.address,
    v.saved_at
   FROM saved_view v
  WHERE (v.account = viewer_account());
view visible_segment_dismissal:  SELECT d.id,
    d.tenant,
    d.answer,
    d.words,
    d.dismissed_at,
    ( SELECT p.name
           FROM account p
          WHERE (p.id = d.dismissed_by)) AS dismissed_name,
    a.level
   FROM (access a
     JOIN segment_dismissal d ON ((d.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
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
view visible_story:  SELECT s.id,
    s.tenant,
    s.consultation,
    s.state,
    s.reach,
    s.title,
    s.situation,
    s.together,
    s.outcome,
    s.category_mask,
    s.scene_mask,
    s.treatment_mask,
    s.folded,
    s.written_by,
    s.written_name,
    s.checked_by,
    s.checked_name,
    s.checked_at,
    s.reason,
    s.fictional,
    s.created_at,
    s.changed_at,
    s.version,
    a.level,
    1 AS own
   FROM (access a
     JOIN story s ON ((s.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()))
UNION ALL
 SELECT s.id,
    s.tenant,
    NULL::bytea AS consultation,
    s.state,
    s.reach,
    s.title,
    s.situation,
    s.together,
    s.outcome,
    s.category_mask,
    s.scene_mask,
    s.treatment_mask,
    s.folded,
    NULL::bytea AS written_by,
    ''::text AS written_name,
    NULL::bytea AS checked_by,
    ''::text AS checked_name,
    s.checked_at,
    ''::text AS reason,
    s.fictional,
    s.created_at,
    s.changed_at,
    s.version,
    1 AS level,
    0 AS own
   FROM story s
  WHERE ((s.state = 'shared'::text) AND (s.reach = 'area'::text) AND (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.until > viewer_now())))) AND (NOT (EXISTS ( SELECT 1
           FROM access a
          WHERE ((a.account = viewer_account()) AND (a.subject = s.tenant) AND (a.until > viewer_now()))))));
view visible_survey_round:  SELECT r.id,
    r.tenant,
    r.slug,
    r.title,
    r.title_en,
    r.fiscal_year,
    r.based_on,
    r.catalogue,
    r.letter_to,
    r.letter_number,
    r.letter_date,
    r.letter_body,
    r.contact,
    r.due,
    r.default_range,
    r.state,
    r.check_due,
    r.survey,
    r.fictional,
    r.created_at,
    r.sent_at,
    r.closed_at,
    r.published_at,
    r.version,
    g.side,
    g.subject AS reader,
        CASE
            WHEN (g.side = 'asker'::text) THEN a.level
            ELSE (1)::bigint
        END AS level
   FROM ((access a
     JOIN round_reader g ON ((g.subject = a.subject)))
     JOIN survey_round r ON ((r.id = g.round)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_unmet_need:  SELECT n.id,
    n.tenant,
    n.consultation,
    n.municipality,
    n.place,
    n.service,
    n.why,
    n.at,
    n.day,
    n.by_account,
    n.undone_at,
    n.fictional,
    n.version,
    a.level
   FROM (access a
     JOIN unmet_need n ON ((n.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
view visible_year_close:  SELECT y.tenant,
    y.fiscal_year,
    y.measures,
    y.by_name,
    y.closed_at,
    a.level
   FROM (access a
     JOIN year_close y ON ((y.tenant = a.subject)))
  WHERE ((a.account = viewer_account()) AND (a.until > viewer_now()));
