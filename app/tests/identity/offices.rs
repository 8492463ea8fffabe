//! One office does not look into another: invitations, the audit trail, and acting for a town in plain sight.

use kernel::OrganisationId;
use uuid::Uuid;

use super::{ACTED, cast, paper, replay};
use crate::both;

const NAKAI: &str = "66080f17-4c96-48e2-9cbd-0ba3a1a6bcde";

both! {
    async fn acting_for_a_town_is_always_shown_and_in_every_row(app: demo) {
        let mut desk = app.cast("matsumoto").await;
        let (account, _) = cast(app, "matsumoto").await;
        assert!(!desk.get("/home").await.body.contains("class=\"acting\""));
        let switched = desk.submit("/account/acting-for", NAKAI, &[]).await;
        assert_eq!(switched.status, 303, "{}", switched.body);
        for path in ["/home", "/settings/contacts", "/surveys", "/account", "/office", "/municipalities"] {
            let page = desk.get(path).await;
            let bar = page.body.split("class=\"acting\"").nth(1).unwrap_or_default();
            assert!(bar.split("</div>").next().unwrap_or_default().contains("中井町"), "{path} shows for whom");
        }
        let list = desk.get("/settings/contacts").await;
        let link = list.body.split("href=\"/settings/contacts/").nth(1).and_then(|p| p.split('"').next()).expect("a window").to_owned();
        let page = format!("/settings/contacts/{link}");
        assert!(desk.get(&page).await.body.contains("中井町"), "only that town's window is offered");
        assert_eq!(desk.submit(&page, "name=\"phone\"", &[("phone", "0465-00-0001")]).await.status, 303);
        let acted: Option<Uuid> = app.system(move |c| {
            c.one(&ACTED, store::params! { "action" => "areas.contact.save", "account" => account }, |r| r.get(0))
        }).await;
        assert_eq!(acted.map(|id| id.to_string()).as_deref(), Some(NAKAI));
        let trail = desk.get("/office/audit").await;
        assert!(trail.body.contains("中井町"), "the trail names the town: {}", trail.body);

        let own = replay(&mut desk, "/account/acting-for", "/account/acting-for", &[]).await;
        assert_eq!(own.status, 303);
        assert!(!desk.get("/home").await.body.contains("class=\"acting\""));
    }
}

both! {
    async fn nobody_acts_for_a_town_that_did_not_entrust_them(app: demo) {
        let odawara = "3ceaaf30-8142-48ea-91d9-3080f9b439fc";
        for (key, town) in [("matsumoto", odawara), ("sakai", NAKAI), ("ishigaki", NAKAI), ("numata", odawara), ("miura", NAKAI)] {
            let mut person = app.cast(key).await;
            let answer = replay(&mut person, "/account/acting-for", "/account/acting-for", &[("organisation", town)]).await;
            assert!(matches!(answer.status, 403 | 404), "{key}: {} {}", answer.status, answer.location());
            assert!(!person.get("/home").await.body.contains("class=\"acting\""), "{key}");
        }
    }
}

