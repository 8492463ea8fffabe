//! Words for codes: roles, professions, states, actions.

use kernel::Lang;
use maud::Markup;
use web::ui::{self, Choice, Tone};
use web::{Ctx, Role};

use crate::{
    i18n::t,
    model::{PROFESSIONS, invitation::State},
};

struct In {
    lang: Lang,
}

/// The word of a role.
pub fn role_word(lang: Lang, role: Role) -> String {
    let cx = In { lang };
    match role {
        Role::Member => t!(cx, "role-member"),
        Role::Editor => t!(cx, "role-editor"),
        Role::Approver => t!(cx, "role-approver"),
        Role::Manager => t!(cx, "role-manager"),
        Role::Administrator => t!(cx, "role-administrator"),
    }
}

/// What a role may do, in one line.
pub(crate) fn role_hint(lang: Lang, role: Role) -> String {
    let cx = In { lang };
    match role {
        Role::Member => t!(cx, "role-member-hint"),
        Role::Editor => t!(cx, "role-editor-hint"),
        Role::Approver => t!(cx, "role-approver-hint"),
        Role::Manager => t!(cx, "role-manager-hint"),
        Role::Administrator => t!(cx, "role-administrator-hint"),
    }
}

/// Roles to choose from, each with what it may do.
pub(crate) fn role_choices(cx: &Ctx, roles: &[Role]) -> Vec<Choice<'static>> {
    roles
        .iter()
        .map(|r| {
            Choice::new(
                r.code(),
                format!("{} – {}", role_word(cx.lang, *r), role_hint(cx.lang, *r)),
            )
        })
        .collect()
}

/// The word of a profession; an unknown code is shown as it is.
pub(crate) fn profession_word(lang: Lang, code: &str) -> String {
    let cx = In { lang };
    match code {
        "clerk" => t!(cx, "profession-clerk"),
        "public-health-nurse" => t!(cx, "profession-public-health-nurse"),
        "coordinator" => t!(cx, "profession-coordinator"),
        "care-manager" => t!(cx, "profession-care-manager"),
        "community-support" => t!(cx, "profession-community-support"),
        "physician" => t!(cx, "profession-physician"),
        "dentist" => t!(cx, "profession-dentist"),
        "pharmacist" => t!(cx, "profession-pharmacist"),
        "nurse" => t!(cx, "profession-nurse"),
        "dental-hygienist" => t!(cx, "profession-dental-hygienist"),
        "therapist" => t!(cx, "profession-therapist"),
        "dietitian" => t!(cx, "profession-dietitian"),
        "social-worker" => t!(cx, "profession-social-worker"),
        "care-worker" => t!(cx, "profession-care-worker"),
        "officer" => t!(cx, "profession-officer"),
        "operator" => t!(cx, "profession-operator"),
        "other" => t!(cx, "profession-other"),
        unknown => unknown.to_owned(),
    }
}

/// All professions to choose from, with an empty first line.
pub(crate) fn profession_choices(cx: &Ctx) -> Vec<Choice<'static>> {
    std::iter::once(Choice::new("", t!(cx, "choose")))
        .chain(
            PROFESSIONS
                .iter()
                .map(|code| Choice::new(*code, profession_word(cx.lang, code))),
        )
        .collect()
}

/// The state of an invitation as a badge.
pub(crate) fn state_badge(cx: &Ctx, state: State) -> Markup {
    match state {
        State::Open => ui::badge(Tone::Warn, t!(cx, "invitation-open")),
        State::Expired => ui::badge(Tone::Plain, t!(cx, "invitation-expired")),
        State::Accepted => ui::badge(Tone::Key, t!(cx, "invitation-accepted")),
        State::Revoked => ui::badge(Tone::Plain, t!(cx, "invitation-revoked")),
    }
}

/// `2026-3` in words.
pub(crate) fn quarter_words(lang: Lang, quarter: &str) -> String {
    let cx = In { lang };
    let (year, number) = quarter.split_once('-').unwrap_or((quarter, ""));
    let year = year
        .parse()
        .map_or_else(|_| year.to_owned(), |y| kernel::format_fiscal_year(y, lang));
    t!(cx, "quarter", year = year, number = number)
}

/// What an action of the audit trail is called; actions of other rooms are shown by their name.
pub(crate) fn action_word(lang: Lang, action: &str) -> String {
    let cx = In { lang };
    match action {
        "identity.sign-in" => t!(cx, "action-sign-in"),
        "identity.sign-in.second" => t!(cx, "action-sign-in-second"),
        "identity.sign-in.no-factor" => t!(cx, "action-sign-in-no-factor"),
        "identity.sign-in.demo" => t!(cx, "action-sign-in-demo"),
        "identity.sign-out" => t!(cx, "action-sign-out"),
        "identity.lockout" => t!(cx, "action-lockout"),
        "identity.unlock" => t!(cx, "action-unlock"),
        "identity.confirm" => t!(cx, "action-confirm"),
        "identity.account.save" => t!(cx, "action-account-save"),
        "identity.account.close" => t!(cx, "action-account-close"),
        "identity.password.set" => t!(cx, "action-password-set"),
        "identity.second-factor.set" => t!(cx, "action-second-factor-set"),
        "identity.second-factor.replace" => t!(cx, "action-second-factor-replace"),
        "identity.recovery-codes.set" => t!(cx, "action-recovery-codes-set"),
        "identity.session.end" => t!(cx, "action-session-end"),
        "identity.acting-for" => t!(cx, "action-acting-for"),
        "identity.work-at" => t!(cx, "action-work-at"),
        "identity.setup.code" => t!(cx, "action-setup-code"),
        "identity.invite" => t!(cx, "action-invite"),
        "identity.invitation.open" => t!(cx, "action-invitation-open"),
        "identity.invitation.revoke" => t!(cx, "action-invitation-revoke"),
        "identity.join" => t!(cx, "action-join"),
        "identity.role.set" => t!(cx, "action-role-set"),
        "identity.member.end" => t!(cx, "action-member-end"),
        "identity.code-sheet.issue" => t!(cx, "action-code-sheet-issue"),
        "identity.code-sheet.void" => t!(cx, "action-code-sheet-void"),
        "identity.review" => t!(cx, "action-review"),
        "identity.audit.view" => t!(cx, "action-audit-view"),
        "areas.load" => t!(cx, "action-area-load"),
        "areas.contact.save" => t!(cx, "action-contact-save"),
        "areas.contact.verify" => t!(cx, "action-contact-verify"),
        "areas.closed_day.add" => t!(cx, "action-closed-day-add"),
        "areas.closed_day.remove" => t!(cx, "action-closed-day-remove"),
        "areas.organisation.add" => t!(cx, "action-organisation-add"),
        "areas.organisation.save" => t!(cx, "action-organisation-save"),
        "surveys.import" => t!(cx, "action-survey-import"),
        "surveys.publish" => t!(cx, "action-survey-publish"),
        "surveys.undo" => t!(cx, "action-survey-undo"),
        "operate.job.retry" => t!(cx, "action-job-retry"),
        "web.refused" => t!(cx, "action-refused"),
        "identity.cast.load" => t!(cx, "action-cast-load"),
        other => other.to_owned(),
    }
}
