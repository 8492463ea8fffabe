//! The shell around every page, rendered into one string.

use crate::app::{FOOTER_ONLY, NavEntry};
use crate::ctx::{Ctx, SignedIn};
use crate::flash::FlashKind;
use crate::page::Page;
use crate::permission::Decision;
use crate::ui::{Tone, notice};
use crate::words::{w, wf};
use crate::{assets, cookie};
use kernel::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// Two waves that meet: the sea's and the hills'.
const MARK: PreEscaped<&str> = PreEscaped(
    r##"<svg width="34" height="34" viewBox="0 0 34 34" fill="none" stroke-width="4.2" stroke-linecap="round" aria-hidden="true"><path d="M5 22c6 0 6-11 12-11s6 11 12 11" stroke="#197a4b"/><path d="M5 12c6 0 6 11 12 11s6-11 12-11" stroke="#0066be"/></svg>"##,
);

/// Pages without content are this long; the string starts with room for a usual page.
const ROOM: usize = 24 * 1024;

pub(crate) fn render(page: &Page<'_>, body: &dyn Render) -> String {
    let cx = page.cx;
    let lang = cx.lang;
    let mut out = String::with_capacity(ROOM);
    let content = Content(body);
    let body_class = match (cx.large, cx.furigana && lang == Lang::Ja) {
        (true, true) => Some("large furigana"),
        (true, false) => Some("large"),
        (false, true) => Some("furigana"),
        (false, false) => None,
    };
    let area = lang.pick(&cx.app.config.area_name.0, &cx.app.config.area_name.1);
    let markup = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (page.title) " – Renkei" @if !area.is_empty() { " " (area) } }
                link rel="icon" type="image/svg+xml" href={ (cx.app.prefix) (assets::url("favicon.svg")) };
                link rel="stylesheet" href={ (cx.app.prefix) (assets::url("app.css")) };
                @if cx.fonts { link rel="stylesheet" href={ (cx.app.prefix) (assets::url("fonts.css")) }; }
                script defer src={ (cx.app.prefix) (assets::url("app.js")) } {}
            }
            body class=[body_class] data-account=[cx.me.as_ref().map(|_| "1")] data-keepalive=[cx.me.as_ref().map(|_| "account")] {
                a.skip href="#main" { (w!(lang, "skip")) }
                @if cx.app.config.demo { aside.demo-bar aria-label=(w!(lang, "fictional")) { p { strong { (w!(lang, "fictional")) } " " (w!(lang, "demo-bar")) } } }
                @if let Some(me) = &cx.me { (acting_bar(cx, me)) }
                header.top {
                    div.wrap {
                        a.brand href=(cx.url("/")) { (MARK) "Renkei" @if !area.is_empty() { " " small { (area) } } }
                        @let nav = nav_list(cx, page.nav);
                        @let tools = tools(cx);
                        nav.main aria-label=(w!(lang, "nav-main")) { (nav) }
                        div.tools { (tools) }
                        details.menu {
                            summary { (w!(lang, "menu")) }
                            nav aria-label=(w!(lang, "nav-phone")) { (nav) }
                            div.tools { (tools) }
                        }
                    }
                }
                main #main class=(page.width) tabindex="-1" {
                    @if let Some(hero) = &page.hero { div.hero { (hero) } }
                    @if let Some(crumbs) = &page.crumbs { (crumbs) }
                    @if page.head {
                        div.head {
                            h1 { (page.title) }
                            @if let Some(sub) = &page.sub { p.sub { (sub) } }
                            @if let Some(actions) = &page.actions { div.actions { (actions) } }
                        }
                    }
                    (notices(cx))
                    (content)
                    @if page.qr { (print_foot(cx)) }
                }
                footer.site {
                    div.wrap {
                        nav.no-print aria-label=(w!(lang, "footer-links")) { (footer_list(cx)) }
                        p { "Renkei" @if !area.is_empty() { " " (area) } " – " (w!(lang, "footer")) }
                    }
                }
            }
        }
    };
    out.push_str(&markup.0);
    out
}

/// Renders a borrowed component without making it a string of its own.
struct Content<'a>(&'a dyn Render);

impl Render for Content<'_> {
    fn render_to(&self, buffer: &mut String) {
        self.0.render_to(buffer);
    }
}

fn nav_list(cx: &Ctx, current: &str) -> Markup {
    let shown = |e: &&NavEntry| match &cx.me {
        None => e.public,
        Some(me) => matches!(
            e.permission.decide(Some(me)),
            Decision::Allow | Decision::SecondFactor
        ),
    };
    let label = usize::from(cx.lang == Lang::En);
    html! {
        ul {
            @for e in cx.app.nav.iter().filter(|e| e.order < FOOTER_ONLY).filter(shown) {
                li { a href=(e.href) aria-current=[(e.key == current).then_some("page")] { (e.labels[label]) } }
            }
        }
    }
}

