use kernel::{OrganisationId, Uuid};

use super::*;

fn typed() -> OrganisationForm {
    OrganisationForm {
        name: " 空色  訪問看護ステーション ".to_owned(),
        short_name: "空色訪看".to_owned(),
        name_en: "Sorairo Home Nursing".to_owned(),
        kind: "provider".to_owned(),
        regime: "private".to_owned(),
        municipality: "142069".to_owned(),
        source: "開設届".to_owned(),
        aliases: "そらいろ\r\n\n空色さん\nそらいろ".to_owned(),
        ..OrganisationForm::default()
    }
}

fn town(code: &str) -> bool {
    code == "142069"
}

#[test]
fn a_good_form_is_tidied_and_kept() {
    let facts = typed().check(None, town).unwrap();
    assert_eq!(facts.name, "空色 訪問看護ステーション");
    assert_eq!(facts.aliases, ["そらいろ", "空色さん"]);
    assert_eq!(facts.municipality.as_deref(), Some("142069"));
    assert!(!facts.verified);
    let none = OrganisationForm {
        municipality: String::new(),
        aliases: String::new(),
        ..typed()
    };
    let facts = none.check(None, town).unwrap();
    assert_eq!((facts.municipality, facts.aliases.len()), (None, 0));
}

#[test]
fn every_mistake_is_named_at_its_field_in_the_order_of_the_page() {
    let bad = OrganisationForm {
        name: "  ".to_owned(),
        short_name: "長".repeat(101),
        name_en: "a\0b".to_owned(),
        kind: "operator".to_owned(),
        regime: "secret".to_owned(),
        municipality: "999999".to_owned(),
        source: String::new(),
        aliases: (0..21).map(|n| format!("{n}\n")).collect(),
        ..OrganisationForm::default()
    };
    let found = bad.check(None, town).unwrap_err();
    assert_eq!(
        found,
        [
            ("name", Trouble::Text(Problem::Required)),
            ("short_name", Trouble::Text(Problem::TooLong(100))),
            ("name_en", Trouble::Text(Problem::NullByte)),
            ("kind", Trouble::Kind),
            ("regime", Trouble::Regime),
            ("municipality", Trouble::Town),
            ("source", Trouble::Text(Problem::Required)),
            ("aliases", Trouble::Aliases),
        ]
    );
}

#[test]
fn exactly_the_limit_fits() {
    let full = OrganisationForm {
        short_name: "葛".repeat(100),
        ..typed()
    };
    assert!(full.check(None, town).is_ok());
    let alias = OrganisationForm {
        aliases: "長".repeat(201),
        ..typed()
    };
    assert_eq!(
        alias.check(None, town).unwrap_err(),
        [("aliases", Trouble::Text(Problem::TooLong(200)))]
    );
}

#[test]
fn kinds_on_which_rights_hang_are_neither_given_nor_taken() {
    for kind in ["municipality", "operator", "", "king"] {
        let form = OrganisationForm {
            kind: kind.to_owned(),
            ..typed()
        };
        assert_eq!(
            form.check(None, town).unwrap_err(),
            [("kind", Trouble::Kind)],
            "{kind}"
        );
        let before = Some(("provider", None));
        assert_eq!(
            form.check(before, town).unwrap_err(),
            [("kind", Trouble::Kind)],
            "{kind}"
        );
    }
    assert_eq!(
        typed().check(Some(("operator", None)), town).unwrap_err(),
        [("kind", Trouble::Kind)]
    );
    let own = OrganisationForm {
        kind: "municipality".to_owned(),
        ..typed()
    };
    assert!(
        own.check(Some(("municipality", Some("142069"))), town)
            .is_ok()
    );
    let moved = OrganisationForm {
        municipality: String::new(),
        ..own
    };
    assert_eq!(
        moved
            .check(Some(("municipality", Some("142069"))), town)
            .unwrap_err(),
        [("municipality", Trouble::Town)]
    );
    let unknown = OrganisationForm {
        kind: "guild".to_owned(),
        ..typed()
    };
    assert!(
        unknown.check(Some(("guild", None)), town).is_ok(),
        "a kind of the data stays"
    );
}

#[test]
fn a_number_like_an_individual_one_waits_for_a_word() {
    let form = OrganisationForm {
        source: "台帳 123456789018".to_owned(),
        ..typed()
    };
    assert_eq!(
        form.check(None, town).unwrap_err(),
        [("source", Trouble::Text(Problem::MyNumber))]
    );
    let stated = OrganisationForm {
        other_number: "1".to_owned(),
        ..form
    };
    assert!(stated.check(None, town).is_ok());
}

#[test]
fn the_print_changes_with_every_fact_and_the_form_round_trips() {
    let facts = typed().check(None, town).unwrap();
    let shown = OrganisationForm::of(&facts);
    assert_eq!(shown.check(None, town).unwrap(), facts);
    assert_eq!(shown.seen, facts.seen());
    for change in [
        Facts {
            name: "別".to_owned(),
            ..facts.clone()
        },
        Facts {
            municipality: None,
            ..facts.clone()
        },
        Facts {
            aliases: Vec::new(),
            ..facts.clone()
        },
        Facts {
            verified: true,
            ..facts.clone()
        },
    ] {
        assert_ne!(change.seen(), facts.seen());
    }
}

#[test]
fn the_same_name_in_the_same_town_is_the_same() {
    let other = Organisation {
        id: OrganisationId::new(Uuid::nil()),
        kind: "provider".to_owned(),
        name: "ＡＢＣケア".to_owned(),
        short_name: "ABC".to_owned(),
        name_en: "ABC".to_owned(),
        regime: "private".to_owned(),
        municipality: Some("142069".to_owned()),
        fictional: false,
        source: String::new(),
        verified_on: None,
        verified: false,
    };
    assert!(same("abcケア", Some("142069"), &other));
    assert!(!same("abcケア", None, &other));
    assert!(!same("abcケア二号", Some("142069"), &other));
}
