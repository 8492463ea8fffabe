//! Who may come in, and how they go out again: over HTTP, with real passwords, codes and printed papers.

mod factors;
mod joining;
mod offices;
mod sessions;
mod sign_in;

use identity::model::totp;
use kernel::AccountId;
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp};

/// A password that is long enough to stand alone and is in no list.
pub const PASSWORD: &str = "kuromatsu-no-hayashi-1922";

store::statements! {
    pub ACCOUNT = "SELECT id FROM account WHERE sign_in = :name";
    pub CAST = "SELECT a.id, a.name FROM cast_member c JOIN account a ON a.id = c.account WHERE c.cast_key = :key";
    pub SEEN = "SELECT seen_at FROM session WHERE account = :account ORDER BY seen_at DESC LIMIT 1";
    pub SESSION_IDS = "SELECT id FROM session WHERE account = :account";
    pub GRANTS = "SELECT COUNT(*) FROM access WHERE account = :account";
    pub ACTED = "SELECT acting_for FROM audit_event WHERE action = :action AND account = :account ORDER BY at DESC LIMIT 1";
    pub REFUSED = "SELECT COUNT(*) FROM audit_event WHERE action = :action AND outcome = 'refused'";
}

/// Somebody with an account of their own.
pub struct Somebody {
    pub person: Person,
    pub sign_in: String,
    pub secret: Option<[u8; totp::SECRET_BYTES]>,
    pub recovery: Vec<String>,
}

/// The texts of all `code` elements.
pub fn codes(html: &str) -> Vec<String> {
    html.split("<code>")
        .skip(1)
        .filter_map(|p| p.split("</code>").next())
        .map(str::to_owned)
        .collect()
}

/// What the page says was wrong.
pub fn errors(html: &str) -> String {
    let summary = html
        .split("<div class=\"errors\"")
        .nth(1)
        .unwrap_or_default();
    summary
        .split("</div>")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The secret behind groups of base32 letters.
fn base32(groups: &str) -> Option<[u8; totp::SECRET_BYTES]> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for letter in groups.bytes().filter(|b| *b != b' ') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5) | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).expect("eight bits"));
        }
    }
    bytes.try_into().ok()
}

