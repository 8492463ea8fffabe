//! No foreign row: every guarded table, seen by every member of the cast, against the rules written out naively.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{AccountId, OrganisationId};
use store::Viewer;
use uuid::Uuid;

use crate::both;
use crate::harness::TestApp;

store::statements! {
    pub MEMBERSHIP = "SELECT organisation FROM visible_membership";
    pub INVITATION = "SELECT organisation FROM visible_invitation";
    pub REVIEW = "SELECT organisation FROM visible_account_review";
    pub RESPONSE = "SELECT tenant, asker FROM visible_response WHERE published_at IS NULL";
    pub ANSWER = "SELECT tenant, asker FROM visible_answer WHERE published_at IS NULL";
    pub BATCH = "SELECT tenant, tenant FROM visible_import_batch";
    pub UPDATE = "SELECT tenant, COALESCE(by_org, tenant) FROM visible_provider_update";
    pub ROUND = "SELECT tenant, tenant FROM visible_confirmation_round";
    pub ITEM = "SELECT tenant, seen_by FROM visible_confirmation_item";
    pub CONTACT = "SELECT tenant, tenant FROM visible_provider_contact";
    pub PROFESSIONAL = "SELECT id FROM visible_provider_professional";
    pub SURVEY_ROUND = "SELECT reader, tenant FROM visible_survey_round";
    pub REPLY = "SELECT tenant, asker FROM visible_round_reply";
    pub FIELD = "SELECT tenant, tenant FROM visible_round_field";
    pub ASIDE = "SELECT tenant, tenant FROM visible_round_aside";
    pub VERSION = "SELECT tenant, asker FROM visible_round_version WHERE shared_at IS NULL";
    pub FILE = "SELECT tenant, asker FROM visible_round_file";
    pub RETURN = "SELECT tenant, asker FROM visible_form_return";
    pub JOINT = "SELECT tenant, tenant FROM visible_joint_text";
    pub JOINT_MEMBER = "SELECT m.tenant, p.tenant FROM visible_joint_member m JOIN visible_round_reply p ON p.id = m.viewed_from";
    pub DISMISSAL = "SELECT tenant, tenant FROM visible_segment_dismissal";
    pub LINK = "SELECT l.tenant, p.asker FROM visible_form_link l JOIN visible_round_reply p ON p.id = l.reply";
    pub MEASURE = "SELECT tenant, tenant FROM visible_measure WHERE reach = 'internal'";
    pub MEASURE_VERSION = "SELECT tenant, tenant FROM visible_measure_version";
    pub COMMENT = "SELECT tenant, tenant FROM visible_entry_comment WHERE reach = 'internal'";
    pub ENTRY_FILE = "SELECT tenant, tenant FROM visible_entry_file";
    pub HANDOFF = "SELECT tenant, COALESCE(receiver, tenant) FROM visible_handoff";
    pub HANDOFF_STEP = "SELECT tenant, COALESCE(receiver, tenant) FROM visible_handoff_step";
    pub DRAFT = "SELECT tenant, tenant FROM visible_issue_draft";
    pub DUTY = "SELECT tenant, tenant FROM visible_duty";
    pub DUTY_DONE = "SELECT tenant, tenant FROM visible_duty_done";
    pub DUTY_NOTE = "SELECT tenant, tenant FROM visible_duty_note";
    pub YEAR_CLOSE = "SELECT tenant, tenant FROM visible_year_close";
    pub RETENTION = "SELECT tenant, tenant FROM visible_retention";
    pub DISCLOSURE = "SELECT tenant, tenant FROM visible_disclosure";
    pub CONSULTATION = "SELECT tenant, COALESCE(receiver, tenant) FROM visible_consultation";
    pub CONSULTATION_EVENT = "SELECT e.tenant, COALESCE(c.receiver, e.tenant) FROM visible_consultation_event e JOIN visible_consultation c ON c.id = e.consultation";
    pub LANES = "SELECT tenant, COALESCE(receiver, tenant) FROM visible_consultation_handover";
    pub LANES_STEP = "SELECT h.tenant, COALESCE(h.receiver, h.tenant) FROM visible_consultation_handover_step s JOIN visible_consultation_handover h ON h.id = s.handover";
    pub DEPUTIES = "SELECT tenant, tenant FROM visible_consultation_deputies";
    pub ABSENCE = "SELECT tenant, tenant FROM visible_consultation_absence";
    pub AGREEMENT = "SELECT tenant, town FROM visible_consultation_agreement";
    pub MARK = "SELECT tenant, tenant FROM visible_consultation_mark";
    pub KEPT = "SELECT tenant, tenant FROM visible_consultation_retention";
    pub DISPOSAL = "SELECT tenant, tenant FROM visible_consultation_disposal";
    pub HOLD = "SELECT tenant, tenant FROM visible_consultation_hold";
    pub REFERRAL = "SELECT r.tenant, COALESCE(c.receiver, r.tenant) FROM visible_consultation_referral r JOIN visible_consultation c ON c.id = r.consultation";
    pub UNMET = "SELECT tenant, tenant FROM visible_unmet_need";
    pub INBOX_CODE = "SELECT tenant, tenant FROM visible_inbox_code";
    pub INBOX_SCAN = "SELECT tenant, tenant FROM visible_inbox_scan";
    pub INBOX_PAPER = "SELECT tenant, tenant FROM visible_inbox_paper";
    pub INBOX_PAGE = "SELECT tenant, tenant FROM visible_inbox_page";
    pub INBOX_HISTORY = "SELECT tenant, tenant FROM visible_inbox_history";
    pub COUNT_OF_DESK = "SELECT tenant, tenant FROM visible_consultation_count";
    pub OLD_MAPPING = "SELECT tenant, tenant FROM visible_old_mapping";
    pub OLD_FILE = "SELECT tenant, tenant FROM visible_old_file";
    pub OLD_COUNT = "SELECT tenant, tenant FROM visible_old_count";
    pub CASE_ISSUE = "SELECT tenant, tenant FROM visible_consultation_issue";
    pub CALLBACK = "SELECT tenant, tenant FROM visible_callback_request";
    pub COUNTED = "SELECT f.tenant, COALESCE(c.receiver, f.tenant) FROM visible_consultation_counted f JOIN visible_consultation c ON c.id = f.consultation";
    pub STORY = "SELECT tenant, tenant FROM visible_story WHERE own = 1";
    pub ALL_ANSWERS = "SELECT COUNT(*) FROM answer WHERE published_at IS NULL";
    pub MEMBERS = "SELECT c.cast_key, m.account, m.organisation, m.role FROM cast_member c JOIN membership m ON m.account = c.account WHERE m.ends IS NULL";
    pub ACTING = "SELECT organisation, municipality_org FROM acting_for";
}