both! {
    async fn managers_see_the_trail_of_their_office_and_looking_is_a_row(app: demo) {
        let mut nurse_manager = app.cast("numata").await;
        let (_, own) = cast(app, "numata").await;
        let (_, foreign) = cast(app, "sugimoto").await;
        let mut neighbour = app.cast("sugimoto").await;
        paper(&mut neighbour, "member", "隣の人").await;
        let before = app.audit_rows("identity.audit.view").await;
        let page = nurse_manager.get("/office/audit").await;
        assert_eq!(page.status, 200);
        let rows = page.body.split("<tbody").nth(1).expect("rows");
        assert!(rows.contains(&own) && !rows.contains(&foreign), "only the own office: {rows}");
        assert_eq!(app.audit_rows("identity.audit.view").await, before + 1);
        assert!(nurse_manager.get("/office/audit").await.body.contains(&own));
        // Asking for somebody of another office finds nothing more.
        let (account, _) = cast(app, "sugimoto").await;
        let asked = nurse_manager.get(&format!("/office/audit?person={account}")).await;
        assert!(!asked.body.contains(&foreign), "{}", asked.body);

        assert_eq!(app.cast("kobayakawa").await.get("/office/audit").await.status, 403);
        assert_eq!(nurse_manager.get("/admin/audit").await.status, 403);
        let mut admin = app.cast("miura").await;
        let (of_own, of_foreign) = (format!("/admin/audit?person={}", cast(app, "numata").await.0), format!("/admin/audit?person={account}"));
        let all = admin.get(&of_own).await;
        assert_eq!(all.status, 200);
        assert!(all.body.contains(&own) && admin.get(&of_foreign).await.body.contains(&foreign), "the administrator sees all");
        let refused = nurse_manager.get("/office/audit?from=31.02.2026&until=x&page=-1").await;
        assert!(matches!(refused.status, 200 | 422), "{}", refused.status);
    }
}

both! {
    async fn a_neighbour_neither_sees_nor_revokes_an_invitation(app: demo) {
        let mut manager = app.cast("numata").await;
        let link = paper(&mut manager, "member", "四月からの看護師").await;
        let office = manager.get("/office").await;
        let id = office.body.split("/office/invitations/").nth(2).or_else(|| office.body.split("/office/invitations/").nth(1))
            .and_then(|p| p.split("/revoke").next()).expect("an invitation").to_owned();
        let mut neighbour = app.cast("sugimoto").await;
        assert!(!neighbour.get("/office").await.body.contains("四月からの看護師"));
        let revoke = format!("/office/invitations/{id}/revoke");
        let answer = replay(&mut neighbour, "/office", &revoke, &[]).await;
        assert_eq!(answer.status, 404, "{}", answer.body);
        let unknown = replay(&mut neighbour, "/office", &format!("/office/invitations/{}/revoke", Uuid::nil()), &[]).await;
        assert_eq!(unknown.status, 404, "not yours and not there look the same");
        assert_eq!(app.visitor().get(&link).await.status, 200, "it is still open");
        // The administrator looks after managers, not after an office's people.
        let mut administrator = app.cast("miura").await;
        assert!(!administrator.get("/admin/managers").await.body.contains("四月からの看護師"));
        let answer = replay(&mut administrator, "/admin/managers", &format!("/admin/managers/{id}/revoke"), &[]).await;
        assert_eq!(answer.status, 404);
        assert_eq!(replay(&mut manager, "/office", &revoke, &[]).await.status, 303);
        assert_eq!(app.visitor().get(&link).await.status, 422, "the owner's manager took it back");
    }
}

both! {
    async fn a_manager_hands_out_no_more_than_the_own_office(app: demo) {
        let mut manager = app.cast("numata").await;
        let foreign: OrganisationId = NAKAI.parse().expect("an id");
        let wish = [("role", "administrator"), ("label", "x"), ("way", "print")];
        let answer = replay(&mut manager, "/office", "/office/invitations", &wish).await;
        assert!(matches!(answer.status, 403 | 422), "{}", answer.status);
        let wish = [("role", "manager"), ("label", "x"), ("way", "print"), ("organisation", &foreign.to_string())];
        let answer = replay(&mut manager, "/office", "/office/invitations", &wish).await;
        assert_eq!(answer.status, 200, "a foreign office in the form does not count: {}", answer.body);
        assert!(!answer.body.contains("中井町"), "it is an invitation into the own office");
        let answer = replay(&mut manager, "/office", "/admin/managers", &wish).await;
        assert_eq!(answer.status, 403);
        for key in ["kobayakawa", "ishigaki"] {
            let mut person = app.cast(key).await;
            let answer = replay(&mut person, "/account", "/office/invitations", &wish).await;
            assert_eq!(answer.status, 403, "{key}");
        }
    }
}
