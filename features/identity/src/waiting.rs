//! What waits for an office's manager.

use kernel::Lang;
use store::Conn;
use web::{Role, SignedIn, Waiting};

use crate::{
    i18n::t,
    model::review::Quarter,
    store::{invitations, memberships},
};

/// Days before its end at which an open invitation is mentioned.
const SOON_DAYS: i64 = 3;

struct In {
    lang: Lang,
}

/// Invitations that run out soon, members without a second factor, the quarter's review; and, for everybody, the own second factor.
pub(crate) fn waiting(conn: &mut Conn, me: &SignedIn, lang: Lang) -> store::Result<Vec<Waiting>> {
    let cx = In { lang };
    let mut out = Vec::new();
    if !me.second_factor {
        out.push(Waiting {
            title: t!(cx, "waiting-own-factor"),
            detail: t!(cx, "waiting-own-factor-detail"),
            href: "/account/second-factor".to_owned(),
            urgent: true,
        });
    }
    if !matches!(me.role, Role::Manager | Role::Administrator) {
        return Ok(out);
    }
    let now = conn.now();
    let (expiring, first) = invitations::expiring(conn, me.organisation, now.plus_days(SOON_DAYS))?;
    if let Some(first) = first.filter(|_| expiring > 0) {
        out.push(Waiting {
            title: t!(cx, "waiting-invitations", count = expiring),
            detail: t!(
                cx,
                "waiting-invitations-detail",
                date = kernel::format_date(first.date_jst(), lang)
            ),
            href: "/office".to_owned(),
            urgent: false,
        });
    }
    let unprotected = memberships::unprotected(conn, me.organisation)?;
    if unprotected > 0 {
        out.push(Waiting {
            title: t!(cx, "waiting-unprotected", count = unprotected),
            detail: t!(cx, "waiting-unprotected-detail"),
            href: "/office".to_owned(),
            urgent: false,
        });
    }
    let quarter = Quarter::of(now.date_jst());
    if memberships::reviewed(conn, me.organisation, &quarter.to_string())?.is_none() {
        out.push(Waiting {
            title: t!(cx, "waiting-review"),
            detail: t!(
                cx,
                "waiting-review-detail",
                quarter = crate::pages::quarter_words(lang, &quarter.to_string())
            ),
            href: "/office/review".to_owned(),
            urgent: false,
        });
    }
    Ok(out)
}