/// Views that only a manager of the organisation reads, and those that its members and those who act for it read.
const MANAGED: &[(&str, &store::Stmt)] = &[
    ("membership", &MEMBERSHIP),
    ("invitation", &INVITATION),
    ("account_review", &REVIEW),
];
const TENANT: &[(&str, &store::Stmt)] = &[
    ("response", &RESPONSE),
    ("answer", &ANSWER),
    ("import_batch", &BATCH),
    ("provider_update", &UPDATE),
    ("confirmation_round", &ROUND),
    ("confirmation_item", &ITEM),
    ("provider_contact", &CONTACT),
    ("survey_round", &SURVEY_ROUND),
    ("round_reply", &REPLY),
    ("round_field", &FIELD),
    ("round_aside", &ASIDE),
    ("round_version", &VERSION),
    ("round_file", &FILE),
    ("form_return", &RETURN),
    ("form_link", &LINK),
    ("segment_dismissal", &DISMISSAL),
    ("measure", &MEASURE),
    ("measure_version", &MEASURE_VERSION),
    ("entry_comment", &COMMENT),
    ("entry_file", &ENTRY_FILE),
    ("handoff", &HANDOFF),
    ("handoff_step", &HANDOFF_STEP),
    ("issue_draft", &DRAFT),
    ("duty", &DUTY),
    ("duty_done", &DUTY_DONE),
    ("duty_note", &DUTY_NOTE),
    ("year_close", &YEAR_CLOSE),
    ("retention", &RETENTION),
    ("disclosure", &DISCLOSURE),
    ("joint_text", &JOINT),
    ("joint_member", &JOINT_MEMBER),
    ("consultation", &CONSULTATION),
    ("consultation_event", &CONSULTATION_EVENT),
    ("consultation_referral", &REFERRAL),
    ("consultation_handover", &LANES),
    ("consultation_handover_step", &LANES_STEP),
    ("consultation_deputies", &DEPUTIES),
    ("consultation_absence", &ABSENCE),
    ("consultation_agreement", &AGREEMENT),
    ("consultation_mark", &MARK),
    ("consultation_retention", &KEPT),
    ("consultation_disposal", &DISPOSAL),
    ("consultation_hold", &HOLD),
    ("unmet_need", &UNMET),
    ("inbox_code", &INBOX_CODE),
    ("inbox_scan", &INBOX_SCAN),
    ("inbox_paper", &INBOX_PAPER),
    ("inbox_page", &INBOX_PAGE),
    ("inbox_history", &INBOX_HISTORY),
    ("consultation_count", &COUNT_OF_DESK),
    ("consultation_counted", &COUNTED),
    ("old_mapping", &OLD_MAPPING),
    ("old_file", &OLD_FILE),
    ("old_count", &OLD_COUNT),
    ("consultation_issue", &CASE_ISSUE),
    ("callback_request", &CALLBACK),
    ("story", &STORY),
];

/// Views for everybody who belongs to an organisation, and for nobody else.
const PROFESSIONALS: &[(&str, &store::Stmt)] = &[("provider_professional", &PROFESSIONAL)];