/// What everybody may read, and the way in.
fn footer_list(cx: &Ctx) -> Markup {
    let label = usize::from(cx.lang == Lang::En);
    html! {
        ul {
            li { a href=(cx.url("/")) { (w!(cx.lang, "to-public-home")) } }
            @for e in cx.app.nav.iter().filter(|e| e.public) { li { a href=(e.href) { (e.labels[label]) } } }
            @if cx.me.is_none() { li { a href=(sign_in_link(cx)) { (w!(cx.lang, "sign-in")) } } }
        }
    }
}

/// Where the switches lead back to: a page that answers to GET.
fn back(cx: &Ctx) -> &str {
    if cx.get { cx.here() } else { "/" }
}

fn tools(cx: &Ctx) -> Markup {
    let (lang, other) = (cx.lang, cx.lang.other());
    let next = back(cx);
    html! {
        form method="post" action=(cx.url("/lang")) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="next" value=(next);
            button type="submit" name="lang" value=(other.code()) lang=(other.code()) { (w!(lang, "other-language")) }
        }
        form method="post" action=(cx.url("/display")) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="next" value=(next);
            button type="submit" name="large" value=(if cx.large { "0" } else { "1" }) aria-pressed=(if cx.large { "true" } else { "false" }) {
                (w!(lang, "large-type"))
            }
            @if lang == Lang::Ja {
                button type="submit" name="furigana" value=(if cx.furigana { "0" } else { "1" })
                    aria-pressed=(if cx.furigana { "true" } else { "false" }) { (w!(lang, "furigana")) }
            }
        }
        @match &cx.me {
            Some(me) => (account_menu(cx, me)),
            None => a href=(sign_in_link(cx)) { (w!(lang, "sign-in")) },
        }
    }
}

fn sign_in_link(cx: &Ctx) -> String {
    match back(cx) {
        "/" | "/sign-in" => cx.url("/sign-in"),
        here if here.starts_with("/sign-in") => cx.url("/sign-in"),
        here => crate::guard::with_next(&cx.url("/sign-in"), here),
    }
}

fn account_menu(cx: &Ctx, me: &SignedIn) -> Markup {
    html! {
        details {
            summary { span.office { (me.organisation_name) } span.who { (me.name) } }
            ul {
                li { a href=(cx.url("/account")) { (w!(cx.lang, "account")) } }
                li {
                    form method="post" action=(cx.url("/sign-out")) {
                        input type="hidden" name="_csrf" value=(cx.csrf());
                        button type="submit" { (w!(cx.lang, "sign-out")) }
                    }
                }
            }
        }
    }
}

fn acting_bar(cx: &Ctx, me: &SignedIn) -> Markup {
    html! {
        @if let Some(acting) = &me.acting_for {
            div.acting role="status" {
                div.wrap {
                    p { (wf!(cx.lang, "acting-for", name = acting.name.as_str(), own = me.organisation_name.as_str())) }
                    a.no-print href=(cx.url("/account/acting-for")) { (w!(cx.lang, "acting-change")) }
                }
            }
        }
    }
}

/// What happened on the last page, and whether the account is open elsewhere.
fn notices(cx: &Ctx) -> Markup {
    if let Some(flash) = &cx.flash {
        cx.set_cookie(&cookie::remove(&cx.app.config, cookie::FLASH));
        let (tone, title) = match flash.kind {
            FlashKind::Good => (Tone::Key, w!(cx.lang, "flash-good")),
            FlashKind::Info => (Tone::Info, w!(cx.lang, "flash-info")),
            FlashKind::Warn => (Tone::Warn, w!(cx.lang, "flash-warn")),
            FlashKind::Bad => (Tone::Bad, w!(cx.lang, "flash-bad")),
        };
        return html! { (notice(tone, title, html! { p { (flash.text) } })) (other_sessions(cx)) };
    }
    other_sessions(cx)
}

fn other_sessions(cx: &Ctx) -> Markup {
    html! {
        @if let Some(me) = &cx.me && me.other_sessions > 0 {
            (notice(Tone::Warn, w!(cx.lang, "other-sessions-title"), html! {
                p {
                    (wf!(cx.lang, "other-sessions", count = me.other_sessions)) " "
                    a href=(cx.url("/account/sessions")) { (w!(cx.lang, "other-sessions-link")) }
                }
            }))
        }
    }
}

/// On paper, the way back to the screen.
fn print_foot(cx: &Ctx) -> Markup {
    if !cx.get {
        return html! {};
    }
    let url = cx.app.public_url(cx.here());
    let qr = cx.app.qr.text(&url);
    html! { div.print-only.qr { (PreEscaped(&*qr)) span { (url) } } }
}