/// Opens `link`, gives a name and a password, and is signed in without a second factor.
pub async fn join(
    app: &TestApp,
    link: &str,
    name: &str,
    sign_in: &str,
    profession: &str,
) -> Somebody {
    let mut person = app.visitor();
    let fields = [
        ("name", name),
        ("sign_in", sign_in),
        ("profession", profession),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let answer = person.submit(link, "name=\"sign_in\"", &fields).await;
    assert_eq!(answer.status, 303, "{name} joins: {}", answer.body);
    assert_eq!(answer.location(), "/account/second-factor");
    Somebody {
        person,
        sign_in: sign_in.to_owned(),
        secret: None,
        recovery: Vec::new(),
    }
}

impl Somebody {
    /// Registers an authenticator app and keeps the recovery codes.
    pub async fn enrol(&mut self, app: &TestApp) {
        let page = self.person.get("/account/second-factor").await;
        let secret = codes(&page.body)
            .iter()
            .find_map(|c| base32(c))
            .expect("the secret can be typed by hand");
        let code = totp::code_at(&secret, app.env.now());
        // The page draws a new secret each time: the form that was shown is the one to send.
        let (action, mut fields) = crate::harness::fields_of(&page.body, "name=\"secret\"");
        fields.retain(|(n, _)| n != "code");
        fields.push(("code".to_owned(), code));
        let done = self.person.post(&action, &fields).await;
        assert_eq!(done.status, 200, "{}", done.body);
        self.recovery = codes(&done.body);
        assert_eq!(
            self.recovery.len(),
            10,
            "recovery codes are shown once: {}",
            done.body
        );
        self.secret = Some(secret);
    }

    /// The code that the app shows now.
    pub fn code(&self, app: &TestApp) -> String {
        totp::code_at(&self.secret.expect("enrolled"), app.env.now())
    }

    /// Types name and password into a fresh browser; the answer asks for the second factor when they were right.
    pub async fn password(&mut self, app: &TestApp, password: &str) -> Answer {
        self.person = app.visitor();
        let name = self.sign_in.clone();
        self.person
            .submit(
                "/sign-in",
                "name=\"password\"",
                &[("name", &name), ("password", password)],
            )
            .await
    }

    /// Signs in with password and `code`; the answer to the second step.
    pub async fn sign_in_with(&mut self, app: &TestApp, code: &str) -> Answer {
        let asked = self.password(app, PASSWORD).await;
        assert_eq!(asked.status, 200, "the password is right: {}", asked.body);
        self.second(&asked, code).await
    }

    /// Sends the second step's form.
    pub async fn second(&mut self, asked: &Answer, code: &str) -> Answer {
        let (action, mut fields) = crate::harness::fields_of(&asked.body, "name=\"step\"");
        fields.retain(|(n, _)| n != "code");
        fields.push(("code".to_owned(), code.to_owned()));
        self.person.post(&action, &fields).await
    }

    pub async fn account(&self, app: &TestApp) -> AccountId {
        let name = self.sign_in.clone();
        app.system(move |c| c.one(&ACCOUNT, store::params! { "name" => name }, |r| r.get(0)))
            .await
    }
}

/// The manager invites by paper; the address on it.
pub async fn paper(manager: &mut Person, role: &str, label: &str) -> String {
    let answer = manager
        .submit(
            "/office",
            "action=\"/office/invitations\"",
            &[("role", role), ("label", label), ("way", "print")],
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let code = codes(&answer.body)
        .into_iter()
        .find(|c| c.len() == 14 && !c.contains('/'))
        .expect("the code is printed");
    format!("/invitation?code={}", code.replace(' ', "-"))
}

/// A member of a cast manager's office, joined by paper with password and app.
pub async fn nurse(app: &TestApp, manager: &mut Person, sign_in: &str) -> Somebody {
    let link = paper(manager, "member", "新しい看護師").await;
    let mut nurse = join(app, &link, "空野 みどり", sign_in, "nurse").await;
    nurse.enrol(app).await;
    app.env.advance_secs(30);
    nurse
}

/// The address of the member's page in the manager's office.
pub async fn member_page(manager: &mut Person, name: &str) -> String {
    let office = manager.get("/office").await;
    let before = office
        .body
        .split(&format!(">{name}<"))
        .next()
        .expect("text");
    let link = before
        .rsplit("href=\"")
        .next()
        .and_then(|p| p.split('"').next())
        .expect("a link")
        .to_owned();
    assert!(
        link.starts_with("/office/members/"),
        "{name} is listed: {}",
        office.body
    );
    link
}

/// Id and name of a member of the cast.
pub async fn cast(app: &TestApp, key: &'static str) -> (AccountId, String) {
    app.system(move |c| {
        c.one(&CAST, store::params! { "key" => key }, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
    })
    .await
}

/// Whether a browser is signed in.
pub async fn is_in(person: &mut Person) -> bool {
    let answer = person.get("/home").await;
    if answer.status == 303 {
        assert!(
            answer.location().starts_with("/sign-in"),
            "{}",
            answer.location()
        );
    }
    answer.status == 200
}

/// Sends the form with `mark` of `shown` with this person's own token instead of the one in it.
pub async fn replay(
    person: &mut Person,
    own_page: &str,
    action: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = person.get(own_page).await;
    let token = page
        .body
        .split("name=\"_csrf\" value=\"")
        .nth(1)
        .and_then(|p| p.split('"').next())
        .expect("a token");
    let mut all = vec![("_csrf".to_owned(), token.to_owned())];
    all.extend(
        fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    person.post(action, &all).await
}

/// The session ids of an account.
pub async fn session_ids(app: &TestApp, account: AccountId) -> Vec<Uuid> {
    app.system(move |c| {
        c.all(&SESSION_IDS, store::params! { "account" => account }, |r| {
            r.get(0)
        })
    })
    .await
}