/// What an import asks about a survey, beside the file.
pub const ABOUT: &[(&str, &str)] = &[
    ("title", "次の調査"),
    ("fiscal_year", "2026"),
    ("slug", "2026-round"),
    ("source", "試し"),
];

/// Tables of the programme: who reads what there is compared with the rules in `programme.rs`.
const PROGRAMME: &[&str] = &[
    "entry",
    "entry_municipality",
    "entry_participant",
    "entry_history",
    "entry_link",
    "source",
    "goal",
    "saved_view",
];

struct Member {
    account: AccountId,
    organisation: OrganisationId,
    manager: bool,
}

async fn members(app: &TestApp) -> BTreeMap<String, Member> {
    app.system(|c| {
        c.all(&MEMBERS, store::params! {}, |r| {
            let role: String = r.get(3)?;
            Ok((
                r.get::<String>(0)?,
                Member {
                    account: r.get(1)?,
                    organisation: r.get(2)?,
                    manager: role == "manager" || role == "administrator",
                },
            ))
        })
    })
    .await
    .into_iter()
    .collect()
}

/// A survey that the prefecture has imported and not published, and an invitation of each manager.
async fn something_to_see(app: &TestApp) {
    let csv = "団体コード,市町村名,1 取組,2 課題\n142069,小田原市,会議,人手\n143821,箱根町,講演,交通\n143618,中井町,研修,医師\n";
    let mut officer = app.cast("sagara").await;
    let shown = officer
        .upload(
            "/surveys/import",
            "type=\"file\"",
            ABOUT,
            "round.csv",
            csv.as_bytes(),
        )
        .await;
    assert!(
        matches!(shown.status, 200 | 303),
        "{} {}",
        shown.status,
        shown.body
    );
    let left = app
        .system(|c| c.one(&ALL_ANSWERS, store::params! {}, |r| r.get::<i64>(0)))
        .await;
    assert!(left >= 6, "unpublished answers lie in the table: {left}");
}

both! {
    async fn no_guarded_table_shows_a_foreign_row(app: demo) {
        let mut known: BTreeSet<&str> = MANAGED.iter().chain(TENANT).map(|(t, _)| *t).collect();
        known.extend(PROGRAMME);
        known.extend(PROFESSIONALS.iter().map(|(t, _)| *t));
        let guarded: BTreeSet<&str> = app.db.tables().filter(|t| t.view().is_some()).map(|t| t.name.as_str()).collect();
        assert_eq!(known, guarded, "each guarded table has its line in this test");
        something_to_see(app).await;
        let acting: Vec<(OrganisationId, OrganisationId)> =
            app.system(|c| c.all(&ACTING, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))).await;

        let mut seen = 0;
        for (key, member) in members(app).await {
            let mut own: BTreeSet<Uuid> = BTreeSet::from([member.organisation.uuid()]);
            own.extend(acting.iter().filter(|(desk, _)| *desk == member.organisation).map(|(_, town)| town.uuid()));
            let viewer = Viewer::signed_in(member.account, None, Some(member.organisation), app.env.now(), "test".to_owned());
            for (table, statement) in MANAGED {
                let statement: &'static store::Stmt = statement;
                let rows: Vec<Uuid> = app.db.read::<_, store::Error>(&viewer, move |c| c.all(statement, store::params! {}, |r| r.get(0))).await.expect("readable");
                let allowed = if member.manager { BTreeSet::from([member.organisation.uuid()]) } else { BTreeSet::new() };
                assert!(rows.iter().all(|r| allowed.contains(r)), "{key} sees foreign rows of {table}");
                seen += rows.len();
            }
            for (table, statement) in TENANT {
                let statement: &'static store::Stmt = statement;
                let rows: Vec<(Uuid, Uuid)> = app.db.read::<_, store::Error>(&viewer, move |c| c.all(statement, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))).await.expect("readable");
                assert!(rows.iter().all(|(t, a)| own.contains(t) || own.contains(a)), "{key} sees foreign rows of {table}");
                seen += rows.len();
            }
        }
        assert!(seen > 10, "the views show their own rows: {seen}");

        let visitor = Viewer::public(app.env.now());
        for (table, statement) in MANAGED.iter().chain(TENANT).chain(PROFESSIONALS) {
            let statement: &'static store::Stmt = statement;
            let rows: Vec<Uuid> = app.db.read::<_, store::Error>(&visitor, move |c| c.all(statement, store::params! {}, |r| r.get(0))).await.expect("readable");
            assert!(rows.is_empty(), "a visitor sees rows of {table}");
        }
    }
}

both! {
    async fn an_unpublished_survey_is_not_there_for_visitors(app: demo) {
        something_to_see(app).await;
        let list = app.visitor().get("/surveys").await.body;
        assert!(list.contains("/surveys/2024-renkei"));
        assert!(!list.contains("2026-round") && !list.contains("次の調査"), "the unpublished one is not listed: {list}");
    }
}
